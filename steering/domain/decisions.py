"""Decisions inside their agenda item: prepared, then taken by consensus or by named vote, with the hour’s quorum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.transitions import illegal, move
from directory.models import Organisation
from steering.domain import chair, counts, freezing, majority, quorum, room, rules
from steering.domain.majority import Outcome, Tally
from steering.domain.results import DecisionLine as DecisionLine
from steering.domain.results import of_meeting as of_meeting
from steering.domain.sitting_acts import NoQuorum
from steering.enums import BallotChoice, Cause, DecisionMode, DecisionState, ItemState, Majority, MeetingState
from steering.models import AgendaItem, Ballot, Decision, Mandate, Meeting


class ItemClosed(DomainError):
    """Nothing is decided in an item that is not under discussion."""

    code = "item_closed"

    def __init__(self, item: AgendaItem) -> None:
        text = gettext("Item %(number)s is not under discussion: nothing is decided in it.")
        super().__init__(text % {"number": item.position})


class NobodyVoted(DomainError):
    """A named vote without a single ballot decides nothing."""

    code = "nobody_voted"

    def __init__(self) -> None:
        super().__init__(_("Nobody has voted yet."))


@dataclass(frozen=True)
class Verdict:
    """What a decision would become now."""

    outcome: Outcome
    count: quorum.Count
    tally: Tally | None
    chair: Mandate


@journal.act
def prepare(
    *,
    item: AgendaItem,
    mode: str,
    text_fr: str = "",
    text_ar: str = "",
    owner: Organisation | None = None,
    due_on: date | None = None,
    actor: User,
) -> Decision:
    """Write down what is to be decided, and how: the mode comes first. Locks the meeting, which gives the number.

    Records `meeting.decision_prepared`. Raises ItemClosed, IllegalMove, Invalid.
    """
    meeting = room.entered(item.meeting)
    current = opened(item)
    decision = saving.insert(
        Decision(
            item=current,
            number=_next_number(meeting),
            mode=mode,
            text_fr=text_fr,
            text_ar=text_ar,
            owner=owner,
            due_on=due_on,
        )
    )
    data: room.Data = {"decision": decision.pk, "item": current.pk, "number": decision.number, "mode": str(mode)}
    journal.record("meeting.decision_prepared", obj=meeting, actor=actor, data=data)
    return decision


@journal.act
def edit(
    *,
    decision: Decision,
    version: int | None,
    mode: str,
    text_fr: str,
    text_ar: str,
    owner: Organisation | None,
    due_on: date | None,
    actor: User,
) -> Decision:
    """Other words of a decision that is not taken. With ballots its mode stays. Raises StaleObject, IllegalMove."""
    meeting, current = drafted(decision, version=version)
    if mode != current.mode and current.ballots.exists():
        raise DomainError(_("Somebody has voted already: the mode stays."), code="voted", field="mode")
    changed = saving.change(current, mode=mode, text_fr=text_fr, text_ar=text_ar, owner=owner, due_on=due_on)
    if changed:
        data: room.Data = {"decision": current.pk, "number": current.number, "fields": " ".join(changed)}
        journal.record("meeting.decision_edited", obj=meeting, actor=actor, data=data)
    return current


@journal.act
def withdraw(*, decision: Decision, actor: User, reason: str = "") -> None:
    """Take back a decision that is not taken. With ballots it takes a reason; one that others stand on is refused."""
    meeting, current = drafted(decision)
    if current.ballots.exists() and not reason.strip():
        raise ReasonRequired
    data: room.Data = {"decision": current.pk, "number": current.number}
    try:
        current.delete()
    except ProtectedError:
        raise DomainError(_("Something else stands on this decision: it is not taken back."), code="used") from None
    journal.record("meeting.decision_withdrawn", obj=meeting, actor=actor, reason=reason, data=data)


@journal.act
def decide(*, decision: Decision, at: datetime, actor: User, now: datetime) -> Decision:
    """The committee has settled it: the quorum of the hour is kept, the result follows the act's rule.

    Locks the meeting, the item, the decision; records `decision.adopted` or `.rejected` and `meeting.decided`. Raises
    IllegalMove (saying who was quicker), ItemClosed, NoQuorum, NobodyPresides, NobodyVoted, RuleMissing, WrongHour.
    """
    meeting = room.entered(decision.item.meeting)
    current = saving.locked(Decision, decision.pk)
    if current.state != DecisionState.DRAFT:
        raise illegal(current)
    opened(current.item)
    room.possible(meeting, at, now=now)
    if at < (current.item.opened_at or at):
        raise room.WrongHour(_("This hour is before the item was opened."))
    verdict = verdict_of(current, meeting, at=at)
    kept = counts.keep(meeting, at=at, cause=Cause.DECISION, item=current.item)
    to = DecisionState.ADOPTED if verdict.outcome.is_adopted else DecisionState.REJECTED
    move(current, to, actor=actor, quorum=kept, decided_at=at, **_figures(verdict.tally, verdict.outcome))
    data: room.Data = {"decision": current.pk, "number": current.number, "result": str(to)}
    journal.record("meeting.decided", obj=meeting, actor=actor, data=data)
    return current


@journal.act
def reopen(*, decision: Decision, actor: User, reason: str) -> Decision:
    """A decision of a reopened item is prepared again, its ballots kept, until the minutes are sent.

    Raises ReasonRequired, MinutesSent, MinutesFrozen, ItemClosed, IllegalMove.
    """
    if not reason.strip():
        raise ReasonRequired
    meeting = room.entered(decision.item.meeting)
    room.unsent(meeting)
    freezing.require_approval_kept(decision.item)
    opened(decision.item)
    current = saving.locked(Decision, decision.pk)
    move(current, DecisionState.DRAFT, actor=actor, reason=reason, quorum=None, decided_at=None, **_figures(None, None))
    data: room.Data = {"decision": current.pk, "number": current.number}
    journal.record("meeting.decision_reopened", obj=meeting, actor=actor, reason=reason, data=data)
    return current


def settle_again(decision: Decision, *, actor: User, reason: str) -> Decision:
    """After a vote was corrected: the figures, and the result where it turns. Within the verb that corrected it."""
    meeting = decision.item.meeting
    at = decision.decided_at or timezone.now()
    verdict = verdict_of(decision, meeting, at=at)
    to = DecisionState.ADOPTED if verdict.outcome.is_adopted else DecisionState.REJECTED
    figures = _figures(verdict.tally, verdict.outcome)
    if to == decision.state:
        saving.change(decision, **figures)
        return decision
    kept = decision.quorum
    move(decision, DecisionState.DRAFT, actor=actor, reason=reason, quorum=None, decided_at=None)
    return move(decision, to, actor=actor, reason=reason, quorum=kept, decided_at=at, **figures)


# -- what it would become ------------------------------------------------------------------------------------------
def verdict_of(decision: Decision, meeting: Meeting, *, at: datetime) -> Verdict:
    """What the decision is by the act's rules at an instant; writes nothing.

    Raises RuleMissing, NoQuorum, NobodyPresides, NobodyVoted.
    """
    act = room.act_of(meeting)
    rules.needed(act, "power")
    count = counts.facts_of(meeting).count(at, decision.item_id)
    if not count.is_met:
        raise NoQuorum(count.counted, count.required)
    who = chair.find(meeting, at=at)
    if decision.mode == DecisionMode.CONSENSUS:
        return Verdict(Outcome(True), count, None, who)
    ballots = list(Ballot.objects.filter(decision=decision))
    tally = tally_of(ballots)
    if tally.is_empty:
        raise NobodyVoted
    rule = Majority(rules.needed(act, "majority"))
    carried = majority.carries(rule, tally, present=count.voices, seats=count.in_office)
    casting = not carried and majority.needs_casting_vote(rule, tally) and bool(rules.needed(act, "casting_vote"))
    own = next((each.choice for each in ballots if each.seat_id == who.seat_id and not each.by_proxy), None)
    outcome = majority.outcome(rule, tally, present=count.voices, seats=count.in_office, casting=casting, chair=own)
    return Verdict(outcome, count, tally, who)


def why_not(decision: Decision, meeting: Meeting, *, at: datetime) -> str:
    """Why the button is closed, in words; empty while it is open."""
    if meeting.state != MeetingState.OPENED:
        return gettext("The meeting is not open.")
    if decision.item.state != ItemState.OPEN:
        return str(ItemClosed(decision.item))
    try:
        verdict_of(decision, meeting, at=at)
    except DomainError as error:
        return str(error)
    return ""


def tally_of(ballots: list[Ballot]) -> Tally:
    """Ballots counted by choice."""
    choices = [ballot.choice for ballot in ballots]
    found = (BallotChoice.FOR, BallotChoice.AGAINST, BallotChoice.ABSTAIN)
    return Tally(*(choices.count(choice) for choice in found))


def opened(item: AgendaItem) -> AgendaItem:
    """The item, locked. Raises ItemClosed unless it is under discussion."""
    current = saving.locked(AgendaItem, item.pk)
    if current.state != ItemState.OPEN:
        raise ItemClosed(current)
    return current


def drafted(decision: Decision, *, version: int | None = None) -> tuple[Meeting, Decision]:
    """Meeting and decision, locked, while it is prepared. Raises IllegalMove, ItemClosed, StaleObject."""
    meeting = room.entered(decision.item.meeting)
    current = saving.locked(Decision, decision.pk, version=version)
    if current.state != DecisionState.DRAFT:
        raise illegal(current)
    opened(current.item)
    return meeting, current


def _figures(tally: Tally | None, outcome: Outcome | None) -> dict[str, Any]:
    return {
        "votes_for": tally.votes_for if tally else None,
        "votes_against": tally.votes_against if tally else None,
        "abstentions": tally.abstentions if tally else None,
        "by_casting_vote": bool(outcome and outcome.by_casting_vote),
    }


def _next_number(meeting: Meeting) -> str:
    stem = f"D-{meeting.day.year}-{meeting.number:02}-"
    taken = Decision.objects.filter(item__meeting=meeting).values_list("number", flat=True)
    last = max((int(number.rpartition("-")[2]) for number in taken), default=0)
    return f"{stem}{last + 1:02}"
