"""Organisations: the list, the page, their names."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.lists import ListView
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from directory import exports, history
from directory.domain import organisations
from directory.forms.organisations import OrganisationForm, RenameForm
from directory.lists import ORGANISATIONS
from directory.models import Affiliation, Organisation
from directory.permissions import can_list_persons, can_read_bodies, can_see_contacts, can_write
from directory.views import choosing

PEOPLE_SHOWN = 10


class OrganisationListView(PermissionMixin, ListView):
    """Every organisation, with its place and sector."""

    permission = staticmethod(can_read_bodies)
    spec = ORGANISATIONS
    export = exports.ORGANISATIONS
    template_name = "directory/organisation_list.html"

    def get_queryset(self) -> models.QuerySet[Organisation]:
        return Organisation.objects.select_related("governorate", "sector")

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, can_write=self.may_create())


class OrganisationDetailView(ScopedObjectMixin, TemplateView):
    """One organisation; its contacts and people are shown to staff only."""

    permission = staticmethod(can_read_bodies)
    model = Organisation
    template_name = "directory/organisation_detail.html"

    def get_queryset(self) -> models.QuerySet[Organisation]:
        return Organisation.objects.select_related("governorate", "sector", "delegation")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            **kwargs,
            organisation=self.object,
            former_names=self.object.former_names.order_by("-valid_to"),
            sees_contacts=can_see_contacts(user),
            can_write=can_write(user),
            **(self._people() if can_list_persons(user) else {"people": [], "people_count": 0}),
            lines=history.ORGANISATION.lines_of(self.object) if can_write(user) else [],
        )

    def _people(self) -> dict[str, Any]:
        """The first ones, and how many there are; the list shows all."""
        rows = Affiliation.objects.in_force(on=timezone.localdate()).filter(organisation=self.object)
        return {
            "people": list(rows.select_related("person").order_by("person__order_latin", "pk")[:PEOPLE_SHOWN]),
            "people_count": rows.count(),
        }


class OrganisationCreateView(PermissionMixin, FormPage):
    """A new organisation."""

    permission = staticmethod(can_write)
    form_class = OrganisationForm
    heading = _("Enter an organisation")
    submit = _("Enter the organisation")
    success_message = _("The organisation is entered.")
    once = True

    def perform(self, form: OrganisationForm) -> Organisation:
        return organisations.create(actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        if back := choosing.asked_by(self.request):
            return f"{back}{self.result.pk if self.result else ''}"
        if self.result is None:
            return reverse("directory:organisation-list")
        return reverse("directory:organisation-detail", args=[self.result.pk])


class OrganisationPage(ScopedObjectMixin):
    """A page on which staff change one organisation."""

    permission = staticmethod(can_write)
    model = Organisation

    def get_success_url(self) -> str:
        return reverse("directory:organisation-detail", args=[self.object.pk])


class OrganisationEditView(OrganisationPage, FormPage):
    """Correct the data."""

    form_class = OrganisationForm
    heading = _("Correct the organisation")
    explanation = _("A name changed here is a correction. When the organisation really bears another name, rename it.")
    submit = _("Save")
    success_message = _("The organisation is saved.")

    def perform(self, form: OrganisationForm) -> Organisation:
        return organisations.update(
            organisation=self.object, version=form.version, actor=self.request.user, **form.changes()
        )


class OrganisationRenameView(OrganisationPage, FormPage):
    """Another name, from a day."""

    form_class = RenameForm
    heading = _("Rename the organisation")
    explanation = _("Documents of an older day keep the name of that day, and the search finds both.")
    submit = _("Rename")
    success_message = _("The organisation bears its new name; the former one is kept.")

    def get_initial(self) -> dict[str, Any]:
        names = ("name_fr", "name_ar", "name_en", "acronym", "version")
        return {name: getattr(self.object, name) for name in names}

    def perform(self, form: RenameForm) -> Organisation:
        return organisations.rename(
            organisation=self.object, version=form.version, actor=self.request.user, **form.changes()
        )
