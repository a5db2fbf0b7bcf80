"""Items and decisions while the meeting runs: opened, treated, recused from, decided, voted on, reopened."""

from __future__ import annotations

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.domain import decisions, items, presence, recusals, reservations, votes
from steering.forms.room import (
    BallotForm,
    DecisionEditForm,
    DecisionForm,
    HourForm,
    ReasonForm,
    RecusalForm,
    ReservationForm,
    VotesForm,
)
from steering.models import AgendaItem, Ballot, Decision, Recusal, Reservation
from steering.views import room_rows
from steering.views.presence import RowAct, hour_of


class ItemAct(RowAct):
    """An act on one item of the agenda."""

    model = AgendaItem
    form_class = HourForm

    def anchor(self) -> str:
        return f"#item-{self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"explanation": f"{self.object.position}. {self.object.title}", **super().get_context_data(**kwargs)}


class ItemStart(ItemAct):
    """The committee comes to the item."""

    heading = _("Come to the item")
    submit = _("Come to the item")

    def perform(self, form: HourForm) -> AgendaItem:
        return items.start(item=self.object, at=form.at, actor=self.request.user, now=self.now)


class ItemTreat(ItemAct):
    """The item is done."""

    heading = _("Item treated")
    submit = _("Item treated")

    def perform(self, form: HourForm) -> AgendaItem:
        return items.treat(item=self.object, at=form.at, actor=self.request.user, now=self.now)


class ItemPostpone(ItemAct):
    """The item waits for another meeting."""

    heading = _("Postpone the item")
    submit = _("Postpone the item")

    def perform(self, form: HourForm) -> AgendaItem:
        return items.postpone(item=self.object, at=form.at, actor=self.request.user, now=self.now)


class ItemReopen(ItemAct):
    """Back to an item, with a reason."""

    form_class = ReasonForm
    heading = _("Reopen the item")
    submit = _("Reopen the item")
    success_message = _("The item is under discussion again.")

    def perform(self, form: ReasonForm) -> AgendaItem:
        return items.reopen(item=self.object, actor=self.request.user, now=self.now, reason=form.reason)


class RecusalDeclare(ItemAct):
    """A seat declares its interest."""

    form_class = RecusalForm
    heading = _("Recusal")
    submit = _("Note the recusal")
    success_message = _("The recusal is noted: the seat neither counts nor votes in this item.")
    is_quick = False

    def get_form_kwargs(self) -> dict[str, Any]:
        lines = presence.sheet(self.meeting).lines
        return {**super().get_form_kwargs(), "seats": [(line.seat.pk, line.holder) for line in lines]}

    def perform(self, form: RecusalForm) -> Recusal:
        seat = get_object_or_404(self.meeting.committee.seats.all(), pk=form.cleaned_data["seat"])
        interest = form.cleaned_data["interest"]
        return recusals.declare(item=self.object, seat=seat, interest=interest, **self.said(form))


class RecusalWithdraw(RowAct):
    """Noted by mistake."""

    model = Recusal
    meeting_path = "item__meeting"
    form_class = ReasonForm
    heading = _("Take back a recusal noted by mistake")
    submit = pgettext_lazy("what was noted", "Take back")
    success_message = _("The recusal is taken back.")

    def anchor(self) -> str:
        return f"#item-{self.object.item_id}"

    def perform(self, form: ReasonForm) -> None:
        recusals.withdraw(recusal=self.object, actor=self.request.user, now=self.now, reason=form.reason)


class DecisionPrepare(ItemAct):
    """What is to be decided, and how."""

    form_class = DecisionForm
    heading = _("Prepare a decision")
    submit = _("Prepare the decision")
    is_quick = False
    once = True

    def get_initial(self) -> dict[str, Any]:
        return {}

    def perform(self, form: DecisionForm) -> Decision:
        return decisions.prepare(item=self.object, actor=self.request.user, **form.values())


class DecisionAct(RowAct):
    """An act on one decision."""

    model = Decision
    meeting_path = "item__meeting"
    form_class = HourForm

    def anchor(self) -> str:
        return f"#item-{self.object.item_id}"

    def get_initial(self) -> dict[str, Any]:
        begun = self.object.item.opened_at if self.meeting.from_paper else None
        return {"hour": hour_of(begun)} if issubclass(self.get_form_class(), HourForm) else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "explanation": f"{self.object.number} – {self.object.text}"}


