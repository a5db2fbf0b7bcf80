"""A plan's name, the actions that a draft holds, deadlines, adoption."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, DateTimeField, formfield
from core.forms import PortalForm, PortalModelForm
from steering.domain import plans
from steering.enums import DecisionState
from steering.models import Action, Committee, Decision, Plan, PlanVersion

ARABIC = {"lang": "ar", "dir": "rtl"}
FRENCH = {"lang": "fr", "dir": "ltr"}
ENGLISH = {"lang": "en", "dir": "ltr"}


class PlanForm(PortalModelForm):
    """The name of a plan."""

    class Meta:
        model = Plan
        fields = ["name_fr", "name_ar", "name_en"]
        labels = {"name_fr": _("Name in French"), "name_ar": _("Name in Arabic"), "name_en": _("Name in English")}
        widgets = {
            "name_fr": forms.TextInput(attrs=FRENCH),
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_en": forms.TextInput(attrs=ENGLISH),
        }
        formfield_callback = formfield


class NewPlanForm(PortalForm):
    """A plan of a committee: its name; the actions are chosen on the next page."""

    committee = forms.ModelChoiceField(label=_("Committee"), queryset=Committee.objects.order_by("name_fr"))
    name_fr = forms.CharField(label=_("Name in French"), max_length=300, widget=forms.TextInput(attrs=FRENCH))
    name_ar = forms.CharField(
        label=_("Name in Arabic"), max_length=300, required=False, widget=forms.TextInput(attrs=ARABIC)
    )
    name_en = forms.CharField(
        label=_("Name in English"), max_length=300, required=False, widget=forms.TextInput(attrs=ENGLISH)
    )


class ActionsField(forms.ModelMultipleChoiceField):
    """Each action with its institution and its due date."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Any) -> str:
        due = f"{obj.due_on:%d/%m/%Y}"
        return f"{obj.code} – {obj.title} ({obj.owner.short_name}, {due})"


class ChooseForm(PortalForm):
    """Which of the committee's actions the draft holds."""

    actions = ActionsField(
        label=_("Actions of the plan"),
        queryset=Action.objects.none(),
        required=False,
        help_text=_("Parts of an action go with their whole. What the action says is fixed when the review begins."),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = plans.choosable(plan).select_related("owner")
        self.fields["actions"].queryset = rows.order_by("recommendation__code", "code", "id")  # type: ignore[attr-defined]
        self.fields["actions"].mark_optional = False  # type: ignore[attr-defined]


class DeadlineForm(PortalForm):
    """Until when the seats may give their opinion."""

    until = DateTimeField(
        label=_("Opinions are expected by (day and hour)"),
        help_text=_("For example 18/06/2026 17:00. The personal links end at that hour."),
    )


class AdoptForm(PortalForm):
    """When the committee adopted the version, and by which decision."""

    on = DateField(label=_("Adopted on"))
    decision = forms.ModelChoiceField(
        label=_("Decision that adopts it"),
        queryset=Decision.objects.none(),
        required=False,
        help_text=_("Empty where the decision is not in the portal."),
    )

    def __init__(self, *args: Any, version: PlanVersion, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)
        rows = Decision.objects.filter(
            item__meeting__committee=version.plan.committee_id, state=DecisionState.ADOPTED
        ).order_by("-decided_at", "-id")
        field: Any = self.fields["decision"]
        field.queryset = rows
        field.label_from_instance = lambda decision: f"{decision.number} – {decision.text[:80]}"


class ReasonForm(PortalForm):
    """Why: the history keeps it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The history keeps it."),
    )
