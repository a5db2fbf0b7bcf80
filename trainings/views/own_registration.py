"""The page of one registration, behind its personal link: its state, and every act that is possible. Acts post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from core.errors import DomainError, StaleObject
from core.views.mixins import ActView, PublicMixin
from notifications import links
from trainings.documents import calendar
from trainings.domain import confirmation, intake, personal_links, promotion, registrations, timing, turns, withdrawal
from trainings.enums import ACTIVE_STATES, CertificateState, RegistrationState
from trainings.models import Registration


class OfToken(PublicMixin):
    """A page that only the holder of the link opens. A dead link leads to the page that offers a new one."""

    registration: Registration
    token: str

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.token = kwargs["token"]
        try:
            link = links.resolve(self.token, personal_links.ACT)
        except links.LinkError as dead:
            return redirect(dead.url or reverse("notifications:link-renew", args=[self.token]))
        rows = Registration.objects.select_related(
            "part__session__training__programme",
            "part__session__governorate",
            "category",
            "organisation",
            "consent_text",
        )
        self.registration = rows.get(pk=link.object_id)
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    def url(self, name: str = "registration-page") -> str:
        return reverse(f"trainings:{name}", args=[self.token])

    def get_success_url(self) -> str:
        return self.url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        part = self.registration.part
        return context | {
            "registration": self.registration,
            "part": part,
            "session": part.session,
            "token": self.token,
            "is_due": self.is_due,
        }

    @property
    def is_due(self) -> bool:
        """It waits for its confirmation, and there is still time."""
        one = self.registration
        in_time = one.lapses_at is None or timezone.now() < one.lapses_at
        return one.state == RegistrationState.UNCONFIRMED and in_time


class RegistrationPage(OfToken, TemplateView):
    """State, turn, offer, session, documents; and what was typed."""

    template_name = "trainings/registrations/page.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_due:
            return redirect(self.url("registration-confirm"))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, now = self.registration, timezone.now()
        waits = one.state == RegistrationState.WAITING
        begun = now >= timing.start_of(one.part)
        never_confirmed = one.confirmed_at is None and one.state in {
            RegistrationState.UNCONFIRMED,
            RegistrationState.LAPSED,
        }
        return super().get_context_data(
            turn=turns.turn_of(one) if waits else None,
            offer_stands=one.offer_expires_at is not None and now < one.offer_expires_at,
            may_cancel=one.state in ACTIVE_STATES and not begun,
            may_renew=never_confirmed,
            has_begun=begun,
            closed_because=registrations.why_closed(part=one.part, now=now),
            certificates=list(one.certificates.filter(state=CertificateState.VALID)),
            answers=intake.answered(one),
            **kwargs,
        )


class RegistrationConfirm(OfToken, TemplateView):
    """Shows what will be confirmed; the button confirms. Pressed twice, it answers alike."""

    template_name = "trainings/registrations/confirm.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_due:
            return redirect(self.url())
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = self.registration.part
        return super().get_context_data(
            closed_because=registrations.why_closed(part=part, now=timezone.now()),
            answers=intake.answered(self.registration),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = request.POST.get("version", "")
        version = int(typed) if typed.isdecimal() and len(typed) < 10 else None
        try:
            confirmation.confirm(registration=self.registration, version=version, now=timezone.now())
        except StaleObject:
            messages.warning(request, gettext("The request was changed since you opened this page: read it again."))
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(self.url())


class RegistrationAccept(OfToken, ActView):
    """The person takes the offered place."""

    def perform(self) -> None:
        promotion.accept_offer(registration=self.registration, now=timezone.now())


class RegistrationRenew(OfToken, ActView):
    """A request that lapsed is asked for again; the new link goes to the same address."""

    success_message = _("A new link was sent to your mailbox. Open it to confirm.")

    def perform(self) -> None:
        registrations.renew(registration=self.registration, now=timezone.now())


class RegistrationCancel(OfToken, TemplateView):
    """Says what cancelling does; the button cancels."""

    template_name = "trainings/registrations/cancel.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.registration.state not in ACTIVE_STATES:
            return redirect(self.url())
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            withdrawal.cancel(registration=self.registration, now=timezone.now())
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(self.url())


class RegistrationCalendar(OfToken, View):
    """The dates of one's own part, for one's own calendar."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        content = calendar.registration_calendar(self.registration, now=timezone.now(), method=calendar.PUBLISH)
        response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
        name = f"{self.registration.part.session.slug}.ics"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
