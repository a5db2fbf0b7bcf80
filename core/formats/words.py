"""Words beside each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import pgettext


def listed(words: Iterable[object]) -> str:
    """Words in a row with the comma of the reader's language; what says nothing is left out."""
    comma = pgettext("list", ", ")
    return comma.join(text for text in map(str, words) if text)
