"""Pasting members of a cluster: organisations of the directory, and artisans by name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from clusters.enums import MemberRole
from clusters.models import Cluster, Membership
from clusters.tests.factories import make_cluster
from core import imports, journal, tables
from core.enums import Kept
from core.imports import Import
from directory.models import Person
from directory.tests.factories import make_organisation, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.feature(105)]
NOW = timezone.now()
LIST = """\
Membre\tNom et prénom\tRôle\tMembre depuis\tMembre jusqu’au\tE-mail
PE\t\tMembre fondateur\t03/06/2024\t\t
\tLeïla Exemple\t\t٠١/٠٢/٢٠٢٥\t31/12/2025\tleila@example.tn
"""


def staged(text: str, cluster: Cluster) -> Import:
    grid = tables.read_pasted(text)
    params = {"cluster": cluster.pk}
    return imports.stage(
        kind="clusters.members", params=params, grid=grid, digest="0" * 64, author=make_user(), now=NOW
    )


def confirmed(imp: Import) -> Import:
    imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    imp.refresh_from_db()
    return imp


def errors_of(imp: Import) -> list[set[str]]:
    return [set(line.errors) for line in imports.check(imp).lines]


def test_organisations_and_artisans_join_with_role_and_days() -> None:
    body = make_organisation("Pôle Exemple", acronym="PE")
    cluster = make_cluster()
    confirmed(staged(LIST, cluster))
    first, second = Membership.objects.order_by("pk")
    assert (first.organisation, first.role, first.starts_on) == (body, MemberRole.FOUNDER, date(2024, 6, 3))
    assert (second.person.name_latin, second.ends_on) == ("Leïla Exemple", date(2025, 12, 31))
    verbs = [entry.verb for entry in journal.history_of(cluster)]
    assert verbs.count("cluster.join") == 2


def test_each_error_stands_beside_its_cell() -> None:
    body = make_organisation("Le cluster lui-même")
    make_organisation("Pôle Exemple")
    cluster = make_cluster(body=body)
    text = (
        "Membre\tNom et prénom\tMembre depuis\tMembre jusqu’au\tRôle\n"
        "Inconnue\t\t01/01/2025\t\t\n"
        "Le cluster lui-même\t\t01/01/2025\t\t\n"
        "Pôle Exemple\tLeïla Exemple\t01/01/2025\t\t\n"
        "\t\t01/01/2025\t\tMembre\n"
        "Pôle Exemple\t\t01/01/2025\t01/01/2024\tRoi\n"
        "\tLeïla Exemple\t31/02/2025\t\t\n"
    )
    assert errors_of(staged(text, cluster)) == [
        {"organisation"},
        {"organisation"},
        {"organisation"},
        {"organisation"},
        {"ends_on", "role"},
        {"starts_on"},
    ]


def test_a_missing_day_can_be_given_for_all_lines_at_once() -> None:
    make_organisation("Pôle Exemple", acronym="PE")
    imp = staged("Membre\nPE\n", make_cluster())
    assert imp.columns == ["organisation", "starts_on"]
    values: dict[str, Any] = {"columns": [], "cells": {}, "choices": {}, "agreed": False}
    imp = imports.settle(imp=imp, version=None, actor=imp.author, fills={1: "1/1/2025"}, **values)
    confirmed(imp)
    assert Membership.objects.get().starts_on == date(2025, 1, 1)


def test_members_of_these_days_are_left_out_and_the_list_twice_makes_nothing() -> None:
    make_organisation("Pôle Exemple", acronym="PE")
    cluster = make_cluster()
    confirmed(staged(LIST, cluster))
    again = staged(LIST, cluster)
    assert [line.fate for line in imports.check(again).lines] == ["known", "known"]
    assert not imports.check(again).is_ready


def test_undoing_takes_back_members_and_the_files_made_for_them() -> None:
    make_organisation("Pôle Exemple", acronym="PE")
    cluster = make_cluster()
    known = make_person(email="connu@example.tn")
    imp = confirmed(staged(LIST + "\tConnu Exemple\t\t01/01/2025\t\tconnu@example.tn\n", cluster))
    first = Membership.objects.order_by("pk")[0]
    Membership.objects.filter(pk=first.pk).update(version=2)

    imp = imports.undo(imp=imp, actor=imp.author, now=NOW)

    assert list(Membership.objects.all()) == [first]
    assert imp.kept == {"2": Kept.CHANGED.value}
    assert list(Person.objects.all()) == [known]
    assert [entry.verb for entry in journal.history_of(cluster)].count("cluster.remove") == 2
