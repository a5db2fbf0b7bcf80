"""A governorate with its delegations: read by staff and auditors, kept by managers."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage
from directory import history
from directory.domain import territory
from directory.forms.territory import CloseDelegationForm, DelegationForm
from directory.models import Delegation, Governorate, Organisation
from directory.permissions import can_keep_reference, can_read_bodies


class GovernoratePage(ScopedObjectMixin):
    """A page about one governorate, by its ISO code."""

    permission = staticmethod(can_read_bodies)
    model = Governorate
    lookup = "iso_code"

    def get_success_url(self) -> str:
        return reverse("directory:governorate-detail", args=[self.object.iso_code])


class GovernorateDetailView(GovernoratePage, TemplateView):
    """What it belongs to, and its delegations; closed ones last."""

    template_name = "directory/governorate_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = Organisation.objects.filter(delegation=OuterRef("pk")).order_by().values("delegation")
        count = Coalesce(Subquery(here.annotate(n=Count("pk")).values("n")), 0)
        rows = self.object.delegations.annotate(organisation_count=count)
        return super().get_context_data(
            **kwargs,
            governorate=self.object,
            delegations=list(rows.order_by(models.F("valid_to").desc(nulls_first=True), "name_fr", "pk")),
            organisation_count=Organisation.objects.filter(governorate=self.object).count(),
            can_keep=can_keep_reference(self.request.user),
        )


class DelegationCreateView(GovernoratePage, FormPage):
    """One more delegation of this governorate."""

    permission = staticmethod(can_keep_reference)
    form_class = DelegationForm
    heading = _("Enter a delegation")
    explanation = _("Organisations and clusters of this governorate can name it from then on.")
    submit = _("Enter the delegation")
    success_message = _("The delegation is entered.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Delegation(governorate=self.object)}

    def perform(self, form: DelegationForm) -> Delegation:
        return territory.add(governorate=self.object, actor=self.request.user, **form.changes())


class DelegationPage(ScopedObjectMixin):
    """A page about one delegation."""

    permission = staticmethod(can_keep_reference)
    model = Delegation

    def get_queryset(self) -> models.QuerySet[Any]:
        return Delegation.objects.select_related("governorate")

    def get_success_url(self) -> str:
        return reverse("directory:delegation-detail", args=[self.object.pk])


class DelegationDetailView(DelegationPage, TemplateView):
    """Its names, its days, its history."""

    permission = staticmethod(can_read_bodies)
    template_name = "directory/delegation_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may = can_keep_reference(self.request.user)
        return super().get_context_data(
            **kwargs,
            delegation=self.object,
            organisation_count=Organisation.objects.filter(delegation=self.object).count(),
            can_keep=may,
            lines=history.DELEGATION.lines_of(self.object) if may else [],
        )


class DelegationEditView(DelegationPage, FormPage):
    """Another name, or a correction."""

    form_class = DelegationForm
    heading = _("Rename or correct the delegation")
    explanation = _("The former name stays in the history. What names the delegation keeps it.")
    submit = _("Save")
    success_message = _("The delegation is saved.")

    def perform(self, form: DelegationForm) -> Delegation:
        return territory.rename(delegation=self.object, version=form.version, actor=self.request.user, **form.changes())


class DelegationCloseView(DelegationPage, FormPage):
    """It does not exist any more."""

    form_class = CloseDelegationForm
    heading = _("Close the delegation")
    explanation = _("Forms offer it no more; what names it keeps it, and past figures stay as they were.")
    submit = _("Close the delegation")
    success_message = _("The delegation is closed.")

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def perform(self, form: CloseDelegationForm) -> Delegation:
        values = form.cleaned_data
        return territory.close(
            delegation=self.object,
            version=form.version,
            valid_to=values["valid_to"],
            today=timezone.localdate(),
            source=values["source"],
            actor=self.request.user,
        )
