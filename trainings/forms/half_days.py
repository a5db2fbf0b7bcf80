"""The form of a half-day."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.dates import date_range
from core.formats.fields import formfield
from core.forms import PortalModelForm
from directory.models import Person
from trainings.forms import layout
from trainings.models import HalfDay


class HalfDayForm(PortalModelForm):
    """When, where, what and by whom; its instance, new or not, has its part."""

    class Meta:
        model = HalfDay
        formfield_callback = formfield
        fields = ("on_day", "half", "starts_at", "ends_at", "room", "module_fr", "module_ar", "module_en", "trainers")
        widgets = {"trainers": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.instance.part
        self.fields["on_day"].help_text = _("%(part)s: %(dates)s") % {
            "part": part.name,
            "dates": date_range(part.starts_on, part.ends_on),
        }
        trainers = Person.objects.filter(taught__session=part.session_id).order_by("key", "id")
        if trainers.exists():
            self.fields["trainers"].queryset = trainers
        else:
            del self.fields["trainers"]
        layout.mark_languages(self)
        self.helper.layout = Layout(
            layout.group(_("When"), layout.side_by_side("on_day", "half"), layout.side_by_side("starts_at", "ends_at")),
            layout.group(_("Where"), "room"),
            layout.group(_("Module"), layout.languages("module")),
            *(["trainers"] if "trainers" in self.fields else []),
            *(["version"] if "version" in self.fields else []),
        )

    def validate_unique(self) -> None:
        """The verb says it beside the field."""

    def validate_constraints(self) -> None:
        """The verb says it beside the field."""
