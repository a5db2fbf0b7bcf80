"""The letter that calls a meeting, or corrects the call: one PDF a language, from what the convocation says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import override

from core import formats
from core.pdf import UNDOCUMENTED, Bilingual, render
from steering.domain import said
from steering.domain.convocations import Draft
from steering.enums import ConvocationKind, Expected, MeetingKind

TEMPLATE = Path(__file__).with_name("letter.typ")
SECRETARIAT = Bilingual("Le secrétariat du comité", "كتابة اللجنة")
SEAT = Bilingual("Tunis", "تونس")
CONFIDENTIAL = Bilingual("Point confidentiel", "نقطة سرّية")


def letter_pdf(draft: Draft, language: str) -> bytes:
    """The letter in one language. A text that nobody translated stands in its original."""
    is_correction = draft.kind == ConvocationKind.CORRECTION
    data = {
        **words_of(draft, language),
        "number": draft.number or {"ar": "مشروع"}.get(language, "projet"),
        "is_correction": is_correction,
    }
    name = {"fr": "Rectificatif" if is_correction else "Convocation", "ar": "دعوة تعديلية" if is_correction else "دعوة"}
    return render(
        TEMPLATE,
        data,
        language=language,
        title=f"{name[language]} {data['number']}",
        demo=draft.is_fictional,
        at=timezone.localtime(draft.at),
    )


def words_of(draft: Draft, language: str) -> dict[str, Any]:
    """Everything that the letter prints in one language; the preview on the page shows the same."""
    letter = draft.said
    starts, ends, until = (said.moment(letter, name) for name in ("starts_at", "ends_at", "answers_until"))
    if starts is None or ends is None:
        raise ValueError("a letter says when the meeting starts and ends")
    today = timezone.localdate(draft.at)
    return {
        "committee": _text(letter["committee"], language),
        "chair": _text(letter["chair"], language) or getattr(SECRETARIAT, language),
        "act": _text(letter["act"], language),
        "seats": ("، " if language == "ar" else ", ").join(_text(seat, language) for seat in letter["seats"]),
        "meeting": letter["number"],
        "is_extraordinary": letter["kind"] == MeetingKind.EXTRAORDINARY,
        "second_call_of": letter["second_call_of"] or "",
        "day": formats.long_date(starts.date(), language),
        "hours": formats.time_range(starts.time(), ends.time(), language),
        "place": _text(letter["place"], language) or getattr(UNDOCUMENTED, language),
        "until": f"{formats.long_date(until.date(), language)}{_at(language)}{until:%H:%M}" if until else "",
        "items": [_item(item, language) for item in letter["items"]],
        "note": (draft.note_ar or draft.note_fr) if language == "ar" else (draft.note_fr or draft.note_ar),
        "done": _done(today, language),
    }


def _done(day: Any, language: str) -> str:
    written = formats.plain_date(day, language)
    return f"تونس في {written}" if language == "ar" else f"{SEAT.fr}, le {written}"


def _at(language: str) -> str:
    return " على الساعة " if language == "ar" else " à "


def _item(item: dict[str, Any], language: str) -> dict[str, Any]:
    if item["confidential"]:
        return {
            "n": str(item["n"]),
            "title": getattr(CONFIDENTIAL, language),
            "expected": "",
            "rapporteur": "",
            "minutes": "",
        }
    with override(language):
        expected = str(Expected(item["expected"]).label)
    return {
        "n": str(item["n"]),
        "title": _text(item, language),
        "expected": expected,
        "rapporteur": _text(item["rapporteur"], language),
        "minutes": str(item["duration"]),
    }


def _text(both: dict[str, Any], language: str) -> str:
    """The words of one language, or else those of the other."""
    other = "fr" if language == "ar" else "ar"
    found: str = both.get(language) or both.get(other) or ""
    return found
