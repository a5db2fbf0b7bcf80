"""Programmes: the list, the page, the form."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.lists import ListView
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from directory import exports, history
from directory.domain import programmes
from directory.forms.programmes import ProgrammeForm
from directory.lists import PROGRAMMES
from directory.models import Programme
from directory.permissions import can_read_bodies, can_write


class ProgrammeListView(PermissionMixin, ListView):
    """Every programme."""

    permission = staticmethod(can_read_bodies)
    spec = PROGRAMMES
    export = exports.PROGRAMMES
    template_name = "directory/programme_list.html"

    def get_queryset(self) -> models.QuerySet[Programme]:
        return Programme.objects.select_related("agency")

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, can_write=self.may_create())


class ProgrammeDetailView(ScopedObjectMixin, TemplateView):
    """One programme."""

    permission = staticmethod(can_read_bodies)
    model = Programme
    template_name = "directory/programme_detail.html"

    def get_queryset(self) -> models.QuerySet[Programme]:
        return Programme.objects.select_related("agency")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        staff = can_write(self.request.user)
        lines = history.PROGRAMME.lines_of(self.object) if staff else []
        return super().get_context_data(**kwargs, programme=self.object, can_write=staff, lines=lines)


class ProgrammeCreateView(PermissionMixin, FormPage):
    """A new programme."""

    permission = staticmethod(can_write)
    form_class = ProgrammeForm
    heading = _("Enter a programme")
    submit = _("Enter the programme")
    success_message = _("The programme is entered.")
    once = True

    def perform(self, form: ProgrammeForm) -> Programme:
        return programmes.create(actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("directory:programme-list")
        return reverse("directory:programme-detail", args=[self.result.pk])


class ProgrammeEditView(ScopedObjectMixin, FormPage):
    """Correct the data."""

    permission = staticmethod(can_write)
    model = Programme
    form_class = ProgrammeForm
    heading = _("Correct the programme")
    submit = _("Save")
    success_message = _("The programme is saved.")

    def perform(self, form: ProgrammeForm) -> Programme:
        return programmes.update(programme=self.object, version=form.version, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return reverse("directory:programme-detail", args=[self.object.pk])
