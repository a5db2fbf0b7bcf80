"""Two people edited the same thing: join what does not overlap, and lay the rest side by side.

Three versions are compared: what the person saw when the form was opened (found in the snapshots by its version
number), what the row says today, and what the person typed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db import models
from django.http import QueryDict
from django.utils.formats import localize
from django.utils.translation import gettext

from core import journal
from core.formats import listed
from core.forms.raw import raw_pairs

PICK = "pick-"
"""Prefix of the choice on the conflict page: `pick-<field>` is `mine` or `theirs`."""


@dataclass(frozen=True)
class Conflict:
    """One field that both changed: its label and both values, in words."""

    name: str
    label: str
    mine: str
    theirs: str


@dataclass
class Merge:
    """What came of comparing: `data` is the form joined as far as it goes, `conflicts` what is left to choose."""

    version: int
    data: QueryDict
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    """Labels of the fields whose other value was taken over, because this person had not touched them."""
    by: str = ""
    at: Any = None

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Everything typed (joined), for hidden inputs: nothing is lost."""
        left_out = {"csrfmiddlewaretoken"}
        return [
            (k, v) for k, values in self.data.lists() if k not in left_out and not k.startswith(PICK) for v in values
        ]

    def rebound(self, form: Any) -> Any:
        """The same form, bound to the joined data."""
        joined = _again(form, self.data)
        joined.is_valid()
        return joined


def merge(form: Any, current: models.Model) -> Merge:
    """Compare a valid form with the row of today; fields that only one side changed are joined."""
    data = form.data.copy()
    found = Merge(version=current.version, data=data)  # type: ignore[attr-defined]
    theirs = form.initial_from(current)
    base = _base(form, current)
    for name, theirs_value in theirs.items():
        if name not in form.fields or form.fields[name].disabled:
            continue
        typed = form[name].data
        form_field = form.fields[name]
        if not form_field.has_changed(theirs_value, typed):
            continue
        if name in base and not form_field.has_changed(base[name], typed):
            _put(data, form, name, theirs_value)
            found.taken.append(str(form_field.label))
        elif name not in base or base[name] != theirs_value:
            mine = form.cleaned_data.get(name)
            found.conflicts.append(
                Conflict(name, str(form_field.label), words(form_field, mine), words(form_field, theirs_value))
            )
    data[form.add_prefix("version")] = str(current.version)  # type: ignore[attr-defined]
    last = journal.history_of(current).first()
    if last is not None:
        found.by, found.at = str(last.actor or ""), last.at
    return found


def chosen(form: Any, current: models.Model | None) -> QueryDict:
    """The posted data after the person's choices on the conflict page: `theirs` takes the row's value of today."""
    data: QueryDict = form.data
    picks = [key.removeprefix(PICK) for key, value in data.items() if key.startswith(PICK) and value == "theirs"]
    if not picks or current is None or not _edits(form, current):
        return data
    values = form.initial_from(current)
    copy = data.copy()
    for name in picks:
        if name in form.fields and name in values:
            _put(copy, form, name, values[name])
    return copy


def _edits(form: Any, current: models.Model) -> bool:
    """Whether the form changes `current`: one that adds something to it never met a conflict."""
    if isinstance(form, forms.ModelForm):
        return isinstance(current, form._meta.model)
    return bool(getattr(form, "versioned", False))


def _put(data: QueryDict, form: Any, name: str, value: Any) -> None:
    """Replace what was typed for one field by what a browser would send for `value`."""
    prefixed = form.add_prefix(name)
    others = {form.add_prefix(other) for other in form.fields if other != name}
    for key in [k for k in data if k == prefixed or (k.startswith(f"{prefixed}_") and k not in others)]:
        del data[key]  # a field may post several names (date parts); `name_ar` is another field, not a part of `name`
    for key, text in raw_pairs(form, name, value):
        data.appendlist(key, text)


def _base(form: Any, current: models.Model) -> dict[str, Any]:
    """What the form showed when it was opened: the snapshot of that version, where there is one."""
    events = getattr(current, "events", None)
    version = form.cleaned_data.get("version")
    if events is None or version is None:
        return {}
    snapshot = events.filter(version=version).order_by("-pgh_id").first()
    return form.initial_from(snapshot) if snapshot is not None else {}


def _again(form: Any, data: QueryDict) -> Any:
    kwargs: dict[str, Any] = {"data": data, "files": form.files, "prefix": form.prefix, "initial": form.initial}
    if isinstance(form, forms.ModelForm):
        kwargs["instance"] = type(form.instance)._default_manager.get(pk=form.instance.pk)
    return type(form)(**kwargs, **getattr(form, "extra_kwargs", {}))


def words(form_field: forms.Field, value: Any) -> str:
    """A value as a person reads it."""
    if value in (None, "", [], ()):
        return gettext("(empty)")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(form_field, forms.ModelMultipleChoiceField):
        offered: Any = form_field.queryset
        rows = offered.filter(pk__in=[getattr(row, "pk", row) for row in value])
        return listed([form_field.label_from_instance(row) for row in rows]) or gettext("(empty)")
    if isinstance(form_field, forms.ModelChoiceField):
        if not isinstance(value, models.Model) and form_field.queryset is not None:
            value = form_field.queryset.model._default_manager.filter(pk=value).first() or value
        return form_field.label_from_instance(value) if isinstance(value, models.Model) else str(value)
    if isinstance(form_field, forms.ChoiceField):
        choices: Any = form_field.choices
        labels = {str(key): str(label) for key, label in choices}
        values = value if isinstance(value, (list, tuple)) else [value]
        return ", ".join(labels.get(str(v), str(v)) for v in values)
    shown = form_field.prepare_value(value)  # a telephone number, an amount: as the field shows it
    return str(localize(shown))
