"""Forms of seats, mandates and institutions that change."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formats.fields import DateField, OneLineField
from core.forms import PortalForm
from steering.domain.successions import Estate
from steering.enums import MandateKind, Voice

FAR = 10
"""Years ahead beyond which a day is a slip of the finger."""


ACT_HINT = _("For example: decree no. 2026-12 of 5 January 2026.")


def not_far(day: date | None) -> date | None:
    """A day that is not too far ahead; ValidationError otherwise."""
    if day is not None and day.year > timezone.localdate().year + FAR:
        raise forms.ValidationError(_("Check the year: this day is more than ten years ahead."), code="far")
    return day


class NearDays(PortalForm):
    """Forms whose days lie at most ten years ahead."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("starts_on", "ends_on", "on"):
            try:
                not_far(cleaned.get(name))
            except forms.ValidationError as error:
                self.add_error(name, error)
        return cleaned


class SeatEditForm(NearDays):
    """Rank, voice, presidency, first day."""

    versioned = True

    rank = forms.IntegerField(label=_("Rank"), min_value=1, max_value=999, help_text=_("1 is called first."))
    voice = forms.ChoiceField(label=_("Voice"), choices=Voice.choices, widget=forms.RadioSelect)
    presides = forms.BooleanField(label=_("This seat presides over the committee"), required=False)
    starts_on = DateField(label=_("Seat since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rank"].widget.attrs["class"] = "in-date"


class SeatForm(SeatEditForm):
    """The same for an institution that was chosen before; `second` appears once it is needed."""

    versioned = False

    ends_on = DateField(label=_("Seat until"), required=False, help_text=_("Empty: no end is known."))
    second = forms.BooleanField(label=_("I confirm: a second seat of this institution"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].widget = forms.HiddenInput()

    def ask(self) -> None:
        """Show the confirmation, after the refusal that asks for it."""
        self.fields["second"].widget = forms.CheckboxInput()


class EndForm(NearDays):
    """The last day of a seat, or of a mandate."""

    versioned = True

    ends_on = DateField(label=_("Last day"), help_text=_("It still counts."))


class LetterForm(NearDays):
    """The letter by which the institution appoints."""

    function = OneLineField(label=_("Function in the institution"), max_length=200, required=False)
    letter = OneLineField(label=_("Letter of appointment (number)"), max_length=100, required=False)
    letter_on = DateField(label=_("Date of the letter"), required=False)
    ends_on = DateField(label=_("Mandate until"), required=False, help_text=_("Empty: no end is known."))


class MandateForm(LetterForm):
    """Kind, days and letter for a person who was chosen before."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MandateKind.choices, widget=forms.RadioSelect)
    starts_on = DateField(label=_("Mandate from"))

    field_order = ["kind", "function", "starts_on", "ends_on", "letter", "letter_on"]


class MandateEditForm(MandateForm):
    """The same, guarded against somebody else's change meanwhile."""

    versioned = True


class ReplaceForm(LetterForm):
    """From which day the next person sits, and by which letter."""

    versioned = True

    on = DateField(label=_("First day of the new mandate"), help_text=_("The former one ends on the day before."))

    field_order = ["on", "function", "ends_on", "letter", "letter_on"]


class RenameForm(NearDays):
    """The new name of an institution, with the act that gives it."""

    versioned = True

    name_fr = OneLineField(label=_("New name in French"), max_length=300)
    name_ar = OneLineField(label=_("New name in Arabic"), max_length=300, required=False)
    acronym = OneLineField(label=_("Acronym"), max_length=30, required=False)
    on = DateField(label=_("New name from"))
    act = OneLineField(label=pgettext_lazy("legal", "Act"), max_length=300, help_text=ACT_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name_fr"].widget.attrs |= {"lang": "fr", "dir": "ltr"}
        self.fields["name_ar"].widget.attrs |= {"lang": "ar", "dir": "rtl"}


class PassForm(NearDays):
    """When and by which act; for a split, what passes. `confirmed` is set by the second page."""

    PARTS = ("seats", "actions", "recommendations", "committees")

    on = DateField(label=pgettext_lazy("column", "From"), help_text=_("The day on which the act takes effect."))
    act = OneLineField(label=pgettext_lazy("legal", "Act"), max_length=300, help_text=ACT_HINT)
    seats = forms.MultipleChoiceField(label=_("Seats"), required=False, widget=forms.CheckboxSelectMultiple)
    actions = forms.MultipleChoiceField(label=_("Open actions"), required=False, widget=forms.CheckboxSelectMultiple)
    recommendations = forms.MultipleChoiceField(
        label=_("Open recommendations addressed to it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    committees = forms.MultipleChoiceField(
        label=_("Committees of which it is the secretariat"), required=False, widget=forms.CheckboxSelectMultiple
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, estate: Estate, chooses: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.estate = estate
        for name in self.PARTS:
            rows = getattr(estate, name)
            field: Any = self.fields[name]
            if not chooses or not rows:
                del self.fields[name]
                continue
            field.choices = [(str(row.pk), _named(row)) for row in rows]
            field.mark_optional = False

    def chosen(self) -> Estate:
        """The part of the estate that was ticked."""
        picked: dict[str, list[Any]] = {}
        for name in self.PARTS:
            ids = set(self.cleaned_data.get(name, ()))
            picked[name] = [row for row in getattr(self.estate, name) if str(row.pk) in ids]
        return self.estate.only(**picked)

    def hide(self) -> None:
        """For the second page: what was answered goes along unseen."""
        for name, field in self.fields.items():
            several = name in self.PARTS
            field.widget = forms.MultipleHiddenInput() if several else forms.HiddenInput()


def _named(row: Any) -> str:
    """A line to tick: what it is, and in which committee."""
    committee = getattr(row, "committee", None)
    return f"{row} – {committee}" if committee is not None else str(row)


class ReasonForm(PortalForm):
    """Why: the history keeps it."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("Kept in the history."), widget=forms.Textarea(attrs={"rows": 3})
    )
