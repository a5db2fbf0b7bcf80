"""Who is in the room: by seat and by name, with arrival and departure; proxies, guests, recusals, the kept quorum."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from steering.enums import Cause
from steering.models.meetings import AgendaItem, Meeting
from steering.models.seats import Mandate, Seat

LEFT_AFTER_ARRIVAL = _("Somebody leaves after having arrived.")


class Stay(Func):
    """The time from arrival to departure; an empty departure is open."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()

    def __init__(self, first: str = "arrived_at", last: str = "left_at", **extra: object) -> None:
        super().__init__(F(first), F(last), Value("[)"), **extra)

    def deconstruct(self) -> tuple[str, tuple[str, ...], dict[str, object]]:
        """For migrations: the two columns are the arguments."""
        first, last, _bounds = self.source_expressions
        return "steering.models.presence.Stay", (first.name, last.name), {}


@snapshots()
class Presence(models.Model):
    """A person in a seat, from an arrival to a departure; somebody who comes back has another row."""

    BESIDE = {"presence_left_after_arrival": "left_at", "presence_once": "arrived_at"}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(
        Mandate, verbose_name=_("person of that day"), on_delete=models.PROTECT, related_name="presences"
    )
    arrived_at = models.DateTimeField(_("arrived"))
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        ordering = ["arrived_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gt=F("arrived_at")),
                name="presence_left_after_arrival",
                violation_error_message=LEFT_AFTER_ARRIVAL,
            ),
            ExclusionConstraint(
                name="presence_once",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("mandate", RangeOperators.EQUAL),
                    (Stay("arrived_at", "left_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is in the room at that time already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.mandate)

    def clean(self) -> None:
        if self.arrived_at and self.left_at and self.left_at <= self.arrived_at:
            raise ValidationError({"left_at": LEFT_AFTER_ARRIVAL})


@snapshots()
class Proxy(models.Model):
    """A seat votes through another one, from an instant to an instant."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="proxies")
    giver = models.ForeignKey(
        Seat, verbose_name=_("seat that gives it"), on_delete=models.PROTECT, related_name="proxies_given"
    )
    holder = models.ForeignKey(
        Seat, verbose_name=_("seat that holds it"), on_delete=models.PROTECT, related_name="proxies_held"
    )
    arrived_at = models.DateTimeField(_("from"))
    left_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("proxy")
        verbose_name_plural = _("proxies")
        ordering = ["arrived_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(giver=F("holder")),
                name="proxy_to_another",
                violation_error_message=_("A seat does not give a proxy to itself."),
            ),
            ExclusionConstraint(
                name="proxy_once",
                expressions=[
                    ("meeting", RangeOperators.EQUAL),
                    ("giver", RangeOperators.EQUAL),
                    (Stay("arrived_at", "left_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This seat has given a proxy already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.holder}"


@snapshots()
class Guest(models.Model):
    """Somebody in the room without a seat: never counted."""

    NAMED_BY = ("name",)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(_("name"), max_length=200)
    function = models.CharField(_("function"), max_length=200, blank=True, default="")
    institution = models.CharField(_("institution"), max_length=300, blank=True, default="")
    arrived_at = models.DateTimeField(_("arrived"), null=True, blank=True)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(arrived_at__isnull=True) | Q(left_at__gt=F("arrived_at")),
                name="guest_left_after_arrival",
                violation_error_message=LEFT_AFTER_ARRIVAL,
            )
        ]

    def __str__(self) -> str:
        return self.name


@snapshots()
class Recusal(models.Model):
    """A seat has an interest in an item: it neither counts nor votes there."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    interest = models.CharField(_("declared interest"), max_length=500)
    declared_at = models.DateTimeField(_("declared"))

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        ordering = ["declared_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "seat"],
                name="recusal_once",
                violation_error_message=_("This seat is recused from the item already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.seat)


@snapshots()
class QuorumCount(models.Model):
    """The quorum as it was counted at an instant; the newest of an item is that item's quorum."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="quorum_counts")
    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="quorum_counts")
    at = models.DateTimeField(_("counted"))
    cause = models.CharField(_("cause"), max_length=10, choices=Cause.choices)
    in_office = models.PositiveSmallIntegerField(_("voting seats in office"))
    required = models.PositiveSmallIntegerField(_("required"))
    counted = models.PositiveSmallIntegerField(_("counted"))
    voices = models.PositiveSmallIntegerField(_("voices, proxies included"))
    seats = models.JSONField(_("seats that counted"), default=list)

    class Meta:
        verbose_name = _("count of the quorum")
        verbose_name_plural = _("counts of the quorum")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.counted}/{self.required}"

    @property
    def is_met(self) -> bool:
        return self.counted >= self.required
