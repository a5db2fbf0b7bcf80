"""The life of minutes: a draft that the rows write, sent for remarks, approved by the committee at a later meeting.

What was sent is kept word for word with its papers. What is frozen is what the members had in their hands: a text that
changed since must be sent again before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import files, journal, outbox, saving, transitions
from core.errors import DomainError
from core.models import StoredFile
from directory.models import Person
from steering.domain import freezing, recording, remarks, rules
from steering.domain.record import Record, hash_of
from steering.enums import DecisionState, MeetingState, MinutesState
from steering.models import Decision, FoundingAct, Mandate, Meeting, Minutes, MinutesFile, MinutesText, Seat

SENT = "steering.minutes_sent"
LANGUAGES = ("fr", "ar")


@dataclass(frozen=True)
class Approval:
    """Where the committee approved the minutes."""

    meeting: int
    day: date
    item: int
    decision: str


@dataclass(frozen=True)
class Printing:
    """All that stands on a paper of minutes. `number` is that of the text that was sent, 0 for a draft."""

    record: Record
    language: str
    state: str
    printed_at: datetime
    number: int = 0
    remarks_until: datetime | None = None
    approval: Approval | None = None
    sha256: str = ""


Printer = Callable[[Printing], bytes]
"""Makes the PDF: papers stand above the rules, so whoever calls a verb brings one."""


class NotHeld(DomainError):
    """Minutes are sent once the meeting is lifted."""

    code = "not_held"

    def __init__(self) -> None:
        super().__init__(_("The minutes are sent once the meeting is lifted."))


class NotApprovedYet(DomainError):
    """No later meeting adopted the decision that approves the minutes."""

    code = "not_approved"

    def __init__(self) -> None:
        super().__init__(
            _("The committee approves its minutes: no item of a later meeting has adopted their approval yet.")
        )


class RemarksOpen(DomainError):
    """Remarks wait for their answer."""

    code = "remarks_open"

    def __init__(self) -> None:
        super().__init__(_("Remarks are still open: say of each whether it was taken into the text."))


class ChangedSinceSent(DomainError):
    """The text is not the one that the members have."""

    code = "changed_since_sent"

    def __init__(self) -> None:
        super().__init__(_("The text changed since it was sent: send it once more, so that what is frozen was read."))


def of(meeting: Meeting) -> Minutes:
    """The minutes of a meeting; before anything was sent, a draft that is not kept yet."""
    return Minutes.objects.filter(meeting=meeting).select_related("approved_in__meeting").first() or Minutes(
        meeting=meeting
    )


def ensure(*, meeting: Meeting) -> Minutes:
    """The row of the minutes, for an agenda item that will approve them. Inside the caller's verb."""
    return Minutes.objects.filter(meeting=meeting).first() or saving.insert(Minutes(meeting=meeting))


def newest_text(minutes: Minutes) -> MinutesText | None:
    """What was sent last, or frozen."""
    return MinutesText.objects.filter(minutes=minutes.pk).order_by("-number").first() if minutes.pk else None


def act_of(meeting: Meeting) -> FoundingAct:
    """The founding act whose rules hold for the meeting. Raises NoAct."""
    return meeting.act or rules.in_force(meeting.committee, on=meeting.day)


def to_send_by(meeting: Meeting) -> date | None:
    """The last day for sending, as the founding act gives it; None where it does not, or the meeting is not lifted."""
    act = meeting.act or meeting.committee.act_on(meeting.day)
    if act is None or act.minutes_days is None or meeting.lifted_at is None:
        return None
    return timezone.localdate(meeting.lifted_at) + timedelta(days=act.minutes_days)


def deadline(meeting: Meeting, *, now: datetime) -> datetime:
    """Until when remarks are taken if the text is sent now: the last minute of the act's days. Raises RuleMissing."""
    days = rules.needed(act_of(meeting), "minutes_days")
    last = timezone.localdate(now) + timedelta(days=days)
    return timezone.make_aware(datetime.combine(last, time(23, 59)))


@journal.act
def send(
    *, meeting: Meeting, actor: User, now: datetime, printer: Printer, remarks_until: datetime | None = None
) -> MinutesText:
    """Keep the text of this moment with its papers, and write to the members: remarks are taken until the deadline.

    The deadline is the founding act's number of days (RuleMissing where it has none), or a later one that is given; one
    that was promised is not cut short. The same text with the same deadline again changes nothing. Locks the meeting.
    Raises MinutesFrozen, NotHeld, NoAct.
    """
    meeting = saving.locked(Meeting, meeting.pk)
    freezing.require_unfrozen(meeting)
    if meeting.state != MeetingState.HELD:
        raise NotHeld
    minutes, by_the_act = ensure(meeting=meeting), deadline(meeting, now=now)
    promised = minutes.remarks_until or by_the_act
    until = remarks_until or max(by_the_act, promised)
    _require_time(until, minutes.remarks_until, now)
    record, last = recording.of(meeting), newest_text(minutes)
    if last is not None and (last.sha256, last.remarks_until) == (record.sha256, until):
        return last
    transitions.move(minutes, MinutesState.REMARKS, actor=actor, sent_at=now, remarks_until=until)
    text = _keep(minutes, record, number=last.number + 1 if last else 1, state=MinutesState.REMARKS, now=now)
    _print(text, minutes, printer, now=now)
    _write_to_members(text, meeting, now=now)
    return text


