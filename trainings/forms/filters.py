"""Filters of the lists of sessions and trainings, staff and public."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.lists import FilterForm
from core.lists.filters import ANY
from directory.models import Governorate, Programme, Sector
from trainings.enums import SessionKind, SessionState
from trainings.models import Session


class SessionFilters(FilterForm):
    """Staff: text, state, governorate, kind, year."""

    search_label = _("Title, code or place")

    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *SessionState.choices])
    governorate = forms.ModelChoiceField(label=_("Governorate"), queryset=Governorate.objects.all(), empty_label=ANY)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ANY), *SessionKind.choices])
    year = forms.TypedChoiceField(label=_("Period"), coerce=int, empty_value=None)

    def __init__(self, request: HttpRequest) -> None:
        self.base_fields["year"].choices = years()
        super().__init__(request)

    def filter_year(self, rows: models.QuerySet[Session], year: int) -> models.QuerySet[Session]:
        return rows.filter(starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1))


def years() -> list[tuple[Any, Any]]:
    """The years from the first to the last session, newest first."""
    span = Session.objects.aggregate(first=models.Min("starts_on"), last=models.Max("starts_on"))
    if span["first"] is None:
        return [("", ANY)]
    return [("", ANY), *((year, year) for year in range(span["last"].year, span["first"].year - 1, -1))]


class CalendarFilters(FilterForm):
    """The public: text, governorate, kind."""

    search_label = _("Title or place")

    governorate = forms.ModelChoiceField(label=_("Governorate"), queryset=Governorate.objects.all(), empty_label=ANY)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ANY), *SessionKind.choices])


class TrainingFilters(FilterForm):
    """Trainings: text, programme, sector."""

    search_label = _("Title")

    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.order_by("key", "id"), empty_label=ANY
    )
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Sector.objects.all(), empty_label=ANY)
