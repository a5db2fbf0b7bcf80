"""The quorum at an instant: pure counting over who sits, who is in the room, proxies and recusals. Reads no database.

A voting seat counts while its titular is in the room, or an alternate where the act allows alternates: once in either
case. A guest never counts, for a guest holds no seat. A seat that is recused from an item is neither among the seats in
office nor among those that count there. A proxy gives its voice while the giver is not in the room and the holder, a
voting seat that is not recused, is there in person; it counts for the quorum where the act says so. A vacant seat stays
in office. Somebody must be there: at least one seat is required, whatever the fraction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rules:
    """What the founding act says of the quorum of this meeting."""

    numerator: int
    denominator: int
    alternates: bool
    proxies: bool
    proxies_in_quorum: bool


@dataclass(frozen=True)
class Stay:
    """A person in a seat from an arrival to a departure; an empty departure is open."""

    seat: int
    is_titular: bool
    since: datetime
    until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Given:
    """A proxy of one seat to another, from an instant to an instant."""

    giver: int
    holder: int
    since: datetime
    until: datetime | None = None

    def covers(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True)
class Count:
    """The quorum at an instant. `seats` are those in the room that count, `voices` holds what each votes through."""

    in_office: int
    required: int
    counted: int
    seats: tuple[int, ...]
    proxies: tuple[tuple[int, int], ...]
    """Who votes through whom: (giver, holder)."""

    @property
    def is_met(self) -> bool:
        return self.counted >= self.required

    @property
    def voices(self) -> int:
        return len(self.seats) + len(self.proxies)


def count(
    *,
    voting: Collection[int],
    rules: Rules,
    stays: Iterable[Stay],
    proxies: Iterable[Given],
    recused: Collection[int],
    at: datetime,
) -> Count:
    """The quorum at the instant `at`; `voting` are the seats in office that vote, `recused` those of the item."""
    office = set(voting) - set(recused)
    in_room = {stay.seat for stay in stays if stay.covers(at) and (stay.is_titular or rules.alternates)}
    seats = office & in_room
    through: dict[int, int] = {}
    for given in sorted(proxies, key=lambda each: (each.since, each.giver)) if rules.proxies else ():
        if given.covers(at) and given.giver in office - in_room and given.holder in seats:
            through.setdefault(given.giver, given.holder)
    counted = len(seats) + (len(through) if rules.proxies_in_quorum else 0)
    return Count(
        in_office=len(office),
        required=required(len(office), rules),
        counted=counted,
        seats=tuple(sorted(seats)),
        proxies=tuple(sorted(through.items())),
    )


def required(in_office: int, rules: Rules) -> int:
    """The fraction of the seats in office, rounded up; never less than one."""
    return max(1, -(-in_office * rules.numerator // rules.denominator))
