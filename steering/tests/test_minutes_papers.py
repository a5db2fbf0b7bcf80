"""Minutes as they are printed: accessible PDF, editable Word, each from its side of the page."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import page
import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from core.word import pieces
from steering.documents.minutes import minutes_pdf
from steering.documents.minutes_paper import compose
from steering.documents.minutes_word import minutes_docx
from steering.domain.minutes import Approval, Printing
from steering.domain.record import (
    Attendant,
    BallotLine,
    Chair,
    DecisionLine,
    GuestLine,
    ItemLine,
    Passage,
    Quorum,
    RecommendationLine,
    Record,
    RecusalLine,
    ReservationLine,
    SeatLine,
    Stay,
    named,
    original,
)

AT = datetime(2026, 11, 3, 9, 8, tzinfo=UTC)
END = datetime(2026, 11, 3, 11, 15, tzinfo=UTC)
FIRST, SECOND = (
    Passage("Institution Exemple 1", "المؤسسة المثال 1"),
    Passage("Institution Exemple 2", "المؤسسة المثال 2"),
)
ONE, TWO = named("Personne 1", "شخص 1"), named("Personne 2", "شخص 2")
DECISION = DecisionLine(
    id=1,
    number="D-2026-03-02",
    mode="named",
    state="adopted",
    text=Passage(fr="Le comité accorde un délai."),
    votes_for=1,
    votes_against=1,
    abstentions=0,
    by_casting_vote=True,
    owner=SECOND,
    due_on=date(2026, 12, 15),
    ballots=(BallotLine(FIRST, ONE, "for"), BallotLine(SECOND, TWO, "against", by_proxy=True)),
    reservations=(ReservationLine(SECOND, TWO, original("نتحفظ على هذا الأجل")),),
)
RECORD = Record(
    meeting_id=1,
    number=3,
    committee=Passage("Comité Exemple", "اللجنة المثال"),
    kind="ordinary",
    day=date(2026, 11, 3),
    opened_at=AT,
    lifted_at=END,
    place=Passage("Salle 1, Tunis", "القاعة 1، تونس"),
    is_fictional=True,
    act=Passage("Arrêté Exemple", "القرار المثال"),
    language="ar",
    chair=Chair(ONE, FIRST),
    seats=(
        SeatLine(FIRST, "deliberative", True, "titular", (Attendant(ONE, "titular", (Stay(AT, END),)),)),
        SeatLine(SECOND, "consultative", False, "proxy", (), TWO, FIRST),
    ),
    guests=(GuestLine("Experte Exemple", "Experte", "Bureau Exemple", AT),),
    quorum=Quorum(2, 2, 3, 2),
    items=(
        ItemLine(
            id=1,
            number=1,
            title=Passage(fr="Suites des recommandations"),
            expected="decide",
            rapporteur=SECOND,
            quorum=Quorum(2, 2, 3, 2),
            notes=Passage(ar="قدّم المقرر عرضا.\nوأكد الحاضرون على احترام الآجال."),
            recusals=(RecusalLine(SECOND, original("Porte l’action A-02.")),),
            decisions=(DECISION,),
            recommendations=(RecommendationLine(1, "R3", Passage("Publier l’état.", "نشر الوضع."), FIRST),),
        ),
        ItemLine(id=0, number=2, is_confidential=True, is_closed=True),
    ),
)


def printing(language: str = "fr", **changes: Any) -> Printing:
    return replace(Printing(RECORD, language, "remarks", END, 1, END), **changes)


def words(content: bytes) -> str:
    return " ".join(" ".join(each.extract_text() for each in PdfReader(io.BytesIO(content)).pages).split())


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_minutes_are_accessible_archive_files(language: str, profile: Any, tmp_path: Path) -> None:
    path = tmp_path / "pv.pdf"
    path.write_bytes(minutes_pdf(printing(language)))
    assert "0 failed" in str(page.validate_pdf(str(path), profile=profile))


@pytest.mark.feature(114)
def test_the_french_paper_says_all_and_marks_what_is_arabic() -> None:
    text = words(minutes_pdf(printing()))
    for wanted in (
        "Procès-verbal de la réunion n° 3",
        "Comité Exemple",
        "ouverte à 10:08, levée à 12:15",
        "Personne 1, Institution Exemple 1",
        "Pouvoir à Institution Exemple 1",
        "Experte Exemple",
        "[texte original]",
        "Décision D-2026-03-02 : Adoptée, par vote nominatif",
        "Pour : 1. Contre : 1. Abstentions : 0.",
        "Contre : Institution Exemple 2 (Personne 2, par procuration)",
        "Échéance : 15 décembre 2026",
        "Recommandation R3, adressée à Institution Exemple 1",
        "2. Point confidentiel",
        "l’arabe fait foi",
        "Démonstration",
    ):
        assert wanted in text.replace("\u00a0", " "), wanted


@pytest.mark.feature(114)
def test_the_arabic_paper_says_all_in_arabic() -> None:
    content = minutes_pdf(printing("ar"))
    reader = PdfReader(io.BytesIO(content))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    text = re.sub(r"[\s\u064b-\u0652]", "", words(content))
    assert all(word in text for word in ("محضر", "المثال", "الأصلي", "الحضور", "للتجربة"))


def test_the_same_printing_gives_the_same_bytes_and_an_approval_its_place() -> None:
    approved = printing(state="approved", approval=Approval(4, date(2026, 12, 1), 1, "D-2026-04-01"), sha256="a" * 64)
    content = minutes_pdf(approved)
    assert content == minutes_pdf(approved)
    text = words(content)
    assert "réunion n° 4, point 1, décision D-2026-04-01" in text.replace("\u00a0", " ") and "a" * 64 in text
    own = minutes_pdf(printing(record=replace(RECORD, is_fictional=False)))
    assert "Démonstration" not in words(own)


def test_long_notes_and_markup_are_only_text() -> None:
    markup = "#[]*_$`\\input{x} <a> @b //c " * 400
    item = replace(RECORD.items[0], notes=Passage(fr=markup, ar="نص " * 3000))
    text = words(minutes_pdf(printing(record=replace(RECORD, items=(item,)))))
    assert "\\input{x}" in text


@pytest.mark.feature(114)
def test_word_has_real_headings_tables_and_right_to_left_paragraphs() -> None:
    document = Document(io.BytesIO(minutes_docx(printing("ar"))))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert "الحضور" in headings and any(text.startswith("1. ") for text in headings)
    title = next(p for p in document.paragraphs if p.style.name == "Title")
    assert title._p.pPr.find(qn("w:bidi")) is not None and title.runs[0].font.rtl
    presence = document.tables[2]
    assert presence._tbl.tblPr.find(qn("w:bidiVisual")) is not None
    assert presence.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    french = next(p for p in document.paragraphs if "accorde un délai" in p.text)
    assert french._p.pPr is None or french._p.pPr.find(qn("w:bidi")) is None
    assert "للتجربة" in document.sections[0].header.paragraphs[0].text
    assert document.core_properties.language == "ar-TN"
    assert document.sections[0].top_margin > document.sections[0].header_distance * 2
    reservation = next(p for p in Document(io.BytesIO(minutes_docx(printing()))).paragraphs if "Réserve de" in p.text)
    assert reservation.paragraph_format.keep_with_next
    left = Document(io.BytesIO(minutes_docx(printing())))
    assert all(p._p.pPr is None or p._p.pPr.find(qn("w:bidi")) is None for p in left.paragraphs if "Quorum" in p.text)


def test_runs_are_cut_where_the_script_changes() -> None:
    assert list(pieces("القرار D-01 معتمد", rtl=True)) == [("القرار", True), (" D-01 ", False), ("معتمد", True)]
    assert list(pieces("يوم 3 نوفمبر", rtl=True)) == [("يوم 3 نوفمبر", True)]
    assert list(pieces("Le 3 novembre", rtl=False)) == [("Le 3 novembre", False)]


def test_a_paper_in_lines_names_their_sections() -> None:
    lines = list(compose(printing()).lines())
    assert ("Présence", "Institution Exemple 1 | Personne 1 | Titulaire | de 10:08 à 12:15") in lines
    assert ("1 Suites des recommandations", "Le comité accorde un délai.") in lines
