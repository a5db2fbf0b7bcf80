"""The founding act of a committee: its versions, rule by rule; a new one; a correction with its reason."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import acts, blocked
from steering.forms.committees import FoundingActCorrectForm, FoundingActForm
from steering.models import Committee, FoundingAct
from steering.permissions import can_write
from steering.views.committees import CommitteePage
from steering.views.picking import number_in

SHOWN_MEETINGS = 10


class ActPage(CommitteePage, TemplateView):
    """One version rule by rule, the one in force unless `?version=` names another; what is not documented is said."""

    template_name = "steering/committees/act.html"

    def shown(self, versions: list[FoundingAct], in_force: FoundingAct | None) -> FoundingAct | None:
        wanted = number_in(self.request, "version")
        if not wanted:
            return in_force or next(iter(versions), None)
        found = next((row for row in versions if row.pk == wanted), None)
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = acts.versions_of(self.object)
        in_force = self.object.act_on(timezone.localdate())
        act = self.shown(versions, in_force)
        return super().get_context_data(
            tab="act",
            versions=versions,
            in_force=in_force,
            act=act,
            chapters=blocked.chapters(act) if act is not None else [],
            blocked=blocked.blocked_by(act),
            resting=acts.resting_on(act).count() if act is not None else 0,
            **kwargs,
        )


class ActCreate(CommitteePage, FormPage):
    """A new version; it begins with the rules of the version before, or with none."""

    permission = staticmethod(can_write)
    template_name = "steering/committees/act_form.html"
    form_class = FoundingActForm
    heading = _("Enter a version of the founding act")
    explanation = _("Enter what the text says, and no more: what stays undocumented blocks the acts that need it.")
    submit = _("Enter the version")
    success_message = _("The version is entered.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs["instance"] = FoundingAct(committee=self.object)
        return kwargs

    def get_initial(self) -> dict[str, Any]:
        newest = self.object.acts.first()
        if newest is None:
            return {}
        left_out = {"title_fr", "title_ar", "signed_on", "in_force_from", "source"}
        names = [name for name in FoundingActForm.Meta.fields if name not in left_out]
        return {name: getattr(newest, name) for name in names}

    def perform(self, form: FoundingActForm) -> FoundingAct:
        return acts.enter(committee=self.object, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return reverse("steering:committee-act", args=[self.object.slug])


class ActEdit(ScopedObjectMixin, FormPage):
    """Correct a version: always with a reason; the meetings that rest on it are named first."""

    permission = staticmethod(can_write)
    template_name = "steering/committees/act_form.html"
    model = FoundingAct
    form_class = FoundingActCorrectForm
    heading = _("Correct a version of the founding act")
    explanation = _("For a slip of the pen, or for a rule that was found since. New rules are a new version.")
    submit = _("Save the correction")
    success_message = _("The version is corrected; the history shows why.")

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Committee.objects.visible_to(self.request.user)
        return FoundingAct.objects.filter(committee__in=visible).select_related("committee")

    @cached_property
    def resting(self) -> models.QuerySet[Any]:
        return acts.resting_on(self.object)

    def perform(self, form: FoundingActCorrectForm) -> FoundingAct:
        return acts.correct(act=self.object, version=form.version, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return f"{reverse('steering:committee-act', args=[self.object.committee.slug])}?version={self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = {"meetings": list(self.resting[:SHOWN_MEETINGS]), "meeting_count": self.resting.count()}
        return super().get_context_data(committee=self.object.committee, **rows, **kwargs)
