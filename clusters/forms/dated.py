"""Forms with days: a member, a phase, an animator."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.domain import phases
from clusters.enums import MemberRole, Track
from clusters.models import Cluster
from core.formats.fields import DateField
from core.forms import PortalForm

BEYOND = _("I confirm: more than the whole working time")


FAR = 10
"""Years ahead beyond which a day is a slip of the finger."""


def not_far(day: date | None) -> date | None:
    """A day that is not too far ahead; ValidationError otherwise."""
    if day is not None and day.year > timezone.localdate().year + FAR:
        raise forms.ValidationError(_("Check the year: this day is more than ten years ahead."), code="far")
    return day


class NearDays:
    """Forms whose days lie at most ten years ahead."""

    cleaned_data: dict[str, Any]

    def clean_starts_on(self) -> date | None:
        return not_far(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date | None:
        return not_far(self.cleaned_data["ends_on"])


class MembershipForm(NearDays, PortalForm):
    """Role and days of a member that was chosen before."""

    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)
    starts_on = DateField(label=_("Member since"))
    ends_on = DateField(label=_("Member until"), required=False, help_text=_("Empty: still a member."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("A membership ends on or after the day on which it starts."))
        return cleaned


class MembershipEditForm(MembershipForm):
    """The same, guarded against somebody else's change meanwhile."""

    versioned = True


class PhaseForm(PortalForm):
    """The next phase of one track, as the table of moves allows it."""

    code = forms.ChoiceField(label=_("Phase"))
    starts_on = DateField(label=_("Since"))
    note = forms.CharField(
        label=_("Reason or source"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, cluster: Cluster, track: Track, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes: Any = self.fields["code"]
        codes.label = Track(track).label
        codes.choices = phases.choices_after(cluster, track)


class AnimationForm(NearDays, PortalForm):
    """Days and share of an animator who was chosen before; `beyond` appears once it is needed."""

    starts_on = DateField(label=_("Animator since"))
    ends_on = DateField(label=_("Animator until"), required=False, help_text=_("Empty: no end is known."))
    share = forms.IntegerField(
        label=_("Share of the working time, in per cent"), min_value=1, max_value=100, initial=50
    )
    beyond = forms.BooleanField(label=BEYOND, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["beyond"].widget = forms.HiddenInput()


class HandOverForm(AnimationForm):
    """The day from which somebody else animates the cluster."""

    versioned = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ends_on"]
        self.fields["starts_on"].label = _("Hand-over on")


class AnimationEndForm(NearDays, PortalForm):
    """The last day of an assignment."""

    versioned = True

    ends_on = DateField(label=_("Last day"))