class DecisionEdit(DecisionAct):
    """Other words, another mode."""

    form_class = DecisionEditForm
    heading = _("Correct the decision")
    submit = _("Save")
    success_message = _("The decision is saved.")
    is_quick = False

    def get_initial(self) -> dict[str, Any]:
        names = ("mode", "text_fr", "text_ar", "owner", "due_on", "version")
        return {name: getattr(self.object, name) for name in names}

    def perform(self, form: DecisionEditForm) -> Decision:
        return decisions.edit(decision=self.object, version=form.version, actor=self.request.user, **form.values())


class DecisionWithdraw(DecisionAct):
    """It is not decided after all."""

    form_class = ReasonForm
    heading = _("Take back the decision being prepared")
    submit = pgettext_lazy("what was noted", "Take back")
    success_message = _("The decision is taken back.")

    def perform(self, form: ReasonForm) -> None:
        decisions.withdraw(decision=self.object, actor=self.request.user, reason=form.reason)


class DecisionDecide(DecisionAct):
    """The committee has settled it."""

    heading = _("Take the decision")
    submit = _("Take the decision")

    def perform(self, form: HourForm) -> Decision:
        return decisions.decide(decision=self.object, at=form.at, actor=self.request.user, now=self.now)


class DecisionReopen(DecisionAct):
    """A decision of a reopened item is prepared again."""

    form_class = ReasonForm
    heading = _("Reopen the decision")
    submit = _("Reopen the decision")
    success_message = _("The decision is being prepared again; its votes are kept.")

    def perform(self, form: ReasonForm) -> Decision:
        return decisions.reopen(decision=self.object, actor=self.request.user, reason=form.reason)


class DecisionVote(DecisionAct):
    """The votes of the seats, one line each."""

    form_class = VotesForm
    heading = _("Named vote")
    submit = _("Save the votes")

    def get_form_kwargs(self) -> dict[str, Any]:
        lines = presence.sheet(self.meeting).lines
        seats = [(line.seat.pk, line.holder) for line in lines if line.votes]
        return {**super().get_form_kwargs(), "seats": seats}

    def perform(self, form: VotesForm) -> list[Ballot]:
        return votes.cast(
            decision=self.object, choices=form.choices(), at=form.at, actor=self.request.user, now=self.now
        )


class BallotCorrect(RowAct):
    """Another vote than was written down, with a reason."""

    model = Ballot
    meeting_path = "decision__item__meeting"
    form_class = BallotForm
    heading = _("Correct a vote")
    submit = _("Correct the vote")
    success_message = _("The vote is corrected.")
    is_quick = False

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("seat__organisation", "mandate__person", "decision")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "decision": self.object.decision}

    def get_initial(self) -> dict[str, Any]:
        return {"choice": self.object.choice}

    def anchor(self) -> str:
        return f"#item-{self.object.decision.item_id}"

    def perform(self, form: BallotForm) -> Decision:
        return votes.correct(ballot=self.object, choice=form.given(), actor=self.request.user, reason=form.reason)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = f"{self.object.decision.number} – {self.object.seat}"
        return {**super().get_context_data(**kwargs), "explanation": words}


class ReservationAdd(DecisionAct):
    """A seat has its reservation written down."""

    form_class = ReservationForm
    heading = _("Reservation")
    submit = _("Write down the reservation")
    success_message = _("The reservation is written down.")
    is_quick: ClassVar[bool] = False
    once = True

    def get_form_kwargs(self) -> dict[str, Any]:
        live = room_rows.instant_of(self.meeting, now=self.now)
        at = self.object.decided_at or live or self.object.item.opened_at or self.now
        return {**super().get_form_kwargs(), "seats": room_rows.seated_choices(self.meeting, at=at)}

    def perform(self, form: ReservationForm) -> Reservation:
        seat = get_object_or_404(self.meeting.committee.seats.all(), pk=form.cleaned_data["seat"])
        return reservations.record(
            decision=self.object,
            seat=seat,
            text=form.cleaned_data["text"],
            actor=self.request.user,
            now=self.now,
            reason=form.reason,
        )


class ReservationRemove(RowAct):
    """Written down by mistake."""

    model = Reservation
    meeting_path = "decision__item__meeting"
    form_class = ReasonForm
    heading = _("Take back a reservation")
    submit = pgettext_lazy("what was noted", "Take back")
    success_message = _("The reservation is taken back.")

    def anchor(self) -> str:
        return f"#item-{self.object.decision.item_id}"

    def perform(self, form: ReasonForm) -> None:
        reservations.remove(reservation=self.object, actor=self.request.user, reason=form.reason)
