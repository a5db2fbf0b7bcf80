"""The regularity sheet: one page that shows how a meeting was called, by which rule, and what the seats answered.

Institutions are named, persons are not: whoever contests a decision may be given it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from core import formats
from core.pdf import UNDOCUMENTED, Bilingual, render
from steering.documents.pack import head_of
from steering.documents.wording import count_words, day_words
from steering.domain import answers, convocations, notice
from steering.enums import ConvocationKind, Reply
from steering.models import Convocation, Meeting

TEMPLATE = Path(__file__).with_name("regularity.typ")
SILENT = Bilingual("sans réponse", "لم يجب")
VACANT = Bilingual("siège sans titulaire", "مقعد دون عضو أصلي")
KINDS = {
    ConvocationKind.FIRST: Bilingual("Convocation", "دعوة"),
    ConvocationKind.CORRECTION: Bilingual("Rectificatif", "دعوة تعديلية"),
}


def regularity_pdf(meeting: Meeting, *, now: datetime, language: str) -> bytes:
    """The sheet as of `now`."""
    act = meeting.act or meeting.committee.act_on(meeting.day)
    asked = notice.of(act, meeting)
    title = act if act is not None else None
    facts = [
        _fact("Acte", "القرار", Bilingual(title.title_fr, title.title_ar) if title else Bilingual("")),
        _fact("Délai de convocation", "أجل الدعوة", _rule(asked)),
        _fact("Dernier jour régulier", "آخر أجل لتوجيه الدعوة", _day(asked.latest)),
        _fact("Lettre envoyée le", "تاريخ توجيه الدعوة", _sent(meeting)),
        _fact("Régularité", "احترام الأجل", _verdict(meeting, asked)),
    ]
    if meeting.late_reason:
        facts.append(_fact("Motif du délai abrégé", "سبب تقصير الأجل", Bilingual(meeting.late_reason)))
    lines = convocations.lines(meeting)
    given = answers.newest_of_any_day(meeting)
    data = {
        **head_of(meeting),
        "printed": f"{timezone.localtime(now):%d/%m/%Y %H:%M}",
        "facts": facts,
        "letters": [_letter(row) for row in meeting.convocations.order_by("sent_at", "id")],
        "seats": [_seat(line, given.get(line.seat.pk), meeting) for line in lines],
        "expected": _expected(meeting, act, lines),
    }
    name = {"ar": f"بطاقة احترام الإجراءات، الاجتماع عدد {meeting.number}"}
    return render(
        TEMPLATE,
        data,
        language=language if language == "ar" else "fr",
        title=name.get(language, f"Fiche de régularité, réunion n° {meeting.number}"),
        demo=meeting.is_fictional,
        at=timezone.localtime(now),
    )


def _fact(label_fr: str, label_ar: str, value: Bilingual) -> dict[str, str]:
    either = value.either if value.fr or value.ar else UNDOCUMENTED
    return {"label_fr": label_fr, "label_ar": label_ar, "fr": either.fr, "ar": either.ar}


def _rule(asked: notice.Notice) -> Bilingual:
    if asked.days is None or not asked.count:
        return Bilingual("")
    words = count_words(asked.days, asked.count)
    if asked.is_second_call:
        return Bilingual(f"{words.fr} ; seconde convocation", f"{words.ar}، دعوة ثانية")
    return words


def _day(day: Any) -> Bilingual:
    return day_words(day) if day is not None else Bilingual("")


def _sent(meeting: Meeting) -> Bilingual:
    if meeting.convened_at is None:
        return Bilingual("pas encore convoquée", "لم توجَّه الدعوة بعد")
    at = timezone.localtime(meeting.convened_at)
    return Bilingual(
        f"{formats.long_date(at, 'fr')} à {at:%H:%M}", f"{formats.long_date(at, 'ar')} على الساعة {at:%H:%M}"
    )


def _verdict(meeting: Meeting, asked: notice.Notice) -> Bilingual:
    if meeting.convened_at is None:
        return Bilingual("pas encore convoquée", "لم توجَّه الدعوة بعد")
    if asked.latest is None:
        return Bilingual("")
    if asked.is_late(on=notice.day_of(meeting.convened_at)):
        return Bilingual("délai non respecté, motif écrit", "الأجل غير محترم، مع تعليل كتابي")
    return Bilingual("délai respecté", "الأجل محترم")


def _letter(row: Convocation) -> dict[str, str]:
    at = timezone.localtime(row.sent_at)
    kind = KINDS[ConvocationKind(row.kind)]
    return {
        "number": row.number,
        "fr": kind.fr,
        "ar": kind.ar,
        "at": f"{at:%d/%m/%Y %H:%M}",
        "called": str(row.invitees.count()),
    }


def _seat(line: convocations.Line, answer: Any, meeting: Meeting) -> dict[str, Any]:
    organisation = line.seat.organisation
    name = Bilingual(organisation.name_on(meeting.day, "fr"), organisation.name_on(meeting.day, "ar")).either
    said = SILENT if line.mandate is not None else VACANT
    at, old = "", False
    if answer is not None:
        said, at = _reply(answer.reply), f"{timezone.localtime(answer.at):%d/%m/%Y %H:%M}"
        old = answer.for_on != meeting.day or meeting.has_no_date
    if old:
        said = Bilingual(f"{said.fr} (pour le {answer.for_on:%d/%m/%Y})", f"{said.ar} (ليوم {answer.for_on:%d/%m/%Y})")
    return {"fr": name.fr, "ar": name.ar, "said_fr": said.fr, "said_ar": said.ar, "at": at}


def _reply(code: str) -> Bilingual:
    words = {}
    for language in ("fr", "ar"):
        with override(language):
            words[language] = str(Reply(code).label)
    return Bilingual(words["fr"], words["ar"])


def _expected(meeting: Meeting, act: Any, lines: list[convocations.Line]) -> dict[str, str]:
    found = answers.expected(meeting, act, [line.seat for line in lines], answers.newest(meeting))
    required = str(found.required) if found.required is not None else ""
    return {"coming": str(found.coming), "in_office": str(found.in_office), "required": required}
