"""A table in a file: its first bytes tell what it is, never its name; what is no table is refused kindly."""

from __future__ import annotations

import re
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from core.tables import gates
from core.tables.grid import MOST_ROWS, Grid, Note, TableRefused
from core.tables.pasted import read_pasted
from core.tables.workbook import read_workbook

MOST_BYTES = 10_000_000
ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"%PDF"
MARKUP = re.compile(rb"\s*(?:<\?xml|<!doctype|<html|<table|<workbook|\{\\rtf)", re.IGNORECASE)
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ARABIC_RUN = re.compile("[\u0621-\u064a]{3}")

AS_XLSX: Note = _("Open it, choose “Save as” and the type “Excel workbook (.xlsx)”, and give that file.")


def read_file(name: str, file: BinaryIO, *, most_rows: int = MOST_ROWS) -> Grid:
    """The table of an XLSX, CSV or text file; `name` is only what the person calls it. Raises TableRefused."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise TableRefused(_("The file is larger than 10 MB. Keep only the sheet with the list."), code="too_big")
    if not content.strip():
        raise TableRefused(_("The file is empty."), code="empty")
    if content.startswith(ZIP):
        return read_workbook(content, most_rows=most_rows)
    if content.startswith(OLE):
        raise _old(content)
    if content.startswith(PDF):
        raise TableRefused(_("A PDF holds no table. Give the Excel file, or copy the list and paste it."))
    if MARKUP.match(content[:200].removeprefix(b"\xef\xbb\xbf")):
        raise TableRefused(_("This is a web page or another text, not an Excel file.") + " " + AS_XLSX)
    return read_pasted(decoded(content), most_rows=most_rows)


def _old(content: bytes) -> TableRefused:
    if ENCRYPTED in content:
        return gates.protected()
    return TableRefused(_("This is a file of an old kind (.xls, .doc).") + " " + AS_XLSX, code="old_format")


def decoded(content: bytes) -> str:
    """The text of a file of values: UTF-8 or UTF-16, or else the French or the Arabic code page of Windows."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    sample = content[:4000]
    if sample.count(0) > len(sample) // 4:
        big = sample[0::2].count(0) > sample[1::2].count(0)
        return content.decode("utf-16-be" if big else "utf-16-le", errors="replace")
    if sample.count(0):
        raise TableRefused(_("This is no table. Give an Excel file (.xlsx) or a CSV file."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        arabic = content.decode("cp1256", errors="replace")
        return arabic if ARABIC_RUN.search(arabic) else content.decode("cp1252", errors="replace")
