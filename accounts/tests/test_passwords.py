"""Passwords: forgotten ones, changed ones, and the code that signs in without one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.domain import codes, passwords, people
from accounts.errors import LinkOutdated
from accounts.models import Session, User
from accounts.tests.factories import PASSWORD, make_user
from accounts.tests.mails import messages_to, sent_text, token_in
from core import journal
from core.enums import MessageState
from core.models import Message, PersonalLink
from core.outbox import delivery
from core.testing.client import StrictClient
from core.testing.races import errors_in, race

pytestmark = pytest.mark.django_db
NEW = "kairouan-tozeur-mahdia-7"


def ask(client: StrictClient, email: str, **extra: object) -> object:
    return client.post(reverse("account_reset_password"), {"email": email}, **extra)


def reset_url(token: str) -> str:
    return reverse("accounts:password-reset", args=[token])


def test_reset_by_mail_sets_the_password_once_and_tells_the_address(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    ask(client, user.email.upper())
    url = reset_url(token_in(sent_text(user.email, passwords.RESET_KIND)))
    assert client.get(url).status_code == 200
    user.refresh_from_db()
    assert user.check_password(PASSWORD), "opening the link changes nothing"
    answer = client.post(url, {"password": NEW, "repeated": NEW})
    assert answer.url == reverse("account_login")
    user.refresh_from_db()
    assert user.check_password(NEW)
    assert PersonalLink.objects.get(act=passwords.RESET_ACT).used_at is not None
    assert messages_to(user.email, passwords.CHANGED_KIND).count() == 1
    assert [e.verb for e in journal.history_of(user)] == ["account.password_reset", "account.password_reset_request"]
    again = client.post(url, {"password": PASSWORD, "repeated": PASSWORD})
    assert again.status_code == 410
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_reset_ends_every_session(client: StrictClient, client_for: Callable[..., StrictClient]) -> None:
    user = make_user("officer", password=PASSWORD)
    thief = client_for(user)
    assert thief.get(reverse("home")).status_code == 200
    ask(client, user.email)
    url = reset_url(token_in(sent_text(user.email, passwords.RESET_KIND)))
    client.post(url, {"password": NEW, "repeated": NEW})
    assert thief.get(reverse("home")).status_code == 302


def test_reset_link_is_dead_after_an_hour_and_offers_a_new_one(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    passwords.request_reset(user=user, now=timezone.now() - timedelta(minutes=59))
    url = reset_url(token_in(sent_text(user.email, passwords.RESET_KIND)))
    assert client.get(url).status_code == 200
    PersonalLink.objects.update(expires_at=timezone.now())
    assert client.get(url).status_code == 410
    assert client.post(url, {"renew": "1"}).status_code == 200
    assert messages_to(user.email, passwords.RESET_KIND).count() == 2
    assert client.post(url, {"password": NEW, "repeated": NEW}).status_code == 410


def test_reset_mail_that_waits_too_long_is_not_sent() -> None:
    user = make_user("officer", password=PASSWORD)
    passwords.request_reset(user=user, now=timezone.now() - timedelta(minutes=61))
    delivery.deliver_due()
    assert messages_to(user.email, passwords.RESET_KIND).get().state == MessageState.MISSED


@pytest.mark.parametrize("change", ["password", "email", "closed"])
def test_reset_link_is_dead_once_the_account_changes(client: StrictClient, change: str) -> None:
    user = make_user("officer", password=PASSWORD)
    ask(client, user.email)
    url = reset_url(token_in(sent_text(user.email, passwords.RESET_KIND)))
    if change == "password":
        passwords.change(user=user, password=NEW, keep_session="", now=timezone.now())
    elif change == "email":
        User.objects.filter(pk=user.pk).update(email="autre@example.tn")
    else:
        people.deactivate(user=user, actor=None, reason="départ", today=timezone.localdate())
    assert client.get(url).status_code == 410
    with pytest.raises(LinkOutdated):
        passwords.reset(link=PersonalLink.objects.get(), password=PASSWORD, now=timezone.now())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_reset_by_eight_posts_at_once_sets_one_password() -> None:
    user = make_user("officer", password=PASSWORD)
    passwords.request_reset(user=user, now=timezone.now())
    sent_text(user.email, passwords.RESET_KIND)
    link = PersonalLink.objects.select_related("message").get()
    works = [lambda n=n: passwords.reset(link=link, password=f"{NEW}-{n}", now=timezone.now()) for n in range(8)]
    results = race(*works)
    assert [type(error) for error in errors_in(results)] == [LinkOutdated] * 7
    assert messages_to(user.email, passwords.CHANGED_KIND).count() == 1


def test_the_answer_to_a_reset_is_the_same_for_a_known_and_an_unknown_address(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    known = ask(client, user.email, follow=True)
    unknown = ask(StrictClient(), "inconnue@example.tn", follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens([known.content.decode()]) == without_tokens([unknown.content.decode()])
    assert Message.objects.count() == 1


def test_reset_for_a_closed_account_sends_nothing(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD, is_active=False)
    ask(client, user.email)
    assert not Message.objects.exists()


def test_two_hundred_resets_send_at_most_five_mails_and_none_for_strangers(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    for n in range(200):
        ask(client, user.email, REMOTE_ADDR=f"10.0.{n // 20}.{n % 20}", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
    assert 1 <= Message.objects.count() <= 5


def test_a_forged_forwarded_header_does_not_lift_the_limit_of_an_address_on_the_network(client: StrictClient) -> None:
    for n in range(20):
        ask(client, f"personne{n}@example.tn", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}")
    answer = ask(client, "encore@example.tn", HTTP_X_FORWARDED_FOR="203.0.113.9")
    assert answer.status_code == 429


@override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1)
def test_behind_the_proxy_only_the_last_forwarded_address_counts(client: StrictClient) -> None:
    for n in range(20):
        ask(client, f"personne{n}@example.tn", HTTP_X_FORWARDED_FOR=f"198.51.100.{n}, 192.0.2.7")
    same = ask(client, "encore@example.tn", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.7")
    other = ask(client, "encore@example.tn", HTTP_X_FORWARDED_FOR="198.51.100.1, 192.0.2.8")
    assert (same.status_code, other.status_code) == (429, 302)


def test_the_link_of_a_reset_is_built_from_our_own_address_whatever_the_host_header_says(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    refused = ask(client, user.email, HTTP_HOST="evil.example")
    assert refused.status_code == 400
    ask(client, user.email, HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_HOST="evil.example")
    text = sent_text(user.email, passwords.RESET_KIND)
    assert "evil" not in text
    assert "http://localhost:" in text
    assert "127.0.0.1" not in text


def test_change_keeps_this_session_and_ends_the_others(client_for: Callable[..., StrictClient]) -> None:
    user = make_user("trainer", password=PASSWORD)
    here, there = client_for(user), client_for(user)
    there.get(reverse("home"))
    answer = here.post(
        reverse("accounts:password-change"), {"present": PASSWORD, "password": NEW, "repeated": NEW}, follow=True
    )
    assert answer.context["user"].pk == user.pk
    assert there.get(reverse("home")).status_code == 302
    assert messages_to(user.email, passwords.CHANGED_KIND).count() == 1
    assert Session.objects.filter(user=user).count() == 1
    assert [e.verb for e in journal.history_of(user)] == ["account.password_change"]


def test_change_needs_the_present_password(client_for: Callable[..., StrictClient]) -> None:
    user = make_user("trainer", password=PASSWORD)
    page = client_for(user).post(
        reverse("accounts:password-change"), {"present": "autre-chose-ici", "password": NEW, "repeated": NEW}
    )
    assert page.context["form"].errors["present"]
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_code_signs_in_once_and_rests_nowhere(client: StrictClient) -> None:
    user = make_user("trainer")
    client.post(reverse("account_request_login_code"), {"email": user.email})
    message = messages_to(user.email, codes.KIND).get()
    text = sent_text(user.email, codes.KIND)
    code = next(word for word in text.split() if "-" in word and word.isupper())
    message.refresh_from_db()
    assert message.state == MessageState.WRITTEN
    assert message.sealed == ""
    row = " ".join(str(value) for value in Message.objects.filter(pk=message.pk).values_list().get())
    assert code not in row
    wrong = client.post(reverse("account_confirm_login_code"), {"code": "ZZZZ-ZZZZ"})
    assert wrong.context["form"].errors["code"]
    answer = client.post(reverse("account_confirm_login_code"), {"code": code.lower()}, follow=True)
    assert answer.context["user"].pk == user.pk
    assert [e.verb for e in journal.history_of(user)] == ["account.login_code"]
    other = StrictClient()
    other.post(reverse("account_confirm_login_code"), {"code": code})
    assert other.get(reverse("home")).status_code == 302


def test_code_that_waited_too_long_is_not_sent() -> None:
    user = make_user("trainer")
    codes.send(user=user, code="ABCD-EFGH", now=timezone.now() - timedelta(minutes=11))
    delivery.deliver_due()
    message = messages_to(user.email, codes.KIND).get()
    assert (message.state, message.sealed) == (MessageState.MISSED, "")


def test_a_second_code_takes_the_first_back() -> None:
    user = make_user("trainer")
    codes.send(user=user, code="ABCD-EFGH", now=timezone.now())
    codes.send(user=user, code="IJKL-MNOP", now=timezone.now())
    states = messages_to(user.email, codes.KIND).values_list("state", "sealed")
    assert [(state, bool(sealed)) for state, sealed in states] == [("cancelled", False), ("queued", True)]


def test_the_answer_to_a_code_is_the_same_for_a_known_and_an_unknown_address(client: StrictClient) -> None:
    user = make_user("trainer", email="connue1@example.tn")
    pages = []
    for email in (user.email, "inconnu@example.tn"):
        browser = StrictClient()
        page = browser.post(reverse("account_request_login_code"), {"email": email}, follow=True)
        wrong = browser.post(reverse("account_confirm_login_code"), {"code": "ZZZZ-ZZZZ"})
        pages.append([p.content.decode().replace(email, "") for p in (page, wrong)] + [str(page.redirect_chain)])
    assert pages[0][2] == pages[1][2]
    assert without_tokens(pages[0]) == without_tokens(pages[1])
    assert Message.objects.count() == 1


def without_tokens(pages: list[str]) -> list[str]:
    """Every page carries its own token against forged posts."""
    return [re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page) for page in pages]
