"""Content in several languages: explicit columns `<name>_fr`, `<name>_ar`, `<name>_en`; French is always there."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language

LANGUAGES = ("fr", "ar", "en")


def localized(obj: Any, name: str, language: str | None = None) -> str:
    """The text of `name` in `language` (default: the current one), or else in French, or else in any."""
    wanted = (language or get_language() or "fr")[:2]
    for code in (wanted, *LANGUAGES):
        text: str = getattr(obj, f"{name}_{code}", "")
        if text:
            return text
    return ""


class LocalizedName(models.Model):
    """A name in French (required), Arabic and English."""

    NAMED_BY = ("name_fr", "name_ar", "name_en")

    name_fr = models.CharField(max_length=300)
    name_ar = models.CharField(max_length=300, blank=True, default="")
    name_en = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return localized(self, "name")
