"""Seats: given to an institution, looked at, corrected, ended."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.enums import Role
from accounts.models import RoleGrant, User
from accounts.permissions import manages_accounts
from core.views.mixins import ScopedObjectMixin
from core.views.pages import FormPage
from steering.domain import seats, sitting
from steering.enums import Voice
from steering.forms.seats import EndForm, SeatEditForm, SeatForm
from steering.models import Action, Committee, Mandate, Seat
from steering.permissions import can_read, can_see_people, can_write
from steering.views.committees import CommitteePage
from steering.views.picking import Picking


class SeatPage(ScopedObjectMixin):
    """A page about one seat."""

    permission = staticmethod(can_read)
    model = Seat

    def get_queryset(self) -> models.QuerySet[Any]:
        visible = Committee.objects.visible_to(self.request.user)
        return Seat.objects.filter(committee__in=visible).select_related("committee", "organisation")

    def get_success_url(self) -> str:
        return reverse("steering:seat-detail", args=[self.object.pk])


class SeatDetail(SeatPage, TemplateView):
    """The institution, who sits for it and sat for it, which institutions held the seat."""

    reads = "steering.seat"
    template_name = "steering/committees/seat.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today, seat = self.request.user, timezone.localdate(), self.object
        sitting.seated([seat], on=today)
        rows = list(seat.mandates.select_related("person__user").order_by("-starts_on", "-id"))
        actions = Action.objects.filter(owner=seat.organisation_id, committee=seat.committee_id)
        return super().get_context_data(
            committee=seat.committee,
            seat=seat,
            tab="seats",
            today=today,
            present=[row for row in rows if row.ends_on is None or row.ends_on >= today],
            past=[row for row in rows if row.ends_on is not None and row.ends_on < today],
            tenures=list(seat.tenures.select_related("organisation").prefetch_related("organisation__former_names")),
            accounts=accounts_of(rows, user),
            open_actions=actions.open().count(),
            can_write=can_write(user),
            sees_people=can_see_people(user),
            manages_accounts=manages_accounts(user),
            **kwargs,
        )


def accounts_of(mandates: list[Mandate], reader: Any) -> dict[int, dict[str, Any]]:
    """For staff, by mandate: the account of the person, linked or with the same address, and whether it is a member's.

    Three queries, however many mandates.
    """
    if not can_write(reader):
        return {}
    addresses = {row.person.email for row in mandates if row.person.email and row.person.user_id is None}
    by_address = {user.email: user for user in User.objects.filter(email__in=addresses)}
    users = {row.pk: row.person.user or by_address.get(row.person.email or "") for row in mandates}
    found = [user.pk for user in users.values() if user is not None]
    grants = RoleGrant.objects.in_force(on=timezone.localdate()).filter(role=Role.MEMBER, user__in=found)
    members = set(grants.values_list("user_id", flat=True))
    return {pk: {"user": user, "is_member": bool(user and user.pk in members)} for pk, user in users.items()}


class SeatCreate(CommitteePage, FormPage):
    """First which institution, then its rank and voice."""

    permission = staticmethod(can_write)
    form_class = SeatForm
    template_name = "steering/committees/pick.html"
    heading = _("Enter a seat")
    explanation = _("A seat belongs to an institution; its persons are appointed on the page of the seat.")
    submit = _("Enter the seat")
    success_message = _("The seat is entered. Appoint its titular next.")
    once = True

    @cached_property
    def picking(self) -> Picking:
        return Picking(self.request, "organisation", people=False)

    def get_initial(self) -> dict[str, Any]:
        last = self.object.seats.order_by("-rank").values_list("rank", flat=True).first()
        return {"rank": (last or 0) + 1, "voice": Voice.DELIBERATIVE}

    def form_invalid(self, form: SeatForm) -> HttpResponse:
        if "second" in form.errors:
            form.ask()
        return super().form_invalid(form)

    def perform(self, form: SeatForm) -> Seat:
        if self.picking.chosen is None:
            raise ValidationError(_("Choose an institution first."))
        return seats.create(
            committee=self.object, organisation=self.picking.chosen, actor=self.request.user, **form.changes()
        )

    def get_success_url(self) -> str:
        if self.result is None:
            return reverse("steering:seat-list", args=[self.object.slug])
        return reverse("steering:seat-detail", args=[self.result.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, **self.picking.context())


class SeatEdit(SeatPage, FormPage):
    """Rank, voice, presidency, first day."""

    permission = staticmethod(can_write)
    form_class = SeatEditForm
    heading = _("Correct the seat")
    explanation = _("Another institution takes it over by a change of institutions, not by a correction.")
    submit = _("Save")
    success_message = _("The seat is saved.")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.object, name) for name in ("rank", "voice", "presides", "starts_on", "version")}

    def perform(self, form: SeatEditForm) -> Seat:
        return seats.correct(seat=self.object, version=form.version, actor=self.request.user, **form.changes())


class SeatEnd(SeatPage, FormPage):
    """The last day of a seat and of the mandates in it."""

    permission = staticmethod(can_write)
    form_class = EndForm
    heading = _("End the seat")
    explanation = _("The mandates that go beyond the day end with it. What was decided before stays as it is.")
    submit = _("End the seat")
    success_message = _("The seat has its end.")

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version, "ends_on": self.object.ends_on}

    def perform(self, form: EndForm) -> Seat:
        day = form.cleaned_data["ends_on"]
        return seats.end(seat=self.object, version=form.version, ends_on=day, actor=self.request.user)
