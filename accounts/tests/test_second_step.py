"""The second step of signing in: codes of an app, recovery codes, a lost one, for whom it is a must."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import StringIO

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.domain import factors
from accounts.errors import FactorGone, LastFactor, NoFactor, OwnFactor
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user
from accounts.tests.mails import messages_to, sent_text
from accounts.tests.second_steps import by_code, by_password, code_of, give_app, kinds_of, recovery_codes
from core import journal
from core.errors import ReasonRequired
from core.testing.client import StrictClient
from core.testing.races import race

pytestmark = pytest.mark.django_db
PAGE = "accounts:factor-list"


def verbs_of(user: User) -> list[str]:
    return [entry.verb for entry in journal.history_of(user)]


def is_in(client: StrictClient) -> bool:
    return client.get(reverse("home")).status_code == 200


def signed_in(client: StrictClient, role: str = "officer") -> User:
    """Somebody who has just typed the password."""
    user = make_user(role, password=PASSWORD)
    by_password(client, user)
    return user


def set_up(client: StrictClient) -> str:
    """Walk through the page of the app; gives the secret that it showed."""
    page = client.get(reverse("accounts:app-add"))
    secret = "".join(page.context["groups"])
    assert 'class="segno' in page.content.decode() or "<svg" in page.context["qr"]
    answer = client.post(reverse("accounts:app-add"), {"code": code_of(secret)})
    assert answer.url == reverse("accounts:codes")
    return secret


@pytest.mark.feature(118)
def test_an_app_is_set_up_and_asked_for_at_the_next_sign_in(client: StrictClient) -> None:
    user = signed_in(client)
    elsewhere = StrictClient()
    elsewhere.force_login(user)
    secret = set_up(client)
    assert not is_in(elsewhere), "sessions that began without the second step are over"
    assert kinds_of(user) == {"totp", "recovery_codes"}
    row = Authenticator.objects.get(user=user, type="totp")
    assert secret not in json.dumps(row.data), "the secret lies encrypted"
    assert verbs_of(user) == ["account.factor_add"]
    assert "application d’authentification" in sent_text(user.email, factors.CHANGED_KIND)
    client.post(reverse("account_logout"))
    assert by_password(client, user).url == reverse("mfa_authenticate")
    assert not is_in(client)
    wrong = by_code(client, "000000")
    assert wrong.context["form"].errors["code"]
    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        assert by_code(client, code_of(secret)).url == reverse("home")
        assert is_in(client)


def test_the_page_that_asked_opens_after_both_steps(client: StrictClient) -> None:
    user = make_user("manager", password=PASSWORD)
    secret = give_app(user)
    by_password(client, user, query=f"?next={reverse('accounts:user-list')}")
    assert by_code(client, code_of(secret)).url == reverse("accounts:user-list")


def test_a_code_opens_once_in_its_life(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    secret = give_app(user)
    code = code_of(secret, steps=1)
    by_password(client, user)
    assert by_code(client, code).status_code == 302
    for seconds in (0, 31, 59):
        with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
            thief = StrictClient()
            by_password(thief, user)
            for written in (f"{code[:3]}-{code[3:]}", f"{code[:3]} {code[3:]}", code):
                assert by_code(thief, written).status_code == 200
            assert not is_in(thief)


def test_the_code_that_set_the_app_up_does_not_sign_in(client: StrictClient) -> None:
    user = signed_in(client)
    page = client.get(reverse("accounts:app-add"))
    code = code_of("".join(page.context["groups"]))
    client.post(reverse("accounts:app-add"), {"code": code})
    thief = StrictClient()
    by_password(thief, user)
    assert by_code(thief, code).status_code == 200


def test_codes_cannot_be_guessed_for_long(client: StrictClient, caplog: pytest.LogCaptureFixture) -> None:
    user = make_user("officer", password=PASSWORD)
    secret = give_app(user)
    by_password(client, user)
    for n in range(10):
        by_code(client, f"{n:06}")
    refused = by_code(client, code_of(secret))
    assert "cinq minutes" in refused.content.decode()
    assert caplog.messages.count(f"second step refused, account {user.pk}") == 11
    assert not is_in(client)


def test_a_wrong_first_code_keeps_the_square(client: StrictClient) -> None:
    user = signed_in(client)
    secret = "".join(client.get(reverse("accounts:app-add")).context["groups"])
    page = client.post(reverse("accounts:app-add"), {"code": "abc"})
    assert page.context["form"].errors["code"]
    assert "".join(page.context["groups"]) == secret
    assert kinds_of(user) == set()


@pytest.mark.parametrize("name", ["accounts:app-add", "accounts:passkey-add"])
def test_a_session_left_open_changes_nothing_without_a_new_proof(client: StrictClient, name: str) -> None:
    user = signed_in(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        answer = client.get(reverse(name))
        again = f"{reverse('account_reauthenticate')}?next={reverse(name)}"
        assert answer.url == again.replace("/accounts/me", "%2Faccounts%2Fme") or answer.url.startswith(
            reverse("account_reauthenticate")
        )
        wrong = client.post(answer.url, {"password": "autre-mot-de-passe"})
        assert wrong.context["form"].errors["password"]
        assert client.post(answer.url, {"password": PASSWORD}).url == reverse(name)
        assert client.get(reverse(name)).status_code == 200
    assert kinds_of(user) == set()


def test_a_code_by_mail_is_no_proof_for_a_change(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    client.force_login(user)
    assert client.get(reverse("accounts:app-add")).status_code == 302


def test_a_mailed_code_does_not_spare_the_second_step(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    give_app(user)
    client.post(reverse("account_request_login_code"), {"email": user.email})
    code = re.search(r"\b[A-Z0-9]{3,4}-[A-Z0-9]{3,4}\b", sent_text(user.email, "accounts.login_code"))
    assert code is not None
    answer = client.post(reverse("account_confirm_login_code"), {"code": code[0]})
    assert answer.url == reverse("mfa_authenticate")
    assert not is_in(client)


def test_recovery_codes_are_shown_once(client: StrictClient) -> None:
    user = signed_in(client)
    set_up(client)
    codes = recovery_codes(user)
    page = client.get(reverse("accounts:codes"))
    assert all(code in page.content.decode() for code in codes)
    text = client.get(reverse("accounts:codes-file"))
    assert text["Content-Disposition"].startswith("attachment")
    assert all(code in text.content.decode() for code in codes)
    assert len(codes) == 10
    client.post(reverse("accounts:codes"))
    for name in ("accounts:codes", "accounts:codes-file"):
        assert client.get(reverse(name)).url == reverse(PAGE)
    assert verbs_of(user) == ["account.codes_keep", "account.factor_add"]


def test_recovery_codes_are_not_shown_after_a_quarter_of_an_hour(client: StrictClient) -> None:
    signed_in(client)
    set_up(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.get(reverse("accounts:codes")).url == reverse(PAGE)


def test_a_recovery_code_opens_once_and_its_use_is_told(client: StrictClient) -> None:
    user = make_user("officer", password=PASSWORD)
    factors.add_app(user=user, secret=give_secret(), keep_session="", now=timezone.now())
    code = recovery_codes(user)[3]
    by_password(client, user)
    assert by_code(client, code).url == reverse("home")
    text = sent_text(user.email, factors.CHANGED_KIND)
    assert "code de secours" in text
    assert "9 " in text
    assert verbs_of(user)[0] == "account.code_use"
    thief = StrictClient()
    by_password(thief, user)
    assert by_code(thief, code).status_code == 200


def give_secret() -> str:
    return "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_new_codes_replace_the_old(client: StrictClient) -> None:
    user = signed_in(client)
    set_up(client)
    old = recovery_codes(user)
    answer = client.post(reverse("accounts:codes-new"))
    assert answer.url == reverse("accounts:codes")
    assert not set(old) & set(recovery_codes(user))
    assert verbs_of(user)[0] == "account.codes_renew"


def test_codes_without_a_factor_are_none(client: StrictClient) -> None:
    user = signed_in(client)
    with pytest.raises(NoFactor):
        factors.renew_codes(user=user, now=timezone.now())
    assert client.post(reverse("accounts:codes-new")).url == reverse(PAGE)
    assert kinds_of(user) == set()


def test_removing_the_app_takes_the_codes_along(client: StrictClient) -> None:
    user = signed_in(client)
    set_up(client)
    factor = factors.of(user).get()
    assert client.get(reverse("accounts:factor-remove", args=[factor.pk])).status_code == 200
    assert client.post(reverse("accounts:factor-remove", args=[factor.pk])).url == reverse(PAGE)
    assert kinds_of(user) == set()
    assert is_in(client)
    with pytest.raises(FactorGone):
        factors.remove(user=user, factor_id=factor.pk, keep_session="", now=timezone.now())
    assert verbs_of(user)[0] == "account.factor_remove"


def test_nobody_removes_the_factor_of_somebody_else(client: StrictClient) -> None:
    other = make_user("officer")
    give_app(other)
    signed_in(client)
    url = reverse("accounts:factor-remove", args=[factors.of(other).get().pk])
    assert client.get(url).status_code == 404
    client.post(url)
    assert kinds_of(other) == {"totp"}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_posts_of_one_app_make_one_factor() -> None:
    user = make_user("officer")
    add = partial(factors.add_app, user=user, secret=give_secret(), keep_session="", now=timezone.now())
    results = race(add, add)
    assert sorted(map(str, results)) == ["False", "True"]
    assert kinds_of(user) == {"totp", "recovery_codes"}
    assert verbs_of(user) == ["account.factor_add"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_code_sent_twice_at_once_opens_once() -> None:
    use = partial(factors.is_first_use, user_id=1, code="424242")
    assert sorted(race(use, use, use)) == [False, False, True]


# -- reset ------------------------------------------------------------------------------------------------------------
def test_a_manager_resets_a_lost_factor(client_for: Callable[..., StrictClient]) -> None:
    boss, user = make_user("manager"), make_user("officer", language="ar")
    factors.add_app(user=user, secret=give_secret(), keep_session="", now=timezone.now())
    browser, theirs = client_for(boss), client_for(user)
    url = reverse("accounts:factor-reset", args=[user.pk])
    assert browser.post(url, {"reason": " "}).status_code == 200
    assert kinds_of(user)
    assert is_in(theirs)
    assert browser.post(url, {"reason": "téléphone perdu"}).url == reverse("accounts:user-detail", args=[user.pk])
    assert kinds_of(user) == set()
    assert not is_in(theirs)
    entry = journal.history_of(user).first()
    assert entry is not None
    assert (entry.verb, entry.actor, entry.reason.text) == ("account.factor_reset", boss, "téléphone perdu")
    assert (
        "المسؤول" in sent_text(user.email, factors.RESET_KIND) or messages_to(user.email, factors.RESET_KIND).exists()
    )
    assert browser.post(url, {"reason": "encore"}).status_code == 200
    assert messages_to(user.email, factors.RESET_KIND).count() == 1


def test_a_reset_needs_a_reason_somebody_else_and_a_factor() -> None:
    boss, user = make_user("manager"), make_user("officer")
    give_app(boss)
    now = timezone.now()
    with pytest.raises(ReasonRequired):
        factors.reset(user=user, actor=boss, reason=" ", now=now)
    with pytest.raises(OwnFactor):
        factors.reset(user=boss, actor=boss, reason="perdu", now=now)
    with pytest.raises(NoFactor):
        factors.reset(user=user, actor=boss, reason="perdu", now=now)
    assert kinds_of(boss) == {"totp"}


def test_the_command_line_resets_a_managers_factor() -> None:
    boss = make_user("manager")
    give_app(boss)
    out = StringIO()
    call_command("reset_second_step", boss.email.upper(), reason="rappelée au bureau", stdout=out)
    assert boss.email in out.getvalue()
    entry = journal.history_of(boss).get()
    assert (entry.verb, entry.actor, entry.reason.text) == ("account.factor_reset", None, "rappelée au bureau")
    for email, reason in ((boss.email, "encore"), ("inconnue@example.tn", "perdu")):
        with pytest.raises(CommandError):
            call_command("reset_second_step", email, reason=reason)


def test_managers_find_who_has_none(client_for: Callable[..., StrictClient]) -> None:
    boss, user = make_user("manager"), make_user("officer")
    give_app(user)
    for value, found in (("with", {user}), ("without", {boss})):
        page = client_for(boss).get(reverse("accounts:user-list"), {"second_step": value})
        assert set(page.context["page"].rows) == found


# -- for whom it is a must --------------------------------------------------------------------------------------------
@pytest.fixture
def production(settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True  # type: ignore[attr-defined]


@pytest.mark.feature(118)
@pytest.mark.usefixtures("production")
@pytest.mark.parametrize("role", ["officer", "manager"])
def test_in_production_staff_do_nothing_before_the_second_step(client: StrictClient, role: str) -> None:
    user = signed_in(client, role)
    pages = [reverse(name) for name in ("home", "accounts:user-list", "accounts:profile", "front")]
    assert {client.get(url).url for url in pages} == {reverse(PAGE)}
    assert {client.post(url).url for url in pages} == {reverse(PAGE)}
    assert client.get(reverse(PAGE)).context["required"]
    set_up(client)
    client.post(reverse("accounts:codes"))
    assert is_in(client)
    with pytest.raises(LastFactor):
        factors.remove(user=user, factor_id=factors.of(user).get().pk, keep_session="", now=timezone.now())
    answer = client.post(reverse("accounts:factor-remove", args=[factors.of(user).get().pk]), follow=True)
    assert "obligatoire" in answer.content.decode()
    assert kinds_of(user) == {"totp", "recovery_codes"}
    factors.reset(user=user, actor=None, reason="perdu", now=timezone.now())
    by_password(client, user)
    assert client.get(reverse("home")).url == reverse(PAGE)


@pytest.mark.usefixtures("production")
def test_in_production_the_others_are_only_offered_it(client: StrictClient) -> None:
    signed_in(client, "trainer")
    assert is_in(client)
    assert not client.get(reverse(PAGE)).context["required"]


@pytest.mark.usefixtures("production")
def test_in_production_one_may_still_leave(client: StrictClient) -> None:
    signed_in(client)
    assert client.post(reverse("account_logout")).url != reverse(PAGE)
    assert client.get(reverse("account_login")).status_code == 200


def test_a_demonstration_offers_it(client: StrictClient) -> None:
    signed_in(client, "manager")
    assert is_in(client)
    assert not client.get(reverse(PAGE)).context["required"]
