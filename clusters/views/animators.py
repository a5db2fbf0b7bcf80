"""Who animates a cluster: assigned, handed over, ended."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from clusters.domain import animators
from clusters.forms.dated import AnimationEndForm, AnimationForm, HandOverForm
from clusters.models import Animation, Cluster
from clusters.permissions import can_write
from clusters.views.clusters import ClusterPage
from clusters.views.picking import Picking
from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage


class AnimatorAssign(ClusterPage, FormPage):
    """First who, then since when and for how much of the time."""

    permission = staticmethod(can_write)
    form_class = AnimationForm
    template_name = "clusters/pick.html"
    heading = _("Assign an animator")
    explanation = _("A person of the directory, with or without an account.")
    submit = _("Assign")
    success_message = _("The animator is assigned.")
    once = True

    @cached_property
    def picking(self) -> Picking:
        return Picking(self.request, organisations=False)

    def perform(self, form: AnimationForm) -> Animation:
        person = self.picking.person
        if person is None:
            raise ValidationError(_("Choose a person first."))
        return animators.assign(cluster=self.object, person=person, actor=self.request.user, **form.changes())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.picking.context())


class AnimationPage(ScopedObjectMixin, FormPage):
    """A form about one assignment."""

    permission = staticmethod(can_write)
    model = Animation

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Cluster.objects.visible_to(self.request.user)
        return Animation.objects.filter(cluster__in=visible).select_related("cluster", "person")

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version, "share": self.object.share}

    def get_success_url(self) -> str:
        return reverse("clusters:cluster-detail", args=[self.object.cluster.slug])


class AnimatorHandOver(AnimationPage):
    """One assignment ends the day before the next starts."""

    form_class = HandOverForm
    template_name = "clusters/pick.html"
    heading = _("Hand the cluster over")
    explanation = _("The present assignment ends the day before; both stay in the history.")
    submit = _("Hand over")
    success_message = _("The cluster is handed over.")

    @cached_property
    def picking(self) -> Picking:
        return Picking(self.request, organisations=False)

    def perform(self, form: HandOverForm) -> Animation:
        person = self.picking.person
        if person is None:
            raise ValidationError(_("Choose a person first."))
        values = form.cleaned_data
        return animators.hand_over(
            animation=self.object,
            version=form.version,
            to=person,
            on=values["starts_on"],
            share=values["share"],
            beyond=values["beyond"],
            actor=self.request.user,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.picking.context())


class AnimatorEnd(AnimationPage):
    """The last day, without a successor."""

    form_class = AnimationEndForm
    heading = _("End the assignment")
    submit = _("End the assignment")
    success_message = _("The assignment has its end.")

    def perform(self, form: AnimationEndForm) -> Animation:
        return animators.end(
            animation=self.object,
            version=form.version,
            ends_on=form.cleaned_data["ends_on"],
            actor=self.request.user,
        )
