"""Institutions that change: the list; a new change, first as a preview of what passes, then in one act."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lists import ListView
from core.views.mixins import PermissionMixin
from core.views.pages import FormPage
from steering.domain import successions
from steering.domain.successions import Estate
from steering.enums import SuccessionKind
from steering.forms.seats import PassForm, RenameForm
from steering.lists.committees import SUCCESSIONS
from steering.models import Succession
from steering.permissions import can_read_history, can_write
from steering.views.picking import Picking


class SuccessionList(PermissionMixin, ListView):
    """Every change of an institution, the newest first."""

    permission = staticmethod(can_read_history)
    spec = SUCCESSIONS
    template_name = "steering/successions/list.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Succession.objects.select_related("organisation", "successor")
        return rows.prefetch_related("organisation__former_names", "successor__former_names")

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs, can_write=self.may_create())
        for row in context["page"].rows:
            row.old_name = row.organisation.name_on(row.on - timedelta(days=1))
            row.new_name = row.successor.name_on(row.on)
        return context


class SuccessionCreate(PermissionMixin, FormPage):
    """Which institution, what happened to it, who succeeds; then the days, a preview, and the act.

    The address holds what was chosen so far: `?organisation=7&kind=split&successor=9`.
    """

    permission = staticmethod(can_write)
    template_name = "steering/successions/create.html"
    heading = _("Enter the change of an institution")
    success_message = _("The change is entered.")
    once = True
    preview: tuple[Estate, Estate] | None = None

    @cached_property
    def institution(self) -> Picking:
        return Picking(self.request, "organisation", people=False)

    @cached_property
    def successor(self) -> Picking:
        return Picking(self.request, "successor", people=False, kept=("organisation", "kind"))

    @cached_property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in SuccessionKind.values else ""

    @cached_property
    def estate(self) -> Estate:
        return successions.estate_of(self.institution.chosen, on=timezone.localdate())

    @property
    def submit(self) -> str:  # type: ignore[override]
        if self.is_rename:
            return gettext("Save the new name")
        return gettext("Pass it on") if self.preview else gettext("Show what passes")

    @property
    def step(self) -> str:
        """What the page asks for: an institution, a kind, a successor, or the form."""
        if self.institution.chosen is None:
            return "organisation"
        if not self.kind:
            return "kind"
        if self.kind != SuccessionKind.RENAME and self.successor.chosen is None:
            return "successor"
        return "form"

    @property
    def is_rename(self) -> bool:
        return self.step != "form" or self.kind == SuccessionKind.RENAME

    def get_form_class(self) -> Any:
        return RenameForm if self.is_rename else PassForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if not self.is_rename:
            kwargs |= {"estate": self.estate, "chooses": self.kind == SuccessionKind.SPLIT}
        return kwargs

    def get_initial(self) -> dict[str, Any]:
        body = self.institution.chosen
        if body is None or not self.is_rename:
            return {}
        return {name: getattr(body, name) for name in ("name_fr", "name_ar", "acronym", "version")}

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The first post shows what passes and what stays; the second one, from that page, acts."""
        if self.step != "form":
            return self.refuse(form)
        if self.is_rename or form.cleaned_data["confirmed"]:
            return super().form_valid(form)
        passing = self.estate if self.kind == SuccessionKind.MERGER else form.chosen()
        if passing.is_empty:
            form.add_error(None, gettext("Nothing is chosen that would pass to the successor."))
            return self.form_invalid(form)
        self.preview = (passing, self.estate.without(passing))
        form.data = form.data.copy()
        form.data["confirmed"] = "on"
        form.hide()
        return self.render_to_response(self.get_context_data(form=form))

    def refuse(self, form: Any) -> HttpResponse:
        form.add_error(None, gettext("Choose an institution first."))
        return self.form_invalid(form)

    def perform(self, form: Any) -> Succession:
        body, today, actor = self.institution.chosen, timezone.localdate(), self.request.user
        if body is None:
            raise ValidationError(_("Choose an institution first."))
        if self.is_rename:
            changes = form.changes() | {"name_en": body.name_en}
            return successions.rename(organisation=body, version=form.version, today=today, actor=actor, **changes)
        return successions.pass_on(
            kind=self.kind,
            organisation=body,
            successor=self.successor.chosen,
            on=form.cleaned_data["on"],
            act=form.cleaned_data["act"],
            today=today,
            chosen=form.chosen() if self.kind == SuccessionKind.SPLIT else None,
            actor=actor,
        )

    def get_success_url(self) -> str:
        return reverse("steering:succession-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        picking = self.successor if self.step == "successor" else self.institution
        passing, left = self.preview or (None, None)
        return super().get_context_data(
            kinds=SuccessionKind,
            kind=self.kind,
            step=self.step,
            passing=passing,
            left=left,
            **({"institution": self.institution.chosen, "heir": self.successor.chosen} | picking.context()),
            **kwargs,
        )
