"""The file of the person behind a registration, and the consent that was given with it."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from directory.domain import consents, persons
from directory.enums import Origin
from directory.models import Person
from trainings.models import Registration


def of(registration: Registration, *, actor: User | None = None, now: datetime) -> Person:
    """Find the person by address, or make the file from what was typed; keep the consent where one was given.

    A known person's names stay as they are: what was typed this time stays on the registration.
    """
    person = persons.match_or_create(
        email=registration.email,
        name_latin=registration.name_latin,
        name_ar=registration.name_ar,
        sex=registration.sex,
        function=registration.function,
        phone=registration.phone,
        language=registration.language,
        governorate=registration.governorate,
        organisation=registration.organisation,
        origin=Origin.FICTIONAL if registration.part.session.is_fictional else Origin.OWN,
        actor=actor,
        now=now,
    )
    if registration.consent_text is not None:
        given_at = registration.consented_at or now
        consents.give(person=person, text=registration.consent_text, language=registration.language, given_at=given_at)
    return person
