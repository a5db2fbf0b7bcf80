"""The page on which staff mend what a person typed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core.views.mixins import DomainFormMixin
from trainings.domain import details
from trainings.forms.details import DetailsForm
from trainings.models import Registration
from trainings.views.registrations import OfRegistration


class RegistrationEdit(OfRegistration, DomainFormMixin, FormView):
    """Names, function, organisation: what a certificate will print."""

    template_name = "trainings/registrations/edit.html"
    form_class = DetailsForm
    success_message = _("The registration is corrected.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "part": self.object.part}

    def get_initial(self) -> dict[str, Any]:
        one: Registration = self.object
        names = ("name_latin", "name_ar", "sex", "function", "version")
        return {
            **{name: getattr(one, name) for name in names},
            "organisation": one.organisation_name,
            "governorate": one.governorate_id,
        }

    def get_success_url(self) -> str:
        """Back to where the gap was seen."""
        if self.request.GET.get("from") == "certificates":
            return reverse("trainings:certificate-tab", args=[self.object.part.session.slug])
        return super().get_success_url()

    def perform(self, form: DetailsForm) -> Registration:
        return details.correct(
            registration=self.object,
            version=form.version,
            actor=self.request.user,
            reason=form.cleaned_data["reason"],
            **form.fields_of(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        valid = self.object.certificates.filter(state="valid").first()
        return super().get_context_data(tab="registrations", certificate=valid, **kwargs)
