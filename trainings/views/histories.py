"""The history tab of a session, and the history pages of trainings, registrations and certificates."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.permissions import history_rights
from core.formats import listed
from core.views.history import HistoryMixin, HistoryPage
from trainings import history, permissions
from trainings.models import Certificate, Registration, Session, Training


class SessionHistory(HistoryMixin, TemplateView):
    """The history tab: staff read everything; auditors read without names."""

    permission = staticmethod(permissions.can_read_all)
    rights = staticmethod(history_rights)
    model = Session
    lookup = "slug"
    trail = history.SESSION
    template_name = "trainings/sessions/history.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("training__programme", "governorate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(session=self.object, tab="history", **kwargs)


class TrainingHistory(HistoryPage):
    """Staff and auditors."""

    permission = staticmethod(permissions.can_read_all)
    rights = staticmethod(history_rights)
    model = Training
    trail = history.TRAINING
    subject = _("Training")

    def get_object_url(self) -> str:
        return reverse("trainings:training-detail", args=[self.object.pk])

    def get_subject_name(self) -> str:
        return str(self.object.title)


class RegistrationHistory(HistoryPage):
    """For staff."""

    permission = staticmethod(permissions.is_staff)
    rights = staticmethod(history_rights)
    model = Registration
    reads = "trainings.registration"
    trail = history.REGISTRATION
    subject = _("Registration")

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("part__session")

    def get_object_url(self) -> str:
        return reverse("trainings:registration-detail", args=[self.object.pk])

    def get_subject_name(self) -> str:
        return listed((self.object.name, self.object.part.session.code))


class CertificateHistory(HistoryPage):
    """For staff: the states that it passed, with their reasons."""

    permission = staticmethod(permissions.is_staff)
    rights = staticmethod(history_rights)
    model = Certificate
    trail = history.CERTIFICATE
    subject = _("Certificate")

    def get_queryset(self) -> models.QuerySet[Any]:
        return Certificate.objects.select_related("registration__part__session")

    def get_object_url(self) -> str:
        return reverse("trainings:certificate-tab", args=[self.object.registration.part.session.slug])
