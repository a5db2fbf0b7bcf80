"""The list of every registration: staff find a person without knowing the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from core.testing.queries import assert_flat_queries
from trainings.tests.factories import make_registration

pytestmark = pytest.mark.django_db
URL = "/trainings/registrations/"


@pytest.mark.parametrize("words", ["zaghouan", "Zaghouân", "زغوان"])
def test_index_finds_a_person_in_either_script(client_for: Callable[..., Any], words: str) -> None:
    found = make_registration(state="confirmed", name_latin="Participant Zaghouan", name_ar="مشارك زغوان")
    make_registration(state="confirmed", name_latin="Autre personne", name_ar="شخص آخر")

    page = client_for(make_user("officer")).get(URL, {"q": words})

    assert [row.pk for row in page.context["page"].rows] == [found.pk]
    assert reverse("trainings:registration-detail", args=[found.pk]) in page.content.decode()


def test_index_shows_the_newest_first_and_narrows_by_state(client_for: Callable[..., Any]) -> None:
    first, second = (make_registration(state=state) for state in ("waiting", "confirmed"))
    client = client_for(make_user("officer"))

    assert [row.pk for row in client.get(URL).context["page"].rows] == [second.pk, first.pk]
    assert [row.pk for row in client.get(URL, {"state": "waiting"}).context["page"].rows] == [first.pk]


def test_index_is_empty_with_a_way_on(client_for: Callable[..., Any]) -> None:
    page = client_for(make_user("officer")).get("/en" + URL)

    assert "Nobody has asked for a place yet" in page.content.decode()


def test_index_asks_the_same_number_of_queries_for_more_rows(client_for: Callable[..., Any]) -> None:
    assert_flat_queries(client_for(make_user("officer")), URL, lambda: make_registration(state="waiting"))
