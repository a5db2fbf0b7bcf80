"""The room: the page of a meeting while it runs, and the acts of the sitting itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.contrib import messages
from django.forms.forms import NON_FIELD_ERRORS
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.views.mixins import ActView, ScopedObjectMixin
from core.views.pages import FormPage
from steering import permissions
from steering.domain import sitting_acts
from steering.enums import MeetingState
from steering.forms.room import DecisionForm, HourForm, ReasonForm
from steering.models import Meeting
from steering.views import room_rows
from steering.views.meetings import frame_of


class Room(ScopedObjectMixin, TemplateView):
    """Who is there, the quorum, the items with their decisions. htmx asks for the part that changes by itself."""

    permission = staticmethod(permissions.can_read)
    model = Meeting
    reads = "steering.room"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("committee__secretariat", "act", "second_call_of", "chaired_by")

    def get_template_names(self) -> list[str]:
        partial = getattr(self.request, "htmx", False)
        return ["steering/room/live.html" if partial else "steering/room/room.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user, now = self.object, self.request.user, timezone.now()
        found = room_rows.context_of(meeting, user, now=now)
        form = None
        if found["current"] and found["changes_room"] and meeting.state == MeetingState.OPENED:
            form = DecisionForm(meeting=meeting, now=now)
        return super().get_context_data(
            **frame_of(user, meeting),
            **found,
            tab="room",
            room_url=reverse("steering:room", args=[meeting.pk]),
            decision_form=form,
            is_partial=bool(getattr(self.request, "htmx", False)),
            may_come_from_paper=meeting.state in (MeetingState.PLANNED, MeetingState.CONVENED)
            and meeting.starts_at < now,
            **kwargs,
        )


class RoomAct(ScopedObjectMixin, FormPage):
    """One act of the secretariat in the room. What a rule refuses without naming a field is said on the room's page.

    `form_class` takes the meeting and the hour; `anchor()` is where the room's page is read on.
    """

    permission = staticmethod(permissions.can_write)
    model = Meeting
    is_quick: ClassVar[bool] = True

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @property
    def meeting(self) -> Meeting:
        found: Meeting = self.object
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "meeting": self.meeting, "now": self.now}

    def get_initial(self) -> dict[str, Any]:
        if issubclass(self.get_form_class(), HourForm):
            begun = self.meeting.opened_at or self.meeting.starts_at
            return {"hour": timezone.localtime(begun).time() if self.meeting.from_paper else None}
        return {}

    def anchor(self) -> str:
        return ""

    def get_success_url(self) -> str:
        return reverse("steering:room", args=[self.meeting.pk]) + self.anchor()

    def form_invalid(self, form: Any) -> HttpResponseBase:
        if self.is_quick and set(form.errors) == {NON_FIELD_ERRORS}:
            for sentence in form.non_field_errors():
                messages.error(self.request, sentence)
            return redirect(self.get_success_url())
        return super().form_invalid(form)  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "subject": self.meeting.title, "is_demo": self.meeting.is_fictional}

    def said(self, form: Any) -> dict[str, Any]:
        """What every verb takes: the hour, who, now, why."""
        return {"at": form.at, "actor": self.request.user, "now": self.now, "reason": form.reason}


class RoomOpen(ScopedObjectMixin, ActView):
    """The sitting begins, now."""

    permission = staticmethod(permissions.can_write)
    model = Meeting
    success_message = _("The meeting is open.")

    def perform(self) -> None:
        sitting_acts.open_meeting(meeting=self.object, actor=self.request.user, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("steering:room", args=[self.object.pk])


class RoomPaper(RoomAct):
    """A meeting of the past is entered from paper."""

    form_class = HourForm
    heading = _("Enter the meeting from paper")
    explanation = _(
        "Everything is typed with its hour: opening, arrivals, departures, decisions, the end. The meeting is marked "
        "so everywhere, and its agenda no longer changes: complete it first."
    )
    submit = _("Open the meeting at this hour")
    success_message = _("The meeting is entered from paper: note who was there, with their hours.")
    is_quick = False

    def get_form(self, form_class: Any = None) -> HourForm:
        form: HourForm = super().get_form(form_class)
        form.fields["hour"].required = True
        form.fields["hour"].label = _("Hour of the opening")
        form.fields["hour"].help_text = ""
        return form

    def get_initial(self) -> dict[str, Any]:
        return {"hour": timezone.localtime(self.meeting.starts_at).time()}

    def perform(self, form: HourForm) -> Meeting:
        return sitting_acts.enter_from_paper(
            meeting=self.meeting, opened_at=form.at, actor=self.request.user, now=self.now
        )


class RoomNoQuorum(RoomAct):
    """The committee takes note that it cannot deliberate."""

    form_class = HourForm
    heading = _("Quorum not met")
    explanation = _("The count of this hour is kept. The meeting ends so; a second call may follow.")
    submit = _("Note that the quorum is not met")
    success_message = _("It is noted that the quorum was not met.")

    def perform(self, form: HourForm) -> Meeting:
        return sitting_acts.fail_quorum(meeting=self.meeting, at=form.at, actor=self.request.user, now=self.now)


class RoomLift(RoomAct):
    """The sitting ends."""

    form_class = HourForm
    heading = _("Lift the meeting")
    explanation = _("Every item is treated or postponed. Afterwards a correction takes a reason.")
    submit = _("Lift the meeting")
    success_message = _("The meeting is lifted.")

    def get_initial(self) -> dict[str, Any]:
        last = self.meeting.lifted_at
        return {"hour": timezone.localtime(last).time()} if last else {}

    def perform(self, form: HourForm) -> Meeting:
        return sitting_acts.lift(meeting=self.meeting, at=form.at, actor=self.request.user, now=self.now)


class RoomReopen(RoomAct):
    """A lifted meeting is opened again, with a reason, until its minutes are sent."""

    form_class = ReasonForm
    heading = _("Reopen the meeting")
    explanation = _("To mend what was noted. It is lifted again afterwards; the reason stays in the history.")
    submit = _("Reopen the meeting")
    success_message = _("The meeting is open again: hours are typed.")

    def perform(self, form: ReasonForm) -> Meeting:
        return sitting_acts.reopen(meeting=self.meeting, actor=self.request.user, reason=form.reason)
