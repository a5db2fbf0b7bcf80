"""Search in the key columns: what people type meets `f_key()`, so that accents, vowel signs and case do not matter."""

from __future__ import annotations

import unicodedata
from typing import TypeVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Replace

from core.keys import FKey

MAX_LENGTH = 200
MAX_WORDS = 8
MIN_FRAGMENT = 3
"""Shorter pieces have no trigram: they find the beginnings of words."""

M = TypeVar("M", bound=models.Model)


class Like(Func):
    """`column LIKE pattern`, usable in a filter; the backslash escapes."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = models.BooleanField()


def clean(text: str) -> str:
    """What can be searched of `text`: no control or invisible characters, blanks joined, cut at 200 characters."""
    visible = "".join(c if unicodedata.category(c)[0] != "C" else " " if c.isspace() else "" for c in text[: 4 * MAX_LENGTH])
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def matching(rows: models.QuerySet[M], text: str, *, field: str = "key") -> models.QuerySet[M]:
    """The rows whose key holds every word of `text`; a word of one or two letters must begin a word of the key."""
    for word in clean(text).split()[:MAX_WORDS]:
        if _letters(word):
            rows = rows.filter(_condition(word, field))
    return rows


def _letters(word: str) -> int:
    """How many characters of a word the key keeps: vowel signs and tatweel are not counted."""
    bare = unicodedata.normalize("NFD", word).replace("\u0640", "")
    return sum(unicodedata.category(c)[0] not in "MP" for c in bare)


def _condition(word: str, field: str) -> Q:
    key = _escaped(word)
    if _letters(word) >= MIN_FRAGMENT:
        return Q(Like(F(field), Concat(Value("%"), key, Value("%"))))
    return Q(Like(F(field), Concat(key, Value("%")))) | Q(Like(F(field), Concat(Value("% "), key, Value("%"))))


def _escaped(word: str) -> Func:
    """The key of `word` with LIKE's own signs taken literally; escaped after `f_key()`, which may bring them forth."""
    key: Func = FKey(Value(word))
    for sign in ("\\", "%", "_"):
        key = Replace(key, Value(sign), Value(f"\\{sign}"))
    return key
