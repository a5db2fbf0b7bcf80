"""Half-days: the unit of attendance."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook
from core.history import snapshots
from core.localized import localized
from directory.enums import Half
from directory.models import Person
from trainings.enums import HALF_DAY_MOVES, HalfDayState
from trainings.models.parts import SessionPart


class DateTimeSpan(models.Func):
    """`tsrange(day + start, day + end)`: when a half-day takes place, in the programme's own time."""

    function = "tsrange"

    def __init__(self) -> None:
        super().__init__(_moment("starts_at"), _moment("ends_at"), output_field=DateTimeRangeField())


def _moment(hour: str) -> models.ExpressionWrapper:
    return models.ExpressionWrapper(models.F("on_day") + models.F(hour), output_field=models.DateTimeField())


@snapshots()
class HalfDay(models.Model):
    """One half-day of a part. Hours are local; two half-days of a part never overlap."""

    MOVES = HALF_DAY_MOVES

    part = models.ForeignKey(SessionPart, on_delete=models.CASCADE, related_name="half_days")
    on_day = models.DateField(_("day"))
    half = models.CharField(_("half-day"), max_length=10, choices=Half.choices)
    starts_at = models.TimeField(pgettext_lazy("hour", "from"))
    ends_at = models.TimeField(pgettext_lazy("hour", "to"))
    room = models.CharField(_("room"), max_length=100, blank=True, default="")
    module_fr = models.CharField(_("module in French"), max_length=300, blank=True, default="")
    module_ar = models.CharField(_("module in Arabic"), max_length=300, blank=True, default="")
    module_en = models.CharField(_("module in English"), max_length=300, blank=True, default="")
    trainers = models.ManyToManyField(
        Person, verbose_name=_("trainers"), blank=True, related_name="+", through="HalfDayTrainer"
    )
    state = models.CharField(_("state"), max_length=8, choices=HalfDayState.choices, default=HalfDayState.OPEN)
    closed_at = models.DateTimeField(_("closed on"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("half-day")
        verbose_name_plural = _("half-days")
        ordering = ["on_day", "starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="half_day_ends_after_start",
                violation_error_message=_("A half-day ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["part", "on_day", "half"],
                name="half_day_once",
                violation_error_message=_("This half-day is there already."),
            ),
            ExclusionConstraint(
                name="half_day_no_overlap",
                expressions=[("part", RangeOperators.EQUAL), (DateTimeSpan(), RangeOperators.OVERLAPS)],
                violation_error_message=_("This half-day overlaps another one of the part."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=HalfDayState.CLOSED, closed_at__isnull=False)
                | models.Q(state=HalfDayState.OPEN, closed_at__isnull=True),
                name="half_day_closed_iff_date",
            ),
        ]
        indexes = [
            models.Index(fields=["on_day", "starts_at", "id"], name="half_day_when"),
            models.Index(
                fields=["on_day", "starts_at", "id"],
                condition=models.Q(state=HalfDayState.OPEN),
                name="half_day_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on_day} {self.get_half_display()}"

    @property
    def module(self) -> str:
        return localized(self, "module")

    @property
    def state_look(self) -> StateLook:
        return HalfDayState(self.state).look

    @property
    def starts(self) -> datetime:
        """The instant at which it starts."""
        return timezone.make_aware(datetime.combine(self.on_day, self.starts_at))

    @property
    def ends(self) -> datetime:
        """The instant at which it ends."""
        return timezone.make_aware(datetime.combine(self.on_day, self.ends_at))

    @property
    def duration(self) -> timedelta:
        return datetime.combine(self.on_day, self.ends_at) - datetime.combine(self.on_day, self.starts_at)


@snapshots()
class HalfDayTrainer(models.Model):
    """One of the session's trainers gives this half-day; a half-day without any is given by all of them."""

    half_day = models.ForeignKey(HalfDay, on_delete=models.CASCADE, db_column="halfday_id", related_name="+")
    person = models.ForeignKey(Person, verbose_name=_("trainer"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "trainings_halfday_trainers"
        unique_together = [("half_day", "person")]
        verbose_name = _("trainer of a half-day")
        verbose_name_plural = _("trainers of half-days")

    def __str__(self) -> str:
        return str(self.person)
