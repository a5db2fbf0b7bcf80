"""Moving a session: postponed, its new date fixed, copied; and what is odd about its plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db import models
from django.http import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from core.errors import DomainError
from core.views.mixins import ActView, DomainFormMixin, ScopedObjectMixin, add_errors
from trainings import permissions
from trainings.domain import cloning, dates, half_days, planning, postponement
from trainings.forms.planning import FirstDayForm, PostponeForm
from trainings.forms.sessions import NOTICES
from trainings.models import HalfDay, Session
from trainings.views.session_forms import OfSession


class FirstDay(OfSession, DomainFormMixin, FormView):
    """A form that shows where every day would fall before anything is written."""

    template_name = "trainings/sessions/first_day.html"
    form_class = FirstDayForm
    once = True

    def form_valid(self, form: PostponeForm | FirstDayForm) -> HttpResponseBase:
        day = form.cleaned_data["starts_on"]
        if day is None or form.cleaned_data["shown"] == day.isoformat():
            return super().form_valid(form)
        try:
            shift = self.shift(day)
        except DomainError as error:
            add_errors(form, error)
            return self.form_invalid(form)
        form.data = form.data.copy()
        form.data["shown"] = day.isoformat()
        context = self.get_context_data(form=form, days=sorted(shift.days.items()), wanted=day, shift=shift)
        return self.render_to_response(context)

    def form_invalid(self, form: PostponeForm | FirstDayForm) -> HttpResponseBase:
        """What is mended is shown anew before anybody acts."""
        form.data = form.data.copy()
        form.data["shown"] = ""
        return super().form_invalid(form)

    def shift(self, to: date) -> dates.Shift:
        """Where the days would fall; raises DomainError where that cannot be."""
        return dates.shift_of(self.object, to=to)


class Postpone(FirstDay):
    """Postpone a session: the page says whom it concerns, and where the days would fall, before anybody acts."""

    template_name = "trainings/sessions/postpone.html"
    form_class = PostponeForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = {row.email for row in postponement.concerned(self.object)}
        return super().get_context_data(concerned=len(people), **kwargs)

    def shift(self, to: date) -> dates.Shift:
        return postponement.shift_of(session=self.object, to=to, now=timezone.now())

    def perform(self, form: PostponeForm) -> Session:
        data = form.cleaned_data
        session = postponement.postpone(
            session=self.object,
            to=data["starts_on"],
            actor=self.request.user,
            now=timezone.now(),
            reason=data["reason"],
            **{name: data[name] for name in NOTICES},
        )
        messages.success(self.request, gettext("The session is postponed; everybody concerned is told."))
        return session


class FixDate(FirstDay):
    """The new date of a postponed session."""

    extra_context = {
        "title": _("Fix the new date"),
        "explain": _("Registrations, ranks and answers are kept; everybody concerned is told once."),
        "submit_words": _("Fix the date and tell everybody"),
    }

    def shift(self, to: date) -> dates.Shift:
        return postponement.shift_of(session=self.object, to=to, now=timezone.now(), same_is_meant=True)

    def perform(self, form: FirstDayForm) -> Session:
        session = postponement.fix_date(
            session=self.object, to=form.cleaned_data["starts_on"], actor=self.request.user, now=timezone.now()
        )
        messages.success(self.request, gettext("The new date is fixed; everybody concerned is told."))
        return session


class Clone(FirstDay):
    """Another session like this one."""

    extra_context = {
        "title": _("Copy the session to other days"),
        "explain": _("A draft with the same programme, trainers and questions; registrations are not copied."),
        "submit_words": _("Make the copy"),
    }

    def perform(self, form: FirstDayForm) -> Session:
        copy = cloning.clone(
            session=self.object, to=form.cleaned_data["starts_on"], actor=self.request.user, now=timezone.now()
        )
        messages.success(self.request, gettext("The copy is a draft: check it, then publish it."))
        return copy

    def get_success_url(self) -> str:
        session = self.result or self.object
        return reverse("trainings:session-detail", args=[session.slug])


class PlanCheck(ScopedObjectMixin, TemplateView):
    """What is odd about the plan; loaded into the session's page, and a page of its own without scripts."""

    permission = staticmethod(permissions.can_see_sessions)
    object_permission = staticmethod(permissions.can_see_names)
    model = Session
    lookup = "slug"

    def get_template_names(self) -> list[str]:
        partial = getattr(self.request, "htmx", False)
        return ["trainings/sessions/warnings.html" if partial else "trainings/sessions/check.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = planning.warnings(self.object, now=timezone.now())
        words = ngettext("%(n)s point to check in the plan", "%(n)s points to check in the plan", len(found))
        return super().get_context_data(
            session=self.object,
            warnings=found,
            tab="programme",
            count_words=words % {"n": len(found)},
            may_edit=permissions.is_staff(self.request.user),
            **kwargs,
        )


class HalfDayFit(ScopedObjectMixin, ActView):
    """Take the hours that the check of the plan proposes for a half-day."""

    permission = staticmethod(permissions.is_staff)
    model = HalfDay

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Session.objects.visible_to(self.request.user)
        return HalfDay.objects.filter(part__session__in=visible).select_related("part__session")

    def perform(self) -> None:
        found = planning.warnings(self.object.part.session, now=timezone.now())
        slot = next((one.slot for one in found if one.half_day.pk == self.object.pk and one.slot), None)
        if slot is None:
            raise DomainError(gettext("Nothing has to be changed here any more."), code="nothing_to_change")
        half_days.update(
            half_day=self.object,
            version=None,
            actor=self.request.user,
            now=timezone.now(),
            on_day=slot.on,
            half=slot.half,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        messages.success(self.request, gettext("The half-day has the hours that were proposed."))

    def get_success_url(self) -> str:
        return reverse("trainings:session-detail", args=[self.object.part.session.slug])
