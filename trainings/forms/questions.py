"""The form of a question that a session asks."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.fields import formfield
from core.forms import PortalModelForm
from trainings.forms import layout
from trainings.models import Question


class QuestionForm(PortalModelForm):
    """The question in three languages, the kind of its answer, its choices."""

    class Meta:
        model = Question
        formfield_callback = formfield
        fields = ("label_fr", "label_ar", "label_en", "kind", "choices", "is_required")
        widgets = {"choices": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choices"].help_text = _("Only for a choice in a list: two to twenty, one a line.")
        layout.mark_languages(self)
        self.helper.layout = Layout(layout.languages("label"), "kind", "choices", "is_required")

    def validate_constraints(self) -> None:
        """The verb says it."""
