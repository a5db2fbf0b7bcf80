"""The form of a part: titles, audience, dates, places."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.fields import formfield
from core.forms import PortalModelForm
from trainings.forms import layout
from trainings.forms.categories import NOTE, CategoriesMixin
from trainings.models import SessionPart


class PartForm(CategoriesMixin, PortalModelForm):
    """A part of a session, new or changed."""

    move_half_days = forms.BooleanField(
        label=_("Move its half-days by as many days as the first day"), required=False, initial=True
    )

    class Meta:
        model = SessionPart
        formfield_callback = formfield
        fields = (
            "title_fr",
            "title_ar",
            "title_en",
            "audience_fr",
            "audience_ar",
            "audience_en",
            "starts_on",
            "ends_on",
            "capacity",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance.pk is None
        if is_new:
            del self.fields["move_half_days"]
        self.fields["capacity"].min_value = 1
        categories = self.add_categories(None if is_new else self.instance)
        layout.mark_languages(self)
        layout.short(self, "capacity", *categories)
        self.fields["starts_on"].help_text = self.fields["ends_on"].help_text = layout.DAY_HINT
        dates = [layout.side_by_side("starts_on", "ends_on")]
        self.helper.layout = Layout(
            layout.group(_("Title"), layout.languages("title")),
            layout.group(_("Dates"), *dates, *([] if is_new else ["move_half_days"])),
            layout.group(_("Audience"), layout.languages("audience")),
            layout.group(
                _("Places"),
                layout.side_by_side("capacity"),
                layout.note(_("Places by category"), NOTE),
                layout.side_by_side(*categories),
            ),
            *([] if is_new else ["version"]),
        )

    def changes(self) -> dict[str, Any]:
        """The part's own values."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def validate_constraints(self) -> None:
        """The verb says it beside the field, with the names of those who are over."""
