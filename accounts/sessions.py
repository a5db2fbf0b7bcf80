"""The session store (`SESSION_ENGINE`): the database, with account, times and device beside the data."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models import Session

STARTED, SEEN, DEVICE = "started", "seen", "device"
"""Keys of the session's data: seconds since 1970, the same, and a few words on the browser."""


class SessionStore(DatabaseStore):
    """Django's database sessions in `accounts.Session`."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        row.started_at = _moment(data.get(STARTED))
        row.seen_at = _moment(data.get(SEEN))
        row.device = data.get(DEVICE, "")
        return row


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=UTC)
