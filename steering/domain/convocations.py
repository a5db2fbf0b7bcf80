"""Convocations: a numbered letter calls a meeting, another corrects it, a second call follows a failed quorum.

The letters are rendered by who calls the verb (`steering.documents.letter`): a verb gives the number and what the
letter says, and keeps the two files that come back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import files, journal, saving, series
from core.errors import DomainError
from core.transitions import illegal, move
from steering.domain import answers, letters, meetings, notice, rules, said, sitting
from steering.enums import ConvocationKind, MandateKind, MeetingKind, MeetingState
from steering.errors import LateNotice
from steering.models import AgendaItem, Convocation, FoundingAct, ItemReader, Mandate, Meeting, Seat

QUORUM_OF_SECOND = ("second_call_days", "notice_count", "second_numerator", "second_denominator")


@dataclass(frozen=True)
class Draft:
    """A letter before it is printed: its number (none while it is looked at), and what it says."""

    number: str
    kind: str
    said: said.Said
    note_fr: str
    note_ar: str
    at: datetime
    is_fictional: bool


Render = Callable[[Draft, str], bytes]
"""`render(draft, "fr")`: the letter in one language, as PDF."""


@dataclass(frozen=True)
class Line:
    """One seat as the letter finds it: its titular and where he is written to; `mandate` is None while it is vacant."""

    seat: Seat
    mandate: Mandate | None
    email: str


def lines(meeting: Meeting) -> list[Line]:
    """Every seat that is in office on the day of the meeting, by rank, with its titular of that day."""
    seats = list(sitting.seats_on(meeting.committee, on=meeting.day))
    titulars = Mandate.objects.in_force(on=meeting.day).filter(seat__in=seats, kind=MandateKind.TITULAR)
    by_seat = {row.seat_id: row for row in titulars.select_related("person__user").order_by("id")}
    found = []
    for seat in seats:
        mandate = by_seat.get(seat.pk)
        found.append(Line(seat, mandate, letters.address_of(mandate.person) if mandate else ""))
    return found


@journal.act
def convene(
    *,
    meeting: Meeting,
    version: int | None = None,
    answers_until: datetime,
    late_reason: str = "",
    render: Render,
    actor: User | None,
    now: datetime,
) -> Convocation:
    """Call a planned or postponed meeting by a numbered letter to the titular of every seat.

    Fixes the founding act whose rules hold for it. Raises NoAct, RuleMissing, LateNotice (too late, without a reason),
    IllegalMove, StaleObject, and DomainError for what the letter lacks. Locks the meeting.
    """
    current = saving.locked(Meeting, meeting.pk, version=version)
    if not current.MOVES.allows(current.state, MeetingState.CONVENED):
        raise illegal(current)
    _ready(current, now=now)
    act = rules.in_force(current.committee, on=current.day)
    late = _check_notice(act, current, late_reason, now=now)
    _check_deadline(current, answers_until, now=now)
    convened = {"act": act, "convened_at": now, "answers_until": answers_until, "late_reason": late}
    move(current, MeetingState.CONVENED, actor=actor, reason=late, **convened)
    draft = _draft(current, act, ConvocationKind.FIRST, now=now)
    convocation = _kept(current, draft, render, actor=actor)
    called = [line.mandate for line in lines(current) if line.mandate is not None]
    letters.invite(convocation, called, now=now)
    data: dict[str, str | int | bool | None] = {"convocation": convocation.pk, "number": convocation.number}
    journal.record("meeting.letter", obj=current, actor=actor, data=data)
    return convocation


@journal.act
def rectify(
    *,
    meeting: Meeting,
    version: int | None = None,
    note_fr: str,
    note_ar: str = "",
    late_reason: str = "",
    render: Render,
    actor: User | None,
    now: datetime,
    **changes: Any,
) -> Convocation:
    """Correct the call of a convened meeting by a numbered letter to everybody: day, place, agenda, answers' deadline.

    `changes` are of `starts_at`, `ends_at`, `place_fr`, `place_ar`, `answers_until`. Another day asks for the lawful
    notice again. Raises as `convene`, and DomainError where nothing differs from the last letter.
    """
    current = saving.locked(Meeting, meeting.pk, version=version)
    if current.state != MeetingState.CONVENED:
        raise illegal(current)
    before, day = last_letter(current), current.day
    changed = saving.change(current, **changes)
    _ready(current, now=now)
    act = current.act or rules.in_force(current.committee, on=current.day)
    if current.day != day:
        act = rules.in_force(current.committee, on=current.day)
        late = _check_notice(act, current, late_reason, now=now)
        changed += saving.change(current, act=act, late_reason=late)
    if current.answers_until is not None:
        _check_deadline(current, current.answers_until, now=now)
    draft = _draft(current, act, ConvocationKind.CORRECTION, note_fr=note_fr, note_ar=note_ar, now=now)
    if before is not None and not changed and not said.differs(before.said, draft.said):
        words = _("Nothing differs from the last letter: change the day, the place or the agenda first.")
        raise DomainError(words, code="nothing_changed")
    convocation = _kept(current, draft, render, actor=actor)
    called = [line.mandate for line in lines(current) if line.mandate is not None]
    known = {mandate.pk for mandate in called}
    called += [mandate for mandate in alternates_called(current) if mandate.pk not in known]
    letters.invite(convocation, called, now=now)
    data: dict[str, str | int | bool | None] = {"convocation": convocation.pk, "number": convocation.number}
    data["fields"] = " ".join(dict.fromkeys(changed))
    journal.record("meeting.rectify", obj=current, actor=actor, reason=late_reason, data=data)
    return convocation


def preview(
    meeting: Meeting, *, now: datetime, kind: str, answers_until: datetime | None, note: tuple[str, str] = ("", "")
) -> Draft:
    """The letter as it would leave now, without a number; nothing is written."""
    act = meeting.committee.act_on(meeting.day)
    words = said.of(meeting, act=act, answers_until=answers_until)
    return Draft("", kind, words, *note, at=now, is_fictional=meeting.is_fictional)


def last_letter(meeting: Meeting) -> Convocation | None:
    return meeting.convocations.order_by("sent_at", "id").last()


def differs(meeting: Meeting) -> list[str]:
    """What of day, place and agenda the last letter does not say rightly any more; empty where none was sent."""
    letter = last_letter(meeting)
    if letter is None or meeting.state != MeetingState.CONVENED:
        return []
    return said.differs(letter.said, said.of(meeting, act=meeting.act, answers_until=meeting.answers_until))


def alternates_called(meeting: Meeting) -> list[Mandate]:
    """The alternates who were announced for the day of the meeting, while they hold their mandate."""
    found = [answer.alternate for answer in answers.newest(meeting).values() if answer.alternate is not None]
    return [mandate for mandate in found if mandate.is_in_force(meeting.day)]


@journal.act
def second_call(
    *,
    meeting: Meeting,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    actor: User | None,
    now: datetime,
) -> Meeting:
    """Plan the meeting that follows one without quorum: the same agenda, the second quorum of the act.

    By default on the first lawful working day, at the same hours. A second call of the same meeting gives the one that
    is there. Raises NoAct, RuleMissing, IllegalMove, DomainError on `starts_at` for a day that is too early or over.
    """
    current = saving.locked(Meeting, meeting.pk)
    if current.state != MeetingState.NO_QUORUM:
        raise illegal(current)
    there = Meeting.objects.filter(second_call_of=current).first()
    if there is not None:
        return there
    act = current.act or rules.in_force(current.committee, on=current.day)
    rules.needed(act, *QUORUM_OF_SECOND)
    earliest = notice.earliest_second_call(act, current)
    starts_at = starts_at or on_day(current.starts_at, earliest)
    if timezone.localdate(starts_at) < earliest:
        words = _("The founding act sets a delay between both meetings: choose a later day.")
        raise DomainError(words, code="too_early", field="starts_at")
    length = current.ends_at - current.starts_at
    planned = meetings.plan(
        committee=current.committee,
        kind=MeetingKind(current.kind),
        starts_at=starts_at,
        ends_at=ends_at or starts_at + length,
        place_fr=current.place_fr,
        place_ar=current.place_ar,
        fill=False,
        actor=actor,
        now=now,
    )
    saving.change(planned, second_call_of=current)
    _copy_agenda(current, planned)
    journal.record("meeting.second_call", obj=current, actor=actor, data={"meeting": planned.pk})
    return planned


def on_day(moment: datetime, day: date) -> datetime:
    """The same hour of another day, by the clock of Tunis."""
    return timezone.make_aware(datetime.combine(day, timezone.localtime(moment).time()))


def _copy_agenda(source: Meeting, target: Meeting) -> None:
    for item in source.items.order_by("position"):
        copy = AgendaItem(
            meeting=target,
            position=item.position,
            **{
                name: getattr(item, name)
                for name in (
                    "kind",
                    "title_fr",
                    "title_ar",
                    "rapporteur",
                    "expected",
                    "duration",
                    "audience",
                    "approves",
                )
            },
        )
        saving.insert(copy)
        for row in item.reader_rows.all():
            saving.insert(ItemReader(item=copy, seat_id=row.seat_id))
        for document in item.documents.all():
            document.pk = None
            document._state.adding = True
            document.item = copy
            saving.insert(document)


def _ready(meeting: Meeting, *, now: datetime) -> None:
    """What every letter needs. Raises DomainError."""
    if meeting.has_no_date:
        raise DomainError(_("The date of the meeting is still to be fixed."), code="no_date", field="starts_at")
    if meeting.starts_at <= now:
        raise DomainError(_("The day of the meeting is over."), code="over", field="starts_at")
    if not meeting.place_fr and not meeting.place_ar:
        raise DomainError(_("The letter needs the place of the meeting."), code="no_place", field="place_fr")
    if not meeting.items.exists():
        raise DomainError(_("The agenda is empty: a letter calls to an agenda."), code="no_items")
    if not any(line.mandate for line in lines(meeting)):
        raise DomainError(_("No seat of the committee has a titular on that day: nobody can be called."), code="nobody")


def _check_notice(act: FoundingAct, meeting: Meeting, reason: str, *, now: datetime) -> str:
    """The reason to keep: none where the letter leaves in time. Raises RuleMissing, LateNotice."""
    latest = notice.latest_lawful(act, meeting)
    if notice.day_of(now) <= latest:
        return ""
    if not reason.strip():
        raise LateNotice(latest=latest)
    return reason.strip()


def _check_deadline(meeting: Meeting, until: datetime, *, now: datetime) -> None:
    if not now < until <= meeting.starts_at:
        words = _("Answers are expected between now and the beginning of the meeting.")
        raise DomainError(words, code="deadline", field="answers_until")


def _draft(
    meeting: Meeting, act: FoundingAct, kind: str, *, note_fr: str = "", note_ar: str = "", now: datetime
) -> Draft:
    year = timezone.localdate(now).year
    number = f"CONV-{year}-{series.next_number(f'steering.convocation.{year}'):03}"
    words = said.of(meeting, act=act, answers_until=meeting.answers_until)
    return Draft(number, kind, words, note_fr.strip(), note_ar.strip(), now, meeting.is_fictional)


def _kept(meeting: Meeting, draft: Draft, render: Render, *, actor: User | None) -> Convocation:
    """Both files on the disk, and the row that says what they say."""
    kept = {
        language: files.keep_own(
            name=f"{draft.number}-{language}.pdf",
            content=render(draft, language),
            content_type=files.PDF,
            actor=actor,
            now=draft.at,
        )
        for language in ("fr", "ar")
    }
    return saving.insert(
        Convocation(
            meeting=meeting,
            kind=draft.kind,
            number=draft.number,
            note_fr=draft.note_fr,
            note_ar=draft.note_ar,
            said=draft.said,
            sent_at=draft.at,
            file_fr=kept["fr"],
            file_ar=kept["ar"],
        )
    )
