"""The bases of every form in the portal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.db.models.fields import BLANK_CHOICE_DASH

from core.constraints import placed
from core.formats.validators import no_hidden_signs

NOT_VALUES = frozenset({"version", "once"})
NOTHING = "—"


class PortalFormMixin:
    """What plain forms and model forms share: `helper`, checked texts, and a hidden `version` where one edits.

    `changes()` gives the values for a domain verb, without the guards.
    """

    versioned: ClassVar[bool] = False
    """True in a plain form that edits: its view gives `initial["version"]`. A model form sees it from its instance."""

    fields: dict[str, forms.Field]
    initial: Any
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("use_required_attribute", True)
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        instance = getattr(self, "instance", None)
        saved = instance is not None and instance.pk is not None and hasattr(instance, "version")
        if self.versioned or saved:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
            if saved:
                self.initial.setdefault("version", instance.version)  # type: ignore[union-attr]
        for field in self.fields.values():
            _shorten_nothing(field)
            if isinstance(field, forms.CharField) and no_hidden_signs not in field.validators:
                field.validators = [*field.validators, no_hidden_signs]

    def initial_from(self, obj: Any) -> dict[str, Any]:
        """The form's values as `obj` (a row, or a snapshot of it) holds them; for the page of conflicts."""
        found: dict[str, Any] = {}
        for name in self.fields:
            if name not in NOT_VALUES and hasattr(obj, name):
                value = getattr(obj, f"{name}_id", getattr(obj, name))
                if isinstance(value, models.Manager):
                    value = list(value.order_by("pk").values_list("pk", flat=True))
                found[name] = value.pk if isinstance(value, models.Model) else value
        return found

    def changes(self) -> dict[str, Any]:
        """The checked values by name, as a domain verb takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name not in NOT_VALUES}

    @property
    def version(self) -> int | None:
        """The version that the person saw when the form was opened."""
        return self.cleaned_data.get("version")


def _shorten_nothing(field: forms.Field) -> None:
    """Django's row of hyphens, read aloud one by one, becomes a dash."""
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = NOTHING if field.empty_label else None
    elif isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        field.choices = [(key, NOTHING if label == BLANK_CHOICE_DASH[0][1] else label) for key, label in choices]


class PortalForm(PortalFormMixin, forms.Form):
    """A form of its own."""


class PortalModelForm(PortalFormMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form made from a model's fields. It never saves: the view calls a domain verb with `changes()`."""

    stands_for: ClassVar[dict[str, str]] = {}
    """Beside which field of the form stands what the model says of one that it does not ask; else above the form."""

    def _update_errors(self, errors: ValidationError) -> None:
        """Django's own raises when the model names a field that the form does not ask."""
        if hasattr(errors, "error_dict"):
            here: dict[str, list[ValidationError]] = {}
            for name, found in errors.error_dict.items():
                place = name if name in self.fields else self.stands_for.get(name, NON_FIELD_ERRORS)
                here.setdefault(place, []).extend(found)
            errors = ValidationError(here)
        super()._update_errors(errors)  # type: ignore[misc]

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        above = self.errors.pop(NON_FIELD_ERRORS, None)
        if above is not None:
            for name, sentences in placed(self._meta.model, {"": [str(sentence) for sentence in above]}).items():
                for sentence in sentences:
                    self.add_error(name if name in self.fields else None, sentence)

    def save(self, commit: bool = True) -> Any:
        raise TypeError("Only domain verbs write: call one with form.changes()")


def grouped(form: Any, name: str, groups: Sequence[tuple[str, Sequence[tuple[int, str]]]]) -> None:
    """Offer rows of another table under headings, and no others; without any, the form goes without the field."""
    if not groups:
        del form.fields[name]
        return
    field = form.fields[name]
    field.queryset = field.queryset.filter(pk__in=[pk for _heading, rows in groups for pk, _words in rows])
    field.choices = [("", NOTHING), *groups]
