"""The moves of a recommendation: who makes each, and what it needs. Every move leaves a step with what was said.

| to | who | needed |
|---|---|---|
| accepted | the addressee, or the committee | an action with its institution and due date |
| partly accepted | the committee | the part that is retained, and why |
| rejected | the committee | why; no action open |
| in progress | the institution in charge | a dated note of progress on an action; why, where it is sent back |
| declared implemented | the institution in charge | evidence on its actions, none of them still running |
| verified and closed | another institution | the evidence opened, every action closed; the decision, if any |
| closed without implementation, reopened | the committee | why; the new fact |

The secretariat (staff) writes down what the committee said, and what an institution told it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, NotAllowed, ReasonRequired
from core.transitions import illegal, move
from directory.models import Organisation
from steering.domain import origins, recommendations, standing, verifiers
from steering.domain.verifiers import Work
from steering.enums import ACTION_OPEN, ActionState, RecommendationState
from steering.models import Action, Decision, Evidence, Progress, Recommendation, RecommendationStep

State = RecommendationState
WAITING = (State.ACCEPTED, State.PARTLY, State.REOPENED)
"""States in which the next word about an action brings the recommendation into progress."""


class Composite(DomainError):
    """A recommendation that was divided follows its parts."""

    code = "composite"

    def __init__(self, recommendation: Recommendation) -> None:
        codes = ", ".join(recommendation.parts.order_by("code").values_list("code", flat=True))
        words = _("%(code)s follows its parts: answer %(parts)s.")
        super().__init__(words % {"code": recommendation.code, "parts": codes})


@dataclass(frozen=True)
class Said:
    """What comes with a move: the reason or remark, and the committee's decision where there is one."""

    note: str = ""
    decision: Decision | None = None


