"""The portal's Celery application with the sample kind, and processes that die where a message tells them to.

Run by `test_worker.py` as `celery -A core.tests.outbox.worker worker`. A message whose `params["die"]` names a point
kills the process that is sending it there, at its first try.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

import django

from pasri_portal.celery import app

django.setup()

from django.conf import settings  # noqa: E402

from core import outbox  # noqa: E402
from core.models import Message  # noqa: E402
from core.outbox import lease  # noqa: E402
from core.outbox.transport import SmtpCarrier  # noqa: E402
from core.tests.outbox.samples import NOTE, TEMPLATES  # noqa: E402

POINTS = ("claim", "data", "answer", "mark")


def _die(message: Message | None, point: str) -> None:
    if message is not None and message.params.get("die") == point and message.attempts == 1:
        os.kill(os.getpid(), signal.SIGKILL)


def _dying_claim(message_id: int, *, at: datetime) -> Message | None:
    message = _claim(message_id, at=at)
    _die(message, "claim")
    return message


def _dying_claim_several(ids: list[int], *, at: datetime) -> list[Message]:
    messages = _claim_several(ids, at=at)
    for message in messages:
        _die(message, "claim")
    return messages


def _dying_begin(message: Message, *, at: datetime) -> bool:
    begun = _begin(message, at=at)
    _die(message, "data")
    return begun


def _dying_carry(self: SmtpCarrier, message: Message, mail: bytes, may_hand: Callable[[], bool]) -> bool:
    taken = _carry(self, message, mail, may_hand)
    _die(message, "answer")
    return taken


def _dying_finish(message: Message, **fields: Any) -> bool:
    _die(message, "mark")
    return _finish(message, **fields)


_claim, _begin, _carry, _finish = lease.claim, lease.begin, SmtpCarrier.carry, lease.finish
_claim_several = lease.claim_several
lease.claim_several = _dying_claim_several
lease.claim, lease.begin, lease.finish = _dying_claim, _dying_begin, _dying_finish
SmtpCarrier.carry = _dying_carry  # type: ignore[method-assign]
outbox.register(NOTE)
settings.TEMPLATES[0]["DIRS"].append(TEMPLATES)
app.conf.broker_transport_options = {
    **app.conf.broker_transport_options,
    "global_keyprefix": os.environ["TEST_KEY_PREFIX"],
}
