"""The list of meetings: its filters and its order."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists import ANY, Empty, FilterForm, ListSpec, Sort
from steering.enums import MeetingState
from steering.models import Committee, Meeting

COMING, OVER = "coming", "over"
PERIODS = [(COMING, _("To come")), (OVER, _("Past"))]


class MeetingFilter(FilterForm):
    """Committee, state, period."""

    searchable = False

    committee = forms.ModelChoiceField(
        label=_("Committee"), queryset=Committee.objects.none(), empty_label=ANY, to_field_name="slug"
    )
    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *MeetingState.choices])
    period = forms.ChoiceField(label=_("Period"))

    def __init__(self, request: HttpRequest) -> None:
        user: Any = request.user
        committees: Any = self.base_fields["committee"]
        committees.queryset = Committee.objects.visible_to(user).order_by("order_fr", "id")
        periods: Any = self.base_fields["period"]
        periods.choices = [("", ANY), *PERIODS, *years(user)]
        super().__init__(request)

    def filter_period(self, rows: models.QuerySet[Meeting], value: str) -> models.QuerySet[Meeting]:
        now = timezone.now()
        if value == COMING:
            return rows.filter(ends_at__gte=now)
        if value == OVER:
            return rows.filter(ends_at__lt=now)
        first = timezone.make_aware(datetime.combine(date(int(value), 1, 1), time()))
        return rows.filter(starts_at__gte=first, starts_at__lt=first.replace(year=first.year + 1))


def years(user: Any) -> list[tuple[str, str]]:
    """The years in which this reader sees meetings, newest first."""
    span = Meeting.objects.visible_to(user).aggregate(first=models.Min("starts_at"), last=models.Max("starts_at"))
    if span["first"] is None:
        return []
    first, last = (timezone.localtime(span[name]).year for name in ("first", "last"))
    return [(str(year), str(year)) for year in range(last, first - 1, -1)]


MEETINGS = ListSpec(
    model=Meeting,
    sorts=[Sort("date", _("Date"), "starts_at")],
    default="-date",
    filters=MeetingFilter,
    count=ngettext_lazy("%(shown)s meeting", "%(shown)s meetings", "n"),
    empty=Empty(
        _("No meeting here"),
        _("A meeting is planned for a committee; its agenda begins with what the last one left open."),
        url_name="steering:meeting-create",
        action=_("Plan a meeting"),
        icon="cal",
    ),
)
