"""The public form by which somebody asks for a place, and the page that follows it, the same for everybody."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from core.views.mixins import DomainFormMixin, PublicMixin
from trainings.domain import intake, registrations
from trainings.enums import PUBLIC_STATES
from trainings.forms.registrations import RegistrationForm, suggested
from trainings.models import SessionPart

SENT_TO = "registration_sent_to"
"""Key of the visitor's session: the address is shown to who typed it, and never stands in a URL."""


class OfPublicPart(PublicMixin):
    """A page about a part of a session that everybody may read."""

    part: SessionPart

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows: models.QuerySet[SessionPart] = SessionPart.objects.filter(session__state__in=PUBLIC_STATES)
        rows = rows.select_related("session__training__programme", "session__governorate")
        rows = rows.prefetch_related("categories__category", "session__questions")
        self.part = get_object_or_404(rows, session__slug=kwargs["slug"], position=kwargs["position"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"part": self.part, "session": self.part.session}


class Register(OfPublicPart, DomainFormMixin, FormView):
    """Ask for a place. Twice the same changes nothing, and the answer tells a stranger nothing about an address."""

    template_name = "trainings/registrations/register.html"
    form_class = RegistrationForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reason = registrations.why_closed(part=self.part, now=timezone.now())
        if not reason and intake.consent_text(on=timezone.localdate()) is None:
            raise Http404("no consent text")
        if reason:
            self.template_name = "trainings/registrations/closed.html"
            return self.render_to_response(super().get_context_data(form=None, reason=reason))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        consent_text = intake.consent_text(on=timezone.localdate())
        return super().get_form_kwargs() | {"part": self.part, "consent_text": consent_text}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        return context | {"consent_text": form.consent_text, "organisations": suggested(self.part)}

    def perform(self, form: RegistrationForm) -> None:
        registrations.request(part=self.part, data=form.request(), now=timezone.now())
        self.request.session[SENT_TO] = form.cleaned_data["email"]

    def get_success_url(self) -> str:
        return reverse("trainings:registration-sent", args=[self.part.session.slug, self.part.position])


class RegistrationSent(OfPublicPart, TemplateView):
    """Look in your mailbox: said alike whether the address was new, waiting or registered long since."""

    template_name = "trainings/registrations/sent.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            email=self.request.session.get(SENT_TO, ""),
            hours=int(registrations.CONFIRM_WITHIN.total_seconds() // 3600),
            **kwargs,
        )
