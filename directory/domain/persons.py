"""Persons: one file a person across all roles, known by one normalised e-mail address where there is one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import normalise_email
from core import history, journal, saving
from core.errors import DomainError
from directory.models import Affiliation, Consent, Governorate, Organisation, Person


class InUse(DomainError):
    """Something stands on the file of a person: it cannot be taken back."""

    code = "in_use"

    def __init__(self) -> None:
        super().__init__(_("Something stands on this file by now: it stays."))


class FileFields(TypedDict, total=False):
    name_latin: str
    name_ar: str
    sex: str
    function: str
    phone: str
    language: str
    governorate: Governorate | None
    source: str
    origin: str


class PersonFields(FileFields, total=False):
    email: str | None


@journal.act
def create(
    *,
    actor: User | None,
    now: datetime,
    organisation: Organisation | None = None,
    **fields: Unpack[PersonFields],
) -> Person:
    """A person has a name in one script at least; an address belongs to one person only. Raises Invalid."""
    person = saving.insert(Person(created_at=now, **_tidy(fields)))
    journal.record("person.create", obj=person, actor=actor)
    if organisation is not None:
        affiliate(person=person, organisation=organisation, function=person.function, actor=actor)
    return person


@journal.act
def update(*, person: Person, version: int | None, actor: User | None, **fields: Unpack[PersonFields]) -> Person:
    """Change a person's file. Raises StaleObject, Invalid."""
    current = saving.locked(Person, person.pk, version=version)
    changed = saving.change(current, **_tidy(fields))
    if changed:
        journal.record("person.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current


@journal.act
def match_or_create(
    *,
    email: str,
    actor: User | None,
    now: datetime,
    organisation: Organisation | None = None,
    **fields: Unpack[FileFields],
) -> Person:
    """The person with this address, or a new file made from `fields`; without an address always a new file.

    A known person's file stays as it is: whoever holds an address does not rewrite a file by it. Two at once get the
    same person.
    """
    address = normalise_email(email)
    if address:
        known = Person.objects.filter(email=address).first()
        if known is not None:
            return known
    try:
        return create(actor=actor, now=now, organisation=organisation, email=address or None, **fields)
    except saving.Invalid:
        known = Person.objects.filter(email=address).first() if address else None
        if known is None:
            raise
        return known


@journal.act
def affiliate(
    *,
    person: Person,
    organisation: Organisation,
    function: str = "",
    starts_on: date | None = None,
    actor: User | None,
) -> Affiliation:
    """The person belongs to the organisation from a day (unknown: empty). A second call changes nothing."""
    current = saving.locked(Person, person.pk)
    present = current.affiliations.filter(organisation=organisation, ends_on__isnull=True).first()
    if present is not None:
        return present
    row = Affiliation(person=current, organisation=organisation, function=function.strip(), starts_on=starts_on)
    saving.insert(row)
    data = {"organisation": organisation.pk, "affiliation": row.pk}
    journal.record("person.affiliate", obj=current, actor=actor, data=data)
    return row


@journal.act
def end_affiliation(*, affiliation: Affiliation, ends_on: date, actor: User | None) -> Affiliation:
    """The person leaves the organisation; the last day counts. Raises DomainError (ended already), Invalid."""
    person = saving.locked(Person, affiliation.person_id)
    current = saving.locked(Affiliation, affiliation.pk)
    if current.ends_on is not None:
        raise DomainError(_("This affiliation has ended already."), code="ended", field="ends_on")
    saving.change(current, ends_on=ends_on)
    data = {"organisation": current.organisation_id, "affiliation": current.pk}
    journal.record("person.leave", obj=person, actor=actor, data=data)
    return current


@journal.act
def take_back_affiliation(*, affiliation: Affiliation, actor: User | None) -> bool:
    """Erase an affiliation that was entered by mistake; whoever really left has an end instead. False: it was gone."""
    person = saving.locked(Person, affiliation.person_id)
    present = person.affiliations.filter(pk=affiliation.pk).first()
    if present is None:
        return False
    data = {"organisation": present.organisation_id, "affiliation": present.pk}
    present.delete()
    journal.record("person.unaffiliate", obj=person, actor=actor, data=data)
    return True


@journal.act
def remove(*, person: Person, actor: User | None) -> bool:
    """Erase a file that was entered by mistake, its snapshots' words too; the journal keeps that it was there.

    Its affiliations and consents go with it. Raises InUse while an account, a registration or anything else stands on
    it. False: it was gone already.
    """
    current = Person.objects.select_for_update(of=("self",)).filter(pk=person.pk).first()
    if current is None:
        return False
    if is_used(current):
        raise InUse
    pk = current.pk
    journal.record("person.remove", obj=current, actor=actor)
    current.affiliations.all().delete()
    current.delete()
    history.redact(Person, pk, name_latin="", name_ar="", function="", email=None, phone="")
    return True


def is_used(person: Person) -> bool:
    """Whether anything but affiliations and consents stands on a file."""
    return person.pk in used_among([person.pk]) or person.user_id is not None


def used_among(ids: Collection[int]) -> set[int]:
    """Those persons on whom anything but affiliations and consents stands; one query a kind of thing.

    A consent goes with the data that rest on it.
    """
    found: set[int] = set()
    for relation in Person._meta.related_objects:
        model: Any = relation.related_model
        if model in (Affiliation, Consent) or hasattr(model, "pgh_tracked_model"):
            continue
        name = relation.field.name
        found |= set(model._base_manager.filter(**{f"{name}__in": ids}).values_list(name, flat=True))
    return found


@journal.act
def link_account(*, person: Person, user: User, actor: User | None) -> Person:
    """The account is this person's: the file shows in it, and a trainer finds the own sessions. Raises Invalid."""
    current = saving.locked(Person, person.pk)
    if saving.change(current, user=user):
        journal.record("person.link_account", obj=current, actor=actor, data={"user": user.pk})
    return current


def _tidy(fields: PersonFields) -> PersonFields:
    """Texts trimmed, the address in its one form, none instead of an empty one."""
    tidy: PersonFields = {**fields}
    if "email" in tidy:
        tidy["email"] = normalise_email(tidy["email"] or "") or None
    for name in ("name_latin", "name_ar", "function", "source"):
        if name in tidy:
            tidy[name] = " ".join(tidy[name].split())
    return tidy
