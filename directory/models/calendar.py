"""When the administration works: holidays, and the working-time regimes from which half-days are proposed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formats.dates import language_or_current, time_range
from core.formats.names import WEEKDAYS
from core.history import snapshots
from core.localized import LocalizedName
from directory.enums import Half, HolidayKind, HolidayStatus, RegimeKind


@snapshots()
class Holiday(LocalizedName):
    """One public holiday on one day. A lunar date is estimated until it is announced."""

    on = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=10, choices=HolidayKind.choices)
    status = models.CharField(_("status"), max_length=10, choices=HolidayStatus.choices)
    source = models.CharField(_("source"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("public holiday")
        verbose_name_plural = _("public holidays")
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["on", "name_fr"], name="holiday_once")]


@snapshots()
class Regime(LocalizedName):
    """A working-time regime and the dates between which it is in force; the narrowest one wins on a day."""

    kind = models.CharField(_("kind"), max_length=10, choices=RegimeKind.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=HolidayStatus.choices, default=HolidayStatus.CONFIRMED
    )
    source = models.CharField(_("source"), max_length=200, blank=True, default="")

    class Meta:
        verbose_name = _("working-time regime")
        verbose_name_plural = _("working-time regimes")
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "starts_on"], name="regime_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="regime_ends_after_start",
                violation_error_message=_("A regime ends on or after the day on which it starts."),
            ),
        ]


@snapshots()
class Sitting(models.Model):
    """The hours of one half-day under a regime, on weekdays from `weekday_from` to `weekday_to` (Monday is 0)."""

    regime = models.ForeignKey(Regime, on_delete=models.CASCADE, related_name="sittings")
    weekday_from = models.PositiveSmallIntegerField()
    weekday_to = models.PositiveSmallIntegerField()
    half = models.CharField(max_length=10, choices=Half.choices)
    starts_at = models.TimeField()
    ends_at = models.TimeField()

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["weekday_from", "starts_at"]
        constraints = [
            models.UniqueConstraint(fields=["regime", "weekday_from", "half"], name="sitting_once"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="sitting_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return time_range(self.starts_at, self.ends_at)

    @property
    def days(self) -> str:
        """The weekdays on which it holds, in the reader's language."""
        names = WEEKDAYS[language_or_current(None)]
        first, last = names[self.weekday_from], names[self.weekday_to]
        if first == last:
            return first
        # Translators: weekdays, the last one included
        return gettext("%(first)s to %(last)s") % {"first": first, "last": last}
