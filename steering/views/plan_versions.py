"""One version of a plan: what it holds, its review, its adoption, what differs from another one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import models
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import TemplateView

from accounts.permissions import history_rights
from core.views.history import HistoryMixin
from core.views.mixins import ActView, ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import plan_differences, plans, review_requests, review_summary, reviews
from steering.domain.review_requests import Asked
from steering.enums import PlanState
from steering.forms.plans import AdoptForm, ChooseForm, DeadlineForm, ReasonForm
from steering.history.plans import VERSION_TRAIL
from steering.models import Plan, PlanVersion, Seat
from steering.permissions import can_read, can_see_people, can_write, is_member
from steering.views.plans import page_of


class VersionPage(ScopedObjectMixin):
    """A page about one version; a draft is for staff."""

    permission = staticmethod(can_read)
    model = PlanVersion

    def get_queryset(self) -> models.QuerySet[Any]:
        user: Any = self.request.user
        rows = PlanVersion.objects.filter(plan__in=Plan.objects.visible_to(user))
        rows = rows.select_related("plan__committee", "adopted_by__item__meeting")
        return rows if can_write(user) else rows.exclude(state=PlanState.DRAFT)

    def get_object(self) -> Any:
        return get_object_or_404(self.get_queryset(), plan__slug=self.kwargs["slug"], number=self.kwargs["number"])

    def get_success_url(self) -> str:
        return page_of(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rights = {"can_write": can_write(user), "sees_people": can_see_people(user)}
        return super().get_context_data(version=self.object, plan=self.object.plan, **rights, **kwargs)  # type: ignore[misc, no-any-return]


class VersionDetail(VersionPage, TemplateView):
    """What the version says of each action; for staff, how its review stands."""

    template_name = "steering/plans/version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        version, now = self.object, timezone.now()
        live = version.state == PlanState.DRAFT
        rows = version.entries.select_related("action__owner", "action__recommendation", "owner", "recommendation")
        summary = review_summary.of(version, now=now) if can_write(self.request.user) and version.review_from else None
        is_open = reviews.is_open(version, now=now)
        return super().get_context_data(
            entries=[plan_differences.of_entry(entry, live=live) for entry in rows],
            before=plan_differences.before(version),
            summary=summary,
            is_open=is_open,
            may_review=is_open and is_member(self.request.user),
            is_past=version.state == PlanState.REVIEW and not is_open,
            **kwargs,
        )


class VersionHistory(HistoryMixin, VersionPage, TemplateView):
    """Who did what with the version; auditors read it without people, remarks and reasons."""

    template_name = "steering/plans/version_history.html"
    trail = VERSION_TRAIL
    rights = staticmethod(history_rights)


class VersionDiff(VersionPage, TemplateView):
    """What this version has that another one has not; the one before it unless the address names another."""

    template_name = "steering/plans/diff.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = [row for row in self.get_queryset().filter(plan=self.object.plan) if row.pk != self.object.pk]
        asked = self.request.GET.get("with", "")
        if asked:
            other = next((row for row in others if str(row.number) == asked), None)
            if other is None:
                raise Http404
        else:
            lower = [row for row in others if row.number < self.object.number]
            other = max(lower, key=lambda row: row.number, default=None)
        changes = plan_differences.between(other, self.object) if other else []
        counts = {how: sum(change.how == how for change in changes) for how in ("added", "removed", "changed")}
        return super().get_context_data(other=other, others=others, changes=changes, counts=counts, **kwargs)


class VersionForm(VersionPage, FormPage):
    """A form about a version, for staff."""

    permission = staticmethod(can_write)


class VersionChoose(VersionForm):
    """Which actions the draft holds."""

    form_class = ChooseForm
    heading = _("Choose the actions")
    explanation = _("The draft follows the actions as they change; they are fixed when the review begins.")
    submit = _("Save the choice")
    success_message = _("The actions of the draft are chosen.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "plan": self.object.plan}

    def get_initial(self) -> dict[str, Any]:
        return {"actions": list(self.object.entries.values_list("action_id", flat=True))}

    def perform(self, form: ChooseForm) -> Any:
        return plans.choose(
            plan_version=self.object,
            actions=form.cleaned_data["actions"],
            actor=self.request.user,  # type: ignore[arg-type]
        )


class VersionAsk(VersionForm):
    """Send the draft to review."""

    form_class = DeadlineForm
    heading = _("Send to review")
    explanation = _(
        "The entries are fixed as the actions stand now, and the titular of each seat gets a message with a personal "
        "link. More than five messages wait ten minutes, so that you can look at them."
    )
    submit = _("Send to review")
    once = True

    def perform(self, form: DeadlineForm) -> Any:
        return self.told(
            plans.send_to_review(
                plan_version=self.object,
                until=form.cleaned_data["until"],
                actor=self.request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        )

    def told(self, asked: Asked) -> Asked:
        tell(self.request, asked)
        return asked


class VersionExtend(VersionAsk):
    """More time for the seats."""

    heading = _("Give more time")
    explanation = _("The seats that have not answered fully get a new message with the new hour.")
    submit = _("Move the deadline")

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.object.review_until}

    def perform(self, form: DeadlineForm) -> Any:
        return self.told(
            plans.extend(
                plan_version=self.object,
                until=form.cleaned_data["until"],
                actor=self.request.user,  # type: ignore[arg-type]
                now=timezone.now(),
            )
        )


class VersionBack(VersionForm):
    """Stop the review."""

    form_class = ReasonForm
    heading = _("Back to draft")
    explanation = _("The review stops. Opinions given so far are kept; the next review begins anew.")
    submit = _("Back to draft")
    success_message = _("The version is a draft again.")

    def perform(self, form: ReasonForm) -> Any:
        return plans.back_to_draft(
            plan_version=self.object,
            reason=form.cleaned_data["reason"],
            actor=self.request.user,  # type: ignore[arg-type]
        )


class VersionAdopt(VersionForm):
    """The committee adopted it."""

    form_class = AdoptForm
    heading = _("Enter the adoption")
    explanation = _("The entries are frozen for good; a version that was in force is closed.")
    submit = _("Enter the adoption")
    success_message = _("The version is adopted.")

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {**kwargs, "version": self.object}

    def perform(self, form: AdoptForm) -> Any:
        return plans.adopt(
            plan_version=self.object,
            actor=self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
            **form.changes(),
        )


class VersionClose(VersionForm):
    """The plan is at its end."""

    form_class = ReasonForm
    heading = _("Close the plan")
    explanation = _("The plan is at its end. Its actions go on as they stand; nothing is deleted.")
    submit = _("Close the plan")
    success_message = _("The version is closed.")

    def perform(self, form: ReasonForm) -> Any:
        return plans.close(
            plan_version=self.object,
            reason=form.cleaned_data["reason"],
            actor=self.request.user,  # type: ignore[arg-type]
        )


class VersionRemind(VersionPage, ActView):
    """Once more to those who have not answered, or to one seat."""

    permission = staticmethod(can_write)

    def perform(self) -> None:
        asked = self.request.POST.get("seat", "")
        seat = None
        if asked:
            seats = Seat.objects.filter(committee=self.object.plan.committee)
            seat = get_object_or_404(seats, pk=asked if asked.isdecimal() and len(asked) < 10 else 0)
        sent = review_requests.remind(
            plan_version=self.object,
            seat=seat,
            actor=self.request.user,  # type: ignore[arg-type]
            now=timezone.now(),
        )
        tell(self.request, sent)


def tell(request: Any, asked: Asked) -> None:
    """How many persons are written to, and how many have no address."""
    sent = asked.count - asked.without_address
    words = ngettext("%(n)s person is written to.", "%(n)s persons are written to.", sent)
    messages.success(request, words % {"n": sent})
    if asked.without_address:
        lacking = ngettext(
            "%(n)s person has no e-mail address: hand over the plan on paper.",
            "%(n)s persons have no e-mail address: hand over the plan on paper.",
            asked.without_address,
        )
        messages.warning(request, lacking % {"n": asked.without_address})
