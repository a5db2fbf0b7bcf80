"""Files that are kept: recognised by their content, cleaned, hashed, and lying where only a view can reach them.

    stored = files.keep(name=upload.name, content=upload.read(), actor=user, now=now)     # people's
    stored = files.keep_own(name="PV-3.pdf", content=pdf, content_type=files.PDF, now=now)  # the portal's

A name says nothing about what a file is: the first bytes do. Pictures are written anew, so that nothing of their
maker, place or camera stays in them; office documents with macros are refused.
"""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError
from pypdf import PdfReader

from core.errors import DomainError
from core.models import StoredFile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = {PDF: ".pdf", PNG: ".png", JPEG: ".jpg", WORD: ".docx", EXCEL: ".xlsx"}
PARTS = {"word/document.xml": WORD, "xl/workbook.xml": EXCEL}
CONTENTS = "[Content_Types].xml"
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
MOST_UNPACKED = 200 * 1024 * 1024
ACCEPT = ",".join(ENDINGS.values())


class FileRefused(DomainError):
    """The file is not taken; the sentence says why and what would be."""

    code = "file_refused"

    def __init__(self, message: object, *, code: str, field: str = "file") -> None:
        super().__init__(message, code=code, field=field)  # type: ignore[arg-type]


def keep(*, name: str, content: bytes, actor: AbstractBaseUser | None, now: datetime) -> StoredFile:
    """Keep a file that somebody gave, inside the caller's transaction. Raises FileRefused."""
    if not content:
        raise FileRefused(_("The file is empty."), code="empty")
    if len(content) > MOST_BYTES:
        raise FileRefused(_("The file is larger than 10 MB."), code="too_big")
    kind, clean = _recognised(content)
    return keep_own(name=_named(name, kind), content=clean, content_type=kind, now=now, actor=actor)


def keep_own(
    *, name: str, content: bytes, content_type: str, now: datetime, actor: AbstractBaseUser | None = None
) -> StoredFile:
    """Keep a file that the portal made. The bytes are on the disk before the row is in the database."""
    who: object = actor
    stored = StoredFile(
        name=name[:200],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=now,
        added_by=who,  # type: ignore[misc]
    )
    path = path_of(stored)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    stored.save(force_insert=True)
    return stored


def path_of(stored: StoredFile) -> Path:
    uid = stored.uid.hex
    return Path(settings.MEDIA_ROOT) / "kept" / uid[:2] / uid


def content_of(stored: StoredFile) -> bytes:
    return path_of(stored).read_bytes()


def is_whole(stored: StoredFile) -> bool:
    """Whether the bytes on the disk are still those whose hash was kept."""
    try:
        return hashlib.sha256(content_of(stored)).hexdigest() == stored.sha256
    except FileNotFoundError:
        return False


def _recognised(content: bytes) -> tuple[str, bytes]:
    """What the bytes are, and the bytes to keep."""
    if content.startswith(b"%PDF-"):
        if not _opens_as_pdf(content):
            raise FileRefused(_("The PDF is damaged: it cannot be opened."), code="damaged")
        return PDF, content
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG, _picture(content, "PNG")
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG, _picture(content, "JPEG")
    if content.startswith(b"PK\x03\x04"):
        return _office(content), content
    raise FileRefused(
        _("This is none of the kinds of file that are taken: PDF, PNG, JPEG, Word (.docx), Excel (.xlsx)."),
        code="unknown_type",
    )


def _opens_as_pdf(content: bytes) -> bool:
    """Whether it opens, without a password, and has a page; read as leniently as viewers do."""
    try:
        return bool(PdfReader(io.BytesIO(content)).pages)
    except Exception:  # what a broken file raises in the library is of every kind
        return False


def _picture(content: bytes, form: str) -> bytes:
    """The picture written anew, upright, without what cameras add."""
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FileRefused(_("The picture has more than 50 million points."), code="too_big")
            upright = ImageOps.exif_transpose(picture)
            bare = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                bare.putpalette(upright.getpalette() or [])
            bare.paste(upright)
            out = io.BytesIO()
            bare.save(out, form, **({"quality": 88} if form == "JPEG" else {}))
            return out.getvalue()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise FileRefused(_("The picture is damaged: it cannot be opened."), code="damaged") from error


def _office(content: bytes) -> str:
    """Word or Excel, by the parts inside; never with macros, never a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            infos = packed.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefused(_("The file is damaged: it cannot be opened."), code="damaged") from error
    names = {info.filename for info in infos}
    if CONTENTS not in names or any(".." in name or name.startswith("/") or "\\" in name for name in names):
        raise FileRefused(_("The file is damaged: it cannot be opened."), code="damaged")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        raise FileRefused(_("The document holds macros: save it without them."), code="macros")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise FileRefused(_("The file unpacks to more than 200 MB."), code="bomb")
    for part, kind in PARTS.items():
        if part in names:
            return kind
    raise FileRefused(
        _("This is none of the kinds of file that are taken: PDF, PNG, JPEG, Word (.docx), Excel (.xlsx)."),
        code="unknown_type",
    )


def _named(name: str, kind: str) -> str:
    """The name that its giver knows, without folders or hidden signs, with the ending of what it is."""
    plain = "".join(sign for sign in Path(name.replace("\\", "/")).name if sign.isprintable() and sign not in '"<>|:*?')
    stem = Path(plain).stem.strip(". ")[:150] or "file"
    return f"{stem}{ENDINGS[kind]}"
