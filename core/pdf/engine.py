"""One function that turns a template and data into a PDF; no network, no system fonts, no markup from people."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from pathlib import Path

import typst

from core.pdf.letterhead import AGENCY, Letterhead
from core.pdf.text import UNKNOWN, printable_data

ROOT = Path(__file__).resolve().parents[2]
FONTS = Path(__file__).with_name("fonts")
STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
AUTHOR = "ANPR – PASRI"
NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
MOST_SIGNS = 30  # a text with more foreign signs than this is not a text

_fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])
_here = threading.local()


class UnprintableDocument(RuntimeError):
    """The template or its data make no document; the message is the engine's."""


def _compiler(template: Path) -> typst.Compiler:
    """One compiler a thread and template: it keeps what it has read. No template imports a package, none is there."""
    known: dict[Path, typst.Compiler] = _here.__dict__.setdefault("compilers", {})
    if template not in known:
        known[template] = typst.Compiler(
            template, root=ROOT, font_paths=_fonts, package_path=FONTS, package_cache_path=FONTS
        )
    return known[template]


def _sign_without_typeface(message: str) -> str:
    found = NOT_SHOWN.search(message)
    return ESCAPED.sub(lambda code: chr(int(code[1], 16)), found[1]) if found else ""


def render(
    template: Path,
    data: Mapping[str, object],
    *,
    language: str,
    title: str,
    demo: bool = False,
    at: datetime | None = None,
    letterhead: Letterhead = AGENCY,
    keywords: tuple[str, ...] = (),
) -> bytes:
    """The PDF (PDF/UA-1 and PDF/A-2a) of `template`, a `.typ` file of the project, with `data` placed as text.

    `language` is the document's main language; `at` its creation time: the same input with the same `at` gives the
    same bytes. `demo` marks every page "Démonstration / للتجربة". Safe to call from several threads.
    """
    document = {
        "title": title,
        "language": language,
        "demo": demo,
        "author": AUTHOR,
        "keywords": list(keywords),
        "letterhead": letterhead.as_data(),
    }
    text = json.dumps(printable_data({"document": document, "data": data}), ensure_ascii=False)
    for _try in range(MOST_SIGNS):
        try:
            made = _compiler(template.resolve()).compile(
                format="pdf", sys_inputs={"data": text}, pdf_standards=STANDARDS, timestamp=_with_fixed_offset(at)
            )
        except typst.TypstError as error:
            sign = _sign_without_typeface(error.message)
            if sign in ("", UNKNOWN) or sign not in text:
                raise UnprintableDocument(error.message) from error
            text = text.replace(sign, UNKNOWN)
        else:
            return bytes(made) if isinstance(made, bytes | bytearray) else b"".join(made or [])
    raise UnprintableDocument(f"more than {MOST_SIGNS} signs without a typeface")


def _with_fixed_offset(at: datetime | None) -> datetime | None:
    """The same instant in the offset of its day, in whole seconds: Typst takes no zone with rules and no fraction."""
    if at is None:
        return None
    return at.astimezone(timezone(at.utcoffset() or timedelta())).replace(microsecond=0)
