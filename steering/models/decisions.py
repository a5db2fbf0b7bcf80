"""Decisions inside their agenda item, and the ballots of the seats."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.enums import StateLook
from core.history import snapshots
from core.localized import localized
from directory.models import Organisation
from steering.enums import DECISION_MOVES, BallotChoice, DecisionMode, DecisionState, ItemKind
from steering.models.meetings import AgendaItem
from steering.models.presence import QuorumCount
from steering.models.seats import Mandate, Seat

TO_CARRY_OUT = Q(state=DecisionState.ADOPTED) & ~Q(item__kind=ItemKind.MINUTES)
"""Decisions that ask something of somebody; the approval of minutes does not."""


@snapshots()
class Decision(models.Model):
    """What the committee settled in an item: by consensus, or by one ballot a seat."""

    MOVES = DECISION_MOVES
    BESIDE = {"decision_has_a_text": "text_fr"}

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="decisions")
    number = models.CharField(_("number"), max_length=40, editable=False)
    """`D-<year>-<meeting>-<nn>`: given out under the meeting's lock, once in its committee."""
    mode = models.CharField(_("mode"), max_length=10, choices=DecisionMode.choices)
    text_fr = models.TextField(_("text in French"), max_length=5000, blank=True, default="")
    text_ar = models.TextField(_("text in Arabic"), max_length=5000, blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=DecisionState.choices, default=DecisionState.DRAFT)
    quorum = models.ForeignKey(
        QuorumCount, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions", editable=False
    )
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    abstentions = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    by_casting_vote = models.BooleanField(_("by the casting vote of the chair"), default=False, editable=False)
    owner = models.ForeignKey(
        Organisation,
        verbose_name=_("institution in charge"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("due date"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_fr="", text_ar=""),
                name="decision_has_a_text",
                violation_error_message=_("Write the decision, in French or in Arabic."),
            ),
            models.CheckConstraint(
                condition=Q(state=DecisionState.DRAFT) | Q(decided_at__isnull=False, quorum__isnull=False),
                name="decision_decided_with_quorum",
            ),
            models.UniqueConstraint(fields=["item", "number"], name="decision_number_once"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def text(self) -> str:
        return localized(self, "text")

    @property
    def state_look(self) -> StateLook:
        return DecisionState(self.state).look


@snapshots()
class Ballot(models.Model):
    """The voice of one seat on one decision, cast by the person of that day (through a proxy: by the holder's)."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, verbose_name=_("cast by"), on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("vote"), max_length=8, choices=BallotChoice.choices)
    by_proxy = models.BooleanField(_("by proxy"), default=False)
    cast_at = models.DateTimeField(_("cast"))

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["seat__rank", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "seat"],
                name="ballot_once",
                violation_error_message=_("This seat has voted already."),
            )
        ]

    def __str__(self) -> str:
        return str(BallotChoice(self.choice).label)


@snapshots()
class Reservation(models.Model):
    """A seat goes with a decision, and has its reservation written down."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="reservations")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("reservation"), max_length=2000)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "seat"],
                name="reservation_once",
                violation_error_message=_("This seat has a reservation on the decision already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.seat)
