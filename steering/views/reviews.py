"""The opinion of a seat: by a member who is signed in, or by the personal link of one person. GET shows, POST acts."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core.views.mixins import DomainFormMixin, PublicMixin
from notifications import links
from steering.domain import board, plan_differences, review_requests, reviews, sitting, visits
from steering.domain.news import of_actions
from steering.enums import MandateKind
from steering.errors import NotInOffice, ReviewClosed
from steering.forms.reviews import ReviewForm
from steering.models import Mandate, PlanVersion, Review, ReviewRequest
from steering.permissions import is_member
from steering.views.plan_versions import VersionPage
from steering.views.plans import page_of


class Opinions(DomainFormMixin, FormView):  # type: ignore[misc, type-arg]
    """What both ways share: subclasses give `plan_version`, `mandate` and `since()`."""

    form_class = ReviewForm
    success_message = _("Your opinion is recorded. You may change it until the deadline.")
    by_link = False
    plan_version: PlanVersion
    mandate: Mandate

    def since(self, now: datetime) -> datetime | None:
        """From when on what changed is marked."""
        raise NotImplementedError

    def why_closed(self) -> str:
        """The sentence that says why nothing can be answered; empty while it can."""
        now = timezone.now()
        if not reviews.is_open(self.plan_version, now=now):
            return str(ReviewClosed())
        try:
            reviews.check_office(self.mandate, plan_version=self.plan_version, now=now)
        except NotInOffice as refusal:
            return str(refusal)
        return ""

    def said(self) -> dict[int | None, Review]:
        """What the seat has said so far."""
        found = reviews.newest(self.plan_version, seat=self.mandate.seat)
        return {action: review for (_seat, action), review in found.items()}

    def get_form_kwargs(self) -> dict[str, Any]:
        self.entries = reviews.in_order(board.entries_of(self.plan_version), self.mandate.seat)
        self.before = self.said()
        return {**super().get_form_kwargs(), "entries": self.entries, "said": self.before}

    def perform(self, form: ReviewForm) -> list[Review]:
        user: Any = self.request.user
        return reviews.give(
            plan_version=self.plan_version,
            mandate=self.mandate,
            opinions=form.opinions(),
            actor=user if user.is_authenticated else None,
            now=timezone.now(),
            by_link=self.by_link,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        now = timezone.now()
        since = self.since(now)
        changed = of_actions([entry.action_id for entry in self.entries], since=since) if since else {}
        older = plan_differences.before(self.plan_version)
        differs = (
            {change.said.action_id: change for change in plan_differences.between(older, self.plan_version)}
            if older
            else {}
        )
        seat = self.mandate.seat
        last = max(self.before.values(), key=lambda review: review.at, default=None)
        blocks = [
            {
                "block": block,
                "entry": block.entry,
                "is_own": block.entry is not None and block.entry.owner_id == seat.organisation_id,
                "news": changed.get(block.entry.action_id, []) if block.entry else [],
                "differs": differs.get(block.entry.action_id) if block.entry else None,
            }
            for block in context["form"].blocks()
        ]
        return context | {
            "version": self.plan_version,
            "plan": self.plan_version.plan,
            "mandate": self.mandate,
            "seat": seat,
            "kind": MandateKind(self.mandate.kind).label,
            "own": [block for block in blocks if block["is_own"]],
            "others": [block for block in blocks if not block["is_own"]],
            "older": older,
            "since": since,
            "closed": self.why_closed(),
            "given": last.at if last else None,
            "given_by": last.person if last and last.person_id != self.mandate.person_id else None,
            "today": timezone.localdate(now),
        }


class ReviewView(VersionPage, Opinions):
    """A member speaks for a seat in which the own mandate is in force today."""

    permission = staticmethod(is_member)
    template_name = "steering/plans/review.html"

    def get_object(self) -> Any:
        """The version, with the mandate of this reader in its committee; without one there is nothing to see."""
        found = super().get_object()
        mandates = sitting.mandates_of(
            self.request.user,  # type: ignore[arg-type]
            on=timezone.localdate(),
            committee=found.plan.committee,
        )
        self.mandates = list(mandates)
        asked = self.request.GET.get("seat", "")
        mine = [mandate for mandate in self.mandates if not asked or str(mandate.seat_id) == asked]
        if not mine:
            raise Http404
        self.plan_version, self.mandate = found, mine[0]
        return found

    def since(self, now: datetime) -> datetime | None:
        user: Any = self.request.user
        return visits.since(user=user, committee=self.plan_version.plan.committee, page=visits.REVIEW, now=now)

    def get_success_url(self) -> str:
        url = reverse("steering:review", args=[self.plan_version.plan.slug, self.plan_version.number])
        return f"{url}?seat={self.mandate.seat_id}" if len(self.mandates) > 1 else url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mandates=self.mandates, back_url=page_of(self.plan_version), **kwargs)


class ReviewPage(PublicMixin, Opinions):
    """Behind a personal link: one version, one seat, one person, until the deadline. It never votes in a meeting."""

    template_name = "steering/plans/review_page.html"
    by_link = True
    token: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = kwargs["token"]
        try:
            link = links.resolve(self.token, review_requests.ACT)
        except links.LinkError as dead:
            return redirect(dead.url or reverse("notifications:link-renew", args=[self.token]))
        rows = ReviewRequest.objects.select_related(
            "plan_version__plan__committee", "mandate__person", "mandate__seat__organisation"
        )
        self.asked = rows.get(pk=link.object_id)
        self.plan_version, self.mandate = self.asked.plan_version, self.asked.mandate
        response = self._for_its_reader(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _for_its_reader(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        if user.is_authenticated and self.mandate.person.user_id != user.pk:
            context = {"seat": self.mandate.seat, "plan": self.plan_version.plan, "signed_in_as": str(user)}
            return render(request, "steering/plans/review_other.html", context, status=HTTPStatus.FORBIDDEN)
        return super().dispatch(request, *args, **kwargs)

    def since(self, now: datetime) -> datetime | None:
        """Since this seat's last answer, or since the plan was sent."""
        said = [review.at for review in self.before.values()]
        return max(said, default=self.asked.asked_at)

    def get_success_url(self) -> str:
        return reverse("steering:review-page", args=[self.token])
