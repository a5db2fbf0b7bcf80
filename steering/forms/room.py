"""Forms of the room. An hour left empty is now; in a meeting from paper every hour is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, TimeField
from core.forms import PortalForm
from directory.models import Organisation
from steering.domain import room
from steering.enums import BallotChoice, DecisionMode, MeetingState
from steering.models import Decision, Meeting

TAKEN_BACK = "none"
Choices = Sequence[tuple[Any, Any]]


def on_day(meeting: Meeting, hour: time, like: datetime | None = None) -> datetime:
    """The hour on the meeting's day, or on the day on which `like` was."""
    day = timezone.localdate(like) if like else meeting.day
    return timezone.make_aware(datetime.combine(day, hour))


class RoomForm(PortalForm):
    """A form about a meeting; once the meeting is held, every change says why."""

    def __init__(self, *args: Any, meeting: Meeting, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting, self.now = meeting, now
        if meeting.state == MeetingState.HELD and "reason" not in self.fields:
            self.fields["reason"] = reason_field()

    @property
    def reason(self) -> str:
        return str(self.cleaned_data.get("reason") or "")


def reason_field(*, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=required,
        help_text=_("The history keeps it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class HourForm(RoomForm):
    """One act and its hour."""

    hour = TimeField(label=_("Hour"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["hour"]
        self.is_typed = room.is_typed(self.meeting, now=self.now) or self.meeting.state == MeetingState.HELD
        field.required = self.is_typed
        if not self.is_typed:
            field.help_text = _("Left empty: now.")

    @property
    def at(self) -> datetime:
        hour = self.cleaned_data.get("hour")
        return on_day(self.meeting, hour) if hour else self.now


class ReasonForm(RoomForm):
    """Why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = reason_field()


class PresenceForm(RoomForm):
    """Other hours of one stay."""

    arrived_at = TimeField(label=_("Arrival"))
    left_at = TimeField(label=_("Departure"), required=False, help_text=_("Left empty: stayed to the end."))


class ProxyForm(HourForm):
    """To which seat a proxy goes."""

    holder = forms.ChoiceField(label=_("Seat that votes for it"))

    field_order = ("holder", "hour")

    def __init__(self, *args: Any, holders: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["holder"]
        field.choices = holders


class GuestForm(RoomForm):
    """Somebody without a seat."""

    name = OneLineField(label=_("Name"), max_length=200)
    function = OneLineField(label=_("Function"), max_length=200, required=False)
    institution = OneLineField(label=_("Institution"), max_length=300, required=False)
    arrived_at = TimeField(label=_("Arrival"), required=False, help_text=_("Left empty: has not come yet."))
    left_at = TimeField(label=_("Departure"), required=False)

    def values(self) -> dict[str, Any]:
        found = {name: self.cleaned_data[name] for name in ("name", "function", "institution")}
        for name in ("arrived_at", "left_at"):
            hour = self.cleaned_data[name]
            found[name] = on_day(self.meeting, hour) if hour else None
        return found


class RecusalForm(HourForm):
    """Which seat has an interest in the item, and which."""

    seat = forms.ChoiceField(label=_("Seat"))
    interest = OneLineField(
        label=_("Declared interest"),
        max_length=500,
        help_text=_("For example: the institution asks for the grant. It stands in the minutes."),
    )

    field_order = ("seat", "interest", "hour")

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["seat"]
        field.choices = [("", "—"), *seats]


class DecisionForm(RoomForm):
    """How it is decided comes first, then what."""

    mode = forms.ChoiceField(label=_("How it is decided"), choices=DecisionMode.choices, widget=forms.RadioSelect)
    text_fr = forms.CharField(
        label=_("Text in French"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "fr", "dir": "ltr"}),
    )
    text_ar = forms.CharField(
        label=_("Text in Arabic"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "lang": "ar", "dir": "rtl"}),
    )
    owner = forms.ModelChoiceField(
        label=_("Institution in charge"), queryset=Organisation.objects.none(), required=False
    )
    due_on = DateField(label=_("Due date"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        seated = Organisation.objects.filter(seats__committee=self.meeting.committee_id)
        owner.queryset = Organisation.objects.filter(pk__in=seated.values("pk")).order_by("order_fr", "pk")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not (cleaned.get("text_fr") or cleaned.get("text_ar")) and not {"text_fr", "text_ar"} & set(self.errors):
            self.add_error("text_fr", _("Write the decision, in French or in Arabic."))
        return cleaned

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("mode", "text_fr", "text_ar", "owner", "due_on")}


class DecisionEditForm(DecisionForm):
    """The same, guarded against somebody else's change meanwhile."""

    versioned = True


class VotesForm(HourForm):
    """One line a seat: for, against, abstains; a seat without an answer has not voted."""

    def __init__(self, *args: Any, seats: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = [pk for pk, _name in seats]
        for pk, name in seats:
            self.fields[f"vote-{pk}"] = forms.ChoiceField(
                label=name, choices=BallotChoice.choices, widget=forms.RadioSelect, required=False
            )

    def choices(self) -> dict[int, str]:
        return {pk: self.cleaned_data[f"vote-{pk}"] for pk in self.seats if self.cleaned_data.get(f"vote-{pk}")}


class BallotForm(RoomForm):
    """The right vote of a seat, and why it was written down otherwise."""

    choice = forms.ChoiceField(label=_("Right vote"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["choice"]
        back = [(TAKEN_BACK, _("No vote: it is taken back"))] if decision.state == "draft" else []
        field.choices = [*BallotChoice.choices, *back]
        self.fields["reason"] = reason_field()

    def given(self) -> str:
        """The vote; empty where it is taken back."""
        found = str(self.cleaned_data["choice"])
        return "" if found == TAKEN_BACK else found


class ReservationForm(RoomForm):
    """Which seat has a reservation, in its words."""

    seat = forms.ChoiceField(label=_("Seat"))
    text = forms.CharField(label=_("Reservation"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    field_order = ("seat", "text")

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["seat"]
        field.choices = [("", "—"), *seats]
