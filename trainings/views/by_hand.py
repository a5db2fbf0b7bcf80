"""Entering people by hand: one, perhaps a known person; or many at once, out of a list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core import search
from core.views.imports import ImportStart
from core.views.mixins import DomainFormMixin
from directory.models import Person
from trainings.domain import by_hand, intake
from trainings.forms.registrations import ByHandForm, suggested
from trainings.models import Registration, SessionPart
from trainings.views.session_forms import OfSession

FOUND = 10


class RegistrationCreate(OfSession, DomainFormMixin, FormView):
    """Register somebody in one part of the session, under the same rules of capacity."""

    template_name = "trainings/registrations/by_hand.html"
    form_class = ByHandForm
    success_message = _("The registration is entered.")
    once = True
    part: SessionPart
    person: Person | None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        asked = request.GET.get("person", "")
        self.person = Person.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 19 else None
        rows = SessionPart.objects.select_related("session__training__programme")
        rows = rows.prefetch_related("categories__category", "session__questions")
        self.part = get_object_or_404(rows, session__slug=kwargs["slug"], position=kwargs["position"])

    def get_initial(self) -> dict[str, Any]:
        if self.person is None:
            return {}
        names = ("name_latin", "name_ar", "sex", "function", "email", "phone", "governorate", "language")
        return {name: getattr(self.person, name) for name in names}

    def get_form_kwargs(self) -> dict[str, Any]:
        consent_text = intake.consent_text(on=timezone.localdate())
        return super().get_form_kwargs() | {"part": self.part, "consent_text": consent_text}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        typed = search.clean(self.request.GET.get("q", ""))
        people = Person.objects.visible_to(self.request.user)
        return context | {
            "part": self.part,
            "person": self.person,
            "q": typed,
            "found": list(search.matching(people, typed).order_by("key", "id")[:FOUND]) if typed else [],
            "organisations": suggested(self.part),
            "consent_text": context["form"].consent_text,
        }

    def perform(self, form: ByHandForm) -> Registration:
        return by_hand.register(
            part=self.part, data=form.entry(), person=self.person, actor=self.request.user, now=timezone.now()
        )

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("trainings:registration-list", args=[self.object.slug])
        return reverse("trainings:registration-detail", args=[self.result.pk])


class RegistrationImport(OfSession, ImportStart):
    """Register many people in one part, out of a list."""

    kind_code = "trainings.registrations"

    def get_params(self) -> dict[str, Any]:
        part = get_object_or_404(SessionPart, session=self.object, position=self.kwargs["position"])
        return {"part": part.pk}

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("trainings:registration-list", args=[self.object.slug])
        return ImportStart.get_success_url(self)
