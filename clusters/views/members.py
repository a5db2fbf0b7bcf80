"""The members of a cluster: who belongs to it, since when, until when."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clusters.domain import memberships
from clusters.forms.clusters import ReasonForm
from clusters.forms.dated import MembershipEditForm, MembershipForm
from clusters.lists import MEMBERS
from clusters.models import Cluster, Membership
from clusters.permissions import can_read, can_write
from clusters.views.clusters import ClusterPage
from clusters.views.picking import Picking
from core.lists import ListView
from core.views.imports import ImportStart
from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage


class MemberList(ClusterPage, ListView):
    """Members of today, or all who ever were; artisans by name to staff alone."""

    permission = staticmethod(can_read)
    spec = MEMBERS
    reads = "clusters.members"
    template_name = "clusters/members.html"

    def get_object(self) -> Cluster:
        return get_object_or_404(Cluster.objects.visible_to(self.request.user), slug=self.kwargs["slug"])

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = self.object.memberships.select_related("organisation", "person")
        return rows if self.request.GET.get("period") == "all" else rows.in_force(on=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tab="members", **kwargs)


class MemberAdd(ClusterPage, FormPage):
    """First who, then since when."""

    permission = staticmethod(can_write)
    form_class = MembershipForm
    template_name = "clusters/pick.html"
    heading = _("Add a member")
    explanation = _("An institution or a firm of the directory, or an artisan, who needs no organisation.")
    submit = _("Add the member")
    success_message = _("The member is added.")
    once = True

    @cached_property
    def picking(self) -> Picking:
        return Picking(self.request, organisations=True)

    def perform(self, form: MembershipForm) -> Membership:
        return memberships.join(
            cluster=self.object,
            organisation=self.picking.organisation,
            person=self.picking.person,
            actor=self.request.user,
            **form.changes(),
        )

    def get_success_url(self) -> str:
        return reverse("clusters:member-list", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.picking.context())


class MemberImport(ClusterPage, ImportStart):
    """Many members at once, out of a list."""

    permission = staticmethod(can_write)
    kind_code = "clusters.members"

    def get_params(self) -> dict[str, Any]:
        return {"cluster": self.object.pk}

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("clusters:member-list", args=[self.object.slug])
        return ImportStart.get_success_url(self)


class MemberPage(ScopedObjectMixin, FormPage):
    """A form about one membership."""

    permission = staticmethod(can_write)
    model = Membership

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Cluster.objects.visible_to(self.request.user)
        return Membership.objects.filter(cluster__in=visible).select_related("cluster", "organisation", "person")

    def get_success_url(self) -> str:
        return reverse("clusters:member-list", args=[self.object.cluster.slug])


class MemberEdit(MemberPage):
    """Role and days; an end makes it a past one."""

    form_class = MembershipEditForm
    heading = _("Correct the membership")
    submit = _("Save")
    success_message = _("The membership is saved.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("role", "starts_on", "ends_on", "version")}

    def perform(self, form: MembershipEditForm) -> Membership:
        return memberships.correct(
            membership=self.object, version=form.version, actor=self.request.user, **form.changes()
        )


class MemberRemove(MemberPage):
    """Entered by mistake."""

    form_class = ReasonForm
    heading = _("Take back a membership entered by mistake")
    explanation = _("Who has really left gets an end instead: the past stays true.")
    submit = _("Take back")
    success_message = _("The membership is taken back.")

    def perform(self, form: ReasonForm) -> None:
        memberships.remove(membership=self.object, actor=self.request.user, reason=form.cleaned_data["reason"])
