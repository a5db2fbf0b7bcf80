"""`./portal manage invite`: the way to the first account."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Invitation, User
from accounts.tests.factories import PASSWORD, make_user
from accounts.tests.mails import LINK
from core.models import Message, PersonalLink
from core.testing.client import StrictClient

pytestmark = pytest.mark.django_db


def invite(*args: str) -> str:
    out = io.StringIO()
    call_command("invite", *args, stdout=out)
    return out.getvalue().strip()


def test_invite_prints_a_link_that_makes_the_first_manager(client: StrictClient) -> None:
    url = invite("--role", "manager", "Chef@Example.tn", "--language", "ar", "--name", "Cheffe")
    token = LINK.search(url).group(1)
    assert not Message.objects.exists()
    assert token not in PersonalLink.objects.get().token_hash
    page = client.get(f"/l/{token}/", follow=True)
    assert page.redirect_chain[-1][0] == f"/ar/accounts/invitation/{token}/"
    answer = client.post(
        page.redirect_chain[-1][0],
        {"full_name": "Cheffe", "language": "ar", "password": PASSWORD, "repeated": PASSWORD},
        follow=True,
    )
    assert answer.context["user"].email == "chef@example.tn"
    assert User.objects.get().is_manager
    assert client.get(f"/l/{token}/", follow=True).status_code == 410


def test_invite_twice_prints_two_links_to_one_invitation() -> None:
    assert invite("--role", "manager", "chef@example.tn") != invite("--role", "manager", "chef@example.tn")
    assert Invitation.objects.count() == 1
    assert Invitation.objects.get().full_name == "chef"


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--role", "manager", "pas-une-adresse"], "valable"),
        (["--role", "manager", "deja@example.tn"], "compte"),
        (["--role", "king", "chef@example.tn"], "king"),
        (["chef@example.tn"], "--role"),
    ],
)
def test_invite_refuses_in_one_sentence(args: list[str], words: str) -> None:
    make_user("officer", email="deja@example.tn")
    with pytest.raises(CommandError, match=words):
        invite(*args)
    assert not Invitation.objects.exists()
