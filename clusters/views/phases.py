"""Stage and administrative state of a cluster, from day to day."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.domain import phases
from clusters.enums import Track
from clusters.forms.clusters import ReasonForm
from clusters.forms.dated import PhaseForm
from clusters.models import Cluster, Phase
from clusters.permissions import can_write
from clusters.views.clusters import ClusterPage
from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage


class PhaseEnter(ClusterPage, FormPage):
    """The next phase of one track."""

    permission = staticmethod(can_write)
    form_class = PhaseForm
    explanation = _("Phases are entered in their order; a correction takes the newest one back first.")
    submit = _("Enter the phase")
    success_message = _("The phase is entered.")
    once = True

    @property
    def track(self) -> Track:
        code = self.kwargs["track"]
        if code not in Track.values:
            raise Http404
        return Track(code)

    @property
    def heading(self) -> str:  # type: ignore[override]
        return str(self.track.label)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"cluster": self.object, "track": self.track}

    def perform(self, form: PhaseForm) -> Phase:
        values = form.cleaned_data
        return phases.enter(
            cluster=self.object,
            track=self.track,
            code=values["code"],
            on=values["starts_on"],
            today=timezone.localdate(),
            note=values["note"],
            actor=self.request.user,
        )


class PhaseUndo(ScopedObjectMixin, FormPage):
    """The newest phase was a mistake."""

    permission = staticmethod(can_write)
    model = Phase
    form_class = ReasonForm
    heading = _("Take back the newest phase")
    submit = _("Take back")
    success_message = _("The phase is taken back.")

    def get_queryset(self) -> models.QuerySet[Any]:
        return Phase.objects.filter(cluster__in=Cluster.objects.visible_to(self.request.user)).select_related("cluster")

    def get_success_url(self) -> str:
        return reverse("clusters:cluster-detail", args=[self.object.cluster.slug])

    def perform(self, form: ReasonForm) -> None:
        phases.undo(phase=self.object, actor=self.request.user, reason=form.cleaned_data["reason"])
