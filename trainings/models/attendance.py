"""Attendance by half-day, and corrections of what was closed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from trainings.enums import CORRECTION_MOVES, CorrectionState, Mark
from trainings.models.half_days import HalfDay
from trainings.models.registrations import Registration


@snapshots()
class Attendance(models.Model):
    """One mark for one registration in one half-day; no row means "not marked"."""

    half_day = models.ForeignKey(HalfDay, on_delete=models.PROTECT, related_name="attendances")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="attendances")
    mark = models.CharField(_("attendance"), max_length=8, choices=Mark.choices)
    arrived_at = models.TimeField(_("arrival"), null=True, blank=True)
    left_at = models.TimeField(_("departure"), null=True, blank=True)
    marked_at = models.DateTimeField(_("marked on"))
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("marked by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["half_day", "registration"], name="attendance_once"),
            models.CheckConstraint(
                condition=models.Q(arrived_at__isnull=True)
                | models.Q(left_at__isnull=True)
                | models.Q(left_at__gt=models.F("arrived_at")),
                name="attendance_leaves_after_arrival",
                violation_error_message=_("The departure comes after the arrival."),
            ),
            models.CheckConstraint(
                condition=models.Q(mark=Mark.PRESENT) | models.Q(arrived_at__isnull=True, left_at__isnull=True),
                name="attendance_times_only_if_present",
                violation_error_message=_("Only a person who was present has an arrival or a departure."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_mark_display()


@snapshots()
class Correction(models.Model):
    """A change to a closed half-day: proposed with a reason, made when a second person of staff confirms it."""

    MOVES = CORRECTION_MOVES

    half_day = models.ForeignKey(HalfDay, on_delete=models.PROTECT, related_name="corrections")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="corrections")
    mark_before = models.CharField(_("before"), max_length=8, choices=Mark.choices, blank=True, default="")
    mark_after = models.CharField(_("after"), max_length=8, choices=Mark.choices)
    reason = models.CharField(_("reason"), max_length=500)
    state = models.CharField(
        _("state"), max_length=10, choices=CorrectionState.choices, default=CorrectionState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed on"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["half_day", "registration"],
                condition=models.Q(state=CorrectionState.PROPOSED),
                name="correction_open_once",
                violation_error_message=_("A correction of this mark waits for a second person already."),
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("proposed_by")),
                name="correction_two_people",
                violation_error_message=_("A second person confirms a correction."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mark_before_display()} → {self.get_mark_after_display()}"
