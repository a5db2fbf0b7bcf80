"""How the outbox is doing: what the health page, the staff home and the message pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import Count, Min

from core.models import Message
from core.outbox.delivery import AWAY

SLOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Figures:
    """`oldest_unsent` is how long the oldest due message has waited; `failed` counts those that wait for a person."""

    waiting: int
    oldest_due_at: datetime | None
    oldest_unsent: timedelta | None
    failed: int
    mail_server_away: str

    @property
    def is_slow(self) -> bool:
        """Long enough that staff should know."""
        return self.oldest_unsent is not None and self.oldest_unsent >= SLOW


def figures(*, at: datetime) -> Figures:
    """The outbox at one moment; messages due later, or held back, do not count as waiting."""
    unsent = Message.objects.unsent(at=at).aggregate(count=Count("pk"), oldest=Min("due_at"))
    oldest = unsent["oldest"]
    return Figures(
        waiting=unsent["count"],
        oldest_due_at=oldest,
        oldest_unsent=None if oldest is None else max(at - oldest, timedelta(0)),
        failed=Message.objects.undelivered().count(),
        mail_server_away=str(cache.get(AWAY) or ""),
    )
