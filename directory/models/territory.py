"""Where: governorates and their delegations. In which trade: sectors."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.keys import key_field
from core.localized import LocalizedName
from directory.enums import REGIONS, Priority


@snapshots(exclude=("key",), later=("priority",))
class Governorate(LocalizedName):
    """One of the 24 governorates, by ISO 3166-2 code. Region and district (2023) are two separate groupings."""

    iso_code = models.CharField(_("ISO code"), max_length=6, unique=True)
    region = models.CharField(_("region"), max_length=40)
    district = models.PositiveSmallIntegerField(_("district"))
    priority = models.CharField(_("priority"), max_length=10, choices=Priority.choices, blank=True, default="")
    key = key_field("name_fr", "name_ar")

    class Meta:
        verbose_name = _("governorate")
        verbose_name_plural = _("governorates")
        ordering = ["iso_code"]

    @property
    def region_label(self) -> str:
        return str(REGIONS.get(self.region, self.region))

    @property
    def priority_label(self) -> str:
        return str(Priority(self.priority).label) if self.priority else ""


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def in_force(self, *, on: date) -> DelegationQuerySet:
        """Those that exist on a day."""
        return self.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on)).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        )


@snapshots()
class Delegation(LocalizedName):
    """A delegation of a governorate, from a day to a day: their number changes (264 in 2006, 279 in 2024)."""

    BESIDE = {"delegation_closes_after_opening": "valid_to", "delegation_name_once": "name_fr"}

    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate"), on_delete=models.PROTECT, related_name="delegations"
    )
    valid_from = models.DateField(_("exists since"), null=True, blank=True)
    valid_to = models.DateField(_("exists until"), null=True, blank=True)
    source = models.CharField(_("act or source"), max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["governorate__iso_code", "name_fr"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="delegation_closes_after_opening",
                violation_error_message=_("A delegation ends on or after the day on which it starts."),
            ),
            models.UniqueConstraint(
                fields=["governorate", "name_fr"],
                condition=Q(valid_to__isnull=True),
                name="delegation_name_once",
                violation_error_message=_("This governorate has a delegation of this name already."),
            ),
        ]

    @property
    def is_closed(self) -> bool:
        return self.valid_to is not None


@snapshots()
class Sector(LocalizedName):
    """An economic sector of the portal's own short list (no official nomenclature)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["name_fr"]


def in_its_governorate(delegation: Delegation | None, governorate: Governorate | None) -> None:
    """A place names a delegation of the governorate that it names, and none without it. Raises ValidationError."""
    if delegation is not None and (governorate is None or delegation.governorate_id != governorate.pk):
        words = gettext("This delegation lies in another governorate: %(name)s.")
        raise ValidationError({"delegation": words % {"name": delegation.governorate}})
