"""Remarks on minutes: made by the seats, settled by the secretariat."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import minutes, remarks
from steering.forms.minutes import RemarkForm, SettleForm
from steering.models import Meeting, Remark
from steering.permissions import can_answer, can_write
from steering.views.minutes import MeetingPage, readable_items, remarking_mandates


class RemarkAdd(MeetingPage, FormPage):
    """A seat remarks on the minutes that were sent."""

    permission = staticmethod(can_answer)
    form_class = RemarkForm
    heading = _("Remark on the minutes")
    explanation = _("The secretariat answers each remark; the other members read it too.")
    submit = _("Send the remark")
    success_message = _("The remark is with the secretariat.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        user = self.request.user
        found = {"mandates": remarking_mandates(self.object, user), "items": readable_items(self.object, user)}
        return super().get_form_kwargs() | found

    def perform(self, form: RemarkForm) -> Remark:
        return remarks.add(minutes=self._minutes(), actor=self.request.user, now=timezone.now(), **form.changes())

    def _minutes(self) -> Any:
        found = minutes.of(self.object)
        if not found.pk:
            raise remarks.NotSent
        return found

    def get_success_url(self) -> str:
        return f"{reverse('steering:minutes', args=[self.object.pk])}#remarks"


class RemarkSettle(ScopedObjectMixin, FormPage):
    """Taken into the text, or not, and why."""

    permission = staticmethod(can_write)
    model = Remark
    form_class = SettleForm
    heading = _("Settle a remark")
    submit = _("Save the answer")
    success_message = _("The remark is settled.")

    def get_queryset(self) -> models.QuerySet[Any]:
        meetings = Meeting.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        rows = Remark.objects.filter(minutes__meeting__in=meetings)
        return rows.select_related("minutes__meeting__committee", "seat__organisation", "item")

    def perform(self, form: SettleForm) -> Remark:
        return remarks.settle(remark=self.object, actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        return f"{reverse('steering:minutes', args=[self.object.minutes.meeting_id])}#remarks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"explanation": f"{self.object.seat.organisation} – {self.object.text}"}
