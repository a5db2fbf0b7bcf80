"""Sessions: planned, published, opened, closed, held. Their cancellation is in `cancellation`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from core.transitions import move
from directory.models import Governorate
from trainings.domain import codes, editable, notices, parts
from trainings.enums import SessionState
from trainings.models import HalfDay, PublicCategory, Session, Training

LANGUAGES = ("fr", "ar", "en")
PLACE = frozenset({"governorate", "venue_fr", "venue_ar"})


class SessionFields(TypedDict, total=False):
    kind: str
    code: str
    title_fr: str
    title_ar: str
    title_en: str
    presentation_fr: str
    presentation_ar: str
    presentation_en: str
    governorate: Governorate | None
    venue_fr: str
    venue_ar: str
    registration_closes_at: datetime | None
    is_moderated: bool
    offer_hours: int
    attendance_threshold: int
    source: str


@journal.act
def create(
    *,
    training: Training,
    first_part: parts.PartFields,
    categories: Mapping[PublicCategory, int] | None = None,
    actor: User | None,
    now: datetime,
    **fields: Unpack[SessionFields],
) -> Session:
    """A session begins as a draft with its first part, whose dates it takes.

    Without a code it gets the next one of its kind and year (SEM-2026-03); without a title, those of its training; its
    part without a title bears the session's. Raises Invalid and DomainError on the field that is wrong.
    """
    parts.require_dates(first_part["starts_on"], first_part["ends_on"])
    session = Session(
        training=training,
        starts_on=first_part["starts_on"],
        ends_on=first_part["ends_on"],
        created_at=now,
        **fields,
    )
    if not session.title_fr:
        session.title_fr, session.title_ar, session.title_en = training.title_fr, training.title_ar, training.title_en
    session.code = codes.given(session.code) or codes.next_code(session.kind, session.starts_on)
    codes.require_free(session.code)
    session.slug = codes.slug_for(session.code)
    _require_deadline(session)
    saving.insert(session)
    journal.record("session.create", obj=session, actor=actor, data={"code": session.code})
    part = first_part.copy()
    if not part.get("title_fr"):
        part["title_fr"], part["title_ar"], part["title_en"] = session.title_fr, session.title_ar, session.title_en
    parts.add(session=session, categories=categories, actor=actor, now=now, **part)
    session.refresh_from_db()
    return session


@journal.act
def update(
    *, session: Session, version: int | None, actor: User | None, now: datetime, **fields: Unpack[SessionFields]
) -> Session:
    """Change what is not a part: names, place, deadline, rules. The address of its page stays.

    A published session whose place changed tells those who hold a place. Raises StaleObject, IllegalMove once it was
    cancelled or held, Invalid and DomainError on wrong fields.
    """
    current = editable.lock(session, version=version)
    if "code" in fields:
        fields["code"] = codes.given(fields["code"]) or current.code
        codes.require_free(fields["code"], session=current)
    deadline = fields.get("registration_closes_at", current.registration_closes_at)
    changed = saving.change(current, **fields)
    if "registration_closes_at" in changed and deadline is not None:
        _require_deadline(current)
    if changed:
        journal.record("session.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    if PLACE & set(changed):
        notices.tell_change(session=current, what={"place"}, now=now)
    return current


def missing_for_publication(session: Session) -> list[str | Promise]:
    """What a session lacks before the public may see it, in words; empty when nothing is missing."""
    found: list[str | Promise] = []
    all_parts = list(session.parts.prefetch_related("half_days"))
    if not session.title_fr.strip():
        found.append(_("a title in French"))
    if not all_parts:
        found.append(_("a part with its dates and places"))
    for part in all_parts:
        if not part.capacity:
            found.append(gettext("the number of places of %(part)s") % {"part": part.name})
        if not part.half_days.all():
            found.append(gettext("a half-day in %(part)s") % {"part": part.name})
    return found


@journal.act
def propose(*, session: Session, actor: User | None) -> Session:
    """A draft is laid before the person who publishes."""
    return move(session, SessionState.PROPOSED, actor=actor)


@journal.act
def send_back(*, session: Session, actor: User | None, reason: str = "") -> Session:
    """A proposed session becomes a draft again; a reason helps whoever works on it."""
    return move(session, SessionState.DRAFT, actor=actor, reason=reason)


@journal.act
def publish(*, session: Session, actor: User | None) -> Session:
    """The public sees it: it needs a title, and every part places and a half-day. DomainError says what is missing."""
    current = saving.locked(Session, session.pk)
    missing = missing_for_publication(current)
    if missing and Session.MOVES.allows(current.state, SessionState.PUBLISHED):
        listed = pgettext("list", ", ").join(str(item) for item in missing)
        raise DomainError(gettext("Before it is published, add: %(missing)s.") % {"missing": listed}, code="incomplete")
    return move(session, SessionState.PUBLISHED, actor=actor)


@journal.act
def open_registration(*, session: Session, actor: User | None, now: datetime) -> Session:
    """People may register from now on. Raises DomainError once the deadline or the last day has passed."""
    current = saving.locked(Session, session.pk)
    if current.registration_closes_at is not None and current.registration_closes_at <= now:
        raise DomainError(_("The deadline for registration has passed: move it first."), code="deadline_passed")
    if timezone.localdate(now) > current.ends_on:
        raise DomainError(_("This session is over: nobody can register any more."), code="over")
    return move(session, SessionState.OPEN, actor=actor)


@journal.act
def close_registration(*, session: Session, actor: User | None) -> Session:
    """Nobody registers any more; those on the waiting list keep their rank."""
    return move(session, SessionState.CLOSED, actor=actor)


@journal.act
def mark_held(*, session: Session, actor: User | None, now: datetime) -> Session:
    """It took place; then its programme is fixed. Raises DomainError before its last half-day has begun."""
    current = saving.locked(Session, session.pk)
    refusal = why_not_held(current, now=now)
    if refusal and Session.MOVES.allows(current.state, SessionState.HELD):
        raise DomainError(refusal, code="too_early")
    return move(session, SessionState.HELD, actor=actor)


def why_not_held(session: Session, *, now: datetime) -> str | Promise:
    """The sentence that says why it is too early to mark a session as held; empty once it is not."""
    if timezone.localdate(now) < session.ends_on:
        return _("A session is marked as held on its last day or later.")
    if timezone.localdate(now) > session.ends_on:
        return ""
    programme = HalfDay.objects.filter(part__session=session, on_day=session.ends_on)
    if any(now < half_day.starts for half_day in programme):
        return _("A session is marked as held once its last half-day has begun.")
    return ""


def _require_deadline(session: Session) -> None:
    closes = session.registration_closes_at
    if closes is not None and timezone.localdate(closes) > session.ends_on:
        raise DomainError(
            _("Registration ends on the last day of the session or before."),
            code="deadline_after_end",
            field="registration_closes_at",
        )
