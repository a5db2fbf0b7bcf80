"""Counts of a session, part by part: places, waiting list, presence, certificates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q

from trainings.enums import CertificateState, HalfDayState, Mark, RegistrationState
from trainings.models import HalfDay, PartCategory, Registration, Session, SessionPart


@dataclass
class PartFigures:
    """One part: people are counted by registration, presence by half-day in the order of the programme."""

    part: SessionPart
    half_days: list[HalfDay]
    categories: list[PartCategory]
    by_state: Counter[str] = field(default_factory=Counter)
    present: dict[int, int] = field(default_factory=dict)
    certificates: int = 0

    @property
    def confirmed(self) -> int:
        return self.by_state[RegistrationState.CONFIRMED]

    @property
    def waiting(self) -> int:
        return self.by_state[RegistrationState.WAITING]

    @property
    def review(self) -> int:
        return self.by_state[RegistrationState.REVIEW]

    @property
    def registered(self) -> int:
        """Whoever asked, whatever became of it: the number beside the tab is the length of its list."""
        return sum(self.by_state.values())

    @property
    def presence(self) -> list[int]:
        """People present in each half-day that is closed or has a mark, in order."""
        return [self.present[row.pk] for row in self.half_days if row.pk in self.present]

    @property
    def has_empty_days(self) -> bool:
        """Whether a day of the part has no half-day."""
        return len({row.on_day for row in self.half_days}) <= (self.part.ends_on - self.part.starts_on).days

    @property
    def open_half_days(self) -> int:
        """Half-days whose attendance is not closed."""
        return sum(row.state == HalfDayState.OPEN for row in self.half_days)


def of_session(session: Session, *, programme: bool = False) -> list[PartFigures]:
    """The figures of every part, in order: four queries for one part as for ten, one more with the `programme`'s names.

    Half-days bear the number of those who were present, None where nobody was marked yet.
    """
    marks = Count("attendances"), Count("attendances", filter=Q(attendances__mark=Mark.PRESENT))
    half_days = HalfDay.objects.annotate(marked=marks[0], present=marks[1])
    if programme:
        half_days = half_days.prefetch_related("trainers")
    parts = session.parts.order_by("position").prefetch_related(
        Prefetch("half_days", queryset=half_days),
        Prefetch("categories", queryset=PartCategory.objects.select_related("category")),
    )
    found = {}
    for part in parts:
        part.session = session
        figures = PartFigures(part, half_days=list(part.half_days.all()), categories=list(part.categories.all()))
        figures.present = {row.pk: row.present for row in figures.half_days if row.marked}  # type: ignore[attr-defined]
        found[part.pk] = figures
    valid = Count("certificates", filter=Q(certificates__state=CertificateState.VALID), distinct=True)
    rows = Registration.objects.filter(part__in=found).order_by()
    for row in rows.values("part_id", "state").annotate(people=Count("pk", distinct=True), valid=valid):
        found[row["part_id"]].by_state[row["state"]] = row["people"]
        found[row["part_id"]].certificates += row["valid"]
    return list(found.values())
