"""The page behind the personal link of a convocation: whose it is, and one form. Opening it changes nothing."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core.errors import DomainError
from core.views.mixins import DomainFormMixin, PublicMixin
from notifications import links
from steering.domain import answers, letters
from steering.enums import MandateKind
from steering.errors import NotInOffice
from steering.forms.answers import LinkAnswerForm
from steering.models import Answer, Invitee
from steering.views.answers import initial_of


class AnswerPage(PublicMixin, DomainFormMixin, FormView):  # type: ignore[misc, type-arg]
    """One person answers one convocation, for the seat, until the deadline; every answer is kept."""

    template_name = "steering/meetings/answer_page.html"
    form_class = LinkAnswerForm
    success_message = _("Your answer is kept. You may change it until the deadline.")
    invitee: Invitee
    token: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = kwargs["token"]
        try:
            link = links.resolve(self.token, letters.ANSWER)
        except links.LinkError as dead:
            return redirect(dead.url or reverse("notifications:link-renew", args=[self.token]))
        rows = Invitee.objects.select_related(
            "convocation__meeting__committee",
            "convocation__meeting__act",
            "mandate__person",
            "mandate__seat__organisation",
        )
        self.invitee = rows.get(pk=link.object_id)
        response = self._answered(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _answered(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.invitee.mandate.person.user_id != request.user.pk:
            context = self._frame() | {"signed_in_as": str(request.user)}
            return render(request, "steering/meetings/answer_other.html", context, status=HTTPStatus.FORBIDDEN)
        return super().dispatch(request, *args, **kwargs)

    def why_closed(self) -> str:
        """The sentence that says why nothing can be answered any more; empty while it can."""
        mandate, meeting = self.invitee.mandate, self.invitee.convocation.meeting
        if not mandate.is_in_force(meeting.day):
            return str(NotInOffice())
        try:
            answers.check_open(meeting, now=timezone.now())
        except DomainError as refusal:
            return str(refusal)
        return ""

    def get_form_kwargs(self) -> dict[str, Any]:
        mandate, meeting = self.invitee.mandate, self.invitee.convocation.meeting
        return {**super().get_form_kwargs(), "meeting": meeting, "seat": mandate.seat, "mandate": mandate}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self._given())

    def _given(self) -> Answer | None:
        return answers.newest(self.invitee.convocation.meeting).get(self.invitee.mandate.seat_id)

    def perform(self, form: LinkAnswerForm) -> Answer:
        mandate = self.invitee.mandate
        return answers.give(
            meeting=self.invitee.convocation.meeting,
            seat=mandate.seat,
            person=mandate.person,
            by_link=True,
            actor=self.request.user if self.request.user.is_authenticated else None,
            now=timezone.now(),
            **form.changes(),
        )

    def get_success_url(self) -> str:
        return reverse("steering:answer-page", args=[self.token])

    def _frame(self) -> dict[str, Any]:
        meeting = self.invitee.convocation.meeting
        letter = meeting.convocations.order_by("sent_at", "id").last() or self.invitee.convocation
        return {
            "invitee": self.invitee,
            "mandate": self.invitee.mandate,
            "kind": MandateKind(self.invitee.mandate.kind).label,
            "seat": self.invitee.mandate.seat,
            "meeting": meeting,
            "letter": letter,
            "said_items": [_titled(item) for item in letter.said.get("items", [])],
            "token": self.token,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self._frame(), given=self._given(), closed=self.why_closed(), **kwargs)


def _titled(item: dict[str, Any]) -> dict[str, Any]:
    """An item as the letter says it, in the reader's language: a confidential one is a number."""
    if item.get("confidential"):
        return {"n": item["n"], "title": gettext("Confidential item")}
    arabic = (get_language() or "").startswith("ar")
    return {"n": item["n"], "title": (item["ar"] if arabic else item["fr"]) or item["fr"] or item["ar"]}
