"""Organisations and the names that they bore before."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.keys import key_field, order_field, trigram_index
from core.localized import LocalizedName, localized
from directory.enums import OrganisationKind, Origin
from directory.models.territory import Governorate, Sector


@snapshots(exclude=("key", "order_fr", "order_ar"))
class Organisation(LocalizedName):
    """A ministry, agency, centre, pole, firm, association: whoever can send people or hold a seat."""

    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sector = models.ForeignKey(
        Sector, verbose_name=_("sector"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    phone = models.CharField(_("telephone"), max_length=20, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("acronym", "name_fr", "name_ar", "name_en")
    order_fr = key_field("name_fr")
    order_ar = order_field("name_ar", "name_fr")

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["name_fr"],
                name="organisation_name_once",
                violation_error_message=_("This name exists already."),
            )
        ]
        indexes = [
            models.Index(fields=["order_fr", "id"], name="organisation_fr"),
            models.Index(fields=["order_ar", "id"], name="organisation_ar"),
            models.Index(fields=["kind", "order_fr", "id"], name="organisation_kind"),
            trigram_index("organisation_search"),
        ]

    @property
    def short_name(self) -> str:
        return self.acronym or self.name

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    def name_on(self, day: date, language: str | None = None) -> str:
        """The name that the organisation bore on `day`: a document prints the name of its day."""
        for former in self.former_names.all():
            if (former.valid_from is None or former.valid_from <= day) and day <= former.valid_to:
                return localized(former, "name", language)
        return localized(self, "name", language)


@snapshots()
class FormerName(LocalizedName):
    """A name that was in use until a day, with the act that ended it."""

    BESIDE = {"former_name_ends_after_start": "valid_to", "former_name_once": "valid_to"}

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="former_names")
    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"))
    source = models.CharField(_("act or source"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-valid_to"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from__isnull=True) | models.Q(valid_to__gte=models.F("valid_from")),
                name="former_name_ends_after_start",
                violation_error_message=_("A name ends on or after the day on which it starts."),
            ),
            models.UniqueConstraint(fields=["organisation", "valid_to"], name="former_name_once"),
        ]
