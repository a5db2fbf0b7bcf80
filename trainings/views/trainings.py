"""Trainings: list, page with its sessions, forms."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.generic import FormView, TemplateView

from core.lists import Empty, ListSpec, ListView, Sort
from core.views.mixins import DomainFormMixin, PermissionMixin, ScopedObjectMixin
from trainings import exports, permissions
from trainings.domain import trainings
from trainings.forms.filters import TrainingFilters
from trainings.forms.trainings import TrainingForm
from trainings.models import Session, Training


class TrainingList(PermissionMixin, ListView):
    """What is taught."""

    permission = staticmethod(permissions.can_read_all)
    export = exports.TRAININGS
    template_name = "trainings/trainings/list.html"
    spec = ListSpec(
        model=Training,
        sorts=[Sort("title", _("Training"), "key")],
        filters=TrainingFilters,
        count=ngettext_lazy("%(shown)s training", "%(shown)s trainings", "n"),
        empty=Empty(
            _("No training yet"),
            _("A training holds what is taught; its sessions give it at a place and a date."),
            url_name="trainings:training-create",
            action=_("New training"),
            icon="plan",
        ),
    )

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = Training.objects.select_related("programme", "sector")
        return rows.annotate(session_count=Count("sessions"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"may_create": self.may_create()}

    def may_create(self) -> bool:
        return permissions.is_staff(self.request.user)


class TrainingDetail(ScopedObjectMixin, TemplateView):
    """A training and its sessions."""

    permission = staticmethod(permissions.can_read_all)
    model = Training
    template_name = "trainings/trainings/detail.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        return Training.objects.select_related("programme", "sector")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Session.objects.visible_to(self.request.user).filter(training=self.object)
        return super().get_context_data(
            training=self.object,
            sessions=rows.select_related("governorate").order_by("-starts_on", "-id"),
            may_edit=permissions.is_staff(self.request.user),
            **kwargs,
        )


class TrainingCreate(PermissionMixin, DomainFormMixin, FormView):
    """A new training; the next step is its first session."""

    permission = staticmethod(permissions.is_staff)
    template_name = "trainings/trainings/form.html"
    form_class = TrainingForm
    success_message = _("The training is saved. Prepare its first session when you like.")
    once = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(training=None, cancel_url=reverse("trainings:training-list"), **kwargs)

    def perform(self, form: TrainingForm) -> Training:
        return trainings.create(actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        return reverse("trainings:training-detail", args=[self.result.pk])


class TrainingEdit(ScopedObjectMixin, DomainFormMixin, FormView):
    """Change a training."""

    permission = staticmethod(permissions.is_staff)
    model = Training
    template_name = "trainings/trainings/form.html"
    form_class = TrainingForm
    success_message = _("The training is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Training.objects.get(pk=self.object.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(training=self.object, cancel_url=self.get_success_url(), **kwargs)

    def perform(self, form: TrainingForm) -> Training:
        return trainings.update(training=self.object, version=form.version, actor=self.request.user, **form.changes())

    def get_success_url(self) -> str:
        return reverse("trainings:training-detail", args=[self.object.pk])
