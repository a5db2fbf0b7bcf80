"""Answers to a convocation: the tab with a line a seat, and the form of members and of the secretariat."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core.errors import DomainError
from core.models import Message
from core.views.pages import FormPage
from steering import permissions
from steering.domain import answers, convocations, letters, sitting
from steering.enums import MeetingState
from steering.forms.answers import AnswerForm, StaffAnswerForm
from steering.models import Answer, Invitee, Mandate, Meeting, Seat
from steering.views.meetings import MeetingPage, own_seats


@dataclass
class Row:
    """One seat: who was called, what became of the letter, what it answered."""

    seat: Seat
    mandate: Mandate | None
    email: str
    newest: Answer | None = None
    older: list[Answer] = field(default_factory=list)
    message: Message | None = None
    was_called: bool = False
    may_answer: bool = False
    is_called: bool = False
    """Somebody speaks for the seat on the day, or has answered for it: from a vacant one nothing is expected."""


class AnswerList(MeetingPage, TemplateView):
    """Who comes, who does not, who has not answered; what that makes towards the quorum."""

    template_name = "steering/meetings/answers.html"
    reads = "steering.answers"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.object, self.request.user
        rows = rows_of(meeting)
        given = {row.seat.pk: row.newest for row in rows if row.newest is not None and row.newest.for_on == meeting.day}
        current = {} if meeting.has_no_date else given
        act = meeting.act or meeting.committee.act_on(meeting.day)
        writes = permissions.can_write(user)
        mine = {seat.pk for seat in own_seats(user, meeting)}
        for row in rows:
            row.may_answer = meeting.state == MeetingState.CONVENED and (writes or row.seat.pk in mine)
        return super().get_context_data(
            tab="answers",
            rows=rows,
            current=current,
            mine=mine,
            expected=answers.expected(meeting, act, [row.seat for row in rows], current),
            silent=sum(row.is_called and row.seat.pk not in current for row in rows),
            called=sum(row.is_called for row in rows),
            sees_people=permissions.can_see_people(user),
            **kwargs,
        )


def rows_of(meeting: Meeting) -> list[Row]:
    """A row a seat in office on the day, by rank; as many queries for three seats as for thirty."""
    rows = [Row(line.seat, line.mandate, line.email) for line in convocations.lines(meeting)]
    given: dict[int, list[Answer]] = defaultdict(list)
    related = ("alternate__person", "proxy_to__organisation", "person")
    for answer in meeting.answers.select_related(*related).order_by("-id"):
        given[answer.seat_id].append(answer)
    called = {
        invitee.mandate_id: invitee.pk
        for invitee in Invitee.objects.filter(convocation__meeting=meeting).order_by("convocation_id", "id")
    }
    sent = Message.objects.filter(
        object_type=Invitee._meta.label_lower, object_id__in=called.values(), kind=letters.CONVOCATION
    )
    by_invitee = {message.object_id: message for message in sent.order_by("id")}
    held = {seat.pk for seat in sitting.seated((row.seat for row in rows), on=meeting.day) if seat.is_held}
    for row in rows:
        mine = given.get(row.seat.pk, [])
        row.newest, row.older = (mine[0], mine[1:]) if mine else (None, [])
        row.is_called = row.seat.pk in held or bool(mine)
        if row.mandate is not None:
            row.was_called = row.mandate.pk in called
            row.message = by_invitee.get(called.get(row.mandate.pk, 0))
    return rows


class AnswerEnter(MeetingPage, FormPage):
    """A member answers for the own seat; the secretariat writes down what was said by telephone or on paper."""

    permission = staticmethod(permissions.can_answer)
    heading = _("Answer the convocation")
    submit = _("Keep the answer")
    success_message = _("The answer is kept.")
    template_name = "steering/meetings/answer_enter.html"

    def object_permission(self, user: Any, obj: Meeting) -> bool:
        return permissions.can_write(user) or self.mandate is not None

    @cached_property
    def seat(self) -> Seat:
        seats = Seat.objects.select_related("organisation").filter(committee=self.object.committee)
        return get_object_or_404(seats, pk=self.kwargs["seat"])

    @cached_property
    def mandate(self) -> Mandate | None:
        """The reader's own mandate in the seat on the day of the meeting; None for the secretariat."""
        if not permissions.is_member(self.request.user):
            return None
        rows = sitting.mandates_of(self.request.user, on=self.object.day, committee=self.object.committee)
        return rows.filter(seat=self.seat).first()

    def get_form_class(self) -> type[AnswerForm]:
        return AnswerForm if self.mandate is not None else StaffAnswerForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "meeting": self.object, "seat": self.seat, "mandate": self.mandate}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(answers.newest(self.object).get(self.seat.pk))

    def perform(self, form: AnswerForm) -> Answer:
        titular = sitting.titular_of(self.seat, on=self.object.day)
        mandate = self.mandate or titular
        return answers.give(
            meeting=self.object,
            seat=self.seat,
            person=mandate.person if mandate else None,
            by_staff=self.mandate is None,
            actor=self.request.user,
            now=timezone.now(),
            **form.changes(),
        )

    def get_success_url(self) -> str:
        return reverse("steering:answer-list", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closed = self.why_closed()
        return {**super().get_context_data(**kwargs), "explanation": self.explanation_of(), "closed": closed}

    def why_closed(self) -> str:
        """The sentence that says why nothing can be answered; empty while it can."""
        try:
            answers.check_open(self.object, now=timezone.now(), by_staff=self.mandate is None)
        except DomainError as refusal:
            return str(refusal)
        return ""

    def explanation_of(self) -> str:
        return f"{self.object.committee} – {self.object.title} – {self.seat.organisation}"


def initial_of(answer: Answer | None) -> dict[str, Any]:
    """The form begins with the answer that counts now, without the note."""
    if answer is None:
        return {}
    return {"reply": answer.reply, "alternate": answer.alternate_id, "proxy_to": answer.proxy_to_id}
