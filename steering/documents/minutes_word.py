"""The minutes as a Word document to go on writing in: real headings and tables, right to left where it is Arabic."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.section import WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Cm, Mm, Pt

from core import word
from core.emblem import emblem_png
from core.pdf import AGENCY
from steering.documents.blocks import Block, Cell
from steering.documents.minutes_paper import Paper, compose
from steering.domain.minutes import Printing

DEMO = "Démonstration / للتجربة"
EMBLEM = "Emblème de l’Union européenne : douze étoiles d’or en cercle sur fond bleu"
FUNDED = ("Financé par l’Union européenne", "بتمويل من الاتحاد الأوروبي")
SAND = "F5F1E8"
FACTS = (Cm(4), Cm(13.4))


def minutes_docx(printing: Printing) -> bytes:
    """The same words as on the PDF, in a file that can be corrected: and so without the seal of the PDF."""
    return _Writer(compose(printing), printing).written()


class _Writer:
    """One document on its way."""

    def __init__(self, paper: Paper, printing: Printing) -> None:
        self.paper = paper
        self.rtl = paper.language == "ar"
        self.document: Any = Document()
        self._set_up(printing)

    def written(self) -> bytes:
        self._letterhead()
        self._head()
        for block in self.paper.blocks:
            self._block(block)
        self._end()
        return word.bytes_of(self.document)

    # -- the frame ---------------------------------------------------------------------------------------------------
    def _set_up(self, printing: Printing) -> None:
        document, paper = self.document, self.paper
        properties = document.core_properties
        properties.title = f"{paper.title} – {paper.committee.text}"
        properties.author, properties.language = "ANPR – PASRI", word.LOCALES[paper.language]
        properties.comments = DEMO if paper.demo else ""
        properties.created = properties.modified = timezone.localtime(printing.printed_at).replace(tzinfo=None)
        section = document.sections[0]
        section.start_type = WD_SECTION.NEW_PAGE
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(18)
        section.top_margin, section.bottom_margin = Mm(22), Mm(18)
        section.header_distance = section.footer_distance = Mm(9)
        if self.rtl:
            section._sectPr.append(OxmlElement("w:bidi"))
        self._styles()
        self._furniture(section)

    def _styles(self) -> None:
        styles = self.document.styles
        for name, size in (("Normal", 10), ("Title", 16), ("Heading 1", 12), ("Heading 2", 10.5)):
            style = styles[name]
            style.font.name, style.font.size = word.FONT, Pt(size)
            word.set_complex_size(style.element.get_or_add_rPr(), size)
            style.paragraph_format.space_after = Pt(4)
            style.paragraph_format.space_before = Pt({"Title": 16, "Heading 1": 12, "Heading 2": 6}.get(name, 0))
            if name != "Normal":
                style.font.color.rgb, style.font.bold = word.SEA, True

    def _furniture(self, section: Any) -> None:
        """The title and the mark of a demonstration above every page, its number below."""
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        for line in (head, foot):
            word.set_direction(line, rtl=self.rtl)
        if self.paper.demo:
            word.add_text(head, f"{DEMO}   ", rtl=self.rtl, bold=True, size=8, colour=word.LATE)
        word.add_text(head, f"{self.paper.title}", rtl=self.rtl, size=8, colour=word.INK_2)
        before, between = ("صفحة ", " من ") if self.rtl else ("Page ", " / ")
        word.add_text(foot, before, rtl=self.rtl, size=8)
        word.add_field(foot, "PAGE")
        word.add_text(foot, between, rtl=self.rtl, size=8)
        word.add_field(foot, "NUMPAGES")

    def _letterhead(self) -> None:
        """French at the left, Arabic at the right, the emblem between them, in every language."""
        table = self.document.add_table(rows=1, cols=3)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        left, middle, right = table.rows[0].cells
        for cell, lines, rtl in (
            (left, [line.fr for line in AGENCY.lines], False),
            (right, [line.ar for line in AGENCY.lines], True),
        ):
            for index, text in enumerate(lines):
                paragraph = cell.paragraphs[0] if index == 0 else cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                word.set_direction(paragraph, rtl=rtl)
                word.add_text(paragraph, text, rtl=rtl, bold=index in (0, len(lines) - 1), size=8.5)
        paragraph = middle.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        word.describe(paragraph.add_run().add_picture(io.BytesIO(emblem_png()), width=Cm(1.8)), EMBLEM)
        for text, rtl in zip(FUNDED, (False, True), strict=True):
            paragraph = middle.add_paragraph()
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)
            word.set_direction(paragraph, rtl=rtl)
            word.add_text(paragraph, text, rtl=rtl, size=7.5)

    # -- what stands in it -------------------------------------------------------------------------------------------
    def _head(self) -> None:
        paper = self.paper
        self._line(paper.title, style="Title", centred=True, size=16, bold=True)
        self._line(paper.committee.text, centred=True, size=12, bold=True)
        for line in paper.status:
            self._line(line, centred=True, size=8.5, colour=word.INK_2)
        table = self.document.add_table(rows=0, cols=2)
        table.autofit = False
        word.set_table_direction(table, rtl=self.rtl)
        for column, width in zip(table.columns, FACTS, strict=True):
            column.width = width
        for label, cell in paper.facts:
            first, second = table.add_row().cells
            first.width, second.width = FACTS
            self._fill(first, Cell(label), colour=word.INK_2)
            self._fill(second, cell)

    def _block(self, block: Block) -> None:
        if block.kind == "box":
            for inner in block.blocks:
                self._block(inner)
        elif block.kind == "table":
            self._table(block)
        elif block.kind in ("heading", "subheading"):
            number = f"{block.number}. " if block.number else ""
            style = "Heading 1" if block.kind == "heading" else "Heading 2"
            self._line(f"{number}{block.text.text}", style=style)
            self._mark(block.text)
        elif block.kind == "meta":
            leads_on = block.text.text.endswith(":")
            self._line(block.text.text, size=9, colour=word.INK_2).paragraph_format.keep_with_next = leads_on
        else:
            self._mark(block.text)
            self._line(block.text.text, rtl=self._is_rtl(block.text))

    def _table(self, block: Block) -> None:
        table = self._grid(len(block.head))
        for cell, words in zip(table.rows[0].cells, block.head, strict=True):
            word.shade(cell, SAND)
            self._fill(cell, Cell(words), bold=True)
        word.repeat_heading(table.rows[0])
        for row in block.rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                self._fill(cell, value)

    def _end(self) -> None:
        for line in self.paper.closing:
            self._line(line)
        table = self._grid(len(self.paper.signatures))
        table.rows[0].height = Cm(2.6)
        for cell, words in zip(table.rows[0].cells, self.paper.signatures, strict=True):
            self._fill(cell, Cell(words), bold=True)

    def _grid(self, columns: int) -> Any:
        """A table as wide as the text, its first row empty."""
        table = self.document.add_table(rows=1, cols=columns)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        word.set_table_direction(table, rtl=self.rtl)
        return table

    def _fill(self, cell: Any, value: Cell, *, bold: bool = False, colour: Any = None) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        rtl = self._is_rtl(value)
        word.set_direction(paragraph, rtl=rtl)
        word.add_text(paragraph, value.text, rtl=rtl, bold=bold, size=9, colour=colour)
        for small in (value.note, f"[{value.mark}]" if value.mark else ""):
            if small:
                paragraph.add_run().add_break()
                word.add_text(paragraph, small, rtl=self.rtl, size=8, colour=word.INK_2)

    def _line(
        self, text: str, *, style: str = "Normal", centred: bool = False, rtl: bool | None = None, **look: Any
    ) -> Any:
        paragraph = self.document.add_paragraph(style=style)
        rtl = self.rtl if rtl is None else rtl
        word.set_direction(paragraph, rtl=rtl)
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        word.add_text(paragraph, text, rtl=rtl, **look)
        return paragraph

    def _mark(self, cell: Cell) -> None:
        if cell.mark:
            self._line(f"[{cell.mark}]", size=8, colour=word.LATE).paragraph_format.keep_with_next = True

    def _is_rtl(self, cell: Cell) -> bool:
        return cell.lang == "ar" if cell.lang else self.rtl
