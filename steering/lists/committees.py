"""What the lists of committees, seats and changes of institutions show, and by what they are filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from core import search
from core.lists import ANY, Empty, FilterForm, ListSpec, Sort
from directory.models import Organisation
from steering.enums import SuccessionKind, Voice
from steering.models import Committee, Seat, Succession


class CommitteeFilter(FilterForm):
    """Text, and whether it is a sub-committee."""

    search_label = _("Name")

    level = forms.ChoiceField(
        label=_("Level"), choices=[("", ANY), ("top", _("Committees")), ("sub", _("Sub-committees"))]
    )

    def filter_level(self, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return rows.filter(parent__isnull=value == "top")


class SeatFilter(FilterForm):
    """Seats of today or all that ever were; voice."""

    search_label = pgettext_lazy("committee", "Institution")

    period = forms.ChoiceField(label=_("Period"), choices=[("", _("Seats today")), ("all", _("Past ones too"))])
    voice = forms.ChoiceField(label=_("Voice"), choices=[("", ANY), *Voice.choices])

    def filter_period(self, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return rows  # the view narrows to today's unless this asks for all

    def search(self, rows: models.QuerySet[Any], text: str, *, field: str) -> models.QuerySet[Any]:
        return rows.filter(organisation__in=search.matching(Organisation.objects.all(), text))


class SuccessionFilter(FilterForm):
    """What happened, and to whom."""

    search_label = pgettext_lazy("committee", "Institution")

    kind = forms.ChoiceField(label=_("What happened"), choices=[("", ANY), *SuccessionKind.choices])

    def search(self, rows: models.QuerySet[Any], text: str, *, field: str) -> models.QuerySet[Any]:
        found = search.matching(Organisation.objects.all(), text)
        return rows.filter(models.Q(organisation__in=found) | models.Q(successor__in=found))


COMMITTEES = ListSpec(
    model=Committee,
    sorts=[Sort("name", _("Name"), "order_fr", ar="order_ar")],
    filters=CommitteeFilter,
    count=ngettext_lazy("%(shown)s committee", "%(shown)s committees", "n"),
    empty=Empty(
        _("No committee yet"),
        _("A committee has its founding act, its seats and their mandates, and then its meetings."),
        url_name="steering:committee-create",
        action=_("Enter a committee"),
        icon="committee",
    ),
)
SEATS = ListSpec(
    model=Seat,
    sorts=[Sort("rank", _("Rank"), "committee_id", "rank")],
    filters=SeatFilter,
    count=ngettext_lazy("%(shown)s seat", "%(shown)s seats", "n"),
    empty=Empty(_("No seat yet"), _("A seat belongs to an institution; mandates put persons in it."), icon="committee"),
)
SUCCESSIONS = ListSpec(
    model=Succession,
    sorts=[Sort("on", pgettext_lazy("column", "From"), "-on")],
    filters=SuccessionFilter,
    count=ngettext_lazy("%(shown)s change", "%(shown)s changes", "n"),
    empty=Empty(
        _("No change of an institution yet"),
        _("When an institution is renamed, merged or split, its seats and open actions pass in one act."),
        url_name="steering:succession-create",
        action=_("Enter a change"),
        icon="fil",
    ),
)
