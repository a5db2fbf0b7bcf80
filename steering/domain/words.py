"""Words that the portal writes itself into rows, in French and in Arabic at once."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import translation


def in_both(say: Callable[[], str], *, stem: str = "title") -> dict[str, str]:
    """`say()` in both languages, as columns: `{"title_fr": …, "title_ar": …}`."""
    found = {}
    for language in ("fr", "ar"):
        with translation.override(language):
            found[f"{stem}_{language}"] = say()
    return found
