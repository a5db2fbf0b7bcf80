"""An action is declared done with its evidence, verified by another institution, sent back, reopened or given up."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, NotAllowed, ReasonRequired
from core.transitions import illegal, move
from directory.models import Organisation, Person
from steering.domain import evidence, progress, standing, verifiers
from steering.domain.evidence import Given
from steering.domain.verifiers import Work
from steering.enums import ACTION_OPEN, RECOMMENDATION_SHUT, ActionState
from steering.models import Action, Evidence, Progress, Verification


@journal.act
def declare_done(
    *,
    action: Action,
    note: str,
    given: Given | None = None,
    actor: User,
    person: Person | None = None,
    now: datetime,
) -> Action:
    """The institution in charge, or staff in its name, says that the action is done, and proves it.

    Locks the action and those above. An action with parts is done once each of them is verified or given up. Recorded
    as `action.declared`. Raises NotAllowed, IllegalMove, Invalid, and DomainError without evidence or with open parts.
    """
    current = saving.locked(Action, action.pk)
    if current.state not in (ActionState.TODO, ActionState.RUNNING):
        raise illegal(current)
    _without_open_parts(current)
    person = progress.speaker(current, actor=actor, person=person, by_link=False, now=now)
    piece = evidence.attach(action=current, given=given, actor=actor, person=person, now=now) if given else None
    if not proofs(current).exists():
        raise DomainError(_("Attach what proves it: nothing is done without evidence."), code="no_proof", field="file")
    saving.insert(
        Progress(
            action=current,
            percent=100,
            note=note.strip(),
            evidence=piece,
            at=now,
            by=actor,
            person=person,
            is_final=True,
        )
    )
    progress.begin(current, actor=actor, now=now)
    move(current, ActionState.DECLARED, actor=actor, declared_at=now)
    progress.refresh(current, actor=actor)
    return current


@journal.act
def confirm(*, action: Action, note: str, actor: User, now: datetime) -> Action:
    """Somebody of another institution opened the evidence and closes the action.

    Locks the action and those above. Recorded as `action.verified`. Raises OwnWork, NotOpened, NotAllowed, IllegalMove
    (also at the second call, saying who closed it when), Invalid without a note.
    """
    current = saving.locked(Action, action.pk)
    if current.state != ActionState.DECLARED:
        raise illegal(current)
    on = timezone.localdate(now)
    body = verifiers.check(
        work_of(current), actor=actor, own=standing.interests_of(actor, committee=current.committee, on=on), on=on
    )
    verifiers.check_opened(actor, current.evidence.standing().order_by("id"))
    _verdict(current, confirmed=True, note=note, body=body, actor=actor, now=now)
    move(current, ActionState.VERIFIED, actor=actor, verified_at=now)
    progress.refresh(current, actor=actor)
    return current


@journal.act
def send_back(*, action: Action, note: str, actor: User, now: datetime) -> Action:
    """The proof does not hold: the action goes on, with the reason. Who may verify may send back.

    Recorded as `action.running`. Raises what `confirm` raises, without asking whether the evidence was opened.
    """
    current = saving.locked(Action, action.pk)
    if current.state != ActionState.DECLARED:
        raise illegal(current)
    on = timezone.localdate(now)
    body = verifiers.check(
        work_of(current), actor=actor, own=standing.interests_of(actor, committee=current.committee, on=on), on=on
    )
    if not note.strip():
        raise ReasonRequired(field="note")
    _verdict(current, confirmed=False, note=note, body=body, actor=actor, now=now)
    return _again(current, reason=note, actor=actor)


@journal.act
def reopen(*, action: Action, reason: str, actor: User) -> Action:
    """A new fact: what was closed is open again. Staff, with the reason. Recorded as `action.running`.

    Raises NotAllowed, ReasonRequired, IllegalMove, and DomainError while what it belongs to is closed.
    """
    current = saving.locked(Action, action.pk)
    _staff(actor)
    if current.state != ActionState.VERIFIED:
        raise illegal(current)
    if not reason.strip():
        raise ReasonRequired
    _under_something_open(current)
    return _again(current, reason=reason, actor=actor)


@journal.act
def drop(*, action: Action, reason: str, actor: User) -> Action:
    """The action is given up, and its open parts with it. Staff, with the reason. Recorded as `action.dropped`."""
    current = saving.locked(Action, action.pk)
    _staff(actor)
    if not reason.strip():
        raise ReasonRequired
    move(current, ActionState.DROPPED, actor=actor, reason=reason)
    for part in current.parts.filter(state__in=(ActionState.TODO, ActionState.RUNNING)).order_by("id"):
        drop(action=part, reason=reason, actor=actor)
    progress.refresh(current, actor=actor)
    return current


@journal.act
def take_up(*, action: Action, reason: str, actor: User) -> Action:
    """What was given up is to be done after all. Staff, with the reason. Recorded as `action.todo`."""
    current = saving.locked(Action, action.pk)
    _staff(actor)
    if not reason.strip():
        raise ReasonRequired
    if current.state == ActionState.DROPPED:
        _under_something_open(current)
    move(current, ActionState.TODO, actor=actor, reason=reason)
    progress.refresh(current, actor=actor)
    return current


def why_not(action: Action, *, actor: User, on: date) -> str:
    """Why this account may not verify the action, in words; empty when it may (the evidence still to be opened)."""
    own = standing.interests_of(actor, committee=action.committee, on=on)
    try:
        verifiers.check(work_of(action), actor=actor, own=own, on=on)
    except DomainError as refusal:
        return str(refusal)
    return ""


def proofs(action: Action) -> QuerySet[Evidence]:
    """The evidence of an action: its own and that of its parts, at every depth."""
    below = Q(action=action) | Q(action__parent=action) | Q(action__parent__parent=action)
    return Evidence.objects.standing().filter(below)


def work_of(action: Action) -> Work:
    """The action as something to be verified."""
    last = action.declarations.filter(is_final=True).first()
    return Work(
        committee=action.committee,
        owners=frozenset({action.owner_id}),
        named=action.verifier,
        declared_by=last.by_id if last is not None else None,
    )


def _verdict(
    action: Action, *, confirmed: bool, note: str, body: Organisation, actor: User, now: datetime
) -> Verification:
    return saving.insert(
        Verification(
            action=action,
            confirmed=confirmed,
            note=note.strip(),
            organisation=body,
            person=standing.file_of(actor),
            by=actor,
            at=now,
        )
    )


def _again(action: Action, *, reason: str, actor: User) -> Action:
    move(action, ActionState.RUNNING, actor=actor, reason=reason, declared_at=None, verified_at=None)
    progress.refresh(action, actor=actor)
    return action


def _staff(actor: User) -> None:
    if not actor.is_agency_staff:
        raise NotAllowed


def _without_open_parts(action: Action) -> None:
    part = action.parts.filter(state__in=ACTION_OPEN).order_by("id").first()
    if part is not None:
        words = _("%(code)s is still open: an action is done once its sub-actions are verified or given up.")
        raise DomainError(words % {"code": part.code}, code="open_parts")


def _under_something_open(action: Action) -> None:
    whole, answered = action.parent, action.recommendation
    if whole is not None and whole.state not in (ActionState.TODO, ActionState.RUNNING):
        words = _("%(code)s, which it is a part of, is not in progress: bring that one back first.")
        raise DomainError(words % {"code": whole.code}, code="whole_closed")
    if answered is not None and answered.state in RECOMMENDATION_SHUT:
        words = _("The recommendation %(code)s is closed: reopen it first.")
        raise DomainError(words % {"code": answered.code}, code="recommendation_closed")
