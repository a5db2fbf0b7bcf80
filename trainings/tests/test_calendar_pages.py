"""What everybody reads: the calendar, its feed, the page of a session; nothing before it is published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core.testing.queries import assert_flat_queries
from directory.tests.factories import make_governorate, make_person, make_programme
from trainings.tests.factories import make_part, make_registration, make_session, make_training

pytestmark = pytest.mark.django_db


def get(client: Client, name: str, *args: object, query: str = "") -> Any:
    response = client.get(reverse(f"trainings:{name}", args=args) + query)
    assert response.status_code == 200
    return response


def html(client: Client, name: str, *args: object, query: str = "") -> str:
    return str(get(client, name, *args, query=query).content.decode())


def test_the_calendar_shows_what_is_published_by_month_and_what_is_past_apart(client: Client) -> None:
    today = timezone.localdate()
    soon = make_session("open", title_fr="Bientôt")
    make_session("draft", title_fr="Brouillon secret")
    make_session("proposed", title_fr="Proposition secrète")
    make_session("cancelled", title_fr="Annulée mais connue")
    make_session("held", title_fr="Tenue", starts_on=today - timedelta(days=30))
    text = html(client, "calendar")
    assert "Bientôt" in text
    assert "Annulée mais connue" in text
    assert "secret" not in text
    assert ">Tenue<" not in text
    assert str(soon.starts_on.year) in text
    past = html(client, "calendar", query="?view=past")
    assert "Tenue" in past
    assert "Bientôt" not in past


def test_the_calendar_filters_and_says_when_it_is_empty(client: Client) -> None:
    assert 'class="empty"' in html(client, "calendar")
    sfax = make_governorate()
    make_session(title_fr="À Sfax", governorate=sfax, kind="SEM")
    make_session(title_fr="Ailleurs")
    for query in (f"governorate={sfax.pk}", "kind=SEM", "q=sfax"):
        text = html(client, "calendar", query=f"?{query}")
        assert "À Sfax" in text
        assert "Ailleurs" not in text


def test_the_calendar_is_as_quick_with_three_sessions_as_with_one(client: Client) -> None:
    make = lambda: make_session(parts=2, governorate=make_governorate())  # noqa: E731
    assert assert_flat_queries(client, reverse("trainings:calendar"), make) <= 8
    assert assert_flat_queries(client, reverse("trainings:calendar-feed"), make) <= 8


@pytest.mark.feature(108)
def test_the_feed_holds_published_sessions_of_the_filter_and_marks_the_cancelled(client: Client) -> None:
    sfax = make_governorate()
    kept = make_session("published", parts=2, governorate=sfax, title_fr="À Sfax")
    make_session("cancelled", governorate=sfax, title_fr="Annulée", cancelled_publicly="Salle prise.")
    make_session("draft", governorate=sfax)
    make_session("open")
    response = get(client, "calendar-feed", query=f"?governorate={sfax.pk}")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    found = list(calendar.walk("VEVENT"))
    assert calendar["METHOD"] == "PUBLISH"
    assert [event["STATUS"] for event in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert len({event["UID"] for event in found}) == 3
    assert found[0]["URL"].endswith(reverse("trainings:session-public", args=[kept.slug]))
    assert "Salle prise." in found[2]["DESCRIPTION"]


@pytest.mark.feature(108)
def test_a_session_has_its_own_calendar_file(client: Client) -> None:
    session = make_session(venue_fr="Technopole", governorate=make_governorate())
    (event,) = Calendar.from_ical(get(client, "session-ics", session.slug).content).walk("VEVENT")
    assert event["LOCATION"] == "Technopole, Sfax"
    assert event["DTSTART"].dt == session.parts.get().half_days.first().starts
    arabic = client.get(f"/ar/sessions/{session.slug}/session.ics")
    (event,) = Calendar.from_ical(arabic.content).walk("VEVENT")
    assert event["SUMMARY"].startswith(session.title_ar)


def test_the_page_says_for_whom_when_where_and_what_is_left(client: Client) -> None:
    session = make_session(capacity=2, venue_fr="Technopole", trainers=[make_person("Experte Exemple")])
    first = session.parts.get()
    full = make_part(session, position=2, capacity=1)
    make_registration(first)
    make_registration(full)
    make_registration(full, "waiting")
    response = get(client, "session-public", session.slug)
    text = response.content.decode()
    assert [(part.free, part.queue) for part in response.context["parts"]] == [(1, 0), (0, 1)]
    for words in ("Technopole", "Experte Exemple", "Structures d’interface"):
        assert words in text
    for part in (first, full):
        assert reverse("trainings:register", args=[session.slug, part.position]) in text


@pytest.mark.parametrize("state", ["published", "closed", "held", "cancelled"])
def test_nobody_is_invited_to_register_unless_registration_is_open(client: Client, state: str) -> None:
    session = make_session(state, cancelled_publicly="Salle prise." if state == "cancelled" else "")
    text = html(client, "session-public", session.slug)
    assert reverse("trainings:register", args=[session.slug, 1]) not in text
    assert ("Salle prise." in text) is (state == "cancelled")


@pytest.mark.parametrize("state", ["draft", "proposed"])
def test_what_is_not_published_is_not_there(client: Client, state: str) -> None:
    session = make_session(state)
    for name in ("session-public", "session-ics"):
        assert client.get(reverse(f"trainings:{name}", args=[session.slug])).status_code == 404


def test_what_is_fictional_says_so_on_the_page_and_in_the_file(client: Client) -> None:
    programme = make_programme(origin="fictional")
    session = make_session(training=make_training(programme=programme))
    for address in ("", "/ar"):
        text = client.get(f"{address}/sessions/{session.slug}/").content.decode()
        assert "Démonstration</span> / <span" in text
        assert "للتجربة" in text
        assert "للتجربة" in client.get(f"{address}/sessions/").content.decode()
    (event,) = Calendar.from_ical(get(client, "session-ics", session.slug).content).walk("VEVENT")
    assert "Démonstration" in event["SUMMARY"]


def test_what_no_source_says_is_not_documented(client: Client) -> None:
    session = make_session("held", capacity=None, source="Article du 16 mai 2014")
    french = html(client, "session-public", session.slug)
    assert french.count("non documenté") >= 3
    assert "09:00" not in french, "the hours of the half-days are nowhere documented"
    assert "غير موثّق" in client.get(f"/ar/sessions/{session.slug}/").content.decode()
    (event,) = Calendar.from_ical(get(client, "session-ics", session.slug).content).walk("VEVENT")
    assert event["DTSTART"].dt == session.starts_on
