"""Files of persons that a pasted list has made: noted, shown, and taken back where nothing stands on them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from core.enums import Kept
from core.errors import DomainError
from core.imports import Shown
from directory.domain import persons
from directory.models import Affiliation, Person

Made = dict[str, Any]


def shown(person: Person) -> Shown:
    return Shown(person.name, reverse("directory:person-detail", args=[person.pk]), detail=person.function)


def seal(made: list[Made]) -> None:
    """Note the version of every file that the list made."""
    people = Person.objects.in_bulk([one["person"] for one in made if one.get("is_new")])
    for one in made:
        if one.get("is_new"):
            one["version"] = people[one["person"]].version


def kept(made: list[Made]) -> dict[int, str]:
    """Files that stay: corrected since, or needed elsewhere."""
    ids = [one["person"] for one in made]
    people = Person.objects.in_bulk(ids)
    needed = persons.used_among(ids)
    later = set(Affiliation.objects.filter(person__in=ids, ends_on__isnull=False).values_list("person_id", flat=True))
    found: dict[int, str] = {}
    for one in made:
        person = people.get(one["person"])
        if person is None:
            found[one["row"]] = Kept.GONE
        elif person.version != one.get("version") or person.pk in later:
            found[one["row"]] = Kept.CHANGED
        elif person.pk in needed or person.user_id:
            found[one["row"]] = Kept.USED
    return found


def take_back(pk: int, *, actor: Any) -> str:
    """Erase a file that a list made; the reason where it stays."""
    person = Person.objects.filter(pk=pk).first()
    if person is None:
        return Kept.GONE
    try:
        persons.remove(person=person, actor=actor)
    except DomainError:
        return Kept.USED
    return ""
