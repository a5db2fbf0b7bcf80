"""The room: a trainer marks a half-day on a phone, tap by tap, on a network that comes and goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView, View

from core.errors import DomainError
from core.views.mixins import DomainFormMixin, PermissionMixin, ScopedObjectMixin
from trainings.documents.papers import attendance_sheet
from trainings.documents.sheet import sheet_pdf
from trainings.domain import attendance, room
from trainings.domain.attendance import NOT_MARKED, Entry
from trainings.enums import HalfDayState, Mark
from trainings.forms.attendance import CloseForm, MarkForm, SheetForm, UndoForm, undo_token
from trainings.models import HalfDay, Registration, Session
from trainings.permissions import can_mark_attendance, can_propose, is_in_room


@dataclass(frozen=True)
class Row:
    """One person of the list, with what is noted."""

    registration: Registration
    entry: Entry


class RoomHome(PermissionMixin, TemplateView):
    """The trainer's half-days: today first, then what is still to close, then what comes."""

    permission = staticmethod(is_in_room)
    template_name = "trainings/room/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessions = Session.objects.marked_by(self.request.user)
        agenda = room.agenda(sessions=sessions, now=timezone.now())
        return super().get_context_data(
            agenda=agenda, today=timezone.localdate(), may_propose=can_propose(self.request.user), **kwargs
        )


class HalfDayMixin(ScopedObjectMixin):
    """A half-day of one's own sessions; strangers find nothing."""

    permission = staticmethod(is_in_room)
    object_permission = staticmethod(can_mark_attendance)
    model = HalfDay

    def get_queryset(self) -> Any:
        sessions = Session.objects.visible_to(self.request.user)
        return HalfDay.objects.filter(part__session__in=sessions).select_related(
            "part__session__training__programme", "closed_by"
        )

    @property
    def page_url(self) -> str:
        return reverse("trainings:room-half-day", args=[self.object.pk])

    def people(self) -> list[Registration]:
        found = Registration.objects.confirmed().filter(part=self.object.part_id)
        return list(found.select_related("organisation").order_by("key", "id"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = self.object.part
        return super().get_context_data(  # type: ignore[misc, no-any-return]
            half_day=self.object, part=part, session=part.session, is_demo=part.session.is_fictional, **kwargs
        )


class RoomHalfDay(HalfDayMixin, TemplateView):
    """The list to tick. A POST of the whole list is for browsers without scripts."""

    template_name = "trainings/room/half_day.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        noted = attendance.entries_of(self.object)
        rows = [Row(person, noted.get(person.pk, NOT_MARKED)) for person in self.people()]
        return super().get_context_data(
            rows=rows,
            tally=attendance.tally(self.object),
            siblings=self.object.part.half_days.all(),
            marks=Mark.choices,
            is_open=self.object.state == HalfDayState.OPEN,
            undo=self.request.session.get(f"undo-{self.object.pk}", ""),
            **{"form": None, **kwargs},
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = SheetForm(request.POST, people=[person.pk for person in self.people()])
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return _mark(self, form.entries(), _("The list is saved."))


class RoomMark(HalfDayMixin, View):
    """One mark from the phone. Answers in JSON: the counts, and what undoes the mark."""

    http_method_names = ["post"]
    object_permission = staticmethod(lambda user, half_day: True)  # the query asks already

    def get_queryset(self) -> Any:
        return HalfDay.objects.filter(part__session__in=Session.objects.marked_by(self.request.user))

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        form = MarkForm(request.POST)
        if not form.is_valid():
            return _refusal(next(iter(form.errors.values()))[0], status=422)
        entries = {form.cleaned_data["registration"]: form.entry()}
        try:
            before = attendance.mark(half_day=self.object, entries=entries, actor=request.user, now=timezone.now())
        except DomainError as error:
            return _refusal(str(error), status=409)
        tally = attendance.tally(self.object)
        return JsonResponse(
            {
                "expected": tally.expected,
                "present": tally.present,
                "missing": tally.missing,
                "undo": undo_token(before) if before else "",
            }
        )


class RoomAll(HalfDayMixin, View):
    """Everybody who is not marked is present; one undo takes it back."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        entries = {found: Entry(Mark.PRESENT) for found in attendance.missing(self.object)}
        return _mark(self, entries, _("Everybody who was not marked is present now."))


class RoomUndo(HalfDayMixin, View):
    """Bring back what was noted before the last act."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponseRedirectBase:
        form = UndoForm(request.POST)
        if not form.is_valid():
            messages.error(request, str(next(iter(form.errors.values()))[0]))
            return redirect(self.page_url)
        return _mark(self, form.cleaned_data["before"], _("Undone."), with_undo=False)


class RoomClose(HalfDayMixin, DomainFormMixin, FormView):
    """What is missing, then the closing."""

    template_name = "trainings/room/close.html"
    form_class = CloseForm
    success_message = _("The half-day is closed.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        missing = set(attendance.missing(self.object))
        return super().get_context_data(
            tally=attendance.tally(self.object),
            missing=[person for person in self.people() if person.pk in missing],
            is_open=self.object.state == HalfDayState.OPEN,
            **kwargs,
        )

    def perform(self, form: CloseForm) -> HalfDay:
        rest = form.cleaned_data["rest"] or None
        return attendance.close(half_day=self.object, actor=self.request.user, now=timezone.now(), rest=rest)

    def get_success_url(self) -> str:
        return self.page_url


class Sheet(HalfDayMixin, View):
    """The sheet to sign, as PDF, in Arabic and French."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        sheet = attendance_sheet(self.object, now=timezone.now(), language=(get_language() or "fr")[:2])
        response = HttpResponse(sheet_pdf(sheet), content_type="application/pdf")
        response["Content-Disposition"] = f'attachment; filename="{sheet.code}.pdf"'
        return response


def _mark(view: Any, entries: dict[int, Entry], done: Any, *, with_undo: bool = True) -> HttpResponseRedirectBase:
    """Note several people, say so once, offer the undo on the page that follows."""
    try:
        before = attendance.mark(half_day=view.object, entries=entries, actor=view.request.user, now=timezone.now())
    except DomainError as error:
        messages.error(view.request, str(error))
        return redirect(view.page_url)
    if before:
        messages.success(view.request, str(done))
    else:
        messages.info(view.request, gettext("Nothing had to be changed."))
    address = view.page_url
    if before and with_undo:
        view.request.session[f"undo-{view.object.pk}"] = undo_token(before)
    else:
        view.request.session.pop(f"undo-{view.object.pk}", None)
    return redirect(address)


def _refusal(sentence: str, *, status: int) -> JsonResponse:
    return JsonResponse({"error": str(sentence)}, status=status)