@journal.act
def approve(*, meeting: Meeting, actor: User, now: datetime, printer: Printer) -> Minutes:
    """The committee approved the minutes at a later meeting: they are frozen as they were sent last.

    Keeps both papers and the hash of the text, and closes the meeting: nothing of it changes any more. A second time
    changes nothing. Locks the meeting. Raises NotSent, NotApprovedYet, RemarksOpen, ChangedSinceSent.
    """
    meeting = saving.locked(Meeting, meeting.pk)
    minutes = of(meeting)
    if minutes.state == MinutesState.APPROVED:
        return minutes
    last = newest_text(minutes)
    if minutes.state != MinutesState.REMARKS or last is None:
        raise remarks.NotSent
    decision = approved_by(minutes)
    if decision is None:
        raise NotApprovedYet
    if remarks.open_count(minutes):
        raise RemarksOpen
    if is_changed(meeting, last):
        raise ChangedSinceSent
    transitions.move(
        minutes,
        MinutesState.APPROVED,
        actor=actor,
        approved_in=decision.item,
        approved_at=decision.decided_at,
        sha256=last.sha256,
    )
    record = Record.load(last.record)
    text = _keep(minutes, record, number=last.number + 1, state=MinutesState.APPROVED, now=now)
    _print(text, minutes, printer, now=now)
    transitions.move(meeting, MeetingState.CLOSED, actor=actor)
    return minutes


def approved_by(minutes: Minutes) -> Decision | None:
    """The decision of a later meeting that approves the minutes; None while there is none."""
    if not minutes.pk:
        return None
    later = Decision.objects.filter(
        item__approves=minutes, state=DecisionState.ADOPTED, item__meeting__starts_at__gt=minutes.meeting.starts_at
    )
    return later.select_related("item__meeting").order_by("decided_at", "id").first()


def approval_of(minutes: Minutes) -> Approval | None:
    """Where they were approved, once they are."""
    decision = approved_by(minutes) if minutes.state == MinutesState.APPROVED else None
    if decision is None:
        return None
    item = decision.item
    return Approval(item.meeting.number, item.meeting.day, item.position, decision.number)


def is_changed(meeting: Meeting, text: MinutesText) -> bool:
    """Whether the rows say something else than the text that was sent."""
    return recording.of(meeting).sha256 != text.sha256


def is_whole(text: MinutesText) -> bool:
    """Whether the kept text still has the hash that was given out, and its papers theirs."""
    return hash_of(text.record) == text.sha256 and all(files.is_whole(each.file) for each in papers_of(text))


def papers_of(text: MinutesText) -> models.QuerySet[MinutesFile]:
    return MinutesFile.objects.filter(text=text).select_related("file").order_by("id")


def paper_for(text: MinutesText, *, language: str, whole: bool) -> StoredFile | None:
    """The paper of a reader: with the confidential items where `whole`; the only one there is otherwise."""
    language = language if language in LANGUAGES else LANGUAGES[0]
    found = [each for each in papers_of(text) if each.language == language and (whole or not each.is_whole)]
    return max(found, key=lambda each: each.is_whole).file if found else None


def _require_time(until: datetime, promised: datetime | None, now: datetime) -> None:
    if until <= now:
        raise DomainError(_("The deadline lies in the past."), code="past", field="remarks_until")
    if promised is not None and until < promised:
        raise DomainError(
            _("The members were promised a later deadline: it is not cut short."),
            code="promised",
            field="remarks_until",
        )


def _keep(minutes: Minutes, record: Record, *, number: int, state: str, now: datetime) -> MinutesText:
    data = record.as_data()
    return saving.insert(
        MinutesText(
            minutes=minutes,
            number=number,
            state=state,
            record=data,
            sha256=hash_of(data),
            at=now,
            remarks_until=minutes.remarks_until if state == MinutesState.REMARKS else None,
        )
    )


def _print(text: MinutesText, minutes: Minutes, printer: Printer, *, now: datetime) -> None:
    """Both languages; where items are confidential, once whole and once without them."""
    record = Record.load(text.record)
    versions = {True: record, False: record.without_confidential()} if record.has_confidential else {False: record}
    for language in LANGUAGES:
        for whole, shown in versions.items():
            printing = Printing(
                record=shown,
                language=language,
                state=text.state,
                printed_at=now,
                number=text.number,
                remarks_until=text.remarks_until,
                approval=approval_of(minutes),
                sha256=text.sha256,
            )
            name = f"PV-{minutes.meeting.committee.slug}-{record.number}-{text.number}-{language}.pdf"
            kept = files.keep_own(name=name, content=printer(printing), content_type=files.PDF, now=now)
            saving.insert(MinutesFile(text=text, language=language, is_whole=whole, file=kept))


def _write_to_members(text: MinutesText, meeting: Meeting, *, now: datetime) -> None:
    """To everybody who holds a mandate today, once a person."""
    for person in addressees(meeting, on=timezone.localdate(now)):
        outbox.queue(
            kind=SENT,
            key=f"{SENT}:{text.pk}:{person.pk}",
            to=outbox.Recipient(person.email or "", person.name, person.language),
            obj=text,
            now=now,
            demo=meeting.is_fictional,
        )


def addressees(meeting: Meeting, *, on: date) -> list[Person]:
    """The titulars and alternates of the committee who can be written to."""
    mandates = Mandate.objects.in_force(on=on).filter(seat__in=Seat.objects.in_force(on=on))
    people = Person.objects.filter(pk__in=mandates.filter(seat__committee=meeting.committee_id).values("person_id"))
    return list(people.exclude(email__isnull=True).order_by("id"))
