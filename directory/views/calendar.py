"""The administration's calendar of a year: holidays, regimes, and the days that wait for their announcement."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from directory.domain import calendar
from directory.enums import HolidayKind, HolidayStatus
from directory.forms.calendar import ConfirmHolidayForm
from directory.models import Holiday, Regime
from directory.permissions import can_read_bodies, can_write


class CalendarView(PermissionMixin, TemplateView):
    """One year; any other is a click away."""

    permission = staticmethod(can_read_bodies)
    template_name = "directory/calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = sorted(Holiday.objects.order_by().values_list(ExtractYear("on"), flat=True).distinct())
        asked = str(self.request.GET.get("year", ""))
        year = int(asked) if asked.isdecimal() and int(asked) in years else timezone.localdate().year
        regimes = Regime.objects.filter(starts_on__year__lte=year).exclude(ends_on__year__lt=year)
        holidays = list(Holiday.objects.filter(on__year=year).order_by("on", "name_fr"))
        return super().get_context_data(
            **kwargs,
            year=year,
            years=years,
            holidays=holidays,
            announced=first_days(holidays),
            regimes=regimes.prefetch_related("sittings").order_by("starts_on", "pk"),
            can_write=can_write(self.request.user),
        )


def first_days(holidays: list[Holiday]) -> set[int]:
    """The first days of the feasts that wait for their announcement: confirming one moves the others along."""
    found, last = set(), {}
    for holiday in holidays:
        before = last.get(holiday.name_fr)
        last[holiday.name_fr] = holiday.on
        if holiday.status == HolidayStatus.ESTIMATED and (before is None or holiday.on - before > calendar.FEAST):
            found.add(holiday.pk)
    return found


class HolidayConfirmView(ScopedObjectMixin, FormPage):
    """The day of a lunar feast is announced."""

    permission = staticmethod(can_write)
    model = Holiday
    form_class = ConfirmHolidayForm
    heading = _("Confirm the date of a feast")
    explanation = _("Every day off of this feast moves along. Half-days that are planned already stay as they are.")
    submit = _("Confirm the date")
    success_message = _("The date is confirmed.")

    def get_queryset(self) -> models.QuerySet[Holiday]:
        return Holiday.objects.filter(kind=HolidayKind.LUNAR)

    def get_initial(self) -> dict[str, Any]:
        return {"on": self.object.on}

    def perform(self, form: ConfirmHolidayForm) -> Holiday:
        return calendar.confirm(holiday=self.object, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return f"{reverse('directory:calendar')}?year={self.object.on.year}"
