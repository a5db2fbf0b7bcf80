"""The page of a member: the own seats, and all that waits in them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from core.views.mixins import PermissionMixin
from steering.domain import inheritance
from steering.permissions import is_member


class OwnSeat(PermissionMixin, TemplateView):
    """Whoever takes over a mandate finds here what the institution promised and what is asked of it."""

    permission = staticmethod(is_member)
    template_name = "steering/committees/own_seat.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        today = timezone.localdate(now)
        return super().get_context_data(
            held=inheritance.held_by(self.request.user, on=today, now=now), today=today, now=now, **kwargs
        )
