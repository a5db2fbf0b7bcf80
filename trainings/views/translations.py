"""The page that asks for the Arabic texts that certificates wait for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core.views.mixins import DomainFormMixin, ScopedObjectMixin
from trainings.domain import translations
from trainings.forms.translations import TranslationsForm
from trainings.models import Session
from trainings.permissions import is_staff


class SessionTranslate(ScopedObjectMixin, DomainFormMixin, FormView):
    """Title, venue, titles of parts: only those that are empty."""

    permission = staticmethod(is_staff)
    model = Session
    lookup = "slug"
    template_name = "trainings/sessions/translate.html"
    form_class = TranslationsForm
    success_message = _("The Arabic texts are saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "missing": translations.missing(self.object)}

    def perform(self, form: TranslationsForm) -> Session:
        return translations.complete(session=self.object, texts=form.changes(), actor=self.request.user)

    def get_success_url(self) -> str:
        return reverse("trainings:certificate-tab", args=[self.object.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(session=self.object, cancel_url=self.get_success_url(), **kwargs)
