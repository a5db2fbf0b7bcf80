"""Committees: the list, the file of one, its data, its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import history_rights
from core.lists import ListView
from core.views.history import HistoryMixin
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import blocked, committees, sitting, terms
from steering.enums import MeetingState
from steering.exports.committees import COMMITTEES as COMMITTEES_FILE
from steering.exports.committees import SEATS as SEATS_FILE
from steering.forms.committees import CommitteeForm
from steering.history.committees import TRAIL
from steering.lists.committees import COMMITTEES, SEATS
from steering.models import Committee, FoundingAct, Meeting
from steering.permissions import can_read, can_read_history, can_see_people, can_write


def seats_today(on: date) -> Count:
    """How many seats a committee has on a day."""
    begun = Q(seats__starts_on__lte=on)
    return Count("seats", filter=begun & (Q(seats__ends_on__isnull=True) | Q(seats__ends_on__gte=on)))


class CommitteeList(PermissionMixin, ListView):
    """Every committee that this reader may see."""

    permission = staticmethod(can_read)
    spec = COMMITTEES
    export = COMMITTEES_FILE
    template_name = "steering/committees/list.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        today = timezone.localdate()
        rows = Committee.objects.visible_to(self.request.user).select_related("parent", "secretariat")
        acts = FoundingAct.objects.filter(committee=OuterRef("pk"), in_force_from__lte=today)
        act_from = Subquery(acts.order_by("-in_force_from").values("in_force_from")[:1])
        return rows.annotate(seat_count=seats_today(today), act_from=act_from)

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, can_write=self.may_create())


class CommitteePage(ScopedObjectMixin):
    """A page about one committee."""

    permission = staticmethod(can_read)
    model = Committee
    lookup = "slug"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Committee.objects.visible_to(self.request.user)
        return rows.select_related("parent", "programme", "secretariat", "verifier__organisation")

    def get_success_url(self) -> str:
        return reverse("steering:committee-detail", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rights = {"can_write": can_write(user), "sees_people": can_see_people(user)}
        return super().get_context_data(committee=self.object, **rights, **kwargs)  # type: ignore[misc, no-any-return]


class CommitteeDetail(CommitteePage, TemplateView):
    """Who sits in it, under which rules, what must be seen to."""

    template_name = "steering/committees/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, user = timezone.localdate(), self.request.user
        act = self.object.act_on(today)
        visible = Committee.objects.visible_to(user)
        parent = self.object.parent
        return super().get_context_data(
            tab="overview",
            today=today,
            act=act,
            blocked=blocked.blocked_by(act),
            seats=sitting.seated(sitting.seats_on(self.object, on=today), on=today),
            alerts=terms.of_committee(self.object, on=today) if can_write(user) else [],
            children=list(visible.filter(parent=self.object).order_by("order_fr", "id")),
            parent_is_shown=parent is not None and visible.filter(pk=parent.pk).exists(),
            next_meeting=next_meeting(self.object, user),
            **kwargs,
        )


def next_meeting(committee: Committee, user: Any) -> Meeting | None:
    """The next meeting that this reader may see."""
    coming = Meeting.objects.visible_to(user).filter(committee=committee, ends_at__gte=timezone.now())
    states = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.OPENED)
    return coming.filter(state__in=states).order_by("starts_at", "id").first()


class SeatList(CommitteePage, ListView):
    """The seats of today by rank, or all that ever were, with who sits in them."""

    spec = SEATS
    export = SEATS_FILE
    template_name = "steering/committees/seats.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = self.object.seats.select_related("organisation")
        return rows if self.request.GET.get("period") == "all" else rows.in_force(on=timezone.localdate())

    def get_object(self) -> Committee:
        found: Committee = get_object_or_404(CommitteePage.get_queryset(self), slug=self.kwargs["slug"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(tab="seats", today=timezone.localdate(), **kwargs)
        context["page"].rows = sitting.seated(context["page"].rows, on=timezone.localdate())
        return context


class CommitteeHistory(HistoryMixin, CommitteePage, TemplateView):
    """Who did what, when and why, with old and new values; auditors read it without people and reasons."""

    permission = staticmethod(can_read_history)
    template_name = "steering/committees/history.html"
    trail = TRAIL
    rights = staticmethod(history_rights)
    extra_context = {"tab": "history"}


class CommitteeCreate(PermissionMixin, FormPage):
    """A new committee; `?parent=` makes a sub-committee."""

    permission = staticmethod(can_write)
    form_class = CommitteeForm
    heading = _("Enter a committee")
    explanation = _("Its founding act and its seats come next, on its page.")
    submit = _("Enter the committee")
    success_message = _("The committee is entered. Enter its founding act next.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        parent = Committee.objects.filter(slug=self.request.GET.get("parent", "")).first()
        return {"parent": parent.pk, "programme": parent.programme_id} if parent is not None else {}

    def perform(self, form: CommitteeForm) -> Committee:
        return committees.create(actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("steering:committee-list")
        return reverse("steering:committee-detail", args=[self.result.slug])


class CommitteeEdit(CommitteePage, FormPage):
    """Correct the data."""

    permission = staticmethod(can_write)
    form_class = CommitteeForm
    heading = _("Correct the committee")
    submit = _("Save")
    success_message = _("The committee is saved.")

    def perform(self, form: CommitteeForm) -> Committee:
        return committees.update(committee=self.object, version=form.version, actor=self.request.user, **form.changes())
