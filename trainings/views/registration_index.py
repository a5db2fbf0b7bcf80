"""Every registration of the programme in one list: whoever calls is found without knowing the session."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.lists import Empty, FilterForm, ListSpec, ListView, Sort
from core.lists.filters import ANY
from core.views.mixins import PermissionMixin
from directory.models import Governorate
from trainings import exports, permissions
from trainings.enums import RegistrationState
from trainings.models import PublicCategory, Registration
from trainings.views.registrations import turns


class IndexFilters(FilterForm):
    """Text, state, category of public, governorate."""

    search_label = _("Name, address or organisation")

    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *RegistrationState.choices])
    category = forms.ModelChoiceField(
        label=_("Category of public"), queryset=PublicCategory.objects.all(), empty_label=ANY
    )
    governorate = forms.ModelChoiceField(label=_("Governorate"), queryset=Governorate.objects.all(), empty_label=ANY)


SHOWN = (
    *("part__session__slug", "part__session__code", "part__session__title_fr", "part__session__title_ar"),
    *("part__session__title_en", "part__position", "part__session__starts_on", "part__session__training_id"),
    *(
        "state",
        "rank",
        "part_id",
        "created_at",
        "name_latin",
        "name_ar",
        "email",
        "organisation_text",
        "organisation__acronym",
    ),
    *("organisation__name_fr", "organisation__name_ar", "organisation__name_en"),
)


class RegistrationIndex(PermissionMixin, ListView):
    """Staff: all registrations, the newest first."""

    permission = staticmethod(permissions.is_staff)
    export = exports.REGISTRATIONS
    template_name = "trainings/registrations/index.html"
    spec = ListSpec(
        model=Registration,
        sorts=[Sort("date", _("Asked on"), "-created_at"), Sort("name", _("Name"), "key")],
        default="-date",
        filters=IndexFilters,
        count=ngettext_lazy("%(shown)s registration", "%(shown)s registrations", "n"),
        empty=Empty(
            _("Nobody has asked for a place yet"),
            _("Registrations arrive from the public pages of the sessions."),
            url_name="trainings:session-list",
            action=_("Sessions"),
            icon="people",
        ),
    )

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Registration.objects.visible_to(self.request.user).select_related("part__session", "organisation")
        return rows.only(*SHOWN).annotate(turn=turns())
