"""What the lists of clusters show, and by what they are filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from clusters.enums import ClusterKind, ClusterState, Stage, Support
from clusters.models import Cluster, ClusterGovernorate, ClusterSector, Membership
from core.lists import ANY, Empty, FilterForm, ListSpec, Sort
from directory.enums import OrganisationKind
from directory.models import Delegation, Governorate, Sector


def in_governorate(rows: models.QuerySet[Cluster], governorate: Governorate) -> models.QuerySet[Cluster]:
    """Clusters that have their seat there or work there."""
    works = ClusterGovernorate.objects.filter(cluster=OuterRef("pk"), governorate=governorate)
    return rows.filter(Q(governorate=governorate) | Exists(works))


class PublicFilter(FilterForm):
    """Text, kind, place, sector, stage."""

    search_label = _("Name")

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ANY), *ClusterKind.choices])
    governorate = forms.ModelChoiceField(
        label=_("Governorate"),
        queryset=Governorate.objects.order_by("name_fr"),
        empty_label=ANY,
        to_field_name="iso_code",
    )
    sector = forms.ModelChoiceField(
        label=_("Sector"), queryset=Sector.objects.all(), empty_label=ANY, to_field_name="code"
    )
    stage = forms.ChoiceField(label=_("Economic stage"), choices=[("", ANY), *Stage.choices])

    def filter_governorate(self, rows: models.QuerySet[Any], value: Governorate) -> models.QuerySet[Any]:
        return in_governorate(rows, value)

    def filter_sector(self, rows: models.QuerySet[Any], value: Sector) -> models.QuerySet[Any]:
        return rows.filter(Exists(ClusterSector.objects.filter(cluster=OuterRef("pk"), sector=value)))


class PublicMemberFilter(FilterForm):
    """Text, kind, place, sector of the organisations that belong to clusters."""

    search_label = _("Name")

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ANY), *OrganisationKind.choices])
    governorate = forms.ModelChoiceField(
        label=_("Governorate"),
        queryset=Governorate.objects.order_by("name_fr"),
        empty_label=ANY,
        to_field_name="iso_code",
    )
    sector = forms.ModelChoiceField(
        label=_("Sector"), queryset=Sector.objects.all(), empty_label=ANY, to_field_name="code"
    )


class StaffFilter(PublicFilter):
    """The same, and what only staff see."""

    delegation = forms.ModelChoiceField(
        label=_("Delegation"), queryset=Delegation.objects.all(), widget=forms.HiddenInput
    )
    support = forms.ChoiceField(label=_("Administrative state"), choices=[("", ANY), *Support.choices])
    state = forms.ChoiceField(label=_("Directory"), choices=[("", ANY), *ClusterState.choices])


class MemberFilter(FilterForm):
    """Today's members, or all who ever were."""

    searchable = False

    period = forms.ChoiceField(label=_("Period"), choices=[("", _("Members today")), ("all", _("Past ones too"))])

    def filter_period(self, rows: models.QuerySet[Any], value: str) -> models.QuerySet[Any]:
        return rows  # the view narrows to today's unless this asks for all


CLUSTERS = ListSpec(
    model=Cluster,
    sorts=[Sort("name", _("Name"), "order_fr", ar="order_ar")],
    filters=StaffFilter,
    count=ngettext_lazy("%(shown)s cluster", "%(shown)s clusters", "n"),
    empty=Empty(
        _("No cluster yet"),
        _("A cluster is entered as a draft; the public sees it once it is published."),
        url_name="clusters:cluster-create",
        action=_("Enter a cluster"),
        icon="fil",
    ),
)
MEMBERS = ListSpec(
    model=Membership,
    sorts=[Sort("since", _("Member since"), "cluster_id", "starts_on")],
    filters=MemberFilter,
    count=ngettext_lazy("%(shown)s member", "%(shown)s members", "n"),
    empty=Empty(_("No member yet"), _("Institutions, firms and artisans join a cluster from a day on."), icon="people"),
)
