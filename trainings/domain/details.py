"""Staff mend what a person typed: a name in the other script, a function, an organisation; never place or state."""

from __future__ import annotations

from typing import TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from directory.domain import persons
from directory.models import Governorate, Organisation
from trainings.enums import ENDED_STATES
from trainings.models import Registration


class DetailFields(TypedDict, total=False):
    name_latin: str
    name_ar: str
    sex: str
    function: str
    organisation: Organisation | None
    organisation_text: str
    governorate: Governorate | None


@journal.act
def correct(
    *, registration: Registration, version: int | None, actor: User, reason: str, **fields: Unpack[DetailFields]
) -> Registration:
    """Correct what was typed, with a reason; a name that the person's file lacks is filled in there too.

    Locks the registration; records `registration.correct` with the names of the fields. A certificate that was issued
    stays as it is: replace it. Raises ReasonRequired, Invalid, StaleObject, and DomainError once it has ended.
    """
    if not reason.strip():
        raise ReasonRequired
    current = saving.locked(Registration, registration.pk, version=version)
    if current.state in ENDED_STATES:
        raise DomainError(_("This registration has ended: nothing in it changes any more."), code="ended")
    if not fields.get("name_latin", current.name_latin) and not fields.get("name_ar", current.name_ar):
        raise DomainError(_("Give the name in Latin or in Arabic script."), code="name", field="name_latin")
    changed = saving.change(current, **fields)
    if changed:
        journal.record(
            "registration.correct", obj=current, actor=actor, reason=reason, data={"fields": " ".join(changed)}
        )
        _fill_file(current, actor=actor)
    return current


def _fill_file(registration: Registration, *, actor: User) -> None:
    """What the person's file does not know yet, it learns; what it knows stays."""
    person = registration.person
    if person is None:
        return
    learnt = {name: getattr(registration, name) for name in ("name_latin", "name_ar") if not getattr(person, name)}
    learnt = {name: value for name, value in learnt.items() if value}
    if learnt:
        persons.update(person=person, version=None, actor=actor, **learnt)
