"""What lies in the database about one part, read whole; two pictures are equal when nothing changed between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from core.models import Message
from trainings.models import PartCategory, Registration, SessionPart

HOLDING = {"offered", "confirmed"}
RUNNING = {"published", "open", "closed"}


@dataclass(frozen=True)
class Row:
    """One registration."""

    pk: int
    state: str
    rank: int | None
    category: int | None
    email: str
    typed: tuple[Any, ...]
    person: int | None
    lapses_at: datetime | None
    confirmed_at: datetime | None
    offered_at: datetime | None
    offer_expires_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        """Whether its time to confirm or to accept is over."""
        until = {"unconfirmed": self.lapses_at, "offered": self.offer_expires_at}.get(self.state)
        return until is not None and until <= now

    def check(self) -> None:
        """The facts that its state needs."""
        assert (self.rank is None) == (self.confirmed_at is None), f"{self}: a rank comes with the confirmation"
        if self.state in {"review", "waiting", *HOLDING}:
            assert self.rank is not None, f"{self} has no rank"
        if self.state == "unconfirmed":
            assert self.rank is None and self.lapses_at is not None
        if self.state == "offered":
            assert self.offered_at is not None and self.offer_expires_at is not None
            assert self.offered_at <= self.offer_expires_at


FIELDS = ("pk", "state", "rank", "category_id", "email")
TYPED = ("name_latin", "name_ar", "function", "answers", "language", "created_at")
FACTS = ("person_id", "lapses_at", "confirmed_at", "offered_at", "offer_expires_at")
OF_PART = ("capacity", "taken", "last_rank", "starts_on", "ends_on")
OF_SESSION = ("session__state", "session__is_moderated", "session__calendar_sequence")


@cache
def questions(pk: int) -> list[tuple[str, tuple[Any, ...]]]:
    """What is asked of the database about a part, put into SQL once: it is asked after every act."""
    rows = Registration.objects.filter(part=pk)
    told = Message.objects.filter(object_type=Registration._meta.label_lower, object_id__in=rows.values("pk"))
    asked: list[QuerySet[Any, Any]] = [
        SessionPart.objects.filter(pk=pk).values_list(*OF_PART, *OF_SESSION),
        rows.order_by("pk").values_list(*FIELDS, *TYPED, *FACTS),
        PartCategory.objects.filter(part=pk).values_list("category_id", "capacity", "taken"),
        told.values_list("object_id", "kind"),
    ]
    return [each.query.sql_with_params() for each in asked]


def answers(pk: int) -> Iterator[list[tuple[Any, ...]]]:
    """The rows that answer each of `questions`."""
    with connection.cursor() as cursor:
        for sql, params in questions(pk):
            cursor.execute(sql, params)
            yield cursor.fetchall()


class Picture:
    """A part, its session, its people and how often each was told what; `offers`: free places are offered now."""

    def __init__(self, part: SessionPart, *, now: datetime) -> None:
        [found], people, quotas, told = answers(part.pk)
        self.capacity, self.taken, self.last_rank, self.first_day, last_day, *session = found
        self.state, self.moderated, self.sequence = session
        self.ends = timezone.make_aware(datetime.combine(last_day + timedelta(days=1), time.min))
        self.starts = timezone.make_aware(datetime.combine(self.first_day, time.min))  # no half-days here
        self.rows: dict[int, Row] = {}
        for values in people:
            typed = tuple(str(value) for value in values[len(FIELDS) : len(FIELDS) + len(TYPED)])
            self.rows[values[0]] = Row(*values[: len(FIELDS)], typed, *values[len(FIELDS) + len(TYPED) :])
        self.quotas = {category: (places, taken) for category, places, taken in quotas}
        self.told: Counter[tuple[int, str]] = Counter(told)
        self.offers = self.runs and now < self.starts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Picture) and self._facts() == other._facts()

    def _facts(self) -> tuple[object, ...]:
        session = (self.state, self.first_day, self.sequence)
        return self.rows, self.capacity, self.taken, self.last_rank, session, self.quotas, self.told

    @property
    def runs(self) -> bool:
        return self.state in RUNNING

    def is_open(self, now: datetime) -> bool:
        """Whether the public may register."""
        return self.state == "open" and now < self.starts

    def any(self, state: str) -> bool:
        return any(row.state == state for row in self.rows.values())

    @property
    def waiting(self) -> list[Row]:
        """The queue in its order."""
        return sorted((row for row in self.rows.values() if row.state == "waiting"), key=lambda row: row.rank or 0)

    @property
    def lapsed(self) -> int:
        return sum(row.state == "lapsed" for row in self.rows.values())

    @property
    def concerned(self) -> list[Row]:
        """Whom a postponement concerns and who can be written to."""
        states = {"review", "waiting", *HOLDING}
        return [row for row in self.rows.values() if row.state in states and row.email]

    def held(self, category: int | None = None) -> int:
        """Places held, of a category or of all."""
        rows = [row for row in self.rows.values() if row.state in HOLDING]
        return sum(category is None or row.category == category for row in rows)

    def has_room(self, category: int | None) -> bool:
        places = self.quotas.get(category or 0)
        return places is None or places[1] < places[0]

    def is_kept_out(self, row: Row, by: Row) -> bool:
        """Whether somebody who waits had to let `by` pass: another category, whose own places are all taken."""
        return row.category != by.category and not self.has_room(row.category)

    def check(self) -> None:
        """What holds at every instant."""
        assert self.taken == self.held() <= (self.capacity or 0), "the counter is not the number of places held"
        for category, (places, taken) in self.quotas.items():
            assert taken == self.held(category) <= places, "the counter of a category is wrong"
        ranks = [row.rank for row in self.rows.values() if row.rank is not None]
        assert len(set(ranks)) == len(ranks) == self.last_rank, "ranks are given once and never again"
        for row in self.rows.values():
            row.check()
        if self.state == "cancelled":
            ended = {"cancelled", "refused", "lapsed"}
            assert all(row.state in ended for row in self.rows.values()), "a cancelled session leaves nobody behind"
        if self.offers and self.taken < (self.capacity or 0):
            left = [row for row in self.waiting if self.has_room(row.category)]
            assert not left, f"a place is free while {left[0]} waits for it"
