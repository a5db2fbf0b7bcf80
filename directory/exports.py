"""Lists of the directory as files. Addresses and telephones are columns of those who may see contacts."""

from __future__ import annotations

from django.contrib.postgres.aggregates import StringAgg
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core.exports import Choice, Column, ExportSpec, Kind, Localized
from directory.enums import OrganisationKind, Origin, Sex
from directory.models import Affiliation, Person
from directory.permissions import can_see_contacts

FICTIONAL = Q(origin=Origin.FICTIONAL)


def _with_organisations(rows: models.QuerySet[Person]) -> models.QuerySet[Person]:
    """The organisations of today, by acronym or French name."""
    today = Affiliation.objects.in_force(on=timezone.localdate()).filter(person=OuterRef("pk"))
    name = Coalesce(NullIf(F("organisation__acronym"), Value("")), F("organisation__name_fr"))
    names = today.order_by().values("person").annotate(names=StringAgg(name, Value(" ; "), order_by="pk"))
    return rows.annotate(organisation_names=Subquery(names.values("names")))


PERSONS = ExportSpec(
    "persons",
    _("People"),
    [
        Column(_("Name in Latin script"), "name_latin", width=28),
        Column(_("Name in Arabic script"), "name_ar", width=28),
        Choice(_("Sex"), "sex", Sex, width=10),
        Column(_("Function"), "function", width=28),
        Column(_("Organisations of today"), "organisation_names", width=36),
        Localized(_("Governorate"), "governorate__name"),
        Column(_("E-mail address"), "email", width=30, may=can_see_contacts),
        Column(_("Telephone"), "phone", kind=Kind.PHONE, may=can_see_contacts),
        Choice(_("Language"), "language", Language, width=12),
        Column(_("Entered on"), "created_at", kind=Kind.DATETIME),
        Column(_("Source"), "source", width=28),
    ],
    annotate=_with_organisations,
    fictional=FICTIONAL,
    people=True,
)

ORGANISATIONS = ExportSpec(
    "organisations",
    _("Organisations"),
    [
        Column(_("Acronym"), "acronym", width=14),
        Column(_("Name in French"), "name_fr", width=40),
        Column(_("Name in Arabic"), "name_ar", width=40),
        Column(_("Name in English"), "name_en", width=40),
        Choice(_("Kind"), "kind", OrganisationKind),
        Localized(_("Sector"), "sector__name", width=24),
        Localized(_("Governorate"), "governorate__name"),
        Column(_("E-mail address"), "email", width=30, may=can_see_contacts),
        Column(_("Telephone"), "phone", kind=Kind.PHONE, may=can_see_contacts),
        Column(_("Tax number"), "tax_number", width=16, may=can_see_contacts),
        Localized(_("Delegation"), "delegation__name", width=24),
        Column(_("Website"), "website", width=30),
        Column(_("Source"), "source", width=28),
    ],
    fictional=FICTIONAL,
)

PROGRAMMES = ExportSpec(
    "programmes",
    _("Programmes"),
    [
        Column(_("Code"), "code", width=14),
        Column(_("Name in French"), "name_fr", width=40),
        Column(_("Name in Arabic"), "name_ar", width=40),
        Column(_("Name in English"), "name_en", width=40),
        Localized(_("Financed by"), "funder", width=28),
        Localized(_("Agency"), "agency__name", width=36),
        Column(_("From"), "starts_on", kind=Kind.DATE, width=12),
        Column(_("To"), "ends_on", kind=Kind.DATE, width=12),
        Column(_("Source"), "source", width=28),
    ],
    fictional=FICTIONAL,
)
