"""Who comes and goes: arrivals, departures, proxies, guests."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.domain import guests, presence, proxies, room
from steering.forms.room import GuestForm, HourForm, PresenceForm, ProxyForm, ReasonForm, on_day
from steering.models import Guest, Mandate, Meeting, Presence, Proxy, Seat
from steering.views import room_rows
from steering.views.room import RoomAct


def hour_of(at: datetime | None) -> Any:
    return timezone.localtime(at).time() if at else None


class Arrive(RoomAct):
    """Somebody takes a seat: now, or at the hour that is typed."""

    form_class = HourForm
    heading = _("Arrival")
    submit = _("Note the arrival")

    @cached_property
    def mandate(self) -> Mandate:
        rows = Mandate.objects.filter(seat__committee=self.meeting.committee_id)
        return get_object_or_404(rows.select_related("person", "seat__organisation"), pk=self.kwargs["mandate"])

    def anchor(self) -> str:
        return f"#seat-{self.mandate.seat_id}"

    def perform(self, form: HourForm) -> Presence:
        return presence.arrive(meeting=self.meeting, mandate=self.mandate, **self.said(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "explanation": f"{self.mandate.person} – {self.mandate.seat}"}


class RowAct(RoomAct):
    """An act on one row of the room; its meeting is one that the reader may see."""

    meeting_path = "meeting"

    def get_queryset(self) -> Any:
        visible = Meeting.objects.visible_to(self.request.user)
        rows = self.model._default_manager.filter(**{f"{self.meeting_path}__in": visible})
        return rows.select_related(f"{self.meeting_path}__committee", f"{self.meeting_path}__act")

    @property
    def meeting(self) -> Meeting:
        found = self.object
        for name in self.meeting_path.split("__"):
            found = getattr(found, name)
        return found


class PresenceAct(RowAct):
    """An act on one stay."""

    model = Presence

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("mandate__person", "seat__organisation")

    def anchor(self) -> str:
        return f"#seat-{self.object.seat_id}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "explanation": f"{self.object.mandate.person} – {self.object.seat}"}


class Depart(PresenceAct):
    """Somebody leaves the room."""

    form_class = HourForm
    heading = _("Departure")
    submit = _("Note the departure")

    def perform(self, form: HourForm) -> Presence:
        return presence.depart(presence=self.object, **self.said(form))


class PresenceCorrect(PresenceAct):
    """Other hours of a stay."""

    form_class = PresenceForm
    heading = _("Correct the hours")
    submit = _("Save")
    success_message = _("The hours are corrected, and the quorum is counted again.")
    is_quick = False

    def get_initial(self) -> dict[str, Any]:
        return {"arrived_at": hour_of(self.object.arrived_at), "left_at": hour_of(self.object.left_at)}

    def perform(self, form: PresenceForm) -> Presence:
        first, last = form.cleaned_data["arrived_at"], form.cleaned_data["left_at"]
        arrived, left = self.object.arrived_at, self.object.left_at
        return presence.correct(
            presence=self.object,
            arrived_at=arrived if first == _to_minute(arrived) else on_day(self.meeting, first, arrived),
            left_at=left if last and last == _to_minute(left) else (on_day(self.meeting, last, left) if last else None),
            actor=self.request.user,
            now=self.now,
            reason=form.reason,
        )


def _to_minute(at: datetime | None) -> Any:
    """An instant as a form shows it: what was not touched keeps its seconds."""
    return timezone.localtime(at).time().replace(second=0, microsecond=0) if at else None


class PresenceRemove(PresenceAct):
    """Noted by mistake."""

    form_class = ReasonForm
    heading = _("Take back an arrival noted by mistake")
    submit = pgettext_lazy("what was noted", "Take back")
    success_message = _("The arrival is taken back.")

    def perform(self, form: ReasonForm) -> None:
        presence.remove(presence=self.object, actor=self.request.user, now=self.now, reason=form.reason)


class ProxyGive(RoomAct):
    """A seat votes through another."""

    form_class = ProxyForm
    heading = _("Proxy")
    submit = _("Note the proxy")
    success_message = _("The proxy is noted.")

    @cached_property
    def giver(self) -> Seat:
        rows = self.meeting.committee.seats.select_related("organisation")
        return get_object_or_404(rows, pk=self.kwargs["seat"])

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        at = room_rows.instant_of(self.meeting, now=self.now)
        found = presence.sheet(self.meeting, at=at).lines
        holders = [(each.seat.pk, each.holder) for each in found if each.votes and each.mandate]
        return {**kwargs, "holders": [("", "—"), *(each for each in holders if each[0] != self.giver.pk)]}

    def get_initial(self) -> dict[str, Any]:
        answer = presence.newest_answers(self.meeting).get(self.giver.pk)
        return {**super().get_initial(), "holder": answer.proxy_to_id if answer else None}

    def anchor(self) -> str:
        return f"#seat-{self.giver.pk}"

    def perform(self, form: ProxyForm) -> Proxy:
        holder = get_object_or_404(self.meeting.committee.seats.all(), pk=form.cleaned_data["holder"])
        return proxies.give(meeting=self.meeting, giver=self.giver, holder=holder, **self.said(form))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "explanation": str(self.giver)}


class ProxyEnd(RowAct):
    """A proxy is withdrawn."""

    model = Proxy
    form_class = HourForm
    heading = _("Withdraw the proxy")
    submit = _("Withdraw the proxy")
    success_message = _("The proxy is withdrawn.")

    def anchor(self) -> str:
        return f"#seat-{self.object.giver_id}"

    def perform(self, form: HourForm) -> Proxy:
        return proxies.end(proxy=self.object, **self.said(form))


class GuestAdd(RoomAct):
    """Somebody without a seat."""

    form_class = GuestForm
    heading = _("Add a guest")
    explanation = _("A guest never counts for the quorum and does not vote.")
    submit = _("Add the guest")
    success_message = _("The guest is added.")
    is_quick = False
    once = True

    def get_initial(self) -> dict[str, Any]:
        live = not room.is_typed(self.meeting, now=self.now)
        return {"arrived_at": hour_of(self.now) if live else hour_of(self.meeting.opened_at)}

    def anchor(self) -> str:
        return "#guests"

    def perform(self, form: GuestForm) -> Guest:
        return guests.add(
            meeting=self.meeting, actor=self.request.user, now=self.now, reason=form.reason, **form.values()
        )


class GuestAct(RowAct):
    """An act on one guest."""

    model = Guest

    def anchor(self) -> str:
        return "#guests"


class GuestEdit(GuestAct):
    """Name, function, hours."""

    form_class = GuestForm
    heading = _("Correct a guest")
    submit = _("Save")
    success_message = _("The guest is saved.")
    is_quick = False

    def get_initial(self) -> dict[str, Any]:
        names = {name: getattr(self.object, name) for name in ("name", "function", "institution")}
        return {**names, "arrived_at": hour_of(self.object.arrived_at), "left_at": hour_of(self.object.left_at)}

    def perform(self, form: GuestForm) -> Guest:
        return guests.change(
            guest=self.object, actor=self.request.user, now=self.now, reason=form.reason, **form.values()
        )


class GuestLeave(GuestAct):
    """A guest leaves the room."""

    form_class = HourForm
    heading = _("Departure of a guest")
    submit = _("Note the departure")

    def perform(self, form: HourForm) -> Guest:
        return guests.leave(guest=self.object, **self.said(form))


class GuestRemove(GuestAct):
    """Noted by mistake."""

    form_class = ReasonForm
    heading = _("Take back a guest noted by mistake")
    submit = pgettext_lazy("what was noted", "Take back")
    success_message = _("The guest is taken back.")

    def perform(self, form: ReasonForm) -> None:
        guests.remove(guest=self.object, actor=self.request.user, reason=form.reason)
