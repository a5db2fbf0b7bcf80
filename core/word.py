"""Word paragraphs of both directions: real right-to-left paragraphs and runs, each in the script of its letters."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

ARABIC = r"\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"
PIECES = re.compile(rf"[{ARABIC}](?:[^A-Za-zÀ-ÿ]*[{ARABIC}])*|(?:(?![{ARABIC}]).)+", re.DOTALL)
"""Stretches with Arabic letters (and the figures between them), and what lies between."""

LOCALES = {"fr": "fr-FR", "ar": "ar-TN"}
FONT = "Arial"
INK_2, SEA, LATE = RGBColor(0x44, 0x56, 0x5B), RGBColor(0x0B, 0x55, 0x63), RGBColor(0xB0, 0x34, 0x20)


def add_text(
    paragraph: Any, text: str, *, rtl: bool, bold: bool = False, size: float = 0, colour: RGBColor | None = None
) -> None:
    """Some words, line breaks kept. In a right-to-left paragraph figures and signs go with the Arabic words."""
    for index, line in enumerate(text.split("\n")):
        if index:
            paragraph.add_run().add_break()
        for piece, is_arabic in pieces(line, rtl=rtl):
            run = paragraph.add_run(piece)
            _style(run, is_arabic, bold, size, colour)


def pieces(line: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """The line in stretches of one script."""
    for found in PIECES.finditer(line):
        text = found[0]
        has_arabic = bool(re.search(rf"[{ARABIC}]", text))
        has_latin = bool(re.search(r"[A-Za-zÀ-ÿ]", text))
        yield text, has_arabic or (rtl and not has_latin)


def set_direction(paragraph: Any, *, rtl: bool) -> None:
    """Right to left: the paragraph begins at the right, whatever its first letter."""
    if rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))


def set_table_direction(table: Any, *, rtl: bool) -> None:
    """The first column stands at the right."""
    if rtl:
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))


def repeat_heading(row: Any) -> None:
    """The row stands at the top of every page, and is read out as the table's heading."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def shade(cell: Any, colour: str) -> None:
    fill = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        fill.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(fill)


def add_field(paragraph: Any, code: str) -> None:
    """A number that Word works out: PAGE, NUMPAGES."""
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)


def set_complex_size(properties: Any, size: float) -> None:
    """Arabic letters have a size of their own in Word."""
    for old in properties.findall(qn("w:szCs")):
        properties.remove(old)
    complex_size = OxmlElement("w:szCs")
    complex_size.set(qn("w:val"), str(int(size * 2)))
    properties.append(complex_size)


def bytes_of(document: Any) -> bytes:
    """The file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def describe(picture: Any, words: str) -> None:
    """What a picture shows, for who does not see it."""
    picture._inline.docPr.set("descr", words)


def _style(run: Any, is_arabic: bool, bold: bool, size: float, colour: RGBColor | None) -> None:
    properties = run._r.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), FONT)
    if bold:
        run.font.bold = True
        run.font.cs_bold = True
    if size:
        run.font.size = Pt(size)
        set_complex_size(properties, size)
    if colour is not None:
        run.font.color.rgb = colour
    if is_arabic:
        run.font.rtl = True
    tongue = OxmlElement("w:lang")
    tongue.set(qn("w:val"), LOCALES["fr"])
    tongue.set(qn("w:bidi"), LOCALES["ar"])
    properties.append(tongue)
