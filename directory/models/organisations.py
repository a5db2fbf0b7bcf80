"""Organisations and the names that they bore before."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models.functions import Coalesce, Concat, Left, NullIf, Substr
from django.utils.translation import gettext_lazy as _

from core.formats import tax_numbers
from core.history import snapshots
from core.keys import key_field, order_field, trigram_index
from core.localized import LocalizedName, localized
from directory.enums import OrganisationKind, Origin
from directory.models.territory import Delegation, Governorate, Sector, in_its_governorate

TAX_SEAT = Concat(
    Left("tax_number", tax_numbers.TAXPAYER),
    Coalesce(NullIf(Substr("tax_number", tax_numbers.TAXPAYER + 3), models.Value("")), models.Value(tax_numbers.SEAT)),
    output_field=models.CharField(max_length=20),
)
"""Taxpayer and establishment: the short form of a number is that of the seat, and the same as its full form."""


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def with_tax_number(self, number: str) -> OrganisationQuerySet:
        """Those of the same taxpayer and establishment, in the short or the full form."""
        return self.alias(seat=TAX_SEAT).exclude(tax_number="").filter(seat=tax_numbers.seat_of(number))


@snapshots(exclude=("key", "order_fr", "order_ar"), later=("tax_number",))
class Organisation(LocalizedName):
    """A ministry, agency, centre, pole, firm, association: whoever can send people or hold a seat."""

    BESIDE = {"organisation_tax_number_once": "tax_number", "organisation_tax_number_form": "tax_number"}

    acronym = models.CharField(_("acronym"), max_length=30, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind.choices)
    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sector = models.ForeignKey(
        Sector, verbose_name=_("sector"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    delegation = models.ForeignKey(
        Delegation, verbose_name=_("delegation"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    tax_number = models.CharField(_("tax number"), max_length=13, blank=True, default="")
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    phone = models.CharField(_("telephone"), max_length=20, blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("acronym", "name_fr", "name_ar", "name_en")
    order_fr = key_field("name_fr")
    order_ar = order_field("name_ar", "name_fr")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["name_fr"],
                name="organisation_name_once",
                violation_error_message=_("This name exists already."),
            ),
            models.CheckConstraint(
                condition=models.Q(tax_number="") | models.Q(tax_number__regex=tax_numbers.STORED),
                name="organisation_tax_number_form",
                violation_error_message=_("This is not the form of a tax number."),
            ),
            models.UniqueConstraint(
                TAX_SEAT,
                condition=~models.Q(tax_number=""),
                name="organisation_tax_number_once",
                violation_error_message=_("An organisation with this tax number exists already."),
            ),
        ]
        indexes = [
            models.Index(fields=["order_fr", "id"], name="organisation_fr"),
            models.Index(fields=["order_ar", "id"], name="organisation_ar"),
            models.Index(fields=["kind", "order_fr", "id"], name="organisation_kind"),
            models.Index(fields=["tax_number"], name="organisation_tax", opclasses=["varchar_pattern_ops"]),
            trigram_index("organisation_search"),
        ]

    @property
    def short_name(self) -> str:
        return self.acronym or self.name

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    @property
    def has_odd_tax_key(self) -> bool:
        """Whether the key of its tax number does not follow from the digits: somebody confirmed it with a reason."""
        return bool(self.tax_number) and not tax_numbers.is_key_right(self.tax_number)

    def clean(self) -> None:
        in_its_governorate(self.delegation, self.governorate)

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
