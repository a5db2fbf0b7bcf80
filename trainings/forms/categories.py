"""Places by category of public: one field a category, empty where the part keeps none for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from trainings.domain.parts import category_field
from trainings.models import PublicCategory, SessionPart


class CategoriesMixin:
    """Adds the fields; `categories()` gives the places by category that were typed."""

    fields: dict[str, forms.Field]
    initial: Any
    cleaned_data: dict[str, Any]

    def add_categories(self, part: SessionPart | None = None) -> list[str]:
        """Add a field for each category, with the places that `part` keeps; returns their names."""
        self.kinds = list(PublicCategory.objects.all())
        kept = {row.category_id: row.capacity for row in part.categories.all()} if part is not None else {}
        for kind in self.kinds:
            field = forms.IntegerField(label=str(kind), min_value=1, max_value=5000, required=False)
            self.fields[category_field(kind)] = field
            self.initial.setdefault(category_field(kind), kept.get(kind.pk))
        return [category_field(kind) for kind in self.kinds]

    def categories(self) -> dict[PublicCategory, int]:
        """The places by category, without those left empty."""
        found = {kind: self.cleaned_data[category_field(kind)] for kind in self.kinds}
        return {kind: places for kind, places in found.items() if places}


NOTE = _("At most so many people of each category, within the places of the part. Left empty: no limit of its own.")
