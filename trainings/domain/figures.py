"""Counts of a session, part by part: places, waiting list, presence, certificates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from trainings.enums import CertificateState, HalfDayState, Mark, RegistrationState
from trainings.models import Attendance, Certificate, HalfDay, PartCategory, Registration, Session, SessionPart


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


def of_session(session: Session) -> list[PartFigures]:
    """The figures of every part, in order; the same number of queries for one part as for ten."""
    parts = session.parts.prefetch_related("half_days__trainers", "categories__category").order_by("position")
    found = {
        part.pk: PartFigures(part=part, half_days=list(part.half_days.all()), categories=list(part.categories.all()))
        for part in parts
    }
    rows = Registration.objects.filter(part__in=found)
    for row in rows.values("part_id", "state").annotate(n=Count("pk")).order_by():
        found[row["part_id"]].by_state[row["state"]] = row["n"]
    marks = Attendance.objects.filter(half_day__part__in=found)
    for mark in marks.values("half_day_id", "half_day__part_id", "mark").annotate(n=Count("pk")).order_by():
        present = found[mark["half_day__part_id"]].present
        present.setdefault(mark["half_day_id"], 0)
        if mark["mark"] == Mark.PRESENT:
            present[mark["half_day_id"]] += mark["n"]
    issued = Certificate.objects.filter(registration__part__in=found, state=CertificateState.VALID)
    for part in issued.values("registration__part_id").annotate(n=Count("pk")).order_by():
        found[part["registration__part_id"]].certificates = part["n"]
    for figures in found.values():
        figures.part.session = session
    return list(found.values())
