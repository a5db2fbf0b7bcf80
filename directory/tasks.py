"""Work of the night."""

from __future__ import annotations

import logging

from celery import shared_task
from django.utils import timezone

from core import privacy

log = logging.getLogger(__name__)


@shared_task(name="directory.tasks.purge")
def purge() -> None:
    """Erase what has been kept long enough, by every period of the register."""
    for code, rows in privacy.purge(now=timezone.now()).items():
        if rows:
            log.info("purge %s: %s rows", code, rows)
