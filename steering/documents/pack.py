"""Everything for the room in one PDF, French beside Arabic: sheet to sign, agenda, voting grid, open actions.

It lies on the table: a confidential item has its number in it and nothing else.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from core import formats
from core.pdf import BLANK, Bilingual, render
from directory.models import Organisation
from steering.documents.letter import CONFIDENTIAL
from steering.domain import agenda, answers, convocations
from steering.enums import Audience, Expected, Reply, Voice
from steering.models import Action, AgendaItem, Mandate, Meeting

TEMPLATE = Path(__file__).with_name("pack.typ")
Both = dict[str, str]


def pack_pdf(meeting: Meeting, *, now: datetime, language: str) -> bytes:
    """The pack as of `now`, A4; each paper begins on a page of its own."""
    act = meeting.act or meeting.committee.act_on(meeting.day)
    lines = convocations.lines(meeting)
    voting = [line for line in lines if act is not None and answers.votes(act, line.seat)]
    given = answers.newest(meeting)
    data = {
        **head_of(meeting),
        "printed": f"{timezone.localtime(now):%d/%m/%Y %H:%M}",
        "seats": [_seat(line, given.get(line.seat.pk), meeting) for line in lines],
        "items": [_item(item, meeting) for item in meeting.items.select_related("rapporteur").order_by("position")],
        "votes": [_title(item) for item in meeting.items.filter(expected=Expected.DECIDE).order_by("position")],
        "voters_known": bool(act and act.voters),
        "voters": [_name(line.seat.organisation, meeting) for line in (voting or lines)],
        "actions": [_action(row, meeting, now) for row in agenda.open_actions(meeting.committee, on=meeting.day)],
    }
    title = {"ar": f"ملف الاجتماع عدد {meeting.number}"}.get(language, f"Dossier de la réunion n° {meeting.number}")
    return render(
        TEMPLATE,
        data,
        language=language if language == "ar" else "fr",
        title=title,
        demo=meeting.is_fictional,
        at=timezone.localtime(now),
    )


def head_of(meeting: Meeting) -> dict[str, Any]:
    """Committee, number, when and where, on both sides."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    when = {
        "fr": f"{formats.long_date(starts.date(), 'fr')}, {formats.time_range(starts.time(), ends.time(), 'fr')}",
        "ar": f"{formats.long_date(starts.date(), 'ar')}، {formats.time_range(starts.time(), ends.time(), 'ar')}",
    }
    if meeting.has_no_date:
        when = {"fr": "date à fixer", "ar": "التاريخ يُحدَّد لاحقا"}
    return {
        "committee": _both(meeting.committee.name_fr, meeting.committee.name_ar),
        "number": str(meeting.number),
        "when": when,
        "place": _both(meeting.place_fr, meeting.place_ar, empty=Bilingual("lieu à préciser", "المكان يُحدَّد لاحقا")),
    }


def _both(fr: str, ar: str, *, empty: Bilingual = BLANK) -> Both:
    either = Bilingual(fr, ar).either
    return {"fr": either.fr or empty.fr, "ar": either.ar or empty.ar}


def _name(organisation: Organisation, meeting: Meeting) -> Both:
    return _both(organisation.name_on(meeting.day, "fr"), organisation.name_on(meeting.day, "ar"))


def _person(mandate: Mandate | None) -> Both:
    if mandate is None:
        return {"fr": "", "ar": ""}
    return _both(mandate.person.name_latin, mandate.person.name_ar)


def _seat(line: convocations.Line, answer: Any, meeting: Meeting) -> dict[str, Any]:
    """The line to sign: whoever was announced to come, else the titular; the alternate who comes is named as one."""
    alternate = answer.alternate if answer is not None and answer.reply == Reply.ALTERNATE else None
    person = _person(alternate or line.mandate)
    if line.mandate is None and alternate is None:
        person = {"fr": "siège sans titulaire", "ar": "مقعد دون عضو أصلي"}
    return {
        "institution": _name(line.seat.organisation, meeting),
        "person": person,
        "is_alternate": alternate is not None,
        "is_consultative": line.seat.voice == Voice.CONSULTATIVE,
        "presides": line.seat.presides,
    }


def _title(item: AgendaItem) -> dict[str, Any]:
    if item.audience != Audience.MEMBERS:
        return {"n": str(item.position), "fr": CONFIDENTIAL.fr, "ar": CONFIDENTIAL.ar}
    return {"n": str(item.position), **_both(item.title_fr, item.title_ar)}


def _item(item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
    words = _title(item)
    if item.is_confidential:
        return {**words, "minutes": "", "expected": {"fr": "", "ar": ""}, "rapporteur": {"fr": "", "ar": ""}}
    return {
        **words,
        "minutes": str(item.duration),
        "expected": {language: _in(language, Expected(item.expected)) for language in ("fr", "ar")},
        "rapporteur": _name(item.rapporteur, meeting) if item.rapporteur else {"fr": "", "ar": ""},
    }


def _action(action: Action, meeting: Meeting, now: datetime) -> dict[str, Any]:
    late = action.days_late(timezone.localdate(now))
    return {
        "code": action.code,
        **_both(action.title_fr, action.title_ar),
        "owner": _name(action.owner, meeting),
        "due": f"{action.due_on:%d/%m/%Y}",
        "progress": str(action.progress),
        "late": str(late) if late else "",
    }


def _in(language: str, choice: Any) -> str:
    with override(language):
        return str(choice.label)
