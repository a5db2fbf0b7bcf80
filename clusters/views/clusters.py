"""The staff side of clusters: the list, the file of one cluster, its data and its place in the directory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import history_rights
from clusters import exports, history
from clusters.domain import clusters
from clusters.enums import ClusterState, Track
from clusters.forms.clusters import ClusterForm, ReasonForm
from clusters.lists import CLUSTERS
from clusters.models import Cluster
from clusters.permissions import can_read, can_see_people, can_write
from core.lists import ListView
from core.views.history import HistoryMixin
from core.views.mixins import ActView, PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from directory.models import Sector


def members_today(on: date) -> Count:
    """How many belong to a cluster on a day."""
    in_force = Q(memberships__starts_on__lte=on) & (
        Q(memberships__ends_on__isnull=True) | Q(memberships__ends_on__gte=on)
    )
    return Count("memberships", filter=in_force)


class ClusterList(PermissionMixin, ListView):
    """Every cluster that this reader may see."""

    permission = staticmethod(can_read)
    spec = CLUSTERS
    export = exports.CLUSTERS
    template_name = "clusters/list.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Cluster.objects.visible_to(self.request.user).select_related("governorate")
        shown = rows.prefetch_related(Prefetch("sectors", queryset=Sector.objects.order_by("name_fr")))
        return shown.annotate(member_count=members_today(timezone.localdate()))

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, can_write=self.may_create())


class ClusterPage(ScopedObjectMixin):
    """A page about one cluster."""

    permission = staticmethod(can_read)
    model = Cluster
    lookup = "slug"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("governorate", "delegation", "body", "programme")

    def get_success_url(self) -> str:
        return reverse("clusters:cluster-detail", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rights = {"can_write": can_write(user), "sees_people": can_see_people(user)}
        hidden = rights["can_write"] and self.object.state != ClusterState.PUBLISHED
        missing = clusters.missing_for_publication(self.object) if hidden else []
        return super().get_context_data(cluster=self.object, missing=missing, **rights, **kwargs)  # type: ignore[misc, no-any-return]


class ClusterDetail(ClusterPage, TemplateView):
    """What the cluster is, how far it is, who animates it."""

    template_name = "clusters/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        tracks = {track: [row for row in self.object.phases.all() if row.track == track] for track in Track}
        return super().get_context_data(
            tab="overview",
            tracks=list(tracks.items()),
            animations=list(self.object.animations.select_related("person")),
            member_count=self.object.memberships.in_force(on=today).count(),
            others=list(self.object.governorates.all()),
            sectors=list(self.object.sectors.all()),
            today=today,
            **kwargs,
        )


class ClusterHistory(HistoryMixin, ClusterPage, TemplateView):
    """Who did what, when and why, with old and new values; auditors read it without people and reasons."""

    template_name = "clusters/history.html"
    trail = history.TRAIL
    rights = staticmethod(history_rights)
    extra_context = {"tab": "history"}


class ClusterCreate(PermissionMixin, FormPage):
    """A new cluster, as a draft."""

    permission = staticmethod(can_write)
    form_class = ClusterForm
    heading = _("Enter a cluster")
    explanation = _("It begins as a draft: the public does not see it before it is published.")
    submit = _("Enter the cluster")
    success_message = _("The cluster is entered as a draft.")
    once = True

    def perform(self, form: ClusterForm) -> Cluster:
        return clusters.create(actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("clusters:cluster-list")
        return reverse("clusters:cluster-detail", args=[self.result.slug])


class ClusterEdit(ClusterPage, FormPage):
    """Correct the data."""

    permission = staticmethod(can_write)
    form_class = ClusterForm
    heading = _("Correct the cluster")
    submit = _("Save")
    success_message = _("The cluster is saved.")

    def perform(self, form: ClusterForm) -> Cluster:
        return clusters.update(cluster=self.object, version=form.version, actor=self.request.user, **form.changes())


class ClusterPublish(ClusterPage, ActView):
    """The public sees it; also the way back from the archive."""

    permission = staticmethod(can_write)
    success_message = _("The cluster is in the public directory.")

    def perform(self) -> None:
        clusters.publish(cluster=self.object, actor=self.request.user, now=timezone.now())


class ClusterConfirm(ClusterPage, ActView):
    """Somebody read the profile and says that it is right."""

    permission = staticmethod(can_write)
    success_message = _("The profile is confirmed as of today.")

    def perform(self) -> None:
        clusters.confirm(cluster=self.object, actor=self.request.user, on=timezone.localdate())


class ClusterWithdraw(ClusterPage, FormPage):
    """Back to a draft, with a reason."""

    permission = staticmethod(can_write)
    form_class = ReasonForm
    heading: str | Promise = _("Withdraw the cluster from the directory")
    explanation: str | Promise = _("It becomes a draft again; members, phases and history stay.")
    submit: str | Promise = _("Withdraw from the directory")
    success_message = _("The cluster is a draft again.")

    def perform(self, form: ReasonForm) -> Any:
        return clusters.withdraw(cluster=self.object, actor=self.request.user, reason=form.cleaned_data["reason"])


class ClusterArchive(ClusterWithdraw):
    """Out of the directory, for the history."""

    heading = _("Archive the cluster")
    explanation = _(
        "It leaves the directory and stays in the history and the figures; it can be published again. "
        "Its members stay as they are; an animator’s assignment ends before."
    )
    submit = _("Archive")
    success_message = _("The cluster is archived.")

    def perform(self, form: ReasonForm) -> Any:
        return clusters.archive(
            cluster=self.object,
            actor=self.request.user,
            reason=form.cleaned_data["reason"],
            today=timezone.localdate(),
        )
