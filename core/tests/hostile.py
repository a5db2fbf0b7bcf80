"""Workbooks as nobody should send them, and odd ones that people do send: made here, byte by byte."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from collections.abc import Iterable

CONTENT_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
WORKBOOK = (
    '<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Liste" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>'
SHEET = "<worksheet><sheetData>{rows}</sheetData>{after}</worksheet>"
SHEET_PART = "xl/worksheets/sheet1.xml"
HEADINGS = ("Nom et prénom", "E-mail", "Téléphone")


def cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def rows(lines: Iterable[Iterable[str]]) -> str:
    """Rows whose cells are texts, or elements where they begin with `<c`."""
    return "".join(
        "<row>" + "".join(one if one.startswith("<c") else cell(one) for one in line) + "</row>" for line in lines
    )


def sheet(lines: Iterable[Iterable[str]], *, before: str = "", after: str = "") -> str:
    return f"<worksheet>{before}<sheetData>{rows(lines)}</sheetData>{after}</worksheet>"


def workbook(content: str | bytes, **parts: str | bytes) -> bytes:
    """A workbook of one sheet; `parts` add or replace parts, `__` in a name stands for `/` and `_xml` for `.xml`."""
    named = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    return packed({SHEET_PART: content} | named)


def packed(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    usual: dict[str, str | bytes] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
    }
    with zipfile.ZipFile(out, "w", method, compresslevel=9 if method == zipfile.ZIP_DEFLATED else None) as archive:
        for name, content in (usual | parts).items():
            archive.writestr(name, content)
    return out.getvalue()


def of_rows(number: int) -> bytes:
    """A list of so many people under its headings."""
    lines = [(f"Sami Trabelsi{'ab'[n % 2]}", f"p{n}@example.tn", f"71{n:06}") for n in range(number)]
    return workbook(sheet([HEADINGS, *lines]))


def noise(size: int) -> bytes:
    """Bytes that do not pack."""
    return random.Random(7).randbytes(size)


def small_that_unpacks_to_98_mb() -> bytes:
    """290 kB or less."""
    row = f"<row>{cell('Sami')}</row>"
    return workbook(SHEET.format(rows=row * (98_000_000 // len(row)), after=""))


def lying_header() -> bytes:
    """Both headers say that the sheet unpacks to a kilobyte."""
    true = 60_000_000
    body = bytearray(workbook(b"<worksheet>" + b" " * true, xl__noise=noise(1_500_000)))
    size = struct.pack("<L", true + 11)
    for _time in range(2):
        place = body.find(size)
        body[place : place + 4] = struct.pack("<L", 1024)
    return bytes(body)


def diluted(content: str | bytes, **parts: str | bytes) -> bytes:
    """What would be refused for its ratio, beside enough that does not pack."""
    return workbook(content, xl__media__noise_bin=noise(2_000_000), **parts)


def encrypted_parts() -> bytes:
    """The flag of a part with a password, in both headers."""
    body = bytearray(of_rows(3))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := body.find(sign, place + 1)) >= 0:
            body[place + offset] |= 1
    return bytes(body)


def many_parts(number: int = 30_000) -> bytes:
    return packed({f"xl/p{n}": b"" for n in range(number)}, method=zipfile.ZIP_STORED)


def old_excel(*, protected: bool = False) -> bytes:
    inside = "EncryptedPackage" if protected else "Workbook"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + inside.encode("utf-16-le") + bytes(2000)


def open_document() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office/>")
    return out.getvalue()


BILLION = (
    '<!DOCTYPE l [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><worksheet><sheetData><row>'
    "<c><v>&c;</v></c></row></sheetData></worksheet>"
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c><v>&x;</v></c></row></sheetData></worksheet>'

HOSTILE: dict[str, tuple[str, bytes]] = {}
"""Filled by `corpus()`: what it is called, the code of its refusal, its bytes."""


def corpus() -> dict[str, tuple[str, bytes]]:
    """Every file that is refused, with the code of the refusal."""
    if not HOSTILE:
        HOSTILE.update(_packed() | _told_apart())
    return HOSTILE


def _packed() -> dict[str, tuple[str, bytes]]:
    many_strings = "<sst>" + "<si/>" * 12_000_000 + "</sst>"
    one_string = sheet([HEADINGS, ['<c t="s"><v>11999999</v></c>']])
    return {
        "290 kB that unpack to 98 MB": ("bomb", small_that_unpacks_to_98_mb()),
        "more than 100 MB, a good ratio": ("bomb", workbook(" " * 100_000_000, xl__noise=noise(9_000_000))),
        "headers that lie": ("damaged", lying_header()),
        "20,001 empty rows": ("too_many_rows", workbook("<worksheet><sheetData>" + "<row/>" * 20_001)),
        "a million empty cells": ("bomb", diluted("<worksheet><sheetData><row>" + "<c/>" * 1_000_000)),
        "shared strings without end": ("bomb", diluted(one_string, xl__sharedStrings_xml=many_strings)),
        "an attribute of 50 MB": ("bomb", diluted('<worksheet a="' + "x" * 50_000_000 + '"/>')),
        "a comment of 50 MB": ("bomb", diluted("<worksheet><!--" + "<" * 50_000_000 + "--></worksheet>")),
        "a text of 50 MB": ("bomb", diluted(sheet([["x" * 50_000_000]]))),
        "merged over everything": (
            "bomb",
            workbook(
                sheet([["a"]] * 300, after="<mergeCells>" + '<mergeCell ref="A1:GR1000000"/>' * 9_000 + "</mergeCells>")
            ),
        ),
        "billion laughs": ("doctype", workbook(BILLION)),
        "an entity from outside": ("doctype", workbook(OUTSIDE)),
        "a document type in the strings": (
            "doctype",
            workbook(sheet([['<c t="s"><v>0</v></c>']]), xl__sharedStrings_xml=BILLION),
        ),
        "500 columns": ("too_many_columns", workbook(sheet([["x"] * 500]))),
        "a cell at the far end": ("too_many_columns", workbook(sheet([['<c r="XFD1"><v>1</v></c>']]))),
        "20,000 rows": ("too_many_rows", of_rows(20_000)),
        "312 rows": ("too_many_rows", of_rows(312)),
        "a workbook in a workbook": ("nested", workbook(sheet([["a"]]), xl__embeddings__a_bin=of_rows(2))),
        "a packed folder": ("nested", _folder()),
        "macros": ("macros", workbook(sheet([["a"]]), **{"xl__vbaProject.bin": b"x"})),
        "links to other files": ("external", workbook(sheet([["a"]]), xl__externalLinks__externalLink1_xml="<x/>")),
        "parts with a password": ("encrypted", encrypted_parts()),
        "thirty thousand parts": ("bomb", many_parts()),
        "a part twice": ("bomb", _twice()),
        "packed by another method": ("damaged", packed({SHEET_PART: sheet([["a"]])}, method=zipfile.ZIP_LZMA)),
        "cut off": ("damaged", of_rows(100)[:-400]),
        "an encoding that nobody knows": ("damaged", workbook('<?xml version="1.0" encoding="x-none"?><worksheet/>')),
        "an encoding of several bytes": ("damaged", workbook('<?xml version="1.0" encoding="utf-7"?><worksheet/>')),
        "broken XML": ("damaged", workbook("<worksheet><sheetData><row>")),
        "a byte changed": ("damaged", _changed(of_rows(100))),
        "no sheet": ("empty", packed({})),
        "an empty sheet": ("empty", workbook(sheet([]))),
    }


def _told_apart() -> dict[str, tuple[str, bytes]]:
    return {
        "more than 10 MB": ("too_big", noise(10_000_001)),
        "a protected workbook": ("encrypted", old_excel(protected=True)),
        "an old workbook": ("old_format", old_excel()),
        "OpenDocument": ("old_format", open_document()),
        "a PDF": ("not_a_table", b"%PDF-1.7\n" + noise(500)),
        "a web page called .xls": ("not_a_table", b"\xef\xbb\xbf<html><table><tr><td>a</td></tr></table></html>"),
        "NUL bytes": ("not_a_table", b"Nom;E-mail\nSami\x00;a@b.tn\n"),
        "a picture": ("not_a_table", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise(2000)),
        "nothing": ("empty", b""),
        "blanks": ("empty", b" \r\n;;;\r\n   \r\n"),
        "500 columns of values": ("too_many_columns", ";".join(["x"] * 500).encode()),
        "one cell without end": ("not_a_table", b"Nom;E-mail\nSami;" + b"x" * 140_000),
        "two million quotes": ("not_a_table", b'"' * 1_999_999),
        "two million lines": ("too_many_rows", b"a" + b"\n" * 1_999_998),
        "20,001 lines of values": ("too_many_rows", b"a;b\n" * 20_001),
    }


def _folder() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("liste.xlsx", of_rows(2))
    return out.getvalue()


def _twice() -> bytes:
    out = io.BytesIO(of_rows(2))
    with zipfile.ZipFile(out, "a") as archive:
        info = zipfile.ZipInfo("xl/workbook.xml")
        archive.NameToInfo.pop("xl/workbook.xml")
        archive.writestr(info, "<workbook/>")
    return out.getvalue()


def _changed(content: bytes) -> bytes:
    place = content.find(SHEET_PART.encode()) + 200
    return content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
