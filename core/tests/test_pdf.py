"""The PDF engine: what goes in as text comes out as text; tagged, archived, the same bytes, from several threads."""

from __future__ import annotations

import io
import re
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import page
import pytest
from pypdf import PdfReader

from core import pdf
from core.pdf import engine
from core.pdf.text import printable

AT = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TEMPLATE = """#import "/core/pdf/typst/paper.typ": *
#show: paper.with(footer: [#fr[Pied]])
#letterhead()
#demo-line()
#heading(level: 1)[#fr[Titre] #ar[عنوان]]
#pair(data.fr, data.ar)
#facts(((label_fr: "Nom", label_ar: "الاسم", fr: data.fr, ar: data.ar),))
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template beside a copy of the paper of the house, as the project's root."""
    paper = tmp_path / "core" / "pdf" / "typst"
    paper.mkdir(parents=True)
    (paper / "paper.typ").write_text((engine.ROOT / "core/pdf/typst/paper.typ").read_text())
    monkeypatch.setattr(engine, "ROOT", tmp_path)
    path = tmp_path / "page.typ"
    path.write_text(TEMPLATE)
    return path


def make(template: Path, **changes: Any) -> bytes:
    data = {"fr": changes.pop("fr", "Pôle Exemple 1"), "ar": changes.pop("ar", "القطب المثال 1")}
    return pdf.render(template, data, **{"language": "fr", "title": "Un titre", "at": AT, **changes})


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("profile", [page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A])
@pytest.mark.parametrize("demo", [False, True])
def test_render_makes_an_accessible_archive_file(template: Path, tmp_path: Path, profile: Any, demo: bool) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(make(template, demo=demo))
    assert "0 failed" in str(page.validate_pdf(str(path), profile=profile))


@pytest.mark.feature(98)
def test_render_writes_language_title_and_both_scripts(template: Path) -> None:
    reader = PdfReader(io.BytesIO(make(template, language="ar", title="ورقة")))
    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert reader.metadata is not None and reader.metadata.title == "ورقة"
    text = text_of(make(template))
    assert "Pôle Exemple 1" in text and all(word in text for word in ("القطب", "المثال", "الجمهورية"))
    assert "République Tunisienne" in text and "Financé par l’Union européenne" in text


def test_demo_says_so_on_every_page_in_both_languages(template: Path) -> None:
    assert "Démonstration" not in text_of(make(template))
    template.write_text(TEMPLATE + "#pagebreak()\n#data.fr\n")
    pages = PdfReader(io.BytesIO(make(template, demo=True))).pages
    assert len(pages) == 2
    assert all("Démonstration" in each.extract_text() and "للتجربة" in each.extract_text() for each in pages)


@pytest.mark.parametrize(
    "text",
    [
        '#let x = 1 [*a*] _b_ $c$ `d` <e> @f // g = h - i + j ~ "k" \'',
        '\\input{/etc/passwd} \\u{41} #read("/etc/passwd") #include "x.typ"',
        "{{7*7}} {x.__class__} {%debug%} ${7*7} %s %(x)s",
        "https://exemple.tn/?a=1&b=2#c <script>alert(1)</script>",
        "]]>--></table>\\\\n#panic()",
    ],
)
def test_what_people_type_is_printed_as_they_typed_it(template: Path, text: str) -> None:
    assert squeezed(text) in squeezed(text_of(make(template, fr=text)))


def test_signs_without_a_typeface_are_shown_as_a_box_and_the_rest_is_printed(template: Path) -> None:
    text = text_of(make(template, fr="Séance 🎓 中文 fin", ar="نص 🎓"))
    assert "Séance" in text and "fin" in text and "□" in text


def test_letters_of_other_scripts_have_a_fallback_typeface(template: Path) -> None:
    text = text_of(make(template, fr="Ħamrun Ελένη Иван"))
    assert "Ħamrun Ελένη Иван" in text and "□" not in text


def test_signs_that_cannot_be_seen_are_left_out() -> None:
    assert printable("a\u202eb\u2066c\u200fd\x00e\ufefff") == "abcdef"
    assert printable("1\u202f234 a\u2011b\tc") == "1\u00a0234 a-b c"
    assert printable("e\u0301\ud800") == "é"
    assert printable("a\ue000b") == "a□b"


def test_same_input_gives_the_same_bytes(template: Path) -> None:
    assert make(template) == make(template)
    assert make(template) != make(template, fr="Autre")


def test_broken_template_is_named_not_silent(template: Path) -> None:
    template.write_text("#nothing-of-that-name")
    with pytest.raises(pdf.UnprintableDocument, match="nothing-of-that-name"):
        make(template)


def test_template_reads_nothing_outside_the_project(template: Path) -> None:
    template.write_text('#read("../../../../../../etc/passwd")')
    with pytest.raises(pdf.UnprintableDocument):
        make(template)


def test_threads_never_mix_their_documents(template: Path) -> None:
    made: dict[str, bytes] = {}

    def work(name: str) -> None:
        for number in range(8):
            made[f"{name}{number}"] = make(template, fr=f"{name}{number}")

    threads = [threading.Thread(target=work, args=(name,)) for name in ("Alpha", "Beta", "Gamma", "Delta")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 32
    assert all(name in text_of(content) for name, content in made.items())


def test_emblem_stands_with_its_sentence_or_not_at_all(template: Path) -> None:
    plain = pdf.Letterhead(lines=pdf.AGENCY.lines, emblem=False)
    assert "Union européenne" not in text_of(make(template, letterhead=plain))
    source = (engine.ROOT / "core/pdf/typst/paper.typ").read_text()
    emblem = source[source.index("#let emblem(") : source.index("#let letterhead(")]
    assert emblem.index("emblem-drawing") < emblem.index("Financé par") < emblem.index("بتمويل من")


def test_no_template_names_a_package_or_an_address() -> None:
    templates = [*Path(__file__).resolve().parents[2].glob("*/documents/*.typ")]
    templates += Path(__file__).resolve().parents[1].glob("pdf/typst/*.typ")
    assert len(templates) >= 3
    for path in templates:
        assert not re.search(r'import "@|https?://|\beval\(', path.read_text()), path
