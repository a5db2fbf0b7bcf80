"""What the public form sends, for tests: `request(part)` asks for a place, `enter(part)` asks and confirms."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from directory.enums import Purpose
from directory.models import ConsentText
from trainings.domain import confirmation, registrations
from trainings.domain.intake import RegistrationData
from trainings.models import Registration, SessionPart

_numbers = itertools.count(1)


def make_consent_text(number: int = 1, **fields: Any) -> ConsentText:
    """The text to which people consent, the same one for the same number."""
    values = {
        "text_fr": f"Texte de consentement {number}",
        "text_ar": f"نصّ الموافقة {number}",
        "text_en": f"Consent text {number}",
        "valid_from": date(2020, 1, number),
        **fields,
    }
    return ConsentText.objects.get_or_create(purpose=Purpose.TRAINING, number=number, defaults=values)[0]


def make_data(**fields: Any) -> RegistrationData:
    """What somebody types: everything that is required, under a new address each time."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "email": f"demande{number}@example.tn",
        "name_latin": f"Demandeuse {number}",
        "name_ar": "طالبة",
        "consent_text": make_consent_text(),
        **fields,
    }
    return RegistrationData(**values)


def request(part: SessionPart, *, now: datetime | None = None, **fields: Any) -> Registration:
    """Somebody asks for a place."""
    return registrations.request(part=part, data=make_data(**fields), now=now or timezone.now()).registration


def enter(part: SessionPart, *, now: datetime | None = None, **fields: Any) -> Registration:
    """Somebody asks for a place and confirms the address at once."""
    registration = request(part, now=now, **fields)
    return confirmation.confirm(registration=registration, now=now or timezone.now())
