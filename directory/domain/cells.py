"""How the cells of a table become what a person's file holds: sex, and governorate by any of its names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.tables import Cell, cleaners, heading_key
from directory.enums import Sex
from directory.models import Governorate

SPELLINGS = {
    Sex.FEMALE: (
        "F",
        "Femme",
        "Féminin",
        "Feminin",
        "Mme",
        "Madame",
        "Mlle",
        "Female",
        "Woman",
        "أنثى",
        "امرأة",
        "إناث",
        "السيدة",
    ),
    Sex.MALE: ("M", "H", "Homme", "Masculin", "Mr", "M.", "Monsieur", "Male", "Man", "ذكر", "رجل", "ذكور", "السيد"),
}
BEFORE = frozenset(heading_key("gouvernorat governorate ولاية de du des la le les l el d of").split())
"""Words before a governorate's name that say nothing."""

sex: Callable[[Cell], Any] = cleaners.choice(
    {spelling: value for value, spellings in SPELLINGS.items() for spelling in spellings},
    _("Write F or M (أنثى or ذكر)."),
)


def governorates() -> Callable[[Cell], Governorate]:
    """A cleaner that finds a governorate by its French, Arabic or English name or its ISO code; one query."""
    known: dict[str, Governorate] = {}
    for row in Governorate.objects.order_by("iso_code"):
        for spelling in (row.iso_code, row.iso_code[-2:], row.name_fr, row.name_ar, row.name_en):
            if spelling:
                known.setdefault(_core(spelling), row)

    def clean(cell: Cell) -> Governorate:
        found = known.get(_core(cell.text))
        if found is None:
            raise ValidationError(_("No governorate has this name."))
        return found

    return clean


def _core(name: str) -> str:
    words = heading_key(name).split()
    while len(words) > 1 and words[0] in BEFORE:
        words.pop(0)
    return " ".join(words)
