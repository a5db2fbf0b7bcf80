"""Organisations, persons and programmes for tests, as they lie in the database: no verb's checks or journal."""

from __future__ import annotations

import itertools
from typing import Any

from django.utils import timezone

from directory.enums import OrganisationKind, Purpose
from directory.models import Affiliation, Consent, ConsentText, Delegation, Governorate, Organisation, Person, Programme

_numbers = itertools.count(1)


def make_governorate(iso_code: str = "TN-61", **fields: Any) -> Governorate:
    """A governorate, the same one for the same code."""
    values = {"name_fr": "Sfax", "name_ar": "صفاقس", "name_en": "Sfax", "region": "Centre-Est", "district": 4, **fields}
    return Governorate.objects.get_or_create(iso_code=iso_code, defaults=values)[0]


def make_delegation(name_fr: str = "", **fields: Any) -> Delegation:
    """A delegation of the governorate of the tests, or of another."""
    fields.setdefault("governorate", make_governorate())
    return Delegation.objects.create(name_fr=name_fr or f"Délégation {next(_numbers)}", **fields)


def make_organisation(name_fr: str = "", **fields: Any) -> Organisation:
    """An organisation of the tests' own."""
    number = next(_numbers)
    values = {"kind": OrganisationKind.POLE, "name_ar": f"القطب المثال {number}", **fields}
    return Organisation.objects.create(name_fr=name_fr or f"Pôle Exemple {number}", **values)


def make_person(name_latin: str = "", *, organisation: Organisation | None = None, **fields: Any) -> Person:
    """A person with an address, perhaps in an organisation."""
    number = next(_numbers)
    values = {
        "name_latin": name_latin or f"Personne {number}",
        "name_ar": f"شخص {number}",
        "email": f"personne{number}@example.tn",
        "created_at": timezone.now(),
        **fields,
    }
    person = Person.objects.create(**values)
    if organisation is not None:
        Affiliation.objects.create(person=person, organisation=organisation, function=person.function)
    return person


def make_programme(code: str = "", **fields: Any) -> Programme:
    """A programme."""
    number = next(_numbers)
    values = {"name_fr": f"Programme {number}", **fields}
    return Programme.objects.create(code=code or f"programme-{number}", **values)


def make_consent(person: Person, *, purpose: str = Purpose.TRAINING, **fields: Any) -> Consent:
    """A consent to the first version of a purpose's text."""
    texts = {"text_fr": "J’accepte.", "text_ar": "أوافق.", "text_en": "I agree.", "valid_from": "2014-01-01"}
    text = ConsentText.objects.get_or_create(purpose=purpose, number=1, defaults=texts)[0]
    return Consent.objects.create(person=person, text=text, language="fr", **{"given_at": timezone.now(), **fields})
