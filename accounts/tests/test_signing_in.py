"""The door: limits on tries, what a session lives through, where one lands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from accounts.domain import sessions
from accounts.models import Session, User
from accounts.tests.factories import PASSWORD, grant, make_user
from core import journal
from core.testing.client import StrictClient

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(client: StrictClient, email: str, password: str = PASSWORD, query: str = "", **extra: object) -> object:
    return client.post(reverse("account_login") + query, {"login": email, "password": password}, **extra)


def was_refused_unread(page: object) -> bool:
    """The limit answered: the password was not looked at."""
    errors = page.context["form"].errors.as_data().get("__all__", [])
    return any(error.code == "too_many_login_attempts" for error in errors)


def is_in(client: StrictClient) -> bool:
    return client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize(("language", "home"), [("fr", "/home/"), ("ar", "/ar/home/"), ("en", "/en/home/")])
def test_signing_in_leads_home_in_the_language_of_the_person(client: StrictClient, language: str, home: str) -> None:
    user = make_user("officer", password=PASSWORD, language=language)
    assert sign_in(client, f" {user.email.upper()} ").url == home


@pytest.mark.parametrize(
    "target",
    ["//evil.example/", "https://evil.example/", r"/\evil.example", "javascript:alert(1)", "http:///evil.example"],
)
def test_next_leads_to_our_own_pages_only(client: StrictClient, target: str) -> None:
    user = make_user("officer", password=PASSWORD)
    answer = client.post(
        reverse("account_login") + "?next=" + target, {"login": user.email, "password": PASSWORD, "next": target}
    )
    assert answer.url == reverse("home")


def test_next_leads_back_to_the_page_that_asked(client: StrictClient) -> None:
    user = make_user("manager", password=PASSWORD)
    asked = client.get(reverse("accounts:user-list"))
    assert sign_in(client, user.email, query=asked.url.removeprefix(reverse("account_login"))).url == reverse(
        "accounts:user-list"
    )


def test_a_wrong_password_and_an_unknown_address_read_alike(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    known = sign_in(client, user.email, "autre-mot-de-passe")
    unknown = sign_in(client, "inconnue@example.tn", "autre-mot-de-passe")
    assert known.context["form"].non_field_errors() == unknown.context["form"].non_field_errors()
    assert "autre-mot-de-passe" not in known.content.decode()


def test_nobody_signs_up(client: StrictClient) -> None:
    assert client.get("/accounts/signup/").status_code == 404
    assert client.post("/accounts/signup/", {"email": "x@example.tn", "password1": PASSWORD}).status_code == 404
    assert not User.objects.exists()


def test_a_thousand_tries_from_everywhere_are_ten_and_the_owners_browser_still_gets_in(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    sign_in(client, user.email)
    client.post(reverse("account_logout"))
    tried = 0
    for n in range(60):
        page = sign_in(StrictClient(), user.email, f"essai-numero-{n}", REMOTE_ADDR=f"10.1.{n}.1")
        tried += not was_refused_unread(page)
    assert tried <= 10
    # Even the right password, from a browser that the account does not know, has to wait now.
    assert sign_in(StrictClient(), user.email, REMOTE_ADDR="10.2.0.1").status_code == 200
    assert sign_in(client, user.email, REMOTE_ADDR="10.3.0.1").status_code == 302


def test_the_owners_browser_has_a_limit_of_its_own(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    sign_in(client, user.email)
    client.post(reverse("account_logout"))
    for n in range(10):
        sign_in(client, user.email, f"essai-numero-{n}", REMOTE_ADDR=f"10.1.{n}.1")
    assert sign_in(client, user.email, REMOTE_ADDR="10.1.99.1").status_code == 200


def test_a_forged_mark_of_a_device_is_not_believed(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    for n in range(12):
        browser = StrictClient()
        browser.cookies["device"] = f'["{user.pk}","mark{n}"]:1:signature'
        page = sign_in(browser, user.email, "autre-mot-de-passe", REMOTE_ADDR=f"10.1.{n}.1")
    assert was_refused_unread(page)


def test_limits_lie_in_the_database_and_outlive_the_broker() -> None:
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache._max_entries == 100_000


def test_signing_in_gives_a_new_session_and_signing_out_kills_it(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    client.cookies[settings.SESSION_COOKIE_NAME] = before
    sign_in(client, user.email)
    after = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert after != before
    thief = StrictClient()
    for key in (before, after):
        thief.cookies[settings.SESSION_COOKIE_NAME] = key
        assert is_in(thief) == (key == after)
    client.post(reverse("account_logout"))
    thief.cookies[settings.SESSION_COOKIE_NAME] = after
    assert not is_in(thief)


@pytest.mark.parametrize(
    ("role", "pause", "stays"),
    [
        ("officer", timedelta(minutes=59), True),
        ("officer", timedelta(minutes=61), False),
        ("trainer", timedelta(hours=11, minutes=59), True),
        ("trainer", timedelta(hours=12, minutes=1), False),
        (None, timedelta(hours=11), True),
    ],
)
def test_a_session_without_use_ends(
    client_for: Callable[..., StrictClient], role: str | None, pause: timedelta, stays: bool
) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        browser = client_for(make_user(role))
        assert is_in(browser)
    with time_machine.travel(start + pause, tick=False):
        assert is_in(browser) == stays


@pytest.mark.parametrize(
    ("role", "step", "lasts"),
    [("manager", timedelta(minutes=50), timedelta(hours=12)), ("member", timedelta(hours=11), timedelta(days=14))],
)
def test_a_session_in_use_ends_after_its_longest_time(
    client_for: Callable[..., StrictClient], role: str, step: timedelta, lasts: timedelta
) -> None:
    start = now = timezone.now()
    with time_machine.travel(start, tick=False):
        browser = client_for(make_user(role))
        assert is_in(browser)
    while now - start < lasts:
        with time_machine.travel(now, tick=False):
            assert is_in(browser), now - start
        now += step
    with time_machine.travel(now, tick=False):
        assert not is_in(browser)


def test_an_ended_session_says_why_and_keeps_the_way_back(client_for: Callable[..., StrictClient]) -> None:
    start = timezone.now()
    with time_machine.travel(start, tick=False):
        browser = client_for(make_user("manager"))
        browser.get(reverse("home"))
    with time_machine.travel(start + timedelta(hours=2), tick=False):
        page = browser.get(reverse("accounts:user-list"), follow=True)
    assert page.redirect_chain[0][0] == f"{reverse('account_login')}?next={reverse('accounts:user-list')}"
    assert "fermée" in "".join(str(message) for message in page.context["messages"])


def test_a_role_of_staff_shortens_the_session_at_the_next_request(client_for: Callable[..., StrictClient]) -> None:
    start, user = timezone.now(), make_user("trainer")
    with time_machine.travel(start, tick=False):
        browser = client_for(user)
        assert is_in(browser)
    grant(user, "officer")
    with time_machine.travel(start + timedelta(hours=2), tick=False):
        assert not is_in(browser)


def test_own_sessions_are_listed_and_the_others_ended(client_for: Callable[..., StrictClient]) -> None:
    user = make_user("trainer")
    here = client_for(user, headers={"user-agent": FIREFOX})
    there = client_for(user)
    stranger = client_for(make_user("trainer"))
    for browser in (here, there, stranger):
        browser.get(reverse("home"))
    page = here.get(reverse("accounts:session-list"))
    assert [row.device for row in page.context["rows"] if row.session_key == page.context["here"]] == [
        "Firefox, Windows"
    ]
    assert len(page.context["rows"]) == 2
    here.post(reverse("accounts:sessions-end"))
    assert [is_in(browser) for browser in (here, there, stranger)] == [True, False, True]
    assert journal.history_of(user).get().data == {"ended": 1}
    assert sessions.end_others(user=user, keep=here.session.session_key) == 0
    assert journal.history_of(user).count() == 1


def test_a_session_row_is_written_once_a_minute_not_at_every_request(client_for: Callable[..., StrictClient]) -> None:
    start, user = timezone.now().replace(microsecond=0), make_user("officer")
    with time_machine.travel(start, tick=False):
        browser = client_for(user)
        is_in(browser)
    for seconds, seen in ((30, 0), (61, 61), (90, 61)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            is_in(browser)
        assert Session.objects.get(user=user).seen_at == start + timedelta(seconds=seen)
