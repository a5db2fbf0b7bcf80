"""The page behind the personal link of an action: whose it is, what it is about, and one answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.models import PersonalLink
from core.views.mixins import PublicMixin
from core.views.pages import FormPage
from notifications import links
from notifications.domain.links import renewal_url
from steering.domain import reports
from steering.forms.actions import ProgressForm
from steering.models import Action


class ProgressPage(PublicMixin, FormPage):
    """Opening it changes nothing; the form posts once. Used: what was answered; expired: the way to a new link."""

    form_class = ProgressForm
    template_name = "steering/follow_up/progress_page.html"
    heading = _("How far is this action?")
    submit = _("Report the progress")

    link: PersonalLink
    token: str
    row: Action

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = kwargs["token"]
        try:
            self.link = links.find(self.token)
            if self.link.act != reports.ACT:
                raise links.LinkUnknown
        except links.LinkError:
            return redirect("notifications:link-renew", token=self.token)
        rows = Action.objects.select_related("committee", "owner", "owner_person", "recommendation")
        self.row = get_object_or_404(rows, pk=self.link.object_id)
        response = self._answered(request) or super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse | None:
        """The page of a link that opens no form: somebody else's, used, expired, or of an action that is closed."""
        user: Any = request.user if request.user.is_authenticated else None
        try:
            self.person = reports.person_of(self.link)
            if self.link.used_at is not None and (user is None or user.pk == self.person.user_id):
                return self._page(request, answer=reports.answer_to(self.link), person=self.person)
            refusal = links.refusal_of(self.link, now=timezone.now())
            if refusal is not None:
                return redirect(renewal_url(self.link, self.token))
            reports.check(link=self.link, action=self.row, user=user)
        except reports.NotYours as refused:
            return self._page(request, status=HTTPStatus.FORBIDDEN, refusal=str(refused), signed_in=user is not None)
        except DomainError as refused:
            return self._page(request, status=HTTPStatus.GONE, refusal=str(refused), person=self.person)
        return None

    def _page(self, request: HttpRequest, *, status: int = HTTPStatus.OK, **context: Any) -> HttpResponse:
        shown = context.get("signed_in") is None or status != HTTPStatus.FORBIDDEN
        page = {"action_row": self.row if shown else None, "token": self.token, **context}
        return render(request, "steering/follow_up/progress_answered.html", page, status=status)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "action": self.row, "for_staff": False}

    def perform(self, form: ProgressForm) -> Any:
        user: Any = self.request.user if self.request.user.is_authenticated else None
        return reports.answer(
            link=self.link,
            percent=form.cleaned_data["percent"],
            note=form.cleaned_data["note"],
            given=form.given(),
            user=user,
            now=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("steering:progress-page", args=[self.token])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        return super().get_context_data(
            action_row=self.row, person=self.person, days_late=self.row.days_late(today), today=today, **kwargs
        )
