"""The attendance of a part as one table: people down, half-days across."""

from __future__ import annotations

from dataclasses import dataclass

from trainings.enums import HalfDayState, Mark
from trainings.models import Attendance, HalfDay, Registration, SessionPart


@dataclass(frozen=True)
class Column:
    """One half-day with its counts; they sum to the number of people."""

    half_day: HalfDay
    present: int
    absent: int
    excused: int
    missing: int

    @property
    def is_open(self) -> bool:
        return self.half_day.state == HalfDayState.OPEN


@dataclass(frozen=True)
class Line:
    """One person and one cell a half-day."""

    registration: Registration
    cells: list[Attendance | None]
    codes: list[str]

    @property
    def attended(self) -> int:
        return self.codes.count(Mark.PRESENT)


@dataclass(frozen=True)
class Ledger:
    """A part's table."""

    part: SessionPart
    columns: list[Column]
    lines: list[Line]


def of_part(part: SessionPart) -> Ledger:
    """The table of a part, in three queries whatever its size."""
    half_days = list(part.half_days.all())
    people = list(
        Registration.objects.confirmed().filter(part=part).select_related("organisation").order_by("key", "id")
    )
    noted = {
        (row.registration_id, row.half_day_id): row
        for row in Attendance.objects.filter(half_day__part=part, registration__in=[person.pk for person in people])
    }
    lines = []
    for person in people:
        cells = [noted.get((person.pk, half_day.pk)) for half_day in half_days]
        lines.append(Line(person, cells, [cell.mark if cell else "none" for cell in cells]))
    return Ledger(part, [_column(half_day, index, lines) for index, half_day in enumerate(half_days)], lines)


def _column(half_day: HalfDay, index: int, lines: list[Line]) -> Column:
    codes = [line.codes[index] for line in lines]
    return Column(
        half_day=half_day,
        present=codes.count(Mark.PRESENT),
        absent=codes.count(Mark.ABSENT),
        excused=codes.count(Mark.EXCUSED),
        missing=codes.count("none"),
    )
