"""The attendance sheet of a half-day, to be printed and signed: a line a person, blank lines, a signed total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.utils import timezone

from core import formats
from core.pdf import BLANK, Bilingual, render
from trainings.documents.wording import fact, joined, part_label

TEMPLATE = Path(__file__).with_name("sheet.typ")


@dataclass(frozen=True)
class SheetLine:
    """A person expected in the room."""

    name: Bilingual
    institution: Bilingual = BLANK


@dataclass(frozen=True)
class Sheet:
    """What is printed. `code` tells the sheet apart from every other one; blank texts read "non documenté"."""

    code: str
    session_title: Bilingual
    part_position: int
    part_title: Bilingual
    day: date
    half: Bilingual
    starts_at: time
    ends_at: time
    room: str
    governorate: Bilingual
    module: Bilingual
    trainers: tuple[Bilingual, ...]
    lines: tuple[SheetLine, ...]
    printed_at: datetime
    venue: Bilingual = BLANK
    blank_lines: int = 5
    with_times: bool = False
    demo: bool = False
    language: str = "fr"


def _line(number: int, line: SheetLine | None) -> dict[str, str]:
    name, institution = (line.name, line.institution.either) if line else (BLANK, BLANK)
    return {
        "number": str(number),
        "name_fr": name.fr,
        "name_ar": name.ar,
        "institution_fr": institution.fr,
        "institution_ar": institution.ar,
    }


def _when(sheet: Sheet) -> Bilingual:
    return Bilingual(
        f"{formats.long_date(sheet.day, 'fr')}, {sheet.half.fr}, "
        f"{formats.time_range(sheet.starts_at, sheet.ends_at, 'fr')}",
        f"{formats.long_date(sheet.day, 'ar')}، {sheet.half.ar}، "
        f"{formats.time_range(sheet.starts_at, sheet.ends_at, 'ar')}",
    )


def sheet_pdf(sheet: Sheet) -> bytes:
    """The sheet as PDF, A4 upright; its heading row is repeated on every page."""
    when = _when(sheet)
    place = joined(sheet.venue, Bilingual(sheet.room), sheet.governorate)
    part = joined(part_label(sheet.part_position), sheet.part_title, fr=" : ", ar=": ")
    session = joined(sheet.session_title)
    rows = [*sheet.lines, *[None] * sheet.blank_lines]
    data = {
        "code": sheet.code,
        "printed": f"{timezone.localtime(sheet.printed_at):%d/%m/%Y %H:%M}",
        "with_times": sheet.with_times,
        "session_title": {"fr": session.fr, "ar": session.ar},
        "when": {"fr": when.fr, "ar": when.ar},
        "facts": [
            fact(Bilingual("Session", "الدورة"), session),
            fact(Bilingual("Partie", "الجزء"), part),
            fact(Bilingual("Demi-journée", "نصف اليوم"), when),
            fact(Bilingual("Lieu", "المكان"), place),
            fact(Bilingual("Module", "المحور"), sheet.module),
        ],
        "trainers": [{"fr": name.either.fr, "ar": name.either.ar} for name in sheet.trainers],
        "lines": [_line(number, line) for number, line in enumerate(rows, start=1)],
    }
    title = {"ar": f"ورقة الحضور {sheet.code}"}.get(sheet.language, f"Feuille d’émargement {sheet.code}")
    return render(TEMPLATE, data, language=sheet.language, title=title, demo=sheet.demo, at=sheet.printed_at)
