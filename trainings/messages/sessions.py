"""What people are written about the session itself: it changed, it is cancelled, it begins soon."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.formats import date_range, long_date
from core.formats.dates import time_range
from core.models import Message
from trainings.documents import calendar
from trainings.domain import notices, proposals, timing
from trainings.enums import ACTIVE_STATES, HOLDING_STATES, RUNNING_STATES, RegistrationState, SessionState
from trainings.messages import frame
from trainings.models import HalfDay, Registration, Session, SessionTrainer

WHAT = {"dates": _("the dates"), "hours": _("the hours"), "place": _("the place")}


def change(message: Message) -> outbox.Content:
    """Dates, hours or place of a session changed for somebody who holds a place."""
    registration = frame.found(message, *HOLDING_STATES)
    session = registration.part.session
    if session.state not in RUNNING_STATES:
        raise outbox.Useless
    mine = _of_the_same_person(registration, *HOLDING_STATES)
    files = [_file(row) for row in mine if row.state == RegistrationState.CONFIRMED]
    said = pgettext("list", ", ").join(str(WHAT[code]) for code in str(message.params.get("what", "")).split())
    return frame.content(
        registration,
        subject=gettext("Change: %(session)s"),
        heading=gettext("Something has changed"),
        text=[
            gettext("What has changed: %(what)s. Your place stays yours.") % {"what": said},
            gettext("Here is what holds now.")
            + (" " + gettext("The attached file corrects your calendar.") if files else ""),
        ],
        facts=[*_other_parts(registration, mine), *_programme(mine)],
        action=gettext("Open my registration"),
        after=[gettext("You can no longer come? Cancel on this page: your place goes to the next person.")],
        why=_("You hold a place in this session: whoever does is told once of every change of dates, hours or place."),
        attachments=files,
        useless_after=timing.end_of(registration.part),
    )


def cancellation(message: Message) -> outbox.Content:
    """The session is cancelled; said once to everybody who held a place, waited or awaited a decision."""
    registration = frame.found(message, RegistrationState.CANCELLED)
    session = registration.part.session
    if session.state != SessionState.CANCELLED:
        raise outbox.Useless
    mine = _of_the_same_person(registration, RegistrationState.CANCELLED)
    files = [file for row in mine for file in frame.withdrawn_file(row)]
    return frame.content(
        registration,
        subject=gettext("Cancelled: %(session)s"),
        heading=gettext("The session is cancelled"),
        text=[
            session.public_notice,
            gettext("Your registration ends with it."),
            *([gettext("The attached file takes the dates out of your calendar.")] if files else []),
        ],
        facts=_other_parts(registration, mine),
        action=gettext("Open my registration"),
        after=[gettext("Other sessions are announced in the public calendar of the portal.")],
        why=_("You were registered for this session or waited for a place. Nothing more is asked of you."),
        attachments=files,
    )


def cancellation_trainer(message: Message) -> outbox.Content:
    """The same to whoever was to give the session."""
    rows = SessionTrainer.objects.select_related("person", "session__training__programme", "session__governorate")
    trainer = rows.get(pk=message.object_id)
    session = trainer.session
    if session.state != SessionState.CANCELLED:
        raise outbox.Useless
    return outbox.Content(
        template="trainings/email/trainer",
        context={
            "subject": gettext("Cancelled: %(session)s") % {"session": frame.isolated(session.title)},
            "heading": gettext("The session is cancelled"),
            "name": trainer.person.name,
            "text": [session.public_notice],
            "facts": [
                (gettext("Session"), session.title),
                (gettext("Dates"), date_range(session.starts_on, session.ends_on)),
                (gettext("Code"), session.code),
            ],
        },
        why=_("You were to give this session. Nothing more is asked of you."),
    )


def postponed(message: Message) -> outbox.Content:
    """The session is postponed: to which days, or that they are to be fixed. Everything else is kept."""
    states = ACTIVE_STATES - {RegistrationState.UNCONFIRMED}
    registration = frame.found(message, *states)
    session = registration.part.session
    if session.state not in RUNNING_STATES | {SessionState.POSTPONED}:
        raise outbox.Useless
    mine = _of_the_same_person(registration, *states)
    held = [row for row in mine if row.state == RegistrationState.CONFIRMED]
    if session.has_no_date:
        files = [_file(row, method=calendar.CANCEL) for row in held]
        follows = gettext("The new date is to be fixed: you are written to once it is.")
        calendars = gettext("The attached file takes the old dates out of your calendar.")
    else:
        files = [_file(row) for row in held]
        follows = gettext("Here are the new dates.")
        calendars = gettext("The attached file corrects your calendar.")
    return frame.content(
        registration,
        subject=gettext("Postponed: %(session)s"),
        heading=gettext("The session is postponed"),
        text=[
            session.public_notice,
            gettext("Your registration, your turn on the waiting list and your answers are kept."),
            " ".join([follows, *([calendars] if files else [])]),
        ],
        facts=[] if session.has_no_date else [*_other_parts(registration, mine), *_programme(mine)],
        action=gettext("Open my registration"),
        after=[gettext("You can no longer come? Cancel on this page: your place goes to the next person.")],
        why=_("You are registered for this session or wait for a place: whoever does is told once when it moves."),
        attachments=files,
    )


def postponed_trainer(message: Message) -> outbox.Content:
    """The same to whoever gives the session."""
    rows = SessionTrainer.objects.select_related("person", "session__training__programme", "session__governorate")
    trainer = rows.get(pk=message.object_id)
    session = trainer.session
    if session.state not in RUNNING_STATES | {SessionState.POSTPONED}:
        raise outbox.Useless
    when = gettext("to be fixed") if session.has_no_date else date_range(session.starts_on, session.ends_on)
    return outbox.Content(
        template="trainings/email/trainer",
        context={
            "subject": gettext("Postponed: %(session)s") % {"session": frame.isolated(session.title)},
            "heading": gettext("The session is postponed"),
            "name": trainer.person.name,
            "text": [session.public_notice],
            "facts": [
                (gettext("Session"), session.title),
                (gettext("New dates"), when),
                (gettext("Code"), session.code),
            ],
        },
        why=_("You give this session: trainers are told once when it moves."),
    )


def proposal_decided(message: Message) -> outbox.Content:
    """What became of the session that a trainer proposed."""
    session = Session.objects.select_related("proposed_by", "training__programme").get(pk=message.object_id)
    if session.proposed_by is None:
        raise outbox.Useless
    accepted = message.params.get("decision") == proposals.ACCEPTED
    heading = gettext("Your proposal is accepted") if accepted else gettext("Your proposal comes back")
    text = (
        gettext("The session is published: its public page is open, and it is in the calendar.")
        if accepted
        else gettext("Mend it on the page “My proposals” and propose it again, or take it back.")
    )
    facts = [
        (gettext("Session"), session.title),
        (gettext("Dates"), date_range(session.starts_on, session.ends_on)),
        (gettext("Code"), session.code),
    ]
    comment = "" if accepted else proposals.comment_on(session)
    return outbox.Content(
        template="trainings/email/trainer",
        context={
            "subject": gettext("%(heading)s: %(session)s")
            % {"heading": heading, "session": frame.isolated(session.title)},
            "heading": heading,
            "name": str(session.proposed_by),
            "text": [text],
            "facts": [*facts, *([(gettext("Comment of the agency"), comment)] if comment else [])],
        },
        why=_("You proposed this session: whoever does is told what becomes of it."),
    )


def convocation(message: Message) -> outbox.Content:
    """Seven days before: where and when exactly, half-day by half-day."""
    registration = frame.found(message, RegistrationState.CONFIRMED)
    part, session = registration.part, registration.part.session
    if session.state not in RUNNING_STATES:
        raise outbox.Useless
    return frame.content(
        registration,
        subject=gettext("Convocation: %(session)s"),
        heading=gettext("You are expected"),
        text=[gettext("The session begins soon. Here are its hours and rooms; the attached file holds them too.")],
        facts=_programme([registration]),
        action=gettext("Open my registration"),
        after=[
            gettext("Attendance is noted for each half-day: the certificate asks for %(percent)s %% of them.")
            % {"percent": session.attendance_threshold},
            gettext("You cannot come? Cancel on this page: your place goes to the next person on the waiting list."),
        ],
        why=_("You hold a confirmed place: whoever does is convoked seven days before the session."),
        attachments=[_file(registration)],
        useless_after=timing.start_of(part),
    )


def _of_the_same_person(registration: Registration, *states: str) -> list[Registration]:
    """The registrations of the same address in the same session: one message speaks of all of them."""
    session = registration.part.session
    rows = Registration.objects.filter(part__session=session, email=registration.email, state__in=states)
    found = list(rows.select_related("part").prefetch_related("part__half_days").order_by("part__position", "pk"))
    for row in found:
        row.part.session = session
    return found


def _other_parts(registration: Registration, mine: list[Registration]) -> list[tuple[str, str]]:
    return [
        (row.part.name, date_range(row.part.starts_on, row.part.ends_on))
        for row in mine
        if row.part_id != registration.part_id
    ]


def _programme(mine: list[Registration]) -> list[tuple[str, str]]:
    """A line a half-day: its day, and its hours, room and module."""
    return [(long_date(row.on_day), _line(row)) for one in mine for row in one.part.half_days.all()]


def _line(half_day: HalfDay) -> str:
    words = (time_range(half_day.starts_at, half_day.ends_at), half_day.room, half_day.module)
    return pgettext("list", ", ").join(word for word in words if word)


def _file(registration: Registration, *, method: str = calendar.REQUEST) -> outbox.Attachment:
    name = f"{registration.part.session.slug}-{registration.part.position}.ics"
    content = frame.calendar_of(registration, now=timezone.now(), method=method)
    return outbox.Attachment(name, content, f"text/calendar; method={method}")


KINDS = [
    outbox.MessageKind(notices.CHANGE, _("Change of a session"), change),
    outbox.MessageKind(notices.CANCELLATION, _("Session cancelled"), cancellation),
    outbox.MessageKind(notices.CANCELLATION_TRAINER, _("Session cancelled, to its trainers"), cancellation_trainer),
    outbox.MessageKind(notices.CONVOCATION, _("Convocation"), convocation),
    outbox.MessageKind(notices.POSTPONED, _("Session postponed"), postponed),
    outbox.MessageKind(notices.POSTPONED_TRAINER, _("Session postponed, to its trainers"), postponed_trainer),
    outbox.MessageKind(notices.PROPOSAL_DECIDED, _("Answer to a proposed session"), proposal_decided),
]
