"""Persons who may be one: the same address, telephone or name, in either script and any spelling. It proposes only.

Staff alone see what is found here: whether somebody is known is nobody else's business. The name's sound (`core.keys`)
is the net; what it brings up is then looked at letter by letter, in the script that both have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Prefetch, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models.user import normalise_email
from core.errors import DomainError
from core.formats import listed
from directory.models import Affiliation, Person

MOST_EACH = 5


class Why(TextChoices):
    """Why a person is proposed, the strongest first."""

    ADDRESS = "address", _("same address")
    PHONE = "phone", _("same telephone")
    NAME = "name", _("same name")
    OTHER_SCRIPT = "other_script", _("same name in the other script")
    NEARLY = "nearly", _("nearly the same name")


WEIGHT = {Why.ADDRESS: 16, Why.NAME: 8, Why.OTHER_SCRIPT: 7, Why.PHONE: 5, Why.NEARLY: 4}
"""A telephone may be an office's, and many have one name: what comes together counts more."""


class PerhapsKnown(DomainError):
    """Somebody in the directory may be the person who is about to be entered."""

    code = "perhaps_known"

    def __init__(self) -> None:
        text = _("Look at the people named above. If it is none of them, tick this box.")
        super().__init__(text, field="another")


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
    """A person who may be the one sought, with `affiliations_today` (those that have not ended), and why."""

    person: Person
    why: list[Why] = field(default_factory=list)

    @property
    def said(self) -> str:
        """Why, in words."""
        return listed(why.label for why in self.why)

    @property
    def strength(self) -> int:
        return sum(WEIGHT[why] for why in self.why)


# One answer for all that are sought: every branch takes a few rows from an index, however many bear a name.
FIND = """
WITH sought AS (
  SELECT place, email, phone, f_key(latin) AS key_latin, f_key(arabic) AS key_ar,
         f_sound(latin) AS sound_latin, f_sound(arabic) AS sound_ar
  FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[]) AS s (place, latin, arabic, email, phone))
SELECT s.place, found.id, s.key_latin, s.key_ar, s.sound_latin, s.sound_ar FROM sought s CROSS JOIN LATERAL (
  (SELECT id FROM directory_person WHERE email = s.email AND s.email <> '')
  UNION (SELECT id FROM directory_person WHERE phone = s.phone AND s.phone <> '' ORDER BY id LIMIT 8)
  UNION (SELECT id FROM directory_person WHERE order_latin = s.key_latin AND s.key_latin <> '' ORDER BY id LIMIT 8)
  UNION (SELECT id FROM directory_person WHERE order_ar = s.key_ar AND s.key_ar <> '' ORDER BY id LIMIT 8)
  UNION (SELECT id FROM directory_person
         WHERE sound_latin = s.sound_latin AND s.sound_latin <> '' ORDER BY id LIMIT 8)
  UNION (SELECT id FROM directory_person WHERE sound_ar = s.sound_latin AND s.sound_latin <> '' ORDER BY id LIMIT 8)
  UNION (SELECT id FROM directory_person WHERE sound_latin = s.sound_ar AND s.sound_ar <> '' ORDER BY id LIMIT 8)
  UNION (SELECT id FROM directory_person WHERE sound_ar = s.sound_ar AND s.sound_ar <> '' ORDER BY id LIMIT 8)
) AS found
"""


@dataclass(frozen=True)
class _Hit:
    """A place in what is sought, a person, and the keys and sounds of the name sought."""

    place: int
    person: int
    latin: str
    arabic: str
    sound_latin: str
    sound_ar: str


def likely(names: Sequence[Sought]) -> dict[int, list[Candidate]]:
    """For each place in `names` that has any: at most five candidates, the strongest first. Three queries for all."""
    hits = _hits(names)
    open_ones = Affiliation.objects.filter(ends_on__isnull=True).select_related("organisation").order_by("pk")
    people = Person.objects.select_related("governorate").prefetch_related(
        Prefetch("affiliations", queryset=open_ones, to_attr="affiliations_today")
    )
    persons = people.in_bulk({hit.person for hit in hits}) if hits else {}
    found: dict[int, list[Candidate]] = {}
    for hit in hits:
        person = persons.get(hit.person)
        if person is None or person.pk == names[hit.place].beside:
            continue
        if why := _why(names[hit.place], person, hit):
            found.setdefault(hit.place, []).append(Candidate(person, why))
    for candidates in found.values():
        candidates.sort(key=lambda one: (-one.strength, one.person.pk))
        del candidates[MOST_EACH:]
    return found


def of(person: Person) -> list[Candidate]:
    """Other files that may be the same person's."""
    sought = Sought(person.name_latin, person.name_ar, person.email or "", person.phone, beside=person.pk)
    return likely([sought]).get(0, [])


def _hits(names: Sequence[Sought]) -> list[_Hit]:
    if not names:
        return []
    columns: list[list[int] | list[str]] = [
        list(range(len(names))),
        [one.name_latin for one in names],
        [one.name_ar for one in names],
        [normalise_email(one.email) for one in names],
        [one.phone for one in names],
    ]
    with connection.cursor() as cursor:
        cursor.execute(FIND, columns)
        return [_Hit(*row) for row in cursor.fetchall()]


def _why(sought: Sought, person: Person, hit: _Hit) -> list[Why]:
    why: list[Why] = []
    if sought.email and person.email == normalise_email(sought.email):
        why.append(Why.ADDRESS)
    if sought.phone and person.phone == sought.phone:
        why.append(Why.PHONE)
    if named := _by_name(person, hit):
        why.append(named)
    return why


def _by_name(person: Person, hit: _Hit) -> Why | None:
    """What the names have in common, in the script that both have; names that differ in both scripts are two."""
    latin = (hit.latin, person.order_latin if person.name_latin else "")
    arabic = (hit.arabic, person.order_ar if person.name_ar else "")
    both = [_same_letters(*pair) for pair in (latin, arabic) if all(pair)]
    if any(both):
        return Why.NAME
    if not {hit.sound_latin, hit.sound_ar} & ({person.sound_latin, person.sound_ar} - {""}):
        return None
    if both:
        return Why.NEARLY if len(both) == 1 else None
    return Why.OTHER_SCRIPT


def _same_letters(one: str, other: str) -> bool:
    """The same words in any order, or the same letters with other blanks; the Arabic article does not count."""
    words, others = ([word.removeprefix("ال") for word in key.split()] for key in (one, other))
    return sorted(words) == sorted(others) or "".join(words) == "".join(others)
