"""What one line of the staff's list of sessions says beside the session: sums of its parts, presence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import get_language, gettext, ngettext

from trainings.enums import Mark
from trainings.models import Attendance, Session, SessionPart


@dataclass(frozen=True)
class Sums:
    """The parts of a session together; `capacity` is None where a part's is not known."""

    capacity: int | None
    taken: int
    half_days: int
    audiences: str

    @property
    def is_full(self) -> bool:
        return bool(self.capacity) and self.taken >= (self.capacity or 0)

    @property
    def half_days_in_words(self) -> str:
        return _half_days(self.half_days, get_language() or "")


@dataclass(frozen=True)
class Presence:
    """Marks that say present, of all marks."""

    present: int
    all: int

    @property
    def percent(self) -> int:
        return round(100 * self.present / self.all)

    @property
    def in_words(self) -> str:
        return gettext("%(value)s / %(total)s") % {"value": self.present, "total": self.all}


def with_parts(rows: QuerySet[Session]) -> QuerySet[Session]:
    """The sessions with their parts in `.counted_parts`, each with its `half_day_count`."""
    read = ("session_id", "position", "capacity", "taken", "audience_fr", "audience_ar", "audience_en")
    parts = SessionPart.objects.annotate(half_day_count=Count("half_days")).only(*read).order_by("position")
    return rows.prefetch_related(Prefetch("parts", queryset=parts, to_attr="counted_parts"))


def complete(rows: list[Session]) -> None:
    """Give each line its `sums` and its `presence` (None where nobody was marked); one query for all."""
    presence = presence_of(rows)
    for row in rows:
        row.sums = sums_of(row.counted_parts)  # type: ignore[attr-defined]
        row.presence = presence.get(row.pk)  # type: ignore[attr-defined]


def sums_of(parts: list[SessionPart]) -> Sums:
    capacities = [part.capacity for part in parts]
    return Sums(
        capacity=None if None in capacities or not parts else sum(capacity or 0 for capacity in capacities),
        taken=sum(part.taken for part in parts),
        half_days=sum(part.half_day_count for part in parts),  # type: ignore[attr-defined]
        audiences=" / ".join(part.audience for part in parts if part.audience),
    )


def presence_of(rows: list[Session]) -> dict[int, Presence]:
    """By session: what was marked."""
    marks = Attendance.objects.filter(half_day__part__session__in=rows).values("half_day__part__session")
    counted = marks.annotate(present=Count("pk", filter=Q(mark=Mark.PRESENT)), all=Count("pk")).order_by()
    return {row["half_day__part__session"]: Presence(row["present"], row["all"]) for row in counted}


@lru_cache(maxsize=256)
def _half_days(n: int, language: str) -> str:
    return ngettext("%(n)s half-day", "%(n)s half-days", n) % {"n": n}
