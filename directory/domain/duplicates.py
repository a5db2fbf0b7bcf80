"""Persons who may be one: the same address, telephone or name, in either script and any spelling. It proposes only.

Staff alone see what is found here: whether somebody is known is nobody else's business.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models.user import normalise_email
from directory.models import Person

MOST_EACH = 5


class Why(TextChoices):
    """Why a person is proposed, the strongest first."""

    ADDRESS = "address", _("same address")
    PHONE = "phone", _("same telephone")
    NAME = "name", _("same name")
    OTHER_SCRIPT = "other_script", _("same name in the other script")
    NEARLY = "nearly", _("nearly the same name")


@dataclass(frozen=True)
class Sought:
    """Somebody who is about to be entered; `phone` as E.164; `beside`: the file itself, which is not its own double."""

    name_latin: str = ""
    name_ar: str = ""
    email: str = ""
    phone: str = ""
    beside: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A person who may be the one sought, and why."""

    person: Person
    why: list[Why] = field(default_factory=list)


def likely(names: Sequence[Sought]) -> dict[int, list[Candidate]]:
    """For each place in `names` that has any: at most five candidates, the strongest first. At most five queries."""
    addresses = {normalise_email(one.email) for one in names if one.email}
    known = {person.email: person for person in Person.objects.filter(email__in=addresses).order_by("pk")}
    found: dict[int, list[Candidate]] = {}
    for place, one in enumerate(names):
        person = known.get(normalise_email(one.email)) if one.email else None
        if person is not None and person.pk != one.beside:
            found[place] = [Candidate(person, [Why.ADDRESS])]
    return found
