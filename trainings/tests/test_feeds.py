"""The personal calendar: what stands in it, for whom, and when its secret address is dead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.domain import people, roles
from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.testing.client import StrictClient
from core.testing.races import errors_in, race
from directory.tests.factories import make_person
from trainings.documents.calendar import uid
from trainings.domain import feeds, parts, postponement
from trainings.models import CalendarFeed, Session
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., StrictClient]
PAGE = "trainings:own-calendar"


@pytest.fixture(autouse=True)
def _limits() -> None:
    cache.clear()


def address(user: User) -> str:
    """The path of a new secret address."""
    return path_of(feeds.make(user=user, now=timezone.now()))


def path_of(feed: CalendarFeed) -> str:
    return reverse("trainings_short:calendar", args=[feeds.token_of(feed)])


def events(client: StrictClient, path: str) -> dict[str, object]:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["uid"]): event for event in found if "recurrence-id" not in event}


def uids(*sessions: Session) -> set[str]:
    return {uid(part) for session in sessions for part in session.parts.all()}


def trainer(**fields: object) -> tuple[User, Session]:
    user = make_user("trainer", **fields)
    return user, make_session("open", parts=2, trainers=[make_person(user=user)])


@pytest.mark.feature(108)
def test_trainer_makes_the_address_subscribes_renews_and_stops(client: StrictClient, client_for: ClientFor) -> None:
    user, own = trainer()
    make_session("open")
    browser = client_for(user)
    assert reverse(PAGE) in browser.get(reverse("accounts:profile")).content.decode()
    assert "Créer mon adresse" in browser.get(reverse(PAGE)).content.decode()
    browser.post(reverse("trainings:own-calendar-make"))
    page = browser.get(reverse(PAGE))
    first = urlsplit(page.context["address"]).path
    assert page.context["webcal"].startswith("webcal://") and page.context["address"] in page.content.decode()
    assert set(events(client, first)) == uids(own)
    browser.post(reverse("trainings:own-calendar-make"))
    second = urlsplit(browser.get(reverse(PAGE)).context["address"]).path
    assert client.get(first).status_code == 404
    assert set(events(client, second)) == uids(own)
    browser.post(reverse("trainings:own-calendar-stop"))
    assert client.get(second).status_code == 404
    assert "Créer mon adresse" in browser.get(reverse(PAGE)).content.decode()


def test_staff_read_every_published_session_and_nobody_reads_drafts(client: StrictClient) -> None:
    public = [make_session(state) for state in ("published", "open", "closed", "held", "cancelled", "postponed")]
    make_session("draft")
    make_session("proposed")
    assert set(events(client, address(make_user("officer")))) == uids(*public)


def test_person_reads_the_parts_of_the_own_places_only(client: StrictClient) -> None:
    user = make_user("member")
    person = make_person(user=user)
    session = make_session("open", parts=2)
    first, second = session.parts.all()
    make_registration(first, "confirmed", person=person)
    make_registration(second, "waiting", person=person)
    assert set(events(client, address(user))) == {uid(first)}


def test_calendar_is_bounded_in_time(client: StrictClient) -> None:
    today = timezone.localdate()
    inside = [make_session("open", starts_on=today + timedelta(days=days)) for days in (-60, 0, 366)]
    for days in (-61, 367):
        make_session("open", starts_on=today + timedelta(days=days))
    assert set(events(client, address(make_user("manager")))) == uids(*inside)


def test_event_keeps_its_uid_and_counts_its_revision_up(client: StrictClient) -> None:
    user, session = trainer()
    path, staff = address(user), make_user("officer")
    before = events(client, path)
    to = session.starts_on + timedelta(days=14)
    postponement.postpone(
        session=session, to=to, actor=staff, now=timezone.now(), reason="Panne", notice="Nouvelle date"
    )
    after = events(client, path)
    assert before.keys() == after.keys()
    for key, event in after.items():
        assert event["sequence"] == before[key]["sequence"] + 1  # type: ignore[index]
        assert event["dtstart"].dt > before[key]["dtstart"].dt  # type: ignore[index]


def test_calendar_names_no_participant_and_is_kept_by_nobody_in_between(client: StrictClient) -> None:
    user, session = trainer()
    registration = make_registration(session.parts.first(), "confirmed", name_latin="Nom Secret")
    answer = client.get(address(user))
    text = answer.content.decode()
    assert "Nom Secret" not in text and registration.email not in text and "ATTENDEE" not in text
    assert answer["Content-Type"].startswith("text/calendar")
    assert "private" in answer["Cache-Control"]


def test_unchanged_calendar_is_not_sent_again(client: StrictClient) -> None:
    user, session = trainer()
    path = address(user)
    etag = client.get(path)["ETag"]
    again = client.get(path, headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    part = session.parts.first()
    assert part is not None
    parts.update(part=part, version=None, actor=make_user("officer"), now=timezone.now(), title_fr="Autre titre")
    assert client.get(path, headers={"if-none-match": etag}).status_code == 200


def test_closed_account_and_ended_role_close_it(client: StrictClient) -> None:
    manager, (user, _session), today = make_user("manager"), trainer(), timezone.localdate()
    officer = make_user("officer")
    closed, ended = address(user), address(officer)
    people.deactivate(user=user, actor=manager, reason="Départ", today=today)
    roles.revoke(user=officer, role="officer", actor=manager, reason="Départ", today=today)
    assert [client.get(path).status_code for path in (closed, ended)] == [404, 404]


@pytest.mark.parametrize("token", ["inconnu", "A" * 22, "%00", "x" * 400])
def test_unknown_address_opens_nothing(client: StrictClient, token: str) -> None:
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_address_is_not_tried_without_end(client: StrictClient) -> None:
    answers = [client.get("/calendar/inconnu.ics").status_code for _number in range(61)]
    assert (answers[0], answers[-1]) == (404, 429)


def test_database_holds_no_address_and_the_journal_tells_each_act() -> None:
    user = make_user("officer")
    feed = feeds.make(user=user, now=timezone.now())
    token = feeds.token_of(feed)
    row = CalendarFeed.objects.values().get()
    assert len(token) == 22 and token not in str(row)
    feeds.make(user=user, now=timezone.now())
    assert CalendarFeed.objects.count() == 1
    entries = journal.history_of(feed)
    assert feeds.stop(user=user) and not feeds.stop(user=user)
    verbs = ["calendar_feed.stop", "calendar_feed.renew", "calendar_feed.make"]
    assert [entry.verb for entry in entries] == verbs and {entry.actor for entry in entries} == {user}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_first_clicks_make_one_address() -> None:
    user = make_user("officer")
    for _ in range(5):
        assert not errors_in(race(*[lambda: feeds.make(user=user, now=timezone.now())] * 4))
        assert CalendarFeed.objects.filter(user=user).count() == 1
        feeds.stop(user=user)


def test_who_has_no_sessions_is_told_so(client_for: ClientFor) -> None:
    page = client_for(make_user(None)).get(reverse(PAGE)).content.decode()
    assert "Pas de session à montrer" in page and "Créer mon adresse" not in page
