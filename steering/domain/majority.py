"""Whether a named vote carries: pure counting by the rule of the act. Reads no database.

Two thirds are met by exactly two thirds; every other majority is more than half. In a tie (as many for as against, and
somebody voted) the voice of whoever presides counts once more where the act gives a casting vote; two thirds have no
tie, and no casting vote.
"""

from __future__ import annotations

from dataclasses import dataclass

from steering.enums import BallotChoice, Majority


@dataclass(frozen=True)
class Tally:
    """Ballots by choice."""

    votes_for: int = 0
    votes_against: int = 0
    abstentions: int = 0

    @property
    def cast(self) -> int:
        """Votes for and against."""
        return self.votes_for + self.votes_against

    @property
    def is_empty(self) -> bool:
        return self.cast + self.abstentions == 0

    @property
    def is_tie(self) -> bool:
        return self.votes_for == self.votes_against > 0


@dataclass(frozen=True)
class Outcome:
    """Carried or not, and whether it took the voice of whoever presides once more."""

    is_adopted: bool
    by_casting_vote: bool = False


def needs_casting_vote(rule: Majority, tally: Tally) -> bool:
    """Whether the act's word on the casting vote is asked at all."""
    return tally.is_tie and rule != Majority.TWO_THIRDS


def outcome(
    rule: Majority, tally: Tally, *, present: int, seats: int, casting: bool = False, chair: str | None = None
) -> Outcome:
    """What became of a vote. `present`: voices in the room, proxies included; `seats`: voting seats in office.

    `casting` is the act's rule, `chair` the choice of whoever presides, None without a voice of their own.
    """
    if carries(rule, tally, present=present, seats=seats):
        return Outcome(True)
    if casting and needs_casting_vote(rule, tally) and chair in (BallotChoice.FOR, BallotChoice.AGAINST):
        extra = int(chair == BallotChoice.FOR)
        again = Tally(tally.votes_for + extra, tally.votes_against + 1 - extra, tally.abstentions)
        return Outcome(carries(rule, again, present=present, seats=seats), by_casting_vote=True)
    return Outcome(False)


def carries(rule: Majority, tally: Tally, *, present: int, seats: int) -> bool:
    """The bare rule, without a casting vote."""
    if rule == Majority.TWO_THIRDS:
        return tally.cast > 0 and tally.votes_for * 3 >= tally.cast * 2
    base = {Majority.CAST: tally.cast, Majority.PRESENT: present, Majority.SEATS: seats}[rule]
    return tally.votes_for * 2 > base
