"""Consents: express, per purpose, to a text whose version is kept; withdrawn as easily as given."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.models import Consent, ConsentText, Person


def text_in_force(*, purpose: str, on: date) -> ConsentText | None:
    """The newest version of a purpose's text on a day."""
    return ConsentText.objects.filter(purpose=purpose, valid_from__lte=on).order_by("-number").first()


def has_consent(*, person: Person, purpose: str) -> bool:
    """Whether the person's consent to a purpose stands, whatever the version."""
    return Consent.objects.filter(person=person, text__purpose=purpose, withdrawn_at__isnull=True).exists()


@journal.act
def give(*, person: Person, text: ConsentText, language: str, given_at: datetime, actor: User | None = None) -> Consent:
    """Keep who agreed to which version, in which language, when. A second consent to the same version is the first."""
    current = saving.locked(Person, person.pk)
    standing = current.consents.filter(text=text, withdrawn_at__isnull=True).first()
    if standing is not None:
        return standing
    consent = saving.insert(Consent(person=current, text=text, language=language, given_at=given_at))
    data: dict[str, str | int | bool | None] = {"purpose": text.purpose, "version": text.number}
    journal.record("consent.give", obj=current, actor=actor, data=data)
    return consent


@journal.act
def withdraw(*, consent: Consent, now: datetime, actor: User | None) -> Consent:
    """The consent no longer stands; that it was given stays on record. Raises DomainError on a second call."""
    person = saving.locked(Person, consent.person_id)
    current = saving.locked(Consent, consent.pk)
    if current.withdrawn_at is not None:
        raise DomainError(_("This consent was withdrawn already."), code="withdrawn")
    saving.change(current, withdrawn_at=now)
    data: dict[str, str | int | bool | None] = {"purpose": current.text.purpose, "version": current.text.number}
    journal.record("consent.withdraw", obj=person, actor=actor, data=data)
    return current