@journal.act
def accept(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """The addressee, or the committee, takes it on: an action says who does what until when."""
    current = _opened(recommendation, State.ACCEPTED)
    body = _as_one_of(current, _addressee(current), actor=actor, now=now)
    if not open_actions(current).exists():
        words = _("Enter the action first: an accepted recommendation has an institution in charge and a due date.")
        raise DomainError(words, code="no_action")
    return _moved(current, State.ACCEPTED, said, body=body, actor=actor, now=now)


@journal.act
def accept_partly(
    *, recommendation: Recommendation, retained: str, said: Said, actor: User, now: datetime
) -> Recommendation:
    """The committee retains a part of it, says which and why."""
    current = _opened(recommendation, State.PARTLY)
    _committee(actor)
    if not retained.strip():
        raise DomainError(_("Write the part that is retained."), code="no_part", field="retained")
    _reason(said)
    return _moved(current, State.PARTLY, said, actor=actor, now=now, retained=retained.strip())


@journal.act
def reject(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """The committee does not follow it, says why, and it stays visible."""
    current = _opened(recommendation, State.REJECTED)
    _committee(actor)
    _reason(said)
    _nothing_open(current)
    return _moved(current, State.REJECTED, said, actor=actor, now=now)


@journal.act
def start(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """It is in progress: somebody in charge has said what was done, on a day. Mostly happens with that word itself."""
    current = _opened(recommendation, State.RUNNING)
    if current.state == State.DECLARED:
        raise illegal(current)
    body = _as_one_of(current, owners_of(current), actor=actor, now=now)
    words = Progress.objects.filter(action__in=actions_of(current))
    if current.state == State.REOPENED:
        reopened = current.steps.filter(state=State.REOPENED).first()
        words = words.filter(at__gte=reopened.at) if reopened is not None else words
    if not words.exists():
        raise DomainError(_("No action has a dated note of progress yet: report it there first."), code="no_progress")
    return _moved(current, State.RUNNING, said, body=body, actor=actor, now=now)


@journal.act
def declare(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """The institution in charge says that it is implemented; the evidence stands on its actions."""
    current = _opened(recommendation, State.DECLARED)
    body = _as_one_of(current, owners_of(current), actor=actor, now=now)
    running = open_actions(current).exclude(state=ActionState.DECLARED).order_by("id").first()
    if running is not None:
        words = _("%(code)s is not declared done yet.")
        raise DomainError(words % {"code": running.code}, code="action_running")
    if not proofs_of(current).exists():
        words = _("Attach the evidence to an action first: nothing is implemented without evidence.")
        raise DomainError(words, code="no_proof")
    return _moved(current, State.DECLARED, said, body=body, actor=actor, now=now)


@journal.act
def verify(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """Somebody of another institution opened the evidence and closes it; the decision's number where there is one."""
    current = _opened(recommendation, State.VERIFIED)
    body = _verifier(current, actor=actor, now=now)
    left = open_actions(current).order_by("id").first()
    if left is not None:
        words = _("%(code)s is still open: verify it first.")
        raise DomainError(words % {"code": left.code}, code="action_open")
    verifiers.check_opened(actor, proofs_of(current).order_by("id"))
    _reason(said)
    return _moved(current, State.VERIFIED, said, body=body, actor=actor, now=now)


@journal.act
def send_back(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """The evidence does not show it: back to work, with the reason. Who may verify may send back."""
    current = _opened(recommendation, State.RUNNING)
    if current.state != State.DECLARED:
        raise illegal(current)
    body = _verifier(current, actor=actor, now=now)
    _reason(said)
    return _moved(current, State.RUNNING, said, body=body, actor=actor, now=now)


@journal.act
def drop(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """The committee closes it without implementation and says why: obsolete, replaced, the risk is accepted."""
    current = _opened(recommendation, State.DROPPED)
    _committee(actor)
    _reason(said)
    _nothing_open(current)
    return _moved(current, State.DROPPED, said, actor=actor, now=now)


@journal.act
def reopen(*, recommendation: Recommendation, said: Said, actor: User, now: datetime) -> Recommendation:
    """A new fact: what was closed is open again."""
    current = _opened(recommendation, State.REOPENED)
    _committee(actor)
    _reason(said)
    return _moved(current, State.REOPENED, said, actor=actor, now=now)


@journal.act
def follow_progress(*, recommendation: Recommendation, actor: User | None, now: datetime) -> None:
    """The first dated word about one of its actions brings it into progress, inside the verb that wrote the word."""
    current = saving.locked(Recommendation, recommendation.pk)
    if current.state in WAITING and not current.parts.exists():
        _moved(current, State.RUNNING, Said(), actor=actor, now=now)


# -- what stands on a recommendation ---------------------------------------------------------------------------------
def actions_of(recommendation: Recommendation) -> QuerySet[Action]:
    """Its actions, but for those that were given up."""
    return Action.objects.filter(recommendation=recommendation).exclude(state=ActionState.DROPPED)


def open_actions(recommendation: Recommendation) -> QuerySet[Action]:
    return Action.objects.filter(recommendation=recommendation, state__in=ACTION_OPEN)


def owners_of(recommendation: Recommendation) -> frozenset[int]:
    """The institutions in charge of its actions."""
    return frozenset(actions_of(recommendation).values_list("owner_id", flat=True))


def proofs_of(recommendation: Recommendation) -> QuerySet[Evidence]:
    return Evidence.objects.standing().filter(action__in=actions_of(recommendation))


def work_of(recommendation: Recommendation) -> Work:
    """The recommendation as something to be verified."""
    declared = recommendation.steps.filter(state=State.DECLARED).first()
    named = actions_of(recommendation).exclude(verifier=None).select_related("verifier__organisation").first()
    return Work(
        committee=recommendation.committee,
        owners=owners_of(recommendation),
        named=named.verifier if named is not None else None,
        declared_by=declared.by_id if declared is not None else None,
    )


# -- who, and what is needed -----------------------------------------------------------------------------------------
def _opened(recommendation: Recommendation, to: str) -> Recommendation:
    """The row, locked. Raises Composite, and IllegalMove where the table does not allow the move."""
    current = saving.locked(Recommendation, recommendation.pk)
    if current.parts.exists():
        raise Composite(current)
    if not Recommendation.MOVES.allows(current.state, to):
        raise illegal(current)
    return current


def _committee(actor: User) -> None:
    """The committee speaks through its secretariat."""
    if not actor.is_agency_staff:
        raise NotAllowed(_("The committee decides on this: its secretariat writes it down."))


def _addressee(recommendation: Recommendation) -> frozenset[int]:
    return frozenset({recommendation.addressee_id} if recommendation.addressee_id else ())


def _as_one_of(
    recommendation: Recommendation, bodies: frozenset[int], *, actor: User, now: datetime
) -> Organisation | None:
    """In the name of which of the institutions the account speaks; staff write down for them. Raises NotAllowed."""
    own = standing.institutions_of(actor, on=timezone.localdate(now)) & bodies
    if own:
        return Organisation.objects.get(pk=min(own))
    if actor.is_agency_staff:
        return None
    raise NotAllowed(_("This is for the institution that it is addressed to, or that is in charge."))


def _verifier(recommendation: Recommendation, *, actor: User, now: datetime) -> Organisation:
    on = timezone.localdate(now)
    own = standing.interests_of(actor, committee=recommendation.committee, on=on)
    return verifiers.check(work_of(recommendation), actor=actor, own=own, on=on)


def _reason(said: Said) -> None:
    if not said.note.strip():
        raise ReasonRequired(field="note")


def _nothing_open(recommendation: Recommendation) -> None:
    codes = list(open_actions(recommendation).order_by("code").values_list("code", flat=True))
    if codes:
        words = _("Give up its open actions first: %(codes)s.")
        raise DomainError(words % {"codes": ", ".join(codes)}, code="actions_open")


def _moved(
    recommendation: Recommendation,
    to: str,
    said: Said,
    *,
    body: Organisation | None = None,
    actor: User | None,
    now: datetime,
    **changes: str,
) -> Recommendation:
    origins.decision_of(recommendation.committee, said.decision)
    move(recommendation, to, actor=actor, reason=said.note, **changes)
    saving.insert(
        RecommendationStep(
            recommendation=recommendation,
            state=to,
            note=said.note.strip(),
            decision=said.decision,
            organisation=body,
            person=standing.file_of(actor),
            by=actor,
            at=now,
        )
    )
    recommendations.follow_parts(recommendation.parent, actor=actor)
    return recommendation
