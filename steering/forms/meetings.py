"""Forms of a meeting: its day and place, its postponement, its second call, the reason of an act."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateTimeField, OneLineField, TimeField
from core.forms import PortalForm
from steering.enums import MeetingKind
from steering.models import Committee, Meeting

FAR = timedelta(days=3 * 366)
ARABIC = {"lang": "ar", "dir": "rtl"}
FRENCH = {"lang": "fr", "dir": "ltr"}


def place_field(language: str, *, required: bool = False) -> OneLineField:
    label = {"fr": _("Place in French"), "ar": _("Place in Arabic")}[language]
    attrs = {"fr": FRENCH, "ar": ARABIC}[language]
    return OneLineField(label=label, max_length=200, required=required, widget=forms.TextInput(attrs=attrs))


def reason_field(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"), max_length=500, help_text=help_text, widget=forms.Textarea(attrs={"rows": 3})
    )


class HoursForm(PortalForm):
    """A day with the hour of its beginning, and the hour of its end on the same day."""

    starts_at = DateTimeField(label=_("Day and hour"), help_text=_("For example 03/06/2026 10:00."))
    ends_at = TimeField(label=_("Planned end (hour)"))

    def clean_starts_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["starts_at"]
        if moment is not None and moment > timezone.now() + FAR:
            raise ValidationError(_("Check the year: this day is more than three years ahead."), code="far")
        return moment

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts is not None and isinstance(ends, time):
            cleaned["ends_at"] = on_day_of(starts, ends)
            if cleaned["ends_at"] <= starts:
                self.add_error("ends_at", _("A meeting ends after it starts."))
        return cleaned

    def initial_from(self, obj: Any) -> dict[str, Any]:
        found = super().initial_from(obj)
        if "ends_at" in found:
            found["ends_at"] = timezone.localtime(obj.ends_at).time()
        return found


def on_day_of(moment: datetime, hour: time) -> datetime:
    """The hour on the day of an instant, by the clock of Tunis."""
    return timezone.make_aware(datetime.combine(timezone.localdate(moment), hour))


def hours_of(meeting: Meeting) -> dict[str, Any]:
    """The initial values of a form with hours; none where the date is to be fixed."""
    if meeting.has_no_date:
        return {}
    return {"starts_at": meeting.starts_at, "ends_at": timezone.localtime(meeting.ends_at).time()}


class MeetingForm(HoursForm):
    """A meeting that is planned."""

    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Committee.objects.order_by("order_fr", "id"))
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    place_fr = place_field("fr")
    place_ar = place_field("ar")
    from_paper = forms.BooleanField(
        label=_("Entered afterwards from paper"),
        required=False,
        help_text=_("For a meeting that was held without the portal: its hours are typed, and it says so."),
    )
    field_order = ("committee", "kind", "starts_at", "ends_at", "place_fr", "place_ar", "from_paper")


class MeetingEditForm(MeetingForm):
    """The same for a meeting that nobody is called to yet."""

    versioned = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["committee"]


class PostponeForm(HoursForm):
    """Why, and to when; without a date the meeting waits for one."""

    reason = reason_field(_("Those who were called read it; the history keeps it."))
    field_order = ("reason", "starts_at", "ends_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].required = self.fields["ends_at"].required = False
        self.fields["starts_at"].label = _("New day and hour")
        self.fields["starts_at"].help_text = _("Leave empty while the date is to be fixed.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("ends_at") and not cleaned.get("starts_at") and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Give the day too, or leave both empty."))
        return cleaned


class SecondCallForm(HoursForm):
    """When the committee meets again after a quorum that failed."""


class MeetingReasonForm(PortalForm):
    """Why a meeting is cancelled."""

    reason = reason_field(_("Those who were called read it; the history keeps it."))


class ConveneForm(PortalForm):
    """Until when answers are expected; and the reason of a letter that leaves late."""

    answers_until = DateTimeField(label=_("Answers are expected by"), help_text=_("For example 03/06/2026 17:00."))
    late_reason = forms.CharField(
        label=_("Reason of the short notice"),
        max_length=500,
        required=False,
        help_text=_("The regularity sheet of the meeting shows it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, is_late: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["late_reason"].mark_optional = False  # type: ignore[attr-defined]
        if not is_late:
            del self.fields["late_reason"]


class RectifyForm(HoursForm):
    """What changes after the letter has left: each field, and the same in words for those who read it."""

    versioned = True

    place_fr = place_field("fr")
    place_ar = place_field("ar")
    answers_until = DateTimeField(label=_("Answers are expected by"))
    note_fr = forms.CharField(
        label=_("What changes, in French"), max_length=2000, widget=forms.Textarea(attrs={**FRENCH, "rows": 3})
    )
    note_ar = forms.CharField(
        label=_("What changes, in Arabic"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={**ARABIC, "rows": 3}),
    )
    late_reason = forms.CharField(
        label=_("Reason of the short notice"),
        max_length=500,
        required=False,
        help_text=_("Needed when the new day leaves less time than the founding act asks for."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
