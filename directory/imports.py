"""Lists of people for the directory: what a line makes, and how it is taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core import imports
from core.enums import Kept
from core.imports import Import, Line, Shown
from core.imports.checking import find_twins
from core.tables import Field
from directory.domain import people_lists, people_made, persons
from directory.models import Affiliation, Person
from directory.permissions import can_write

Made = dict[str, Any]


class People(imports.ImportKind):
    """People of the directory, each perhaps with an organisation."""

    code = "directory.persons"
    label = _("Paste people into the directory")
    groups = people_lists.GROUPS

    def fields(self, params: Mapping[str, Any]) -> Sequence[Field]:
        return people_lists.person_fields()

    def choices(self, params: Mapping[str, Any]) -> dict[str, list[str]]:
        return people_lists.choices()

    def may(self, user: Any, params: Mapping[str, Any]) -> bool:
        return can_write(user)

    def oversees(self, user: Any) -> bool:
        return isinstance(user, User) and user.is_manager

    def look(self, lines: list[Line], params: Mapping[str, Any]) -> None:
        people_lists.join_names(lines)
        people_lists.find_organisations(lines)
        for line in lines:
            if "body" not in line.values and line.values.get("organisation"):
                line.notes["organisation"] = _("Not in the directory: it is left out.")
        find_twins(lines, lambda line: line.values.get("email"), sure=True)
        find_twins(lines, people_lists.name_key)
        bodies = people_lists.propose(lines)
        for line in lines:
            _say_what_is_there(line, bodies)

    def enter(self, line: Line, imp: Import, *, actor: Any, now: datetime) -> Made:
        body = line.values.get("body")
        if line.used:
            person = Person.objects.get(pk=line.used)
            function = line.values.get("function") or ""
            row = persons.affiliate(person=person, organisation=line.values["body"], function=function, actor=actor)
            return {"person": person.pk, "affiliation": row.pk}
        person = persons.create(organisation=body, actor=actor, now=now, **people_lists.file_of(line))
        return {"person": person.pk, "is_new": True}

    def sealed(self, made: list[Made]) -> None:
        people_made.seal(made)

    def kept(self, made: list[Made]) -> dict[int, str]:
        found = people_made.kept([one for one in made if one.get("is_new")])
        rows = Affiliation.objects.in_bulk([one["affiliation"] for one in made if one.get("affiliation")])
        for one in made:
            if one.get("affiliation"):
                row = rows.get(one["affiliation"])
                if row is None:
                    found[one["row"]] = Kept.GONE
                elif row.ends_on is not None:
                    found[one["row"]] = Kept.CHANGED
        return found

    def take_back(self, made: Made, imp: Import, *, actor: Any, now: datetime) -> str:
        if made.get("is_new"):
            return people_made.take_back(made["person"], actor=actor)
        row = Affiliation.objects.filter(pk=made["affiliation"]).first()
        return "" if row and persons.take_back_affiliation(affiliation=row, actor=actor) else Kept.GONE

    def shown(self, made: list[Made]) -> dict[int, Shown]:
        people = Person.objects.in_bulk([one["person"] for one in made])
        return {one["row"]: people_made.shown(people[one["person"]]) for one in made if one["person"] in people}

    def button(self, count: int) -> str:
        return ngettext("Enter %(n)s person", "Enter %(n)s people", count) % {"n": count}

    def start_url(self, params: Mapping[str, Any]) -> str:
        return reverse("directory:person-import")

    def back_url(self, params: Mapping[str, Any]) -> str:
        return reverse("directory:person-list") + "?sort=-entered"


def _say_what_is_there(line: Line, bodies: dict[int, set[int]]) -> None:
    """A known person to whom the line adds nothing; without an organisation it adds nothing to any."""
    pk = people_lists.same_file(line) or line.used
    pk = pk or next((one.pk for one in line.candidates if one.is_sure), 0)
    if not pk or line.errors or pk not in {one.pk for one in line.candidates}:
        return
    body = line.values.get("body")
    if body is None or body.pk in bodies.get(pk, ()):
        line.there = _("This person is in the directory already.")
        line.there_url = reverse("directory:person-detail", args=[pk])
    elif not line.choice:
        line.choice = f"use:{pk}"
