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
DROPPED = frozenset("\u0640_-'\u2018\u2019\u02bc\u2010\u2011\u2012\u2013\u2014\u2015\u2212")

M = TypeVar("M", bound=models.Model)


class Like(Func):
    """`column LIKE pattern`, usable in a filter; the backslash escapes."""

    template = "(%(expressions)s)"
    arg_joiner = " LIKE "
    output_field = models.BooleanField()


def clean(text: str) -> str:
    """What can be searched of `text`: no control or invisible characters, blanks joined, cut at 200 characters."""
    visible = "".join(
        c if unicodedata.category(c)[0] != "C" else " " if c.isspace() else "" for c in text[: 4 * MAX_LENGTH]
    )
    return " ".join(visible.split())[:MAX_LENGTH].strip()


def matching(rows: models.QuerySet[M], text: str, *, field: str = "key") -> models.QuerySet[M]:
    """The rows whose key holds every word of `text`; a word of one or two letters must begin a word of the key."""
    for word in words(text):
        rows = rows.filter(condition(word, field))
    return rows


def words(text: str) -> list[str]:
    """The words of `text` that can be searched, at most eight."""
    return [word for word in clean(text).split()[:MAX_WORDS] if _letters(word)]


def condition(word: str, field: str) -> Q:
    """The key column `field` holds the word."""
    return _holds(F(field), word)


def condition_on(word: str, *columns: str) -> Q:
    """The texts of `columns` hold the word, for a small table without a key column."""
    parts = [part for column in columns for part in (F(column), Value(" "))]
    return _holds(FKey(Concat(*parts, output_field=models.TextField())), word)


def _letters(word: str) -> int:
    """How many characters of a word the key keeps: vowel signs, tatweel, hyphens and apostrophes are not counted."""
    return sum(unicodedata.category(c)[0] != "M" and c not in DROPPED for c in unicodedata.normalize("NFD", word))


def _holds(key: F | Func, word: str) -> Q:
    sought = _escaped(word)
    if _letters(word) >= MIN_FRAGMENT:
        return Q(Like(key, _joined("%", sought, "%")))
    return Q(Like(key, _joined("", sought, "%"))) | Q(Like(key, _joined("% ", sought, "%")))


def _joined(before: str, key: Func, after: str) -> Func:
    return Concat(Value(before), key, Value(after), output_field=models.TextField())


def _escaped(word: str) -> Func:
    """The key of `word` with LIKE's own signs taken literally; escaped after `f_key()`, which may bring them forth."""
    key: Func = FKey(Value(word))
    for sign in ("\\", "%", "_"):
        key = Replace(key, Value(sign), Value(f"\\{sign}"), output_field=models.TextField())
    return key
