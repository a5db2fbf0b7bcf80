"""Organisations: entered, corrected, renamed with the date of the change."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from core.formats import tax_numbers
from directory.errors import TaxNumberTaken, WrongTaxKey
from directory.models import Delegation, FormerName, Governorate, Organisation, Sector


class OrganisationFields(TypedDict, total=False):
    name_fr: str
    name_ar: str
    name_en: str
    acronym: str
    kind: str
    governorate: Governorate | None
    delegation: Delegation | None
    tax_number: str
    sector: Sector | None
    email: str
    phone: str
    website: str
    source: str
    origin: str


class NameFields(TypedDict, total=False):
    name_fr: str
    name_ar: str
    name_en: str
    acronym: str


@journal.act
def create(
    *, actor: User | None, key_confirmed: bool = False, key_reason: str = "", **fields: Unpack[OrganisationFields]
) -> Organisation:
    """An organisation has a name in French, like no other's, and a kind.

    A tax number whose key is wrong is let through with `key_confirmed` and a reason, which the history keeps. Raises
    WrongTaxKey, ReasonRequired, TaxNumberTaken, Invalid.
    """
    organisation = Organisation(**fields)
    is_odd = _check_tax_number(organisation, key_confirmed, key_reason)
    saving.insert(organisation)
    journal.record("organisation.create", obj=organisation, actor=actor)
    if is_odd:
        journal.record("organisation.tax_key", obj=organisation, actor=actor, reason=key_reason)
    return organisation


@journal.act
def update(
    *,
    organisation: Organisation,
    version: int | None,
    actor: User | None,
    key_confirmed: bool = False,
    key_reason: str = "",
    **fields: Unpack[OrganisationFields],
) -> Organisation:
    """Correct an organisation; a name corrected here leaves no former name. A new tax number as in `create`.

    Raises StaleObject, WrongTaxKey, ReasonRequired, TaxNumberTaken, Invalid.
    """
    current = saving.locked(Organisation, organisation.pk, version=version)
    number = fields.get("tax_number", current.tax_number)
    is_odd = False
    if number != current.tax_number:
        is_odd = _check_tax_number(Organisation(pk=current.pk, tax_number=number), key_confirmed, key_reason)
    changed = saving.change(current, **fields)
    if changed:
        journal.record("organisation.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    if is_odd:
        journal.record("organisation.tax_key", obj=current, actor=actor, reason=key_reason)
    return current


def refuse_number_of_another(number: str, *, besides: int | None) -> None:
    """Raises TaxNumberTaken when another organisation bears the number, in its short or its full form."""
    taken = Organisation.objects.exclude(pk=besides or 0).with_tax_number(number).first()
    if taken is not None:
        raise TaxNumberTaken(name=str(taken))


def _check_tax_number(organisation: Organisation, confirmed: bool, reason: str) -> bool:
    """Whether its number has a wrong key, confirmed with a reason. Whose number it is already is said by name."""
    number = organisation.tax_number
    if not tax_numbers.is_well_formed(number):
        return False  # none; or the model refuses it
    refuse_number_of_another(number, besides=organisation.pk)
    if not organisation.has_odd_tax_key:
        return False
    if not confirmed:
        raise WrongTaxKey(expected=tax_numbers.key_of(number[: tax_numbers.DIGITS]))
    if not reason.strip():
        raise ReasonRequired(field="key_reason")
    return True


@journal.act
def rename(
    *,
    organisation: Organisation,
    version: int | None,
    on: date,
    source: str = "",
    actor: User | None,
    **names: Unpack[NameFields],
) -> Organisation:
    """From the day `on` the organisation bears another name; the old one stays, valid until the day before.

    Documents of an older day print the older name. Raises StaleObject, Invalid, DomainError on `on` when a later change
    of name is known already.
    """
    current = saving.locked(Organisation, organisation.pk, version=version)
    last_day = on - timedelta(days=1)
    before = current.former_names.order_by("-valid_to").first()
    if before is not None and before.valid_to >= last_day:
        raise DomainError(_("A later change of name is known already: choose a later day."), code="order", field="on")
    former = FormerName(
        organisation=current,
        name_fr=current.name_fr,
        name_ar=current.name_ar,
        name_en=current.name_en,
        acronym=current.acronym,
        valid_from=before.valid_to + timedelta(days=1) if before is not None else None,
        valid_to=last_day,
        source=source,
    )
    if not saving.change(current, **names):
        raise DomainError(_("This is the present name already."), code="same_name", field="name_fr")
    saving.insert(former)
    journal.record("organisation.rename", obj=current, actor=actor, data={"on": on.isoformat(), "former": former.pk})
    return current


@journal.act
def add_former_name(
    *,
    organisation: Organisation,
    valid_to: date,
    valid_from: date | None = None,
    source: str = "",
    actor: User | None,
    **names: Unpack[NameFields],
) -> FormerName:
    """Keep a name that the organisation bore before the portal knew it. Raises Invalid."""
    current = saving.locked(Organisation, organisation.pk)
    former = FormerName(organisation=current, valid_from=valid_from, valid_to=valid_to, source=source, **names)
    saving.insert(former)
    journal.record("organisation.former_name", obj=current, actor=actor, data={"former": former.pk})
    return former
