"""Interface strings: taken from the sources, merged into the catalogue of every translated language, compiled.

English is the source and needs no catalogue. The compiled files are kept in the repository beside the text ones, so
that a clean checkout speaks every language without a tool; `catalogue_checks` says when they no longer agree.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PLURALS = {
    "fr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 "
    ": n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",  # Django's; Babel's own differs
}
LANGUAGES = tuple(PLURALS)
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: PASRI portal\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
SKIPPED = {"tests", "migrations", "locale", "node_modules", "var", "static", "docs", "bench"}
TEMPLATE_SUFFIXES = {".html", ".txt"}
NO_DATE = datetime(2014, 5, 6, tzinfo=UTC)  # the same files give the same bytes, whenever they are written

Key = tuple[str | None, str]
Known = dict[Key, Message]


def key_of(message: Message) -> Key:
    """What makes a string one string: its context and its (singular) text."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def by_key(catalog: Catalog) -> Known:
    """The strings of a catalogue by what makes them one."""
    return {key_of(message): message for message in catalog if message.id}


def sources(root: Path) -> Iterator[Path]:
    """Every Python file and Django template of the project, in a fixed order."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name not in SKIPPED and not name.startswith("."))
        here = Path(folder)
        in_templates = "templates" in here.relative_to(root).parts
        for name in sorted(names):
            suffix = Path(name).suffix
            if suffix == ".py" or (in_templates and suffix in TEMPLATE_SUFFIXES):
                yield here / name


def as_python(path: Path) -> bytes:
    """A file as Python that Babel can read; a template through Django's own `templatize`, line by line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # templatize blanks out what is not translated and keeps the layout: indentation would upset the tokenizer
        text = "\n".join(line.strip() for line in templatize(text, origin=str(path)).splitlines())
    return text.encode()


def extracted(root: Path) -> Catalog:
    """All strings of the sources under `root`, each with the files that use it."""
    catalog = Catalog(charset="utf-8", fuzzy=False)
    for path in sources(root):
        name = path.relative_to(root).as_posix()
        found = extract("python", io.BytesIO(as_python(path)), keywords=KEYWORDS, options={"encoding": "utf-8"})
        for _line, text, _comments, context in found:
            catalog.add(text, context=context, locations=[(name, 0)])
    return catalog


def po_path(root: Path, language: str) -> Path:
    """Where the text catalogue of `language` lies; the compiled one is beside it."""
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def parsed(content: bytes) -> Catalog:
    """A text catalogue as Babel sees it, its dates fixed."""
    catalog = read_po(io.BytesIO(content))
    catalog.creation_date = catalog.revision_date = NO_DATE
    return catalog


def load(root: Path, language: str) -> Catalog:
    """The catalogue of `language` as it is on disk, empty when there is none."""
    path = po_path(root, language)
    return parsed(path.read_bytes() if path.exists() else as_po(language, Catalog()))


def merged(language: str, template: Catalog, known: Known) -> Catalog:
    """The strings of `template` with the translations of `known`; nothing guessed, nothing obsolete kept."""
    catalog = parsed(as_po(language, Catalog()))
    for key, message in by_key(template).items():
        old = known.get(key)
        usable = old is not None and isinstance(old.id, str) == isinstance(message.id, str)
        catalog.add(
            message.id,
            old.string if old is not None and usable else None,
            locations=sorted(set(message.locations)),
            flags=["fuzzy"] if old is not None and usable and old.fuzzy else [],
            context=message.context,
        )
    return catalog


def as_po(language: str, catalog: Catalog) -> bytes:
    """The text catalogue: files without line numbers, so that a moved line changes nothing."""
    body = io.BytesIO()
    write_po(body, catalog, width=120, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True)
    return HEADER.format(language=language, plurals=PLURALS[language]).encode() + body.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """The compiled catalogue."""
    body = io.BytesIO()
    write_mo(body, catalog)
    return body.getvalue()


def save(root: Path, language: str, catalog: Catalog) -> None:
    """Writes the text catalogue of `language` and the compiled one, so that they never disagree."""
    path = po_path(root, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = as_po(language, catalog)
    path.write_bytes(content)
    path.with_suffix(".mo").write_bytes(as_mo(parsed(content)))


def update(root: Path) -> None:
    """Brings every catalogue in line with the sources, keeping what is translated."""
    template = extracted(root)
    for language in LANGUAGES:
        save(root, language, merged(language, template, by_key(load(root, language))))


def compile_all(root: Path) -> None:
    """Compiles the text catalogues as they are."""
    for language in LANGUAGES:
        po_path(root, language).with_suffix(".mo").write_bytes(as_mo(load(root, language)))
