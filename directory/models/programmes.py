"""Programmes: what pays and what reports."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.keys import key_field, order_field
from core.localized import LocalizedName, localized
from directory.enums import Origin


@snapshots(exclude=("key", "order_fr", "order_ar"))
class Programme(LocalizedName):
    """A programme such as PASRI: its funder, the agency that runs it, its dates where they are known."""

    BESIDE = {"programme_ends_after_start": "ends_on"}

    code = models.SlugField(_("code"), max_length=30, unique=True)
    funder_fr = models.CharField(_("financed by (French)"), max_length=200, blank=True, default="")
    funder_ar = models.CharField(_("financed by (Arabic)"), max_length=200, blank=True, default="")
    funder_en = models.CharField(_("financed by (English)"), max_length=200, blank=True, default="")
    agency = models.ForeignKey(
        "directory.Organisation",
        verbose_name=_("agency"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("code", "name_fr", "name_ar", "name_en")
    order_fr = key_field("name_fr")
    order_ar = order_field("name_ar", "name_fr")

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="programme_ends_after_start",
                violation_error_message=_("A programme ends on or after the day on which it starts."),
            )
        ]
        indexes = [
            models.Index(fields=["order_fr", "id"], name="programme_fr"),
            models.Index(fields=["order_ar", "id"], name="programme_ar"),
        ]

    @property
    def funder(self) -> str:
        return localized(self, "funder")

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL
