"""Seats belong to institutions; mandates put persons in them, from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.models.members import DatedQuerySet, Days
from core.history import snapshots
from directory.models import Organisation, Person
from steering.enums import MandateKind, SuccessionKind, Voice
from steering.models.committees import Committee


def _ends_after_start(row: Any, sentence: str | Promise) -> None:
    """Said before the days are compared with others': PostgreSQL takes no range that ends before it starts."""
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise ValidationError({"ends_on": sentence})


SEAT_DAYS = _("A seat ends on or after the day on which it starts.")
MANDATE_DAYS = _("A mandate ends on or after the day on which it starts.")
TENURE_DAYS = _("An institution leaves a seat on or after the day on which it took it.")


@snapshots()
class Seat(models.Model):
    """A place in a committee. `organisation` is who holds it now; who held it on a day stands in its tenures."""

    BESIDE = {"seat_ends_after_start": "ends_on", "seat_one_presides": "presides"}

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="seats"
    )
    rank = models.PositiveSmallIntegerField(_("rank"), default=1)
    voice = models.CharField(_("voice"), max_length=12, choices=Voice.choices)
    presides = models.BooleanField(_("presides over the committee"), default=False)
    starts_on = models.DateField(_("seat since"))
    ends_on = models.DateField(_("seat until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        verbose_name_plural = _("seats")
        ordering = ["rank", "id"]
        indexes = [models.Index(fields=["committee", "rank", "id"], name="seat_rank")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
                violation_error_message=SEAT_DAYS,
            ),
            ExclusionConstraint(
                name="seat_one_presides",
                expressions=[
                    ("committee", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(presides=True),
                violation_error_message=_("Another seat presides in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def clean(self) -> None:
        _ends_after_start(self, SEAT_DAYS)

    @property
    def voice_label(self) -> str:
        return str(Voice(self.voice).label)


@snapshots()
class Tenure(models.Model):
    """An institution holds a seat from a day to a day; a document prints the name of its day."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="tenures")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="tenures"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    act = models.CharField(_("act or source"), max_length=300, blank=True, default="")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("holder of a seat")
        verbose_name_plural = _("holders of seats")
        ordering = ["-starts_on", "-id"]
        constraints = [
            ExclusionConstraint(
                name="tenure_one_holder",
                expressions=[("seat", RangeOperators.EQUAL), (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS)],
                violation_error_message=_("Another institution holds the seat in these days already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def clean(self) -> None:
        _ends_after_start(self, TENURE_DAYS)


@snapshots()
class Mandate(models.Model):
    """A person in a seat, as titular or alternate, by a letter of the institution."""

    BESIDE = {
        "mandate_ends_after_start": "ends_on",
        "mandate_one_titular": "starts_on",
        "mandate_person_once": "starts_on",
    }

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="mandates")
    kind = models.CharField(_("kind"), max_length=10, choices=MandateKind.choices)
    function = models.CharField(_("function in the institution"), max_length=200, blank=True, default="")
    starts_on = models.DateField(_("mandate from"))
    ends_on = models.DateField(_("mandate until"), null=True, blank=True)
    letter = models.CharField(_("letter of appointment (number)"), max_length=100, blank=True, default="")
    letter_on = models.DateField(_("date of the letter"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_start",
                violation_error_message=MANDATE_DAYS,
            ),
            ExclusionConstraint(
                name="mandate_one_titular",
                expressions=[("seat", RangeOperators.EQUAL), (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS)],
                condition=Q(kind=MandateKind.TITULAR),
                violation_error_message=_("The seat has a titular in these days already: end that mandate first."),
            ),
            ExclusionConstraint(
                name="mandate_person_once",
                expressions=[
                    ("seat", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person holds a mandate in the seat in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        _ends_after_start(self, MANDATE_DAYS)

    @property
    def kind_label(self) -> str:
        return str(MandateKind(self.kind).label)

    def is_in_force(self, on: date) -> bool:
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


@snapshots()
class Succession(models.Model):
    """On a day, by an act, an institution was renamed, merged into another or split."""

    BESIDE = {"succession_into_another": "successor"}

    kind = models.CharField(_("what happened"), max_length=8, choices=SuccessionKind.choices)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("institution"), on_delete=models.PROTECT, related_name="successions"
    )
    successor = models.ForeignKey(
        Organisation, verbose_name=_("successor"), on_delete=models.PROTECT, related_name="precessions"
    )
    on = models.DateField(_("from"))
    act = models.CharField(_("act"), max_length=300)

    class Meta:
        verbose_name = _("change of an institution")
        verbose_name_plural = _("changes of institutions")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["-on", "-id"], name="succession_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=SuccessionKind.RENAME) | ~Q(successor=F("organisation")),
                name="succession_into_another",
                violation_error_message=_("An institution does not merge into itself."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)
