"""Where: governorates. In which trade: sectors."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.keys import key_field
from core.localized import LocalizedName


@snapshots(exclude=("key",))
class Governorate(LocalizedName):
    """One of the 24 governorates, by ISO 3166-2 code. Region and district (2023) are two separate groupings."""

    iso_code = models.CharField(_("ISO code"), max_length=6, unique=True)
    region = models.CharField(_("region"), max_length=40)
    district = models.PositiveSmallIntegerField(_("district"))
    key = key_field("name_fr", "name_ar")

    class Meta:
        verbose_name = _("governorate")
        verbose_name_plural = _("governorates")
        ordering = ["iso_code"]


@snapshots()
class Sector(LocalizedName):
    """An economic sector of the portal's own short list (no official nomenclature)."""

    code = models.SlugField(_("code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["name_fr"]
