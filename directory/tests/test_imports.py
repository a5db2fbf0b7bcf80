"""Pasting people into the directory: read, checked, decided, entered once, undone once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import RoleGrant
from accounts.tests.factories import make_user
from core import imports, journal, tables
from core.enums import Fate, ImportState, Kept
from core.errors import DomainError, IllegalMove, NotAllowed, StaleObject
from core.imports import Import, staging, undoing
from core.imports.applying import NotReady
from directory.domain import persons
from directory.models import Affiliation, Person
from directory.tests.factories import make_governorate, make_organisation, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.feature(105)]
NOW = timezone.now()
KIND = "directory.persons"
LIST = """\
Nom et prénom\tالاسم واللقب بالعربية\tFonction\tOrganisme\tE-mail\tTéléphone\tGouvernorat
Leïla Exemple\tليلى مثال\tDirectrice\tPE\tleila@example.tn\t98 123 456\tSfax
Karim Exemple\tكريم مثال\tIngénieur\t\tkarim@example.tn\t20123457\tصفاقس
"""


def staged(text: str = LIST, *, author: Any = None, now: Any = NOW, **more: Any) -> Import:
    grid = tables.read_pasted(text)
    author = author or make_user()
    return imports.stage(
        kind=KIND, params={}, grid=grid, digest=f"{hash(text):064x}"[-64:], author=author, now=now, **more
    )


def settled(imp: Import, **more: Any) -> Import:
    values: dict[str, Any] = {"columns": [], "cells": {}, "fills": {}, "choices": {}, "agreed": False, **more}
    return imports.settle(imp=imp, version=values.pop("version", None), actor=imp.author, **values)


def confirmed(imp: Import, **more: Any) -> Import:
    imports.confirm(imp=imp, version=None, actor=imp.author, now=more.get("now", NOW))
    imp.refresh_from_db()
    return imp


def fates(imp: Import) -> list[str]:
    return [line.fate.value for line in imports.check(imp).lines]


def verbs_of(obj: Any) -> list[str]:
    return [entry.verb for entry in journal.history_of(obj)]


def test_a_list_is_read_and_nothing_is_entered_before_it_is_confirmed() -> None:
    make_governorate()
    body = make_organisation("Pôle Exemple", acronym="PE")
    imp = staged()

    checked = imports.check(imp)

    assert [line.fate for line in checked.lines] == [Fate.NEW, Fate.NEW]
    first, second = (line.values for line in checked.lines)
    assert (first["name_latin"], first["name_ar"], first["body"]) == ("Leïla Exemple", "ليلى مثال", body)
    assert (second["phone"], second["governorate"].iso_code) == ("+21620123457", "TN-61")
    assert checked.is_ready
    assert Person.objects.count() == 0


def test_a_confirmed_list_makes_files_with_their_organisation_and_forgets_its_words() -> None:
    make_governorate()
    body = make_organisation("Pôle Exemple", acronym="PE")
    imp = confirmed(staged())

    people = list(Person.objects.order_by("pk"))
    assert [person.email for person in people] == ["leila@example.tn", "karim@example.tn"]
    assert people[0].affiliations.get().organisation == body
    assert (imp.state, imp.grid, imp.choices, imp.file_name) == (ImportState.APPLIED, {}, {}, "")
    assert [made["person"] for made in imp.made] == [person.pk for person in people]
    assert "leila" not in str(imp.made).lower()
    entry = journal.history_of(imp.author).get(verb="import.apply")
    assert entry.data == {"list": KIND, "import": imp.pk, "rows": 2}


def test_a_second_confirmation_changes_nothing() -> None:
    imp = confirmed(staged("Nom et prénom\nLeïla Exemple\n"))
    confirmed(imp)
    assert Person.objects.count() == 1
    assert verbs_of(imp.author).count("import.apply") == 1


def test_what_is_wrong_stands_beside_its_cell_and_closes_the_confirmation() -> None:
    imp = staged("Nom et prénom\tE-mail\tGouvernorat\nLeïla Exemple\tleila@\tAtlantide\n\tkarim@example.tn\t\n")
    first, second = imports.check(imp).lines

    assert set(first.errors) == {"email", "governorate"}
    assert set(second.errors) == {"name"}
    assert fates(imp) == ["wrong", "wrong"]
    assert imports.check(imp).wrong_cells == 3
    with pytest.raises(NotReady):
        confirmed(imp)
    assert Person.objects.count() == 0


def test_a_corrected_cell_is_kept_and_a_line_that_is_left_out_is_not_asked() -> None:
    imp = staged("Nom et prénom\tE-mail\nLeïla Exemple\tleila@\nKarim Exemple\tkarim@\n")
    imp = settled(imp, cells={(1, 1): "leila@example.tn"}, choices={2: "skip"})

    assert fates(imp) == ["new", "out"]
    confirmed(imp)
    assert [person.email for person in Person.objects.all()] == ["leila@example.tn"]


def test_surname_and_first_name_are_joined_and_scripts_parted() -> None:
    text = "Prénom\tNom\tاللقب\tالاسم\nLeïla\tBen Exemple\tبن مثال\tليلى\nLeïla ليلى\tExemple مثال\t\t\n"
    grid = staged(text)
    grid = settled(grid, columns=["given", "family", "", ""])
    first, second = (line.values for line in imports.check(grid).lines)
    assert first["name_latin"] == "Leïla Ben Exemple"
    assert (second["name_latin"], second["name_ar"]) == ("Leïla Exemple", "ليلى مثال")


def test_the_same_address_is_the_same_person_and_only_a_new_organisation_is_added() -> None:
    body = make_organisation("Pôle Exemple", acronym="PE")
    known = make_person("Leïla Exemple", email="leila@example.tn")
    imp = staged("Nom et prénom\tE-mail\tOrganisme\nL. Exemple\tleila@example.tn\tpe\n")
    assert fates(imp) == ["use"]

    imp = confirmed(imp)

    known.refresh_from_db()
    assert (Person.objects.count(), known.name_latin) == (1, "Leïla Exemple")
    assert known.affiliations.get().organisation == body
    assert fates(staged("Nom et prénom\tE-mail\tOrganisme\nL. Exemple\tleila@example.tn\tPE\n")) == ["known"]

    imports.undo(imp=imp, actor=imp.author, now=NOW)
    assert Affiliation.objects.count() == 0
    assert Person.objects.get() == known


def test_somebody_who_may_be_known_is_asked_about_and_nothing_is_chosen_beforehand() -> None:
    known = make_person("Leïla Ben Exemple", name_ar="", email=None, phone="+21698123456")
    imp = staged("Nom et prénom\tTéléphone\nLeila Ben Exemple\t97111222\n")
    line = imports.check(imp).lines[0]
    assert not line.there
    assert ([one.pk for one in line.candidates], line.choice, fates(imp)) == ([known.pk], "", ["ask"])
    assert fates(settled(imp, choices={1: "new"})) == ["new"]
    assert fates(settled(imp, choices={1: f"use:{known.pk}"})) == ["known"]
    assert fates(settled(imp, choices={1: "use:999999"})) == ["ask"]


def test_the_same_line_twice_is_said_and_entered_once() -> None:
    imp = staged("Nom et prénom\tE-mail\nLeïla Exemple\tleila@example.tn\nLeïla Exemple\tLEILA@example.tn\n")
    second = imports.check(imp).lines[1]
    assert (fates(imp), second.twin, second.twin_is_sure) == (["new", "out"], 2, True)
    names = staged("Nom et prénom\nLeïla Exemple\nLEILA EXEMPLE\n")
    assert fates(names) == ["new", "out"]
    assert fates(settled(names, choices={2: "new"})) == ["new", "new"]


def test_the_same_list_twice_makes_no_new_row() -> None:
    make_governorate()
    first = confirmed(staged())
    again = staged(author=first.author)

    assert imports.earlier(again) == first
    assert fates(again) == ["known", "known"]
    with pytest.raises(NotReady):
        confirmed(again)
    assert Person.objects.count() == 2


def test_a_line_that_is_refused_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    real, seen = persons.create, []

    def refuse_the_second(**kwargs: Any) -> Person:
        seen.append(kwargs)
        if len(seen) == 2:
            raise DomainError("Non.", code="no")
        return real(**kwargs)

    monkeypatch.setattr(persons, "create", refuse_the_second)
    imp = staged("Nom et prénom\nUn Exemple\nDeux Exemple\nTrois Exemple\n")

    with pytest.raises(imports.RowRefused) as refused:
        confirmed(imp)

    assert "3" in str(refused.value)
    imp.refresh_from_db()
    assert (Person.objects.count(), imp.state, imp.made) == (0, ImportState.STAGED, [])
    assert imp.grid["rows"]


def test_what_changed_since_the_check_is_looked_at_again() -> None:
    imp = staged("Nom et prénom\tE-mail\nLeïla Exemple\tleila@example.tn\n")
    imports.applying._confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    make_person("Leïla Exemple", email="leila@example.tn", name_ar="")
    with pytest.raises(imports.Changed):
        imports.applying.enter(imp=imp, actor=imp.author, now=NOW)
    assert Person.objects.count() == 1


def test_another_window_and_other_people_change_nothing() -> None:
    imp = staged()
    settled(imp, version=1)
    with pytest.raises(StaleObject):
        settled(imp, version=1)
    with pytest.raises(StaleObject):
        imports.confirm(imp=imp, version=1, actor=imp.author, now=NOW)
    with pytest.raises(NotAllowed):
        imports.confirm(imp=imp, version=None, actor=make_user(), now=NOW)
    with pytest.raises(NotAllowed):
        imports.drop(imp=imp, actor=make_user())


def test_whose_role_has_ended_enters_nothing() -> None:
    imp = staged()
    RoleGrant.objects.filter(user=imp.author).delete()
    imp.author.__dict__.pop("roles", None)
    imp = Import.objects.get(pk=imp.pk)
    with pytest.raises(NotAllowed):
        confirmed(imp)
    assert Person.objects.count() == 0


def test_a_list_that_is_given_up_or_forgotten_keeps_no_word() -> None:
    given_up, forgotten = staged(file_name="liste.xlsx"), staged()
    imports.drop(imp=given_up, actor=given_up.author)
    imports.drop(imp=given_up, actor=given_up.author)
    assert verbs_of(given_up.author).count("import.drop") == 1
    assert staging.purge(now=NOW + timedelta(hours=23)) == 0
    assert staging.purge(now=NOW + timedelta(hours=25)) == 1
    assert staging.purge(now=NOW + timedelta(hours=25)) == 0
    for imp in (given_up, forgotten):
        imp.refresh_from_db()
        assert (imp.state, imp.grid, imp.file_name) == (ImportState.DROPPED, {}, "")
    with pytest.raises(IllegalMove):
        settled(given_up)


def test_undoing_takes_back_what_nobody_has_changed_and_says_what_stays() -> None:
    make_organisation("Pôle Exemple", acronym="PE")
    text = "Nom et prénom\tE-mail\tOrganisme\n" + "".join(f"P{n} Exemple\tp{n}@example.tn\tPE\n" for n in range(4))
    imp = confirmed(staged(text.replace("P0", "Pa").replace("P1", "Pb").replace("P2", "Pc").replace("P3", "Pd")))
    people = list(Person.objects.order_by("pk"))
    persons.update(person=people[1], version=None, actor=imp.author, function="Directrice")
    persons.link_account(person=people[2], user=make_user("member"), actor=imp.author)

    imp = imports.undo(imp=imp, actor=imp.author, now=NOW)

    assert list(Person.objects.order_by("pk")) == [people[1], people[2]]
    assert imp.state == ImportState.UNDONE
    assert imp.kept == {"3": Kept.CHANGED, "4": Kept.CHANGED}
    assert (imp.figures["undone"], imp.figures["kept"]) == (2, 2)
    assert journal.history_of(imp.author).get(verb="import.undo").data["rows"] == 2
    snapshots: Any = Person._meta.get_field("events").related_model
    assert set(snapshots.objects.filter(pgh_obj_id=people[0].pk).values_list("name_latin", "email")) == {("", None)}
    assert imports.undo(imp=imp, actor=imp.author, now=NOW).figures == imp.figures
    assert verbs_of(imp.author).count("import.undo") == 1


def test_undo_is_its_authors_or_a_managers_for_seven_days() -> None:
    imp = confirmed(staged("Nom et prénom\nLeïla Exemple\n"))
    assert not undoing.may_undo(imp, make_user(), now=NOW)
    assert undoing.may_undo(imp, make_user("manager"), now=NOW)
    assert not undoing.may_undo(imp, imp.author, now=NOW + timedelta(days=7))
    with pytest.raises(NotAllowed):
        imports.undo(imp=imp, actor=make_user(), now=NOW)
    with pytest.raises(undoing.TooLate):
        imports.undo(imp=imp, actor=imp.author, now=NOW + timedelta(days=8))
    imports.undo(imp=imp, actor=make_user("manager"), now=NOW)
    assert Person.objects.count() == 0


def test_a_file_on_which_something_stands_is_not_taken_back() -> None:
    person = make_person()
    persons.link_account(person=person, user=make_user("member"), actor=None)
    with pytest.raises(persons.InUse):
        persons.remove(person=person, actor=None)
    other = make_person()
    assert persons.remove(person=other, actor=None)
    assert not persons.remove(person=other, actor=None)


def big(count: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    lines = [f"Personne {letters[n % 26]}{letters[n // 26]}\tp{n}@example.tn\t98{n:06d}\tSfax" for n in range(count)]
    return "Nom et prénom\tE-mail\tTéléphone\tGouvernorat\n" + "\n".join(lines)


def test_three_hundred_people_are_checked_in_as_many_queries_as_three() -> None:
    make_governorate()
    counted = []
    for count in (3, 300):
        imp = staged(big(count))
        with CaptureQueriesContext(connection) as captured:
            assert len(imports.check(imp).entering) == count
        counted.append(len(captured))
    assert counted[0] == counted[1]
    assert counted[1] <= 12
