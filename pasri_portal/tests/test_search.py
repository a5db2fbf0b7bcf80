"""The search over everything: what a reader may see, by a piece of a name in either script, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from clusters.tests.factories import make_cluster
from core.testing.queries import queries_of
from directory.tests.factories import make_organisation, make_person
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


def found(browser: Any, text: str) -> dict[str, list[str]]:
    """Titles by the label of their group."""
    groups = browser.get(reverse("search"), {"q": text}).context["groups"]
    return {group.icon: [one.title for one in group.found] for group in groups}


@pytest.mark.feature(104)
def test_accents_capitals_and_arabic_letter_forms_do_not_matter(client_for: Browser) -> None:
    make_person(name_latin="Béchir Essayem", name_ar="بشير الصّيّام")
    make_organisation(name_fr="Pépinière d’Été", name_ar="مُحْضِنة")
    make_cluster("published", name_fr="Textile de l’Été", name_ar="نسيج أحمد")
    staff = client_for(make_user("officer"))
    assert found(staff, "bechir")["people"] == ["Béchir Essayem"]
    assert found(staff, "ete") == {"fil": ["Textile de l’Été"], "committee": ["Pépinière d’Été"]}
    assert list(found(staff, "احمد")) == ["fil"]
    assert list(found(staff, "محضنه")) == ["committee"]


def test_each_kind_is_found_with_the_page_that_it_leads_to(client_for: Browser) -> None:
    session = make_session("open", title_fr="Gouvernance des grappes")
    registration = make_registration(session.parts.get(), name_latin="Salma Trabelsi")
    staff = client_for(make_user("officer"))
    [group] = staff.get(reverse("search"), {"q": session.code}).context["groups"]
    assert group.found[0].url == reverse("trainings:session-detail", args=[session.slug])
    groups = staff.get(reverse("search"), {"q": "salma trab"}).context["groups"]
    urls = [one.url for group in groups for one in group.found]
    assert reverse("trainings:registration-detail", args=[registration.pk]) in urls
    for url in urls:
        assert staff.get(url).status_code == 200


def test_a_trainer_finds_the_own_sessions_only_and_nobody_finds_what_the_lists_hide(client_for: Browser) -> None:
    trainer = make_user("trainer")
    own = make_session("open", title_fr="Animation de grappe, Gafsa", trainers=[make_person(user=trainer)])
    make_session("open", title_fr="Animation de grappe, Sfax")
    make_person(name_latin="Grappe Ben Ali")
    make_cluster("draft", name_fr="Grappe secrète")
    assert found(client_for(trainer), "grappe") == {"cal": [own.title]}
    assert found(client_for(make_user(None)), "grappe") == {}
    assert "Grappe secrète" not in found(client_for(make_user("auditor")), "grappe").get("fil", [])


def test_many_results_lead_to_the_list_with_the_same_words(client_for: Browser) -> None:
    for number in range(10):
        make_person(name_latin=f"Mesure {number}")
    staff = client_for(make_user("officer"))
    [group] = staff.get(reverse("search"), {"q": "mesure"}).context["groups"]
    assert len(group.found) == 8
    assert len(staff.get(group.more_url).context["page"].rows) == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Que cherchez-vous"),
        ("a", "Saisissez au moins deux lettres"),
        ("zzzz", "Aucun résultat"),
        ("%_%", "Aucun résultat"),
        ("\x00\u202e", "Que cherchez-vous"),
        ("x" * 50_000, "trop long"),
    ],
    ids=["nothing", "one letter", "unknown", "signs", "invisible", "a file"],
)
def test_wrong_and_empty_searches_are_answered_in_words(client_for: Browser, text: str, said: str) -> None:
    answer = client_for(make_user("officer")).get(reverse("search"), {"q": text})
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_number_of_queries_does_not_grow_with_the_results(client_for: Browser) -> None:
    staff = client_for(make_user("manager"))
    make_registration(name_latin="Mesure 0")
    url = reverse("search") + "?q=mesure"
    staff.get(url)
    few = len(queries_of(staff, url))
    for number in range(6):
        make_registration(name_latin=f"Mesure {number}")
        make_person(name_latin=f"Mesure {number}")
        make_session(title_fr=f"Mesure {number}")
    assert len(queries_of(staff, url)) <= few + 3
