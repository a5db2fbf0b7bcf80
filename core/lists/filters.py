"""The filter form of a list: read from the URL; a wrong value is said beside its field and filters nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import search
from core.formats import listed
from core.ui.blocks import without

REFUSED_LENGTH = 2_000
WIDGET_CLASSES = {"select": "form-select form-select-sm", "checkbox": "form-check-input"}


class SearchField(forms.CharField):
    """What is looked for: cut at 200 characters; refused, and not repeated on the page, when it is a whole file."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "search", "autocomplete": "off", "maxlength": str(search.MAX_LENGTH)}
        super().__init__(required=False, strip=True, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.validators = []

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        if len(text) > REFUSED_LENGTH:
            message = gettext(
                "This is too long to search for. Type a name, a code or a place: %(max)s characters at most."
            )
            raise forms.ValidationError(message % {"max": search.MAX_LENGTH}, code="max_length")
        return search.clean(text)


@dataclass(frozen=True)
class Chip:
    """An active filter: its words, and the list without it."""

    label: str
    url: str


class FilterForm(forms.Form):
    """Base of every filter form; fields are optional. A field `kind` filters `kind=value`, or by `filter_kind()`.

    `filter_kind(self, rows, value)` returns the narrowed rows. `searchable = False` leaves the search box out.
    """

    searchable: ClassVar[bool] = True
    search_label: ClassVar[Any] = pgettext_lazy("field", "Search")

    q = SearchField(label=pgettext_lazy("field", "Search"))

    use_required_attribute = False

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        super().__init__(request.GET or None, auto_id="filter_%s", prefix=None)
        if self.searchable:
            self.fields["q"].label = self.search_label
        else:
            del self.fields["q"]
        for field in self.fields.values():
            field.required = False
            kind = getattr(field.widget, "input_type", "")
            field.widget.attrs.setdefault("class", WIDGET_CLASSES.get(kind, "form-control form-control-sm"))
        self.is_valid()
        if "q" in self.errors:
            self.data = {**self.data, "q": ""}

    @property
    def values(self) -> dict[str, Any]:
        """The filters that are set and right."""
        if not self.is_bound:
            return {}
        return {name: value for name, value in self.cleaned_data.items() if not _is_empty(value)}

    @property
    def is_active(self) -> bool:
        return bool(self.values)

    def narrow(self, rows: models.QuerySet[Any], *, search_field: str, without: str = "") -> models.QuerySet[Any]:
        """The rows that pass every filter that is set, but for the one named in `without`."""
        for name, value in self.values.items():
            if name == without:
                continue
            if name == "q":
                rows = self.search(rows, value, field=search_field)
            elif hasattr(self, f"filter_{name}"):
                rows = getattr(self, f"filter_{name}")(rows, value)
            elif isinstance(value, (list, tuple, models.QuerySet)):
                rows = rows.filter(**{f"{name}__in": value})
            else:
                rows = rows.filter(**{name: value})
        return rows

    def search(self, rows: models.QuerySet[Any], text: str, *, field: str) -> models.QuerySet[Any]:
        """Where the search box looks; a list that looks in more than its key overrides this."""
        return search.matching(rows, text, field=field)

    def chips(self) -> Iterator[Chip]:
        """One chip a filter that is set; a choice shows its own words, a free value its label too."""
        for name, value in self.values.items():
            yield Chip(self._words(name, value), without(self.request, name))

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            return str(field.label_from_instance(value)) if isinstance(value, models.Model) else listed(value)
        if isinstance(field, forms.ChoiceField):
            words = _flat(field.choices)
            return listed(words.get(str(v), str(v)) for v in (value if isinstance(value, (list, tuple)) else [value]))
        if value is True:
            return str(field.label)
        shown = self[name].field.widget.format_value(value)
        return gettext("%(label)s: %(value)s") % {"label": field.label, "value": shown}


def _is_empty(value: Any) -> bool:
    """No filter: nothing chosen, a box not ticked."""
    if isinstance(value, models.QuerySet):
        return not value.exists()
    return value in (None, "", False, [], ())


def _flat(choices: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        found.update(_flat(label) if isinstance(label, (list, tuple)) else {str(value): str(label)})
    return found


ANY = _("All")
"""The words of the empty choice in a filter."""
