"""What those who are called to a meeting are written: the convocation, its correction, what becomes of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from core import files, formats, journal, outbox
from core.models import Message
from steering.documents import calendar
from steering.domain import letters, said
from steering.enums import ConvocationKind, MandateKind, MeetingState
from steering.models import Convocation, Invitee, Meeting

FSI, PDI = "\u2068", "\u2069"
RULE = _(
    "You hold a mandate in this committee: its founding act says that its members are called by letter and with the "
    "agenda. A correction or a change reaches you in the same way."
)


def convocation(message: Message) -> outbox.Content:
    """The letter in both languages, the calendar file and the link by which one answers."""
    invitee = _invitee(message, MeetingState.CONVENED)
    letter = invitee.convocation
    if letter.kind == ConvocationKind.CORRECTION:
        heading = gettext("The invitation to the meeting is corrected")
        text = [gettext("Letter %(number)s, attached, replaces what the letter before said.")]
        subject = gettext("Correction: %(committee)s, meeting no. %(number)s")
    else:
        heading = gettext("Invitation to a meeting of the committee")
        text = [gettext("Letter %(number)s, attached in French and in Arabic, calls you to this meeting.")]
        subject = gettext("Invitation: %(committee)s, meeting no. %(number)s")
    note = [(gettext("What changes"), _note(letter))] if _note(letter) else []
    return _content(
        message,
        invitee,
        subject=subject,
        heading=heading,
        text=[line % {"number": letter.number} for line in text],
        facts=[*note, *_facts(letter), *_until(letter)],
        action=gettext("Answer the invitation"),
        after=[
            gettext("The link is yours alone: it shows your name and the answer that you have given."),
            gettext("You may change your answer until the deadline."),
        ],
        attachments=_attachments(message, invitee, calendar.REQUEST),
    )


def alternate(message: Message) -> outbox.Content:
    """The titular does not come: the alternate is asked to."""
    invitee = _invitee(message, MeetingState.CONVENED)
    return _content(
        message,
        invitee,
        subject=gettext("You are asked to sit as alternate: %(committee)s, meeting no. %(number)s"),
        heading=gettext("You are asked to sit as alternate"),
        text=[
            gettext("The titular of the seat of %(institution)s does not come to this meeting. You are the alternate.")
            % {"institution": _isolated(str(invitee.mandate.seat.organisation))}
        ],
        facts=[*_facts(invitee.convocation), *_until(invitee.convocation)],
        action=gettext("Say whether you come"),
        after=[gettext("The letter, with the agenda, is attached in French and in Arabic.")],
        attachments=_attachments(message, invitee, calendar.REQUEST),
    )


def released(message: Message) -> outbox.Content:
    """The alternate who was asked is needed no longer."""
    invitee = _invitee(message, MeetingState.CONVENED)
    return _content(
        message,
        invitee,
        subject=gettext("The titular comes: %(committee)s, meeting no. %(number)s"),
        heading=gettext("You need not sit as alternate"),
        text=[gettext("The seat has answered anew: it is represented without you at this meeting.")],
        facts=_facts(invitee.convocation),
        attachments=_attachments(message, invitee, calendar.CANCEL, with_letter=False),
    )


def postponed(message: Message) -> outbox.Content:
    """The meeting is put off, to a day or until its date is fixed."""
    invitee = _invitee(message, MeetingState.POSTPONED, MeetingState.CONVENED)
    meeting = invitee.convocation.meeting
    new = gettext("to be fixed") if meeting.has_no_date else _moment(meeting)
    return _content(
        message,
        invitee,
        subject=gettext("Meeting postponed: %(committee)s, meeting no. %(number)s"),
        heading=gettext("The meeting is postponed"),
        text=[gettext("The meeting to which you were called is not held on the day that the letter says.")],
        facts=[*_facts(invitee.convocation), (gettext("New date"), new), *_reason(meeting, MeetingState.POSTPONED)],
        after=[
            gettext("A new letter calls you once the date is settled. Your answer is kept, marked with its former day.")
        ],
        attachments=_attachments(message, invitee, calendar.CANCEL, with_letter=False),
    )


def cancelled(message: Message) -> outbox.Content:
    """The meeting is not held."""
    invitee = _invitee(message, MeetingState.CANCELLED)
    return _content(
        message,
        invitee,
        subject=gettext("Meeting cancelled: %(committee)s, meeting no. %(number)s"),
        heading=gettext("The meeting is cancelled"),
        text=[gettext("The meeting to which you were called is not held. Nothing is asked of you.")],
        facts=[*_facts(invitee.convocation), *_reason(invitee.convocation.meeting, MeetingState.CANCELLED)],
        attachments=_attachments(message, invitee, calendar.CANCEL, with_letter=False),
    )


def _invitee(message: Message, *states: str) -> Invitee:
    """To whom the letter is made out, while what the message announces still holds."""
    rows = Invitee.objects.select_related(
        "convocation__meeting__committee",
        "convocation__file_fr",
        "convocation__file_ar",
        "mandate__person",
        "mandate__seat__organisation",
    )
    invitee = rows.get(pk=message.object_id)
    if invitee.convocation.meeting.state not in states:
        raise outbox.Useless
    if invitee.mandate.ends_on is not None and invitee.mandate.ends_on < timezone.localdate():
        raise outbox.Useless
    return invitee


def _content(
    message: Message,
    invitee: Invitee,
    *,
    subject: str,
    heading: str,
    text: list[str],
    facts: list[tuple[str, str]],
    action: str = "",
    after: list[str] | None = None,
    why: str | Promise = RULE,
    attachments: list[outbox.Attachment],
) -> outbox.Content:
    meeting = invitee.convocation.meeting
    words = {"committee": _isolated(str(meeting.committee)), "number": meeting.number}
    seat = invitee.mandate.seat.organisation
    held = [(str(MandateKind(invitee.mandate.kind).label), str(seat))]
    context: dict[str, Any] = {
        "subject": subject % words,
        "heading": heading,
        "name": message.to_name,
        "text": text,
        "facts": [(gettext("Committee"), str(meeting.committee)), *facts, *held],
        "action": action,
        "after": after or [],
    }
    return outbox.Content(
        template="steering/email/meeting",
        context=context,
        why=why,
        links={"answer": letters.link_of(invitee)} if action else {},
        attachments=attachments,
        useless_after=meeting.starts_at if action else None,
    )


def _facts(letter: Convocation) -> list[tuple[str, str]]:
    """When and where, as the letter says it."""
    starts, ends = said.moment(letter.said, "starts_at"), said.moment(letter.said, "ends_at")
    rows = [(gettext("Meeting"), gettext("no. %(number)s") % {"number": letter.said.get("number", "")})]
    if starts and ends:
        rows += [
            (gettext("Day"), formats.long_date(starts.date())),
            (gettext("Hours"), formats.time_range(starts.time(), ends.time())),
        ]
    place = letter.said.get("place", {})
    arabic = (get_language() or "").startswith("ar")
    where = (place.get("ar") if arabic else "") or place.get("fr") or place.get("ar") or ""
    rows += [(gettext("Place"), where), (gettext("Letter"), letter.number)]
    return [(label, value) for label, value in rows if value]


def _until(letter: Convocation) -> list[tuple[str, str]]:
    until = said.moment(letter.said, "answers_until")
    return [(gettext("Answer before"), date_format(timezone.localtime(until), "DATETIME_FORMAT"))] if until else []


def _note(letter: Convocation) -> str:
    arabic = (get_language() or "").startswith("ar")
    return (letter.note_ar if arabic else letter.note_fr) or letter.note_fr or letter.note_ar


def _reason(meeting: Meeting, state: str) -> list[tuple[str, str]]:
    """The reason as it was written, while it is kept."""
    entry = journal.history_of(meeting).filter(data__to=state, reason__isnull=False).first()
    return [(gettext("Reason"), entry.reason.text)] if entry is not None else []


def _moment(meeting: Meeting) -> str:
    return date_format(timezone.localtime(meeting.starts_at), "DATETIME_FORMAT")


def _attachments(
    message: Message, invitee: Invitee, method: str, *, with_letter: bool = True
) -> list[outbox.Attachment]:
    """The letter in both languages, and the day for the calendar."""
    letter, meeting = invitee.convocation, invitee.convocation.meeting
    content = calendar.meeting_calendar(
        meeting,
        now=timezone.now(),
        method=method,
        sequence=int(message.params.get("sequence", meeting.version)),
        guest=(message.to_email, message.to_name),
    )
    invitation = outbox.Attachment("meeting.ics", content, f"text/calendar; method={method}")
    if not with_letter:
        return [invitation]
    papers = [letter.file_fr, letter.file_ar]
    return [*(outbox.Attachment(one.name, files.content_of(one), one.content_type) for one in papers), invitation]


def _isolated(name: str) -> str:
    """A name from somebody's hand inside an Arabic line keeps its own direction."""
    return f"{FSI}{name}{PDI}" if (get_language() or "").startswith("ar") else name


KINDS = (
    outbox.MessageKind(letters.CONVOCATION, _("Convocation of a meeting"), convocation),
    outbox.MessageKind(letters.ALTERNATE, _("An alternate is asked to sit"), alternate),
    outbox.MessageKind(letters.RELEASED, _("An alternate is needed no longer"), released),
    outbox.MessageKind(letters.POSTPONED, _("Meeting postponed"), postponed),
    outbox.MessageKind(letters.CANCELLED, _("Meeting cancelled"), cancelled),
)
