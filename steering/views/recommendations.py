"""Recommendations: the list, one with its parts and actions, written down, corrected, its history."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Min, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.lists import ListView
from core.views.history import HistoryMixin
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import recommendations
from steering.domain.worklist import RUNNING
from steering.enums import RECOMMENDATION_SHUT
from steering.exports import follow_up as exports
from steering.forms.recommendations import RecommendationForm
from steering.forms.verbs import offered
from steering.history import follow_up as history
from steering.lists.follow_up import RECOMMENDATIONS
from steering.models import Action, AgendaItem, Committee, Recommendation, RecommendationStep
from steering.permissions import can_read, can_see_people, can_write, follow_up_history


class RecommendationList(PermissionMixin, ListView):
    """Every recommendation that this reader may see, with the earliest date that is past."""

    permission = staticmethod(can_read)
    spec = RECOMMENDATIONS
    export = exports.RECOMMENDATIONS
    template_name = "steering/follow_up/recommendations.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        late = Q(actions__due_on__lt=timezone.localdate(), actions__state__in=RUNNING)
        rows = Recommendation.objects.visible_to(self.request.user).select_related("committee", "addressee", "parent")  # type: ignore[arg-type]
        return rows.annotate(late_since=Min("actions__due_on", filter=late & ~Q(state__in=RECOMMENDATION_SHUT)))

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(can_write=self.may_create(), today=timezone.localdate(), **kwargs)


class RecommendationPage(ScopedObjectMixin):
    """A page about one recommendation."""

    permission = staticmethod(can_read)
    model = Recommendation

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Recommendation.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return rows.select_related("committee", "addressee", "parent", "programme", "session", "item__meeting")

    def get_success_url(self) -> str:
        return reverse("steering:recommendation-detail", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rights = {"can_write": can_write(user), "sees_people": can_see_people(user)}
        return super().get_context_data(recommendation=self.object, **rights, **kwargs)  # type: ignore[misc, no-any-return]


class RecommendationDetail(RecommendationPage, TemplateView):
    """As it was given; what was answered; its parts, or its actions; what may be done next and by whom."""

    template_name = "steering/follow_up/recommendation.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one: Recommendation = self.object
        user: Any = self.request.user
        actions = Action.objects.filter(parent__isnull=True).select_related("owner").order_by("code", "id")
        parts = list(one.parts.order_by("code", "id").prefetch_related(Prefetch("actions", queryset=actions)))
        steps = RecommendationStep.objects.select_related("decision", "organisation", "person", "by")
        visible = (
            AgendaItem.objects.visible_to(user).filter(pk=one.item_id) if one.item_id else AgendaItem.objects.none()
        )
        return super().get_context_data(
            tab="overview",
            parts=parts,
            actions=[] if parts else list(actions.filter(recommendation=one)),
            steps=list(steps.filter(recommendation=one)),
            verbs=[] if parts else offered(one, user),
            may_split=can_write(user) and self.is_divisible(parts),
            item_title=next((row.title for row in visible), ""),
            committee_opens=Committee.objects.visible_to(user).filter(pk=one.committee_id).exists(),
            today=timezone.localdate(),
            **kwargs,
        )

    def is_divisible(self, parts: list[Recommendation]) -> bool:
        one: Recommendation = self.object
        fits = bool(parts) or one.state in recommendations.DIVISIBLE
        return fits and one.parent_id is None and not one.actions.exists()


class RecommendationHistory(HistoryMixin, RecommendationPage, TemplateView):
    """Who did what, when and why, with old and new values."""

    template_name = "steering/follow_up/recommendation_history.html"
    trail = history.RECOMMENDATION
    rights = staticmethod(follow_up_history)
    extra_context = {"tab": "history"}


class RecommendationCreate(PermissionMixin, FormPage):
    """Written down as it was given."""

    permission = staticmethod(can_write)
    form_class = RecommendationForm
    template_name = "steering/follow_up/form.html"
    heading = _("Enter a recommendation")
    explanation = _("Word for word as it was given. What asks several things is divided afterwards.")
    submit = _("Enter the recommendation")
    success_message = _("The recommendation is entered.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        committee = Committee.objects.filter(slug=asked.get("committee", "")).first()
        item = asked.get("item", "")
        known = (
            AgendaItem.objects.filter(pk=item).select_related("meeting") if item.isdecimal() and len(item) < 10 else ()
        )
        for row in known:
            meeting = row.meeting
            return {
                "committee": meeting.committee_id,
                "item": row.pk,
                "origin_kind": "meeting",
                "given_on": meeting.day,
            }
        return {"committee": committee.pk if committee is not None else None}

    def perform(self, form: RecommendationForm) -> Recommendation:
        return recommendations.create(actor=self.request.user, **form.changes())  # type: ignore[arg-type]

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("steering:recommendation-list")
        return reverse("steering:recommendation-detail", args=[self.result.pk])


class RecommendationEdit(RecommendationPage, FormPage):
    """Corrected; of which one it is a part."""

    permission = staticmethod(can_write)
    form_class = RecommendationForm
    template_name = "steering/follow_up/form.html"
    heading = _("Correct the recommendation")
    submit = _("Save")
    success_message = _("The recommendation is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def perform(self, form: RecommendationForm) -> Recommendation:
        user: Any = self.request.user
        return recommendations.update(recommendation=self.object, version=form.version, actor=user, **form.changes())
