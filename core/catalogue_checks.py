"""What may be wrong with the catalogues: strings missing, untranslated, doubtful, broken, left over, or badly typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Message

from core import catalogues

PERCENT = re.compile(r"%(?:\(\w+\))?[-#0+]*\d*(?:\.\d+)?[diouxXeEfFgGcrsa]")
BRACE = re.compile(r"\{\w*\}")
TAG = re.compile(r"<[^>]*>|&\w+;")
SLIPS = {
    "fr": (
        (re.compile(r"(?<=[^\W\d_])'(?=[\w%{])"), "write ’, not '"),
        (re.compile(r"[^\s\u00a0\d:/](?: [:;?!»]|[;?!»])(?=\s|$)|« |«\S"), "a no-break space goes with : ; ? ! « »"),
    ),
    "ar": ((re.compile(r"[\u0620-\u064a][,;?]|[,;?] ?[\u0620-\u064a]"), "write ، ؛ ؟"),),
}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one string of one language."""

    language: str
    why: str
    text: str
    source: str

    def __str__(self) -> str:
        return f"{self.language}: {self.why}: {self.text!r} ({self.source})"


def placeholders(text: str) -> list[str]:
    """The places where values go, in no order; `%%` is a sign, not a place."""
    text = text.replace("%%", "")
    return sorted(PERCENT.findall(text) + BRACE.findall(text))


def complaint(message: Message, language: str) -> str | None:
    """Why a translation cannot be shown, or None."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    if not forms or not all(forms):
        return "not translated"
    if message.fuzzy:
        return "marked as doubtful (fuzzy)"
    if isinstance(message.id, str):
        if placeholders(message.id) != placeholders(forms[0]):
            return "the places for values differ"
        return slip(forms[0], language)
    wanted = placeholders(message.id[1])
    named = 3 if language == "ar" else 1  # "one person", "two persons" may be said in words; the others need the number
    for index, form in enumerate(forms):
        got = placeholders(form)
        if not set(got) <= set(wanted) or (index >= named and got != wanted):
            return f"the places for values differ in form {index}"
    return next((why for form in forms if (why := slip(form, language))), None)


def slip(text: str, language: str) -> str | None:
    """A typographic slip that the language's rules forbid, or None; what stands inside HTML tags is left alone."""
    bare = TAG.sub("", text)
    return next((why for pattern, why in SLIPS[language] if pattern.search(bare)), None)


def problems(root: Path) -> Iterator[Problem]:
    """Everything that keeps the interface from being complete in every language."""
    wanted = catalogues.by_key(catalogues.extracted(root))
    for language in catalogues.LANGUAGES:
        catalog = catalogues.load(root, language)
        have = catalogues.by_key(catalog)
        for key, message in wanted.items():
            why = complaint(have[key], language) if key in have else "missing: run `manage.py catalogues`"
            if why:
                yield Problem(language, why, key[1], ", ".join(sorted({name for name, _ in message.locations})))
        for key in have.keys() - wanted.keys():
            yield Problem(language, "no longer used: run `manage.py catalogues`", key[1], "")
        path = catalogues.po_path(root, language).with_suffix(".mo")
        if not path.exists() or path.read_bytes() != catalogues.as_mo(catalog):
            yield Problem(language, "compiled file out of date: run `manage.py catalogues --compile`", path.name, "")
