"""Passkeys: made, given as a second step, given instead of the password, and everything that is not one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain import factors, people
from accounts.errors import TooManyFactors
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_user
from accounts.tests.mails import messages_to
from accounts.tests.second_steps import by_password, kinds_of, options_on
from accounts.tests.soft_key import PRESENT, SoftKey
from core import journal
from core.testing.client import StrictClient

pytestmark = pytest.mark.django_db
ADD = "accounts:passkey-add"


def post(client: StrictClient, page: str, answer: Any, **extra: str) -> Any:
    return client.post(reverse(page), {"credential": json.dumps(answer), **extra})


def with_passkey(client: StrictClient, role: str = "officer") -> tuple[User, SoftKey]:
    """Somebody made a passkey on the page, and signed out."""
    user = make_user(role, password=PASSWORD)
    by_password(client, user)
    key = SoftKey()
    answer = key.make(options_on(client.get(reverse(ADD))))
    assert post(client, ADD, answer, name="Ordinateur du bureau").url == reverse("accounts:codes")
    client.post(reverse("account_logout"))
    return user, key


def options_at_the_door(client: StrictClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get(
        reverse("mfa_login_webauthn"), headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
    ).json()["request_options"]
    return found


def is_in(client: StrictClient) -> bool:
    return client.get(reverse("home")).status_code == 200


@pytest.mark.feature(118)
def test_a_passkey_is_made_and_is_the_second_step(client: StrictClient) -> None:
    user, key = with_passkey(client)
    assert kinds_of(user) == {"webauthn", "recovery_codes"}
    assert messages_to(user.email, factors.CHANGED_KIND).count() == 1
    assert [entry.data["event"] for entry in journal.history_of(user)] == ["passkey_added"]
    assert by_password(client, user).url == reverse("mfa_authenticate")
    answer = key.give(options_on(client.get(reverse("mfa_authenticate"))))
    assert post(client, "mfa_authenticate", answer).url == reverse("home")
    assert is_in(client)


def test_a_passkey_opens_without_a_password(client: StrictClient) -> None:
    user, key = with_passkey(client, "manager")
    url = f"{reverse('mfa_login_webauthn')}?next={reverse('accounts:user-list')}"
    answer = client.post(url, {"credential": json.dumps(key.give(options_at_the_door(client)))})
    assert answer.url == reverse("accounts:user-list")
    assert is_in(client)
    assert user.sessions.count() == 1


def test_without_the_password_the_device_asks_who_it_is(client: StrictClient) -> None:
    _user, key = with_passkey(client)
    answer = post(client, "mfa_login_webauthn", key.give(options_at_the_door(client), flags=PRESENT))
    assert answer.url == reverse("account_login")
    assert not is_in(client)


def test_a_closed_account_has_no_passkey(client: StrictClient) -> None:
    user, key = with_passkey(client)
    people.deactivate(user=user, actor=None, reason="départ", today=timezone.localdate())
    make_user("manager")
    post(client, "mfa_login_webauthn", key.give(options_at_the_door(client)))
    assert not is_in(client)


def test_an_answer_opens_once_and_only_the_question_that_it_answers(client: StrictClient) -> None:
    user, key = with_passkey(client)
    by_password(client, user)
    options = options_on(client.get(reverse("mfa_authenticate")))
    answer = key.give(options)
    options_on(client.get(reverse("mfa_authenticate")))  # a newer question
    assert post(client, "mfa_authenticate", answer).status_code == 200
    answer = key.give(options_on(client.get(reverse("mfa_authenticate"))))
    assert post(client, "mfa_authenticate", answer).status_code == 302
    client.post(reverse("account_logout"))
    by_password(client, user)
    client.get(reverse("mfa_authenticate"))
    assert post(client, "mfa_authenticate", answer).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(
    "key",
    [SoftKey(origin="https://evil.example", host="localhost"), SoftKey(host="evil.example"), SoftKey()],
    ids=["false page", "other house", "unknown key"],
)
def test_a_false_page_gets_nothing(client: StrictClient, key: SoftKey) -> None:
    user, good = with_passkey(client)
    if key.host == "localhost" and key.origin.startswith("https"):
        key.key, key.id, key.handle = good.key, good.id, good.handle
    by_password(client, user)
    answer = key.give(options_on(client.get(reverse("mfa_authenticate"))))
    page = post(client, "mfa_authenticate", answer)
    assert page.context["webauthn_form"].errors["credential"]
    assert not is_in(client)


@pytest.mark.parametrize(
    "answer", [None, [], "x", 7, {}, {"id": 1}, {"response": {"userHandle": None}}, {"rawId": "é"}]
)
@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_login_webauthn", ADD])
def test_what_is_no_passkey_is_refused(client: StrictClient, name: str, answer: Any) -> None:
    user, _key = with_passkey(client)
    by_password(client, user)
    if name == ADD:
        client.force_login(user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        client.get(reverse(ADD))
    assert post(client, name, answer, name="x").status_code in {200, 302}
    assert factors.of(user).count() == 1


@pytest.mark.parametrize("sent", ["[" * 15_000, '{"a":' * 3_000, "1" * 5_000, "NaN", ""])
@pytest.mark.parametrize("name", ["mfa_authenticate", "mfa_login_webauthn", ADD])
def test_what_is_hardly_json_is_refused_as_well(client: StrictClient, name: str, sent: str) -> None:
    user, _key = with_passkey(client)
    by_password(client, user)
    if name == ADD:
        client.force_login(user)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert client.post(reverse(name), {"credential": sent, "name": "x"}).status_code in {200, 302}
    assert factors.of(user).count() == 1


def test_a_passkey_proves_who_it_is_before_a_change(client: StrictClient) -> None:
    user, key = with_passkey(client)
    client.force_login(user)
    url = reverse("mfa_reauthenticate_webauthn") + f"?next={reverse('accounts:app-add')}"
    assert client.get(reverse("accounts:app-add")).status_code == 302
    page = client.get(url)
    refused = client.post(url, {"credential": json.dumps(SoftKey().give(options_on(page)))})
    assert refused.context["form"].errors["credential"]
    answer = key.give(options_on(client.get(url)))
    assert client.post(url, {"credential": json.dumps(answer)}).url == reverse("accounts:app-add")
    assert client.get(reverse("accounts:app-add")).status_code == 200


def test_an_account_holds_ten_passkeys() -> None:
    user = make_user("officer")
    now = timezone.now()
    for n in range(10):
        factors.add_passkey(user=user, name=f"clé {n}", credential={}, keep_session="", now=now)
    with pytest.raises(TooManyFactors):
        factors.add_passkey(user=user, name="une de trop", credential={}, keep_session="", now=now)
