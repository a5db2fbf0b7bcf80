"""The list of plans, and the filters of the board."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists import ANY, Empty, FilterForm, ListSpec, Sort
from directory.models import Organisation
from steering.enums import ActionState
from steering.models import Committee, Plan, PlanVersion, Recommendation


class PlanFilter(FilterForm):
    """By committee."""

    searchable = False

    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), empty_label=ANY, to_field_name="slug"
    )

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        visible = Committee.objects.visible_to(request.user)  # type: ignore[arg-type]
        self.fields["committee"].queryset = visible.order_by("order_fr", "id")  # type: ignore[attr-defined]
        if self.is_bound:
            self.full_clean()


PLANS = ListSpec(
    model=Plan,
    sorts=[Sort("new", _("Newest"), "-id")],
    filters=PlanFilter,
    count=ngettext_lazy("%(shown)s plan", "%(shown)s plans", "n"),
    empty=Empty(
        _("No action plan yet"),
        _("A plan gathers actions of a committee in versions: drafted, reviewed by the seats, adopted."),
        url_name="steering:plan-create",
        action=_("Prepare a plan"),
        icon="plan",
    ),
)


class BoardFilter(FilterForm):
    """By state, institution, recommendation; only what is late. The choices are those of the version."""

    searchable = False

    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *ActionState.choices])
    owner = forms.ModelChoiceField(
        label=_("Institution in charge"), queryset=Organisation.objects.none(), empty_label=ANY
    )
    recommendation = forms.ModelChoiceField(
        label=_("Recommendation"), queryset=Recommendation.objects.none(), empty_label=ANY, to_field_name="code"
    )
    late = forms.BooleanField(label=_("Late only"))

    def __init__(self, request: HttpRequest, *, version: PlanVersion | None) -> None:
        super().__init__(request)
        entries = version.entries.order_by() if version else PlanVersion.objects.none()
        owners: Any = self.fields["owner"]
        owners.queryset = Organisation.objects.filter(pk__in=entries.values("action__owner")).order_by("order_fr", "id")
        answered = Q(pk__in=entries.values("action__recommendation")) | Q(
            parts__in=entries.values("action__recommendation")
        )
        recommendations: Any = self.fields["recommendation"]
        found = Recommendation.objects.filter(answered, committee=version.plan.committee_id if version else None)
        recommendations.queryset = found.order_by("code", "id").distinct()
        recommendations.label_from_instance = lambda reco: f"{reco.code} – {reco.text[:60]}"
        if self.is_bound:
            self.full_clean()

    def filter_state(self, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return rows.filter(action__state=value)

    def filter_owner(self, rows: models.QuerySet[Any], value: Organisation) -> models.QuerySet[Any]:
        return rows.filter(action__owner=value)

    def filter_recommendation(self, rows: models.QuerySet[Any], value: Recommendation) -> models.QuerySet[Any]:
        """A composite one holds the actions of its parts."""
        return rows.filter(Q(action__recommendation=value) | Q(action__recommendation__parent=value))

    def filter_late(self, rows: models.QuerySet[Any], value: bool) -> models.QuerySet[Any]:
        running = (ActionState.TODO, ActionState.RUNNING)
        return rows.filter(action__due_on__lt=timezone.localdate(), action__state__in=running)
