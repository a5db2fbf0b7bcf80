"""Invitations: the only way to an account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain import invitations
from accounts.enums import Role
from accounts.errors import AccountExists, AlreadyInvited, InvitationClosed
from accounts.models import Invitation, User
from accounts.tests.factories import PASSWORD, make_user
from accounts.tests.mails import messages_to, sent_text, token_in
from core import journal
from core.enums import MessageState
from core.errors import DomainError
from core.models import PersonalLink
from core.saving import Invalid
from core.testing.client import StrictClient
from core.testing.races import errors_in, race

pytestmark = pytest.mark.django_db
EMAIL = "nouvelle@example.tn"


def make_invitation(**fields: object) -> Invitation:
    values = {
        "email": EMAIL,
        "full_name": "Chargée de programme",
        "language": "fr",
        "role": Role.OFFICER,
        "actor": None,
        "now": timezone.now(),
    }
    return invitations.invite(**{**values, **fields})


def accept(invitation: Invitation, **fields: object) -> User:
    values = {"full_name": "Chargée de programme", "language": "ar", "password": PASSWORD, "now": timezone.now()}
    return invitations.accept(invitation=invitation, **{**values, **fields})


def accept_url(token: str) -> str:
    return reverse("accounts:invitation-accept", args=[token])


def test_invite_queues_one_mail_with_a_link_for_a_week() -> None:
    boss, now = make_user("manager"), timezone.now()
    invitation = make_invitation(email=" Nouvelle@Example.TN ", actor=boss, now=now)
    assert (invitation.email, invitation.expires_at) == (EMAIL, now + timedelta(days=7))
    text = sent_text(EMAIL, invitations.KIND)
    assert boss.full_name in text
    link = PersonalLink.objects.get(act=invitations.ACT)
    assert link.expires_at == invitation.expires_at
    token = token_in(text)
    assert token not in "".join(str(value) for value in PersonalLink.objects.values_list("token_hash", flat=True))
    message = messages_to(EMAIL, invitations.KIND).get()
    assert token not in message.text + message.html + message.subject
    entry = journal.history_of(invitation).get()
    assert (entry.verb, entry.actor, entry.data) == ("invitation.invite", boss, {"role": "officer"})


def test_mail_of_an_invitation_is_of_the_demonstration_when_who_invites_is() -> None:
    make_invitation(actor=make_user("manager", is_demo=True))
    assert messages_to(EMAIL, invitations.KIND).get().demo
    make_invitation(email="autre@example.tn", actor=make_user("manager"))
    assert not messages_to("autre@example.tn", invitations.KIND).get().demo


def test_invite_refuses_an_address_with_an_account_and_a_second_open_invitation() -> None:
    make_user("officer", email="deja@example.tn")
    with pytest.raises(AccountExists) as refusal:
        make_invitation(email="DEJA@example.tn")
    assert refusal.value.field == "email"
    make_invitation()
    with pytest.raises(AlreadyInvited):
        make_invitation()
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("email", ["pas-une-adresse", "a@b\nBcc: c@d.tn", "x" * 250 + "@example.tn"])
def test_invite_refuses_what_is_not_one_address(email: str) -> None:
    with pytest.raises(DomainError):
        make_invitation(email=email)
    assert not Invitation.objects.exists()


def test_invite_refuses_a_role_that_ends_before_the_invitation() -> None:
    with pytest.raises(DomainError) as refusal:
        make_invitation(role_ends_on=timezone.localdate())
    assert refusal.value.field == "role_ends_on"


def test_invite_again_after_the_week_renews_the_same_invitation() -> None:
    first = make_invitation(now=timezone.now() - timedelta(days=8))
    second = make_invitation(full_name="Chargé d’étude")
    assert first.pk == second.pk
    assert second.full_name == "Chargé d’étude"
    assert messages_to(EMAIL, invitations.KIND).count() == 2


def test_accept_makes_the_account_with_every_role_of_the_address() -> None:
    boss = make_user("manager")
    invitation = make_invitation(actor=boss)
    ends_on = timezone.localdate() + timedelta(days=90)
    make_invitation(role=Role.TRAINER, role_ends_on=ends_on)
    user = accept(invitation)
    assert user.check_password(PASSWORD)
    assert (user.email, user.language, user.roles) == (EMAIL, "ar", {"officer", "trainer"})
    assert user.grants.get(role="trainer").ends_on == ends_on
    assert not Invitation.objects.pending().exists()
    assert {e.verb for e in journal.history_of(user)} == {"account.create", "role.grant"}
    assert [e.verb for e in journal.history_of(invitation)] == ["invitation.accept", "invitation.invite"]


def test_accept_twice_makes_one_account() -> None:
    invitation = make_invitation()
    accept(invitation)
    with pytest.raises(InvitationClosed) as refusal:
        accept(invitation)
    assert refusal.value.code == "used"
    assert User.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_accept_by_eight_posts_at_once_makes_one_account() -> None:
    invitation = make_invitation()
    results = race(*[lambda: accept(invitation)] * 8)
    assert User.objects.count() == 1
    assert {type(error) for error in errors_in(results)} == {InvitationClosed}


def test_accept_refuses_what_is_expired_or_withdrawn_or_has_an_account_meanwhile() -> None:
    boss = make_user("manager")
    late = make_invitation(email="a@example.tn", now=timezone.now() - timedelta(days=7))
    gone = make_invitation(email="b@example.tn")
    invitations.withdraw(invitation=gone, actor=boss, now=timezone.now())
    for invitation, code in ((late, "expired"), (gone, "withdrawn")):
        with pytest.raises(InvitationClosed) as refusal:
            accept(invitation)
        assert refusal.value.code == code
    overtaken = make_invitation(email="c@example.tn")
    make_user(role=None, email="c@example.tn")
    with pytest.raises(AccountExists):
        accept(overtaken)


def test_accept_refuses_a_name_with_hidden_signs() -> None:
    with pytest.raises(Invalid) as refusal:
        accept(make_invitation(), full_name="Cadre\u202eerdac")
    assert refusal.value.field == "full_name"
    assert not User.objects.exists()


def test_withdraw_takes_the_mail_back_and_only_once() -> None:
    boss, invitation = make_user("manager"), make_invitation()
    invitations.withdraw(invitation=invitation, actor=boss, now=timezone.now())
    assert messages_to(EMAIL, invitations.KIND).get().state == MessageState.CANCELLED
    with pytest.raises(InvitationClosed):
        invitations.withdraw(invitation=invitation, actor=boss, now=timezone.now())
    assert [e.verb for e in journal.history_of(invitation)] == ["invitation.withdraw", "invitation.invite"]
    make_invitation()  # the address may be invited again


def test_resend_gives_another_week_and_at_most_three_mails_a_day() -> None:
    invitation = make_invitation(now=timezone.now() - timedelta(days=3))
    now = timezone.now()
    for _time in range(5):
        invitations.resend(invitation=invitation, actor=None, now=now)
    invitation.refresh_from_db()
    assert invitation.expires_at == now + timedelta(days=7)
    assert messages_to(EMAIL, invitations.KIND).count() == 1 + 3
    assert [e.verb for e in journal.history_of(invitation)].count("invitation.resend") == 3
    accept(invitation)
    with pytest.raises(InvitationClosed):
        invitations.resend(invitation=invitation, actor=None, now=now)


def test_the_link_leads_to_an_account_signed_in_on_the_home_page(client: StrictClient) -> None:
    make_invitation()
    url = accept_url(token_in(sent_text(EMAIL, invitations.KIND)))
    page = client.get(url)
    assert page.context["form"].initial["full_name"] == "Chargée de programme"
    assert not User.objects.exists()
    typed = {"full_name": "Cadre du programme", "language": "ar", "password": PASSWORD, "repeated": PASSWORD}
    answer = client.post(url, typed, follow=True)
    assert answer.redirect_chain == [("/ar/home/", 302)]
    assert answer.context["user"].full_name == "Cadre du programme"
    again = client.post(url, typed)
    assert again.status_code == 410
    assert reverse("account_login") in again.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("password", "repeated", "field"),
    [
        ("court-9", "court-9", "password"),
        ("1234567890123", "1234567890123", "password"),
        ("nouvelle@example", "nouvelle@example", "password"),
        (PASSWORD, PASSWORD + "x", "repeated"),
        ("", "", "password"),
    ],
    ids=["short", "common", "like the address", "repeated otherwise", "empty"],
)
def test_a_bad_password_is_refused_beside_its_field_and_nothing_else_typed_is_lost(
    client: StrictClient, password: str, repeated: str, field: str
) -> None:
    make_invitation()
    url = accept_url(token_in(sent_text(EMAIL, invitations.KIND)))
    typed = {"full_name": "Nom tapé à la main", "language": "en", "password": password, "repeated": repeated}
    page = client.post(url, typed)
    assert page.context["form"].errors[field]
    assert 'value="Nom tapé à la main"' in page.content.decode()
    assert f'value="{password}"' not in page.content.decode()
    assert not User.objects.exists()


def test_an_expired_link_offers_a_new_one_to_the_same_address(client: StrictClient) -> None:
    invitation = make_invitation(now=timezone.now() - timedelta(days=6, hours=23))
    url = accept_url(token_in(sent_text(EMAIL, invitations.KIND)))
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(minutes=1))
    page = client.get(url)
    assert page.status_code == 410
    assert 'name="renew"' in page.content.decode()
    assert messages_to(EMAIL, invitations.KIND).count() == 1
    answer = client.post(url, {"renew": "1"})
    assert answer.status_code == 200
    assert messages_to(EMAIL, invitations.KIND).count() == 2
    fresh = accept_url(token_in(sent_text(EMAIL, invitations.KIND)))
    assert fresh != url
    assert client.get(fresh).status_code == 200


def test_a_withdrawn_link_offers_nothing_and_an_unknown_one_is_no_page(client: StrictClient) -> None:
    invitation = make_invitation()
    url = accept_url(token_in(sent_text(EMAIL, invitations.KIND)))
    invitations.withdraw(invitation=invitation, actor=make_user("manager"), now=timezone.now())
    page = client.post(url, {"renew": "1"})
    assert page.status_code == 410
    assert 'name="renew"' not in page.content.decode()
    assert messages_to(EMAIL, invitations.KIND).count() == 1
    assert client.get(accept_url("A" * 22)).status_code == 404
