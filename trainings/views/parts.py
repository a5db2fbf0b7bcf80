"""Parts and half-days of a session: small forms, and one button that fills the days of a part."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from core.views.mixins import ActView, DomainFormMixin, ScopedObjectMixin
from directory.enums import Half
from trainings import permissions
from trainings.domain import half_days, parts
from trainings.forms.half_days import HalfDayForm
from trainings.forms.parts import PartForm
from trainings.models import HalfDay, Registration, Session, SessionPart
from trainings.views.session_forms import OfSession
from trainings.views.words import say_proposal


class PartCreate(OfSession, DomainFormMixin, FormView):
    """One more part, from the day after the last one."""

    template_name = "trainings/sessions/part.html"
    form_class = PartForm
    success_message = _("The part is added.")
    once = True

    def get_initial(self) -> dict[str, Any]:
        return {"title_fr": "", "starts_on": self.object.ends_on, "ends_on": self.object.ends_on}

    def perform(self, form: PartForm) -> SessionPart:
        return parts.add(
            session=self.object,
            categories=form.categories(),
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )


class OfPart(ScopedObjectMixin):
    """A page of staff about one part."""

    permission = staticmethod(permissions.is_staff)
    model = SessionPart

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Session.objects.visible_to(self.request.user)
        return SessionPart.objects.filter(session__in=visible).select_related("session__training__programme")

    @property
    def session(self) -> Session:
        session: Session = self.object.session
        return session

    def get_success_url(self) -> str:
        return reverse("trainings:session-detail", args=[self.session.slug]) + f"#programme-{self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"session": self.session, "part": self.object, "cancel_url": self.get_success_url()}


class PartEdit(OfPart, DomainFormMixin, FormView):
    """Change a part; too few places name who is over."""

    template_name = "trainings/sessions/part.html"
    form_class = PartForm
    success_message = _("The part is saved.")
    over: tuple[Registration, ...] = ()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": SessionPart.objects.get(pk=self.object.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(over=self.over, **kwargs)

    def perform(self, form: PartForm) -> SessionPart:
        try:
            return parts.update(
                part=self.object,
                version=form.version,
                categories=form.categories(),
                move_half_days=form.cleaned_data["move_half_days"],
                actor=self.request.user,
                now=timezone.now(),
                **form.changes(),
            )
        except parts.CapacityBelowTaken as error:
            self.over = tuple(error.over)
            raise


class PartRemove(OfPart, ActView):
    """Take a part away for which nobody asked."""

    success_message = _("The part is removed.")

    def perform(self) -> None:
        parts.remove(part=self.object, actor=self.request.user)

    def get_success_url(self) -> str:
        return reverse("trainings:session-detail", args=[self.session.slug])


class HalfDaysPropose(OfPart, ActView):
    """Fill the days of a part that have no half-day yet."""

    def perform(self) -> None:
        proposal = half_days.propose(part=self.object, actor=self.request.user, now=timezone.now())
        say_proposal(self.request, proposal)


class HalfDayCreate(OfPart, DomainFormMixin, FormView):
    """One more half-day."""

    template_name = "trainings/sessions/half_day.html"
    form_class = HalfDayForm
    success_message = _("The half-day is added.")
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": HalfDay(part=self.object)}

    def get_initial(self) -> dict[str, Any]:
        return {"on_day": self.object.starts_on, "half": Half.MORNING}

    def perform(self, form: HalfDayForm) -> HalfDay:
        values = form.changes()
        trainers = list(values.pop("trainers", ()))
        return half_days.add(part=self.object, trainers=trainers, actor=self.request.user, now=timezone.now(), **values)


class OfHalfDay(OfPart):
    """A page of staff about one half-day."""

    def get_queryset(self) -> models.QuerySet[Any]:
        parts_seen = super().get_queryset()
        return HalfDay.objects.filter(part__in=parts_seen).select_related("part__session__training__programme")

    @property
    def session(self) -> Session:
        session: Session = self.object.part.session
        return session

    def get_success_url(self) -> str:
        return reverse("trainings:session-detail", args=[self.session.slug]) + f"#programme-{self.object.part_id}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"part": self.object.part, "half_day": self.object}


class HalfDayEdit(OfHalfDay, DomainFormMixin, FormView):
    """Change a half-day."""

    model = HalfDay
    template_name = "trainings/sessions/half_day.html"
    form_class = HalfDayForm
    success_message = _("The half-day is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        instance = HalfDay.objects.select_related("part__session").get(pk=self.object.pk)
        return super().get_form_kwargs() | {"instance": instance}

    def perform(self, form: HalfDayForm) -> HalfDay:
        values = form.changes()
        trainers = values.pop("trainers", None)
        return half_days.update(
            half_day=self.object,
            version=form.version,
            trainers=None if trainers is None else list(trainers),
            actor=self.request.user,
            now=timezone.now(),
            **values,
        )


class HalfDayRemove(OfHalfDay, ActView):
    """Take a half-day away in which nobody was marked."""

    model = HalfDay
    success_message = _("The half-day is removed.")

    def perform(self) -> None:
        half_days.remove(half_day=self.object, actor=self.request.user, now=timezone.now())
