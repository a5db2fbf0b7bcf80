"""Who read or exported lists of people and files of persons: for managers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from accounts.models import User
from accounts.permissions import manages_accounts
from core import reads
from core.exports import Choice, Column, ExportSpec, Kind
from core.lists import Empty, FilterForm, ListSpec, ListView, Sort
from core.lists.filters import ANY
from core.models import ReadEntry
from core.models.reads import ReadAct
from core.views.mixins import PermissionMixin

PAGES = {
    "directory.person": "directory:person-detail",
    "trainings.registration": "trainings:registration-detail",
    "notifications.message": "notifications:message-detail",
    "accounts.user": "accounts:user-detail",
}
"""Where the file with this number is; what was deleted since answers 404 there."""


def words_of(what: str) -> str:
    """The list or the kind of file in words; its code where none are known."""
    return str(reads.labels().get(what, what))


def readers() -> models.QuerySet[User]:
    """Accounts that left a line."""
    own = ReadEntry.objects.filter(user=models.OuterRef("pk"))
    return User.objects.filter(models.Exists(own)).order_by("key", "id")


def known() -> list[tuple[str, Any]]:
    """Everything that leaves a line, in the order of its words."""
    return [("", ANY), *sorted(reads.labels().items(), key=lambda pair: str(pair[1]))]


class ReadFilters(FilterForm):
    """By account, by list, by what was done."""

    searchable = False

    user = forms.ModelChoiceField(label=_("Account"), queryset=readers(), empty_label=ANY)
    what = forms.ChoiceField(label=pgettext_lazy("log of reading", "List or file"), choices=known)
    act = forms.ChoiceField(label=_("Act"), choices=[("", ANY), *ReadAct.choices])


READS = ExportSpec(
    "readings",
    _("Log of reading"),
    [
        Column(_("Date"), "at", kind=Kind.DATETIME),
        Column(_("Account"), "user__full_name", width=28),
        Choice(_("Act"), "act", ReadAct),
        Column(pgettext_lazy("log of reading", "List or file"), "what", value=words_of, width=32),
        Column(_("Number"), "object_id", value=lambda number: number or "", kind=Kind.INT),
        Column(_("Filters"), "filters", kind=Kind.INT),
        Column(_("Rows"), "rows", kind=Kind.INT),
    ],
)


class ReadList(PermissionMixin, ListView):
    """The newest first."""

    permission = staticmethod(manages_accounts)
    export = READS
    template_name = "pasri_portal/read_list.html"
    spec = ListSpec(
        model=ReadEntry,
        sorts=[Sort("date", _("Date"), "-at")],
        filters=ReadFilters,
        count=ngettext_lazy("%(shown)s reading", "%(shown)s readings", "n"),
        empty=Empty(
            _("Nobody has read a list of people yet"),
            _("Whoever opens a list of people or the file of a person, or exports one, leaves a line here."),
            icon="people",
        ),
    )

    def get_queryset(self) -> models.QuerySet[Any]:
        return ReadEntry.objects.select_related("user")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for row in context["page"].rows:
            row.words = words_of(row.what)
            row.url = reverse(PAGES[row.what], args=[row.object_id]) if row.what in PAGES and row.object_id else ""
        return context
