"""What minutes are made of, as values: said once, kept as data, hashed, and shown in part to who may not read all.

record = recording.of(meeting)             # from today's rows
record = Record.load(text.record)          # as it was sent
record.sha256                              # of the canonical form
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")
ARABIC_LETTERS = ("\u0600", "\u06ff")


@dataclass(frozen=True)
class Said:
    """A passage as a reader of one language finds it; `is_original` where there is no translation."""

    text: str
    language: str
    is_original: bool = False


@dataclass(frozen=True)
class Passage:
    """The same thing in French and in Arabic, or in one of them alone."""

    fr: str = ""
    ar: str = ""

    def said(self, language: str) -> Said:
        """The text in a language; where it is not there, the original, marked."""
        wanted = "ar" if language == "ar" else "fr"
        text = self.ar if wanted == "ar" else self.fr
        if text:
            return Said(text, wanted)
        other = "fr" if wanted == "ar" else "ar"
        return Said(self.fr or self.ar, other, is_original=bool(self.fr or self.ar))

    def __bool__(self) -> bool:
        return bool(self.fr or self.ar)


def original(text: str) -> Passage:
    """Words that somebody wrote in one language, which their letters tell."""
    first, last = ARABIC_LETTERS
    arabic = sum(first <= sign <= last for sign in text)
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    return Passage(ar=text) if arabic > latin else Passage(fr=text)


def named(latin: str, arabic: str) -> Passage:
    """A name, which is its own translation where it has but one form."""
    return Passage(latin or arabic, arabic or latin)


@dataclass(frozen=True)
class Stay:
    """From an arrival to a departure; without one, to the end."""

    arrived_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class Attendant:
    """A person in a seat, with the times of that person's presence."""

    name: Passage
    kind: str = ""
    stays: tuple[Stay, ...] = ()


@dataclass(frozen=True)
class SeatLine:
    """A seat in office on the day. `how`: titular, alternate, proxy, excused, absent, vacant; `holder`: the titular."""

    institution: Passage
    voice: str = ""
    presides: bool = False
    how: str = ""
    people: tuple[Attendant, ...] = ()
    holder: Passage = Passage()
    proxy_to: Passage = Passage()


@dataclass(frozen=True)
class GuestLine:
    """Somebody in the room without a seat."""

    name: str
    function: str = ""
    institution: str = ""
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True)
class Quorum:
    """The quorum as it was counted."""

    counted: int = 0
    required: int = 0
    in_office: int = 0
    voices: int = 0

    @property
    def is_met(self) -> bool:
        return self.counted >= self.required


@dataclass(frozen=True)
class Chair:
    """Who presided, and for which institution."""

    name: Passage
    institution: Passage = Passage()


@dataclass(frozen=True)
class RecusalLine:
    institution: Passage
    interest: Passage = Passage()


@dataclass(frozen=True)
class BallotLine:
    """The voice of one seat, cast by the person of that day."""

    institution: Passage
    name: Passage
    choice: str = ""
    by_proxy: bool = False


@dataclass(frozen=True)
class ReservationLine:
    institution: Passage
    name: Passage
    text: Passage


@dataclass(frozen=True)
class DecisionLine:
    """What the committee settled in an item."""

    id: int
    number: str
    mode: str = ""
    state: str = ""
    text: Passage = Passage()
    votes_for: int | None = None
    votes_against: int | None = None
    abstentions: int | None = None
    by_casting_vote: bool = False
    owner: Passage = Passage()
    due_on: date | None = None
    ballots: tuple[BallotLine, ...] = ()
    reservations: tuple[ReservationLine, ...] = ()


@dataclass(frozen=True)
class RecommendationLine:
    id: int
    code: str
    text: Passage = Passage()
    addressee: Passage = Passage()


@dataclass(frozen=True)
class ItemLine:
    """One point of the agenda. `is_closed`: this reader learns its number alone."""

    id: int
    number: int
    title: Passage = Passage()
    state: str = ""
    expected: str = ""
    is_confidential: bool = False
    is_closed: bool = False
    rapporteur: Passage = Passage()
    quorum: Quorum | None = None
    notes: Passage = Passage()
    recusals: tuple[RecusalLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    recommendations: tuple[RecommendationLine, ...] = ()


@dataclass(frozen=True)
class Record:
    """The minutes of one meeting, whole."""

    meeting_id: int
    number: int
    committee: Passage
    kind: str = ""
    day: date | None = None
    opened_at: datetime | None = None
    lifted_at: datetime | None = None
    place: Passage = Passage()
    is_second_call: bool = False
    from_paper: bool = False
    is_fictional: bool = False
    act: Passage = Passage()
    power: str = ""
    language: str = ""
    chair: Chair | None = None
    seats: tuple[SeatLine, ...] = ()
    guests: tuple[GuestLine, ...] = ()
    quorum: Quorum | None = None
    items: tuple[ItemLine, ...] = field(default=())

    @property
    def has_confidential(self) -> bool:
        return any(item.is_confidential for item in self.items)

    def seen_by(self, readable: Collection[int]) -> Record:
        """The same for a reader of some items: of the confidential others the number alone."""
        return replace(
            self,
            items=tuple(
                item if not item.is_confidential or item.id in readable else _closed(item) for item in self.items
            ),
        )

    def without_confidential(self) -> Record:
        """What every member may read."""
        return self.seen_by(())

    def without_names(self) -> Record:
        """The same without the names of persons, for an auditor."""
        nobody = Passage()
        return replace(
            self,
            chair=self.chair and replace(self.chair, name=nobody),
            seats=tuple(
                replace(seat, holder=nobody, people=tuple(replace(person, name=nobody) for person in seat.people))
                for seat in self.seats
            ),
            guests=tuple(replace(guest, name="", function="") for guest in self.guests),
            items=tuple(
                replace(item, decisions=tuple(_nameless(decision) for decision in item.decisions))
                for item in self.items
            ),
        )

    @property
    def sha256(self) -> str:
        """SHA-256 of the canonical form: the same values give the same hash, whatever the order of keys."""
        return hash_of(self.as_data())

    def as_data(self) -> dict[str, Any]:
        """The record as JSON can hold it, instants in UTC."""
        data: dict[str, Any] = _plain(self)
        return data

    @classmethod
    def load(cls, data: dict[str, Any]) -> Record:
        """The record that `as_data` gave; what an older one does not have is empty."""
        return _read(cls, data)


def hash_of(data: dict[str, Any]) -> str:
    """The hash of a record as it lies in the database."""
    canonical = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _closed(item: ItemLine) -> ItemLine:
    return ItemLine(id=0, number=item.number, is_confidential=True, is_closed=True)


def _nameless(decision: DecisionLine) -> DecisionLine:
    nobody = Passage()
    return replace(
        decision,
        ballots=tuple(replace(ballot, name=nobody) for ballot in decision.ballots),
        reservations=tuple(replace(line, name=nobody) for line in decision.reservations),
    )


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _read(kind: type[T], data: dict[str, Any]) -> T:
    hints = get_type_hints(kind)
    return kind(**{name: _value(hint, data[name]) for name, hint in hints.items() if name in data})


def _value(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is tuple:
        return tuple(_value(get_args(hint)[0], each) for each in value)
    if get_args(hint):
        return _value(next(each for each in get_args(hint) if each is not type(None)), value)
    if is_dataclass(hint):
        return _read(hint, value)  # type: ignore[arg-type]
    return hint.fromisoformat(value) if hint in (date, datetime) else value
