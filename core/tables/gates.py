"""What a packed workbook must be before anything reads it: small, honest, and without what acts on its own.

Everything is counted while it is unpacked in pieces, never by what the headers say; the reader that follows opens
the same parts the same way. A workbook is let through or refused within a second and in little memory.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.tables.grid import TableRefused

MOST_UNPACKED = 100_000_000
MOST_RATIO = 100
ALWAYS_FINE = 2_000_000
"""Below this a good ratio is only an even table."""
MOST_PARTS = 1_000
MOST_INDEX = 200_000
PIECE = 1 << 16
END, END_SIZE = b"PK\x05\x06", 22
LOCATOR, LOCATOR_SIZE = b"PK\x06\x07", 20
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
NESTED = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b\x08", b"\xd0\xcf\x11\xe0")
WORKBOOK = "xl/workbook.xml"
OTHER_KINDS = {"word/document.xml", "content.xml", "xl/workbook.bin", "ppt/presentation.xml"}
ACTS = ("vbaproject.bin", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/")
ABROAD = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/")


def opened(content: bytes) -> zipfile.ZipFile:
    """The workbook, every part of it weighed. Raises TableRefused."""
    _index_is_small(content)
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
        parts = packed.infolist()
        _kind(parts)
        _weigh(packed, parts, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, OSError, RuntimeError) as error:
        raise damaged() from error
    return packed


def pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """A part unpacked piece by piece: one never holds it whole."""
    with packed.open(part) as stream:
        while piece := stream.read(PIECE):
            yield piece


def damaged() -> TableRefused:
    return TableRefused(_("The file is damaged. Open it in Excel, save it again and give that file."), code="damaged")


def _index_is_small(content: bytes) -> None:
    """The list of the parts is read whole by `zipfile`: its true length is looked at first."""
    place = len(content) - END_SIZE
    if content[place : place + 4] != END or content[-2:] != b"\0\0":
        place = content.rfind(END, -(1 << 16) - END_SIZE)
    if place < 0 or place + END_SIZE > len(content):
        raise damaged()
    parts, length = struct.unpack("<HL", content[place + 10 : place + 16])
    if content[place - LOCATOR_SIZE : place - LOCATOR_SIZE + 4] == LOCATOR or length > MOST_INDEX or parts > MOST_PARTS:
        raise bomb()


def _kind(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    lower = [name.lower() for name in names]
    if len(parts) > MOST_PARTS or len(parts) != len(names):
        raise bomb()
    if any(part.flag_bits & 1 for part in parts):
        raise protected()
    if any(part.compress_type not in METHODS for part in parts):
        raise damaged()
    if WORKBOOK not in names:
        if OTHER_KINDS & names:
            text = _("This is not an Excel workbook (.xlsx). Save it as one, or copy the list and paste it.")
            raise TableRefused(text, code="old_format")
        raise TableRefused(_("This is a packed folder. Take the Excel file out of it and give that."), code="nested")
    if any(name.endswith(ACTS[0]) or name.startswith(ACTS[1:]) for name in lower):
        raise TableRefused(
            _("The file holds macros. Save it as “Excel workbook (.xlsx)”, which has none, and give that file."),
            code="macros",
        )
    if any(name.startswith(ABROAD) for name in lower):
        text = _(
            "The file takes values out of other files. Copy the list, paste it as values in a new file and save it."
        )
        raise TableRefused(text, code="external")


def _weigh(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo], size: int) -> None:
    """Count what really comes out of every part."""
    unpacked = 0
    most = min(MOST_UNPACKED, max(ALWAYS_FINE, size * MOST_RATIO))
    for part in parts:
        for place, piece in enumerate(pieces(packed, part)):
            if not place and piece.startswith(NESTED):
                text = _("The file holds other files. Copy the list into a new file and give that.")
                raise TableRefused(text, code="nested")
            unpacked += len(piece)
            if unpacked > most:
                raise bomb()


def bomb() -> TableRefused:
    return TableRefused(
        _("Unpacked, the file is far too large. Copy the list alone into a new file and give that."), code="bomb"
    )


def protected() -> TableRefused:
    return TableRefused(
        _("The file is protected by a password. Take the password off in Excel and give it again."), code="encrypted"
    )
