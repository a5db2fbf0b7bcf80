"""Sessions that a trainer proposes: laid before staff, accepted, or sent back with a comment and proposed again."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.formats import listed
from core.models import JournalEntry
from core.transitions import illegal, move
from directory.models import Person
from trainings.domain import half_days, notices, parts, sessions, trainers
from trainings.enums import SessionState
from trainings.models import Session, SessionPart, Training

ACCEPTED, SENT_BACK = "accepted", "sent_back"


@journal.act
def propose(
    *,
    training: Training,
    first_part: parts.PartFields,
    actor: User,
    now: datetime,
    **fields: Unpack[sessions.SessionFields],
) -> Session:
    """A trainer proposes a session: it begins as a draft with the usual half-days, which staff see at once.

    Raises DomainError where the account has no file among the persons or where nobody works on these days, and whatever
    `sessions.create` raises.
    """
    person = person_of(actor)
    session = sessions.create(training=training, first_part=first_part, actor=actor, now=now, **fields)
    saving.change(session, proposed_by=actor)
    trainers.add(session=session, person=person, actor=actor)
    _fill(session.parts.get(), actor=actor, now=now)
    return _lay(session, actor=actor)


@journal.act
def propose_again(
    *,
    session: Session,
    version: int | None,
    part: parts.PartFields,
    actor: User,
    now: datetime,
    **fields: Unpack[sessions.SessionFields],
) -> Session:
    """The trainer mends what was sent back and lays it before staff once more. Raises StaleObject, IllegalMove."""
    if session.state != SessionState.DRAFT:
        raise illegal(session)
    current = sessions.update(session=session, version=version, actor=actor, now=now, **fields)
    only = current.parts.get()
    moved = part["starts_on"] != only.starts_on or part["ends_on"] != only.ends_on
    if moved:  # the half-days are those of the days: they are proposed anew
        only.half_days.all().delete()
    parts.update(part=only, version=None, actor=actor, now=now, **part)
    if moved:
        _fill(only, actor=actor, now=now)
    return _lay(current, actor=actor)


@journal.act
def withdraw(*, session: Session, actor: User) -> Session:
    """The trainer takes a proposal back: it stays in the history as cancelled, and nobody else ever saw it."""
    if session.state not in {SessionState.DRAFT, SessionState.PROPOSED}:
        raise illegal(session)
    return move(session, SessionState.CANCELLED, actor=actor, reason=str(_("Withdrawn by whoever proposed it")))


@journal.act
def accept(*, session: Session, actor: User, now: datetime) -> Session:
    """Staff accept: the session is published as it stands, and whoever proposed it is told. Raises DomainError."""
    sessions.publish(session=session, actor=actor)
    session.refresh_from_db()
    notices.tell_proposer(session=session, decision=ACCEPTED, now=now)
    return session


@journal.act
def send_back(*, session: Session, actor: User, now: datetime, comment: str) -> Session:
    """Staff send it back with a comment, which whoever proposed it reads. Raises ReasonRequired, IllegalMove."""
    if session.proposed_by_id is not None and not comment.strip():
        raise ReasonRequired(field="comment")
    sessions.send_back(session=session, actor=actor, reason=comment.strip())
    session.refresh_from_db()
    notices.tell_proposer(session=session, decision=SENT_BACK, now=now)
    return session


def comment_on(session: Session) -> str:
    """Why it came back the last time; empty where it never did."""
    entries = JournalEntry.objects.filter(object_type=session._meta.label_lower, object_id=session.pk)
    last = entries.filter(verb="session.draft").select_related("reason").order_by("-id").first()
    reason = getattr(last, "reason", None) if last else None
    return str(reason.text) if reason else ""


def person_of(user: User) -> Person:
    """The file of the account among the persons; a trainer without one asks staff for it."""
    person = Person.objects.filter(user=user).first()
    if person is None:
        raise DomainError(
            _("Your account has no file among the persons yet: ask the agency to link it."), code="no_file"
        )
    return person


def _fill(part: SessionPart, *, actor: User, now: datetime) -> None:
    """The usual half-days of the part. Raises DomainError beside the first day where nobody works on any of them."""
    proposal = half_days.propose(part=part, actor=actor, now=now)
    if not proposal.added:
        why = listed(tuple(dict.fromkeys(reason for _day, reason in proposal.skipped)))
        words = _("Nobody works on these days (%(why)s): choose others.") % {"why": why}
        raise DomainError(words, code="closed_days", field="starts_on")


def _lay(session: Session, *, actor: User) -> Session:
    current = saving.locked(Session, session.pk)
    missing = sessions.missing_for_publication(current)
    if missing:
        words = _("Before it is proposed, add: %(missing)s.") % {"missing": ", ".join(str(item) for item in missing)}
        raise DomainError(words, code="incomplete")
    return sessions.propose(session=current, actor=actor)
