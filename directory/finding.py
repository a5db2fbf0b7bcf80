"""What the search over everything shows of persons, organisations and programmes."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import finding
from core.finding import Found, ListSource
from core.formats import listed
from directory.models import Organisation, Person, Programme


def person(row: Person) -> Found:
    organisations = [str(affiliation.organisation) for affiliation in row.affiliations_today[:2]]
    detail = listed([text for text in (row.function, *organisations) if text])
    return Found(str(row), detail, reverse("directory:person-detail", args=[row.pk]))


def organisation(row: Organisation) -> Found:
    detail = listed([text for text in (row.acronym, row.get_kind_display()) if text])
    return Found(str(row), detail, reverse("directory:organisation-detail", args=[row.pk]))


def programme(row: Programme) -> Found:
    return Found(str(row), row.code, reverse("directory:programme-detail", args=[row.pk]))


def register() -> None:
    """Called when the app is ready."""
    finding.register("persons", ListSource(20, "directory:person-list", _("People"), "people", person))
    finding.register(
        "organisations", ListSource(30, "directory:organisation-list", _("Organisations"), "committee", organisation)
    )
    finding.register("programmes", ListSource(80, "directory:programme-list", _("Programmes"), "clip", programme))
