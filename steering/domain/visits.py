"""When somebody last saw a page, so that the next visit marks what changed since."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from steering.models import Committee, Visit

ONE_VISIT = timedelta(minutes=30)
"""Pages opened again within this time are the same visit."""
BOARD = "board"
REVIEW = "review"


def since(*, user: User, committee: Committee, page: str, now: datetime) -> datetime | None:
    """Note that `user` sees the page now; returns when the visit before this one ended (None: there was none).

    A mark of the page, not an act: it leaves no journal entry and no snapshot.
    """
    with transaction.atomic():
        visit, is_new = Visit.objects.select_for_update(of=("self",)).get_or_create(
            user=user, committee=committee, page=page, defaults={"seen_at": now}
        )
        if is_new:
            return None
        if now - visit.seen_at > ONE_VISIT:
            visit.before_at = visit.seen_at
        visit.seen_at = now
        visit.save(update_fields=["seen_at", "before_at"])
    return visit.before_at
