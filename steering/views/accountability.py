"""What everybody reads of the adopted plans: which there are, and what became of each. No person is named."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.generic import TemplateView

from core.views.mixins import PublicMixin
from steering.domain import accountability
from steering.models import Plan


class AccountabilityList(PublicMixin, TemplateView):
    """The published plans, a committee after the other."""

    template_name = "steering/plans/accountability_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = Plan.objects.public().select_related("committee").order_by("committee__order_fr", "-id")[:100]
        return super().get_context_data(plans=list(plans), **kwargs)


class Accountability(PublicMixin, TemplateView):
    """One published plan: actions by recommendation, with state and day."""

    template_name = "steering/plans/accountability.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = get_object_or_404(Plan.objects.public().select_related("committee"), slug=self.kwargs["slug"])
        today = timezone.localdate()
        return super().get_context_data(plan=plan, account=accountability.of(plan, on=today), today=today, **kwargs)
