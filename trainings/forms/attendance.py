"""Forms of the room: one mark, many marks, the closing, a correction."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.formats.fields import TimeField
from core.forms import PortalForm
from trainings.domain.attendance import Entry
from trainings.enums import Mark

NOT_MARKED = "none"
MARKS = [*Mark.choices, (NOT_MARKED, _("Not marked"))]
UNDO_SALT = "trainings.attendance.undo"
UNDO_SECONDS = 3600


class MarkForm(PortalForm):
    """One person's mark, with an arrival and a departure where they are noted."""

    registration = forms.IntegerField(min_value=1)
    mark = forms.ChoiceField(label=_("Attendance"), choices=MARKS)
    arrived_at = TimeField(label=_("Arrival"), required=False)
    left_at = TimeField(label=_("Departure"), required=False)

    def entry(self) -> Entry:
        data = self.cleaned_data
        mark = None if data["mark"] == NOT_MARKED else data["mark"]
        return Entry(mark, data["arrived_at"] or None, data["left_at"] or None)


class SheetForm(forms.Form):
    """The whole list sent at once, for a browser without scripts: `mark-<registration>` fields."""

    def __init__(self, *args: Any, people: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for pk in people:
            self.fields[f"mark-{pk}"] = forms.ChoiceField(choices=MARKS, required=False)
            self.fields[f"arrived_at-{pk}"] = TimeField(label=_("Arrival"), required=False)
            self.fields[f"left_at-{pk}"] = TimeField(label=_("Departure"), required=False)
        self.people = people

    def entries(self) -> dict[int, Entry]:
        """What the form says, by registration; people without an answer are left out."""
        found = {}
        for pk in self.people:
            mark = self.cleaned_data.get(f"mark-{pk}")
            if mark:
                hours = [self.cleaned_data.get(f"{name}-{pk}") or None for name in ("arrived_at", "left_at")]
                found[pk] = Entry(None) if mark == NOT_MARKED else Entry(mark, *hours)
        return found


class UndoForm(forms.Form):
    """What was there before an act, signed by the portal; it undoes the act for an hour."""

    before = forms.CharField()

    def clean_before(self) -> dict[int, Entry]:
        try:
            plain: dict[str, list[str | None]] = json.loads(
                signing.loads(self.cleaned_data["before"], salt=UNDO_SALT, max_age=UNDO_SECONDS)
            )
        except signing.BadSignature:
            raise ValidationError(_("It is too late to undo this: mark again.")) from None
        field = TimeField(required=False)
        return {
            int(pk): Entry(mark, field.clean(arrived) or None, field.clean(left) or None)
            for pk, (mark, arrived, left) in plain.items()
        }


def undo_token(before: dict[int, Entry]) -> str:
    """The signed text by which `UndoForm` brings `before` back."""
    plain = {
        pk: [entry.mark, *(f"{hour:%H:%M}" if hour else None for hour in (entry.arrived_at, entry.left_at))]
        for pk, entry in before.items()
    }
    return signing.dumps(json.dumps(plain), salt=UNDO_SALT)


class CloseForm(PortalForm):
    """Closing a half-day; whoever is not marked is marked with `rest`, or nobody is left."""

    rest = forms.ChoiceField(
        label=_("People who are not marked"),
        choices=[(Mark.ABSENT, _("They were absent")), (Mark.EXCUSED, _("They were excused"))],
        widget=forms.RadioSelect,
        required=False,
    )


class CorrectionForm(PortalForm):
    """Another mark in a closed half-day, and why."""

    mark = forms.ChoiceField(label=_("Right attendance"), choices=Mark.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("For example what the signed sheet says. The history keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RejectForm(PortalForm):
    """Why a proposed correction is not made."""

    reason = forms.CharField(label=_("Reason"), max_length=500)
