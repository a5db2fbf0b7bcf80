"""Attendance on the staff side: everybody by half-day, what is open, corrections that wait for a second person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView

from core.views.mixins import ActView, DomainFormMixin, ScopedObjectMixin
from trainings.domain import corrections, ledger
from trainings.enums import CorrectionState, HalfDayState
from trainings.forms.attendance import CorrectionForm, RejectForm
from trainings.models import Attendance, Correction, HalfDay, Registration, Session
from trainings.permissions import can_mark_attendance, can_see_names, is_in_room, is_staff


@dataclass(frozen=True)
class Case:
    """A correction that waits, and the certificates that it touches."""

    correction: Correction
    certificates: list[Any]
    is_own: bool


class AttendanceTab(ScopedObjectMixin, TemplateView):
    """The session's ledger, part by part."""

    permission = staticmethod(is_in_room)
    object_permission = staticmethod(can_see_names)
    model = Session
    lookup = "slug"
    reads = "trainings.attendance"
    template_name = "trainings/attendance/tab.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("training__programme", "governorate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        waiting = Correction.objects.filter(half_day__part__session=self.object, state=CorrectionState.PROPOSED)
        cases = [
            Case(each, corrections.certificates_touched(each.registration), each.proposed_by_id == user.pk)
            for each in waiting.select_related("half_day", "registration", "proposed_by")
        ]
        return super().get_context_data(
            session=self.object,
            ledgers=[ledger.of_part(part) for part in self.object.parts.all()],
            cases=cases,
            can_decide=is_staff(user),
            tab="attendance",
            **kwargs,
        )


class CorrectionPropose(ScopedObjectMixin, DomainFormMixin, FormView):
    """Propose another mark in a closed half-day; the certificates that it touches stand beside the form."""

    permission = staticmethod(is_in_room)
    object_permission = staticmethod(can_mark_attendance)
    model = HalfDay
    template_name = "trainings/attendance/correct.html"
    form_class = CorrectionForm
    success_message = _("The correction waits for a second person of the agency’s staff.")

    def get_queryset(self) -> Any:
        sessions = Session.objects.visible_to(self.request.user)
        return HalfDay.objects.filter(part__session__in=sessions, state=HalfDayState.CLOSED).select_related(
            "part__session"
        )

    def get_registration(self) -> Registration:
        people = Registration.objects.confirmed().filter(part=self.object.part_id)
        return get_object_or_404(people, pk=self.kwargs["registration"])

    def perform(self, form: CorrectionForm) -> Correction:
        return corrections.propose(
            half_day=self.object,
            registration=self.get_registration(),
            mark=form.cleaned_data["mark"],
            reason=form.cleaned_data["reason"],
            actor=self.request.user,
            now=timezone.now(),
        )

    def get_success_url(self) -> str:
        return reverse("trainings:attendance-tab", args=[self.object.part.session.slug])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        registration = self.get_registration()
        noted = Attendance.objects.filter(half_day=self.object, registration=registration).first()
        return super().get_context_data(
            half_day=self.object,
            session=self.object.part.session,
            registration=registration,
            noted=noted,
            certificates=corrections.certificates_touched(registration),
            **kwargs,
        )


class CorrectionMixin(ScopedObjectMixin):
    """A correction that staff decide on."""

    permission = staticmethod(is_staff)
    model = Correction

    def get_queryset(self) -> Any:
        return Correction.objects.select_related("half_day__part__session", "registration", "proposed_by")

    def get_success_url(self) -> str:
        return reverse("trainings:attendance-tab", args=[self.object.half_day.part.session.slug])


class CorrectionConfirm(CorrectionMixin, ActView):
    """The second person makes the correction."""

    success_message = _("The correction is made.")

    def perform(self) -> None:
        touched = corrections.confirm(correction=self.object, actor=self.request.user, now=timezone.now())
        if touched:
            text = ngettext(
                "Look again at %(count)s certificate of this person.",
                "Look again at %(count)s certificates of this person.",
                len(touched),
            )
            messages.warning(self.request, text % {"count": len(touched)})


class CorrectionReject(CorrectionMixin, DomainFormMixin, FormView):
    """The mark stays as it is; whoever proposed the correction may withdraw it here too."""

    template_name = "trainings/attendance/reject.html"
    form_class = RejectForm
    success_message = _("The mark stays as it was.")

    def perform(self, form: RejectForm) -> Correction:
        return corrections.reject(
            correction=self.object,
            actor=self.request.user,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.object.half_day.part.session
        return super().get_context_data(correction=self.object, session=session, **kwargs)
