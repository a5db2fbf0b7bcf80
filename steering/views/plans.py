"""Plans: the list, a new one, its name, its board, its public page switched on and off, its history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.permissions import history_rights
from core.exports import answers
from core.lists import ListView
from core.views.history import HistoryMixin
from core.views.mixins import ActView, PermissionMixin, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import board, plans, reviews, visits
from steering.domain.board import Line
from steering.domain.news import of_actions
from steering.enums import PlanState
from steering.exports.plans import BOARD
from steering.forms.plans import NewPlanForm, PlanForm
from steering.history.plans import TRAIL
from steering.lists.plans import PLANS, BoardFilter
from steering.models import Plan, PlanEntry, PlanVersion
from steering.permissions import can_read, can_see_people, can_write, is_member


class PlanList(PermissionMixin, ListView):
    """The plans that this reader may see, each with its newest version."""

    permission = staticmethod(can_read)
    spec = PLANS
    template_name = "steering/plans/list.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        versions = PlanVersion.objects.order_by("-number")
        if not can_write(self.request.user):
            versions = versions.exclude(state=PlanState.DRAFT)
        rows = Plan.objects.visible_to(self.request.user).select_related("committee")
        return rows.prefetch_related(Prefetch("versions", queryset=versions, to_attr="shown_versions"))

    def may_create(self) -> bool:
        return can_write(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, can_write=self.may_create())


class PlanPage(ScopedObjectMixin):
    """A page about one plan."""

    permission = staticmethod(can_read)
    model = Plan
    lookup = "slug"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("committee")

    def get_success_url(self) -> str:
        return reverse("steering:plan-detail", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rights = {"can_write": can_write(user), "sees_people": can_see_people(user)}
        return super().get_context_data(plan=self.object, **rights, **kwargs)  # type: ignore[misc, no-any-return]


class PlanCreate(PermissionMixin, FormPage):
    """A new plan; its first version is a draft without actions."""

    permission = staticmethod(can_write)
    form_class = NewPlanForm
    heading = _("Prepare a plan")
    explanation = _("The first version begins as an empty draft: its actions are chosen on the next page.")
    submit = _("Prepare the plan")
    success_message = _("The plan is prepared. Choose its actions.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        return {"committee": self.request.GET.get("committee", "")} if self._asked() else {}

    def _asked(self) -> bool:
        return self.request.GET.get("committee", "").isdecimal()

    def perform(self, form: NewPlanForm) -> PlanVersion:
        return plans.create(actor=self.request.user, **form.changes())  # type: ignore[arg-type]

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("steering:plan-list")
        return reverse("steering:version-choose", args=[self.result.plan.slug, self.result.number])


class PlanEdit(PlanPage, FormPage):
    """Correct the name."""

    permission = staticmethod(can_write)
    form_class = PlanForm
    heading = _("Correct the plan")
    submit = _("Save")
    success_message = _("The plan is saved.")

    def perform(self, form: PlanForm) -> Plan:
        return plans.update(plan=self.object, version=form.version, actor=self.request.user, **form.changes())


class PlanBoard(PlanPage, TemplateView):
    """Recommendations, their parts and actions; what changed since the last visit is marked."""

    template_name = "steering/plans/board.html"
    export = BOARD

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The board as a file, with the filters of the address."""
        return answers.answer(self)

    def export_rows(self) -> models.QuerySet[Any]:
        version = board.shown_of(board.versions_of(self.object, self.request.user))
        filters = BoardFilter(self.request, version=version)
        rows = board.entries_of(version) if version else PlanEntry.objects.none()
        return filters.narrow(rows, search_field="")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, now, user = timezone.localdate(), timezone.now(), self.request.user
        versions = board.versions_of(self.object, user)
        version = board.shown_of(versions)
        filters = BoardFilter(self.request, version=version)
        lines = self._lines(filters, version, now=now)
        by_owner = self.request.GET.get("view") == "owner"
        open_version = next((row for row in versions if row.state in plans.OPEN_STATES), None)
        return super().get_context_data(
            version=version,
            versions=versions,
            open_version=open_version,
            has_adopted=any(row.state in plans.ADOPTED_STATES for row in versions),
            may_review=open_version is not None and is_member(user) and reviews.is_open(open_version, now=now),
            figures=board.figures_of(version, on=today) if version else None,
            groups=board.by_owner(lines) if by_owner else board.by_recommendation(lines),
            by_owner=by_owner,
            page=Shown(lines),
            filters=filters,
            chips=list(filters.chips()),
            hidden_query=[("view", "owner")] if by_owner else [],
            has_errors=bool(filters.errors),
            may_export=bool(lines),
            export_is_big=False,
            changed=[line for line in lines if line.news],
            today=today,
            tab="late" if filters.values.get("late") else "owner" if by_owner else "table",
            **kwargs,
        )

    def _lines(self, filters: BoardFilter, version: PlanVersion | None, *, now: datetime) -> list[Line]:
        """The actions that pass the filters, each with what happened to it since this reader's last visit."""
        user: Any = self.request.user
        since = visits.since(user=user, committee=self.object.committee, page=visits.BOARD, now=now)
        if version is None:
            return []
        rows = filters.narrow(board.entries_of(version), search_field="")
        lines = board.lines_of(rows, on=timezone.localdate(now))
        if since is not None and lines:
            changed = of_actions([line.entry.action_id for line in lines], since=since)
            for line in lines:
                line.news = changed.get(line.entry.action_id, [])
        return lines


@dataclass(frozen=True)
class Shown:
    """How many actions the board shows, in words."""

    rows: list[Line]

    @property
    def count_text(self) -> str:
        n = len(self.rows)
        return ngettext("%(n)s action", "%(n)s actions", n) % {"n": n}


class PlanHistory(HistoryMixin, PlanPage, TemplateView):
    """Who did what with the plan itself; each version has its own history."""

    template_name = "steering/plans/history.html"
    trail = TRAIL
    rights = staticmethod(history_rights)


class PlanPublish(PlanPage, ActView):
    """Everybody may read what became of it."""

    permission = staticmethod(can_write)
    success_message = _("The accountability page is public.")

    def perform(self) -> None:
        plans.publish(plan=self.object, actor=self.request.user)


class PlanWithdraw(PlanPage, ActView):
    """The public page is taken away."""

    permission = staticmethod(can_write)
    success_message = _("The accountability page is no longer public.")

    def perform(self) -> None:
        plans.withdraw(plan=self.object, actor=self.request.user)


class PlanNewVersion(PlanPage, ActView):
    """The next version, as a draft."""

    permission = staticmethod(can_write)
    success_message = _("The next version is prepared as a draft.")
    opened: PlanVersion | None = None

    def perform(self) -> None:
        self.opened = plans.new_version(plan=self.object, actor=self.request.user)

    def get_success_url(self) -> str:
        if self.opened is None:
            return super().get_success_url()
        return reverse("steering:version-detail", args=[self.object.slug, self.opened.number])


def page_of(version: PlanVersion) -> str:
    """Where a version is read."""
    return reverse("steering:version-detail", args=[version.plan.slug, version.number])
