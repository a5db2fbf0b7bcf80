"""Where a page of a list begins: the id of a row and the order, signed. No person's name stands in a URL."""

from __future__ import annotations

from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

SALT = "core.lists.cursor"
MAX_LENGTH = 200


class BadCursor(ValueError):
    """The cursor was not made by this list in this order."""


@dataclass(frozen=True)
class Cursor:
    """After (or before) the row with this id."""

    pk: int
    backwards: bool = False


def write(*, model: str, order: str, pk: int) -> str:
    """The signed text of a place in a list."""
    return signing.dumps([model, order, pk], salt=SALT)


def read(query: QueryDict, *, model: str, order: str) -> Cursor | None:
    """The place that a URL names, or None where it names none; raises BadCursor for any other text."""
    for name in ("after", "before"):
        text = query.get(name, "")
        if text:
            return Cursor(_pk(text, model, order), backwards=name == "before")
    return None


def _pk(text: str, model: str, order: str) -> int:
    try:
        found = signing.loads(text, salt=SALT) if len(text) <= MAX_LENGTH else None
    except signing.BadSignature as error:
        raise BadCursor(text) from error
    if not isinstance(found, list) or found[:2] != [model, order] or not isinstance(found[-1], int):
        raise BadCursor(text)
    return found[-1]
