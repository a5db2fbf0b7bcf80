"""Named votes: one ballot a seat, cast by whoever is in the room for it, or through a proxy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from steering.domain import counts, decisions, freezing, room
from steering.domain.majority import Tally
from steering.enums import BallotChoice, DecisionMode, DecisionState, MandateKind
from steering.models import Ballot, Decision, Mandate, Meeting, Presence, Recusal, Seat


class VoteRefused(DomainError):
    """This seat does not vote here; the sentence says why."""

    code = "vote_refused"


@journal.act
def cast(*, decision: Decision, choices: Mapping[int, str], at: datetime, actor: User, now: datetime) -> list[Ballot]:
    """Write down the votes of some seats (by id). The same vote again changes nothing; another one is a correction.

    Locks the meeting, records `meeting.vote`. Raises IllegalMove once it is decided (saying by whom and when),
    ItemClosed, VoteRefused for a seat that is recused, not in the room, without voice or whose mandate ended, and
    AlreadyDone when somebody else wrote another vote meanwhile.
    """
    meeting, current = decisions.drafted(decision)
    if current.mode != DecisionMode.NAMED:
        raise VoteRefused(_("This decision is taken by consensus: nobody votes."))
    room.possible(meeting, at, now=now)
    facts = counts.facts_of(meeting)
    count = facts.count(at, current.item_id)
    through = dict(count.proxies)
    before = {ballot.seat_id: ballot for ballot in Ballot.objects.filter(decision=current)}
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in=choices).select_related("organisation")}
    made = []
    for pk, choice in choices.items():
        seat = seats.get(pk)
        if seat is None or choice not in BallotChoice.values:
            raise VoteRefused(_("This seat has no vote here."))
        if pk in before:
            _same(meeting, before[pk], seat, choice)
            continue
        if pk not in count.seats and pk not in through:
            raise VoteRefused(_why(meeting, current, facts, seat, at), field=f"vote-{pk}")
        mandate = _voter(meeting, through.get(pk, pk), at)
        made.append(
            saving.insert(
                Ballot(decision=current, seat=seat, mandate=mandate, choice=choice, by_proxy=pk in through, cast_at=at)
            )
        )
    for ballot in made:
        data: room.Data = {
            "decision": current.pk,
            "number": current.number,
            "seat": ballot.seat_id,
            "choice": ballot.choice,
        }
        journal.record("meeting.vote", obj=meeting, actor=actor, data=data)
    return made


@journal.act
def correct(*, ballot: Ballot, choice: str, actor: User, reason: str) -> Decision:
    """Another vote of a seat than was written down, with a reason, until the minutes are sent.

    An empty `choice` takes the vote back while the decision is prepared. A decision that was taken is counted again,
    and its result may turn. Raises ReasonRequired, MinutesSent, MinutesFrozen, VoteRefused.
    """
    if not reason.strip():
        raise ReasonRequired
    decision = ballot.decision
    meeting = room.entered(decision.item.meeting, reason=reason)
    room.unsent(meeting)
    freezing.require_approval_kept(decision.item)
    current = saving.locked(Decision, decision.pk)
    found = saving.locked(Ballot, ballot.pk)
    is_draft = current.state == DecisionState.DRAFT
    if current.state == DecisionState.REVOKED or (not choice and not is_draft):
        raise VoteRefused(_("A vote on a decision that was taken is corrected, not taken back."), field="choice")
    if choice and choice not in BallotChoice.values:
        raise VoteRefused(_("This seat has no vote here."), field="choice")
    if found.choice == choice:
        return current
    data: room.Data = {"decision": current.pk, "number": current.number, "seat": found.seat_id, "choice": choice}
    if choice:
        saving.change(found, choice=choice)
    else:
        found.delete()
    if not is_draft:
        current = decisions.settle_again(current, actor=actor, reason=reason)
    journal.record("meeting.vote_corrected", obj=meeting, actor=actor, reason=reason, data=data)
    return current


def _same(meeting: Meeting, ballot: Ballot, seat: Seat, choice: str) -> None:
    """The same vote twice is nothing; another one is told who wrote the first."""
    if ballot.choice != choice:
        label = BallotChoice(ballot.choice).label
        what = gettext("%(seat)s has voted already: %(choice)s") % {"seat": seat, "choice": label}
        raise room.quicker(meeting, what, "meeting.vote", decision=ballot.decision_id, seat=seat.pk)


def _why(meeting: Meeting, decision: Decision, facts: counts.Facts, seat: Seat, at: datetime) -> str:
    """Why a seat does not vote."""
    name = {"seat": seat}
    if Recusal.objects.filter(item=decision.item_id, seat=seat, declared_at__lte=at).exists():
        return gettext("%(seat)s is recused from this item: it does not vote.") % name
    if seat.pk not in facts.voting:
        return gettext("%(seat)s has no vote in this committee.") % name
    return gettext("%(seat)s is neither in the room nor represented at that hour.") % name


def _voter(meeting: Meeting, seat_id: int, at: datetime) -> Mandate:
    """Who votes for a seat: its titular in the room, else the alternate. Raises VoteRefused when the mandate ended."""
    rows = Presence.objects.filter(meeting=meeting, seat=seat_id, arrived_at__lte=at)
    here = [
        each.mandate
        for each in rows.filter(Q(left_at__isnull=True) | Q(left_at__gt=at)).select_related(
            "mandate__person", "mandate__seat__organisation"
        )
    ]
    here.sort(key=lambda each: (each.kind != MandateKind.TITULAR, each.pk))
    day = timezone.localdate(at)
    for mandate in here:
        if mandate.is_in_force(day):
            return mandate
    ended = gettext("The mandate of %(person)s has ended: the seat does not vote through this person.")
    raise VoteRefused(ended % {"person": here[0].person}, field=f"vote-{seat_id}")


def in_words(tally: Tally) -> str:
    """“9 for, 1 against, 2 abstentions”."""
    parts = (
        ngettext("%(n)s for", "%(n)s for", tally.votes_for) % {"n": tally.votes_for},
        ngettext("%(n)s against", "%(n)s against", tally.votes_against) % {"n": tally.votes_against},
        ngettext("%(n)s abstention", "%(n)s abstentions", tally.abstentions) % {"n": tally.abstentions},
    )
    # Translators: the comma between words of a list
    return pgettext("list", ", ").join(parts)
