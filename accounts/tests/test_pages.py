"""The pages of accounts and invitations: lists, acts, the own account."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain import invitations
from accounts.models import Invitation, User
from accounts.tests.factories import grant, make_user
from accounts.tests.mails import messages_to
from core import journal
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client_for: Callable[..., StrictClient]) -> StrictClient:
    return client_for(make_user("manager", full_name="Responsable du programme", email="resp@example.tn"))


def rows_of(page: object) -> list[str]:
    return [row.full_name for row in page.context["page"].rows]


def test_list_of_accounts_is_searched_and_filtered(manager: StrictClient) -> None:
    make_user("officer", full_name="Élodie Bureau")
    make_user("trainer", full_name="Formatrice Un", is_active=False)
    two = make_user("member", full_name="Membre Deux")
    grant(two, "animator")
    url = reverse("accounts:user-list")
    assert rows_of(manager.get(url)) == ["Élodie Bureau", "Formatrice Un", "Membre Deux", "Responsable du programme"]
    assert rows_of(manager.get(url, {"q": "elod"})) == ["Élodie Bureau"]
    assert rows_of(manager.get(url, {"q": "resp@example"})) == ["Responsable du programme"]
    assert rows_of(manager.get(url, {"role": "animator"})) == ["Membre Deux"]
    assert rows_of(manager.get(url, {"state": "closed"})) == ["Formatrice Un"]
    assert rows_of(manager.get(url, {"q": "personne de ce nom"})) == []


def test_list_of_accounts_asks_the_database_alike_for_one_and_three(manager: StrictClient) -> None:
    assert_flat_queries(manager, reverse("accounts:user-list"), lambda: make_user("officer", roles=("trainer",)))


def test_list_of_invitations_asks_the_database_alike_for_one_and_three(manager: StrictClient) -> None:
    boss, numbers = make_user("manager"), iter(range(9))

    def one() -> None:
        invitations.invite(
            email=f"n{next(numbers)}@example.tn",
            full_name="Invitée",
            language="fr",
            role="officer",
            actor=boss,
            now=timezone.now(),
        )

    assert_flat_queries(manager, reverse("accounts:invitation-list"), one)


def test_page_of_an_account_asks_the_database_alike_for_one_and_three_acts(manager: StrictClient) -> None:
    user = make_user("officer")
    url = reverse("accounts:user-close", args=[user.pk]), reverse("accounts:user-reopen", args=[user.pk])

    def acts() -> None:
        for address in url:
            manager.post(address, {"reason": "essai"})

    assert_flat_queries(manager, reverse("accounts:user-detail", args=[user.pk]), acts)


def test_invitation_begins_with_the_role_that_the_page_before_names(manager: StrictClient) -> None:
    for asked, chosen in (("?role=member", "member"), ("?role=nobody", "nobody"), ("", "")):
        form = manager.get(reverse("accounts:invitation-create") + asked).context["form"]
        assert form["role"].value() == chosen
        assert f'<option value="{chosen}" selected' in str(form["role"]) or chosen == "nobody"


def test_manager_invites_sends_again_and_withdraws(manager: StrictClient) -> None:
    typed = {"email": "neuf@example.tn", "full_name": "Chargé", "language": "ar", "role": "officer", "role_ends_on": ""}
    manager.post(reverse("accounts:invitation-create"), typed)
    invitation = Invitation.objects.get()
    assert (invitation.language, invitation.invited_by.email) == ("ar", "resp@example.tn")
    again = manager.post(reverse("accounts:invitation-create"), typed)
    assert again.context["form"].errors["email"]
    assert 'value="Chargé"' in again.content.decode()
    manager.post(reverse("accounts:invitation-resend", args=[invitation.pk]))
    assert messages_to("neuf@example.tn", invitations.KIND).count() == 2
    manager.post(reverse("accounts:invitation-withdraw", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.withdrawn_at is not None
    page = manager.post(reverse("accounts:invitation-resend", args=[invitation.pk]), follow=True)
    assert "retirée" in "".join(str(message) for message in page.context["messages"])
    states = {state: rows_of(manager.get(reverse("accounts:invitation-list"), {"state": state})) for state in STATES}
    assert states == {"open": [], "expired": [], "accepted": [], "withdrawn": ["Chargé"]}


STATES = ("open", "expired", "accepted", "withdrawn")


@pytest.mark.parametrize("email", ["pas une adresse", "a@b.tn\nBcc: c@d.tn", "a@b.tn,c@d.tn", ""])
def test_invitation_refuses_a_wrong_address_beside_its_field(manager: StrictClient, email: str) -> None:
    typed = {"email": email, "full_name": "Chargé", "language": "fr", "role": "officer"}
    page = manager.post(reverse("accounts:invitation-create"), typed)
    assert page.context["form"].errors["email"]
    assert not Invitation.objects.exists()


def test_manager_gives_and_ends_a_role_with_a_reason(manager: StrictClient) -> None:
    user = make_user(role=None)
    grant_url = reverse("accounts:role-grant", args=[user.pk])
    page = manager.post(grant_url, {"role": "officer", "starts_on": "31/02/2026", "reason": "arrivée"})
    assert page.context["form"].errors["starts_on"]
    assert "31/02/2026" in page.content.decode()
    manager.post(grant_url, {"role": "officer", "starts_on": "1/1/2020", "ends_on": "", "reason": "arrivée"})
    assert User.objects.get(pk=user.pk).roles == {"officer"}
    double = manager.post(grant_url, {"role": "officer", "starts_on": "1/1/2021", "reason": "arrivée"})
    assert double.context["form"].errors["role"]
    revoke_url = reverse("accounts:role-revoke", args=[user.pk, "officer"])
    assert manager.post(revoke_url, {"reason": ""}).context["form"].errors["reason"]
    manager.post(revoke_url, {"reason": "fin de mission"})
    assert User.objects.get(pk=user.pk).roles == frozenset()
    page = manager.get(reverse("accounts:user-detail", args=[user.pk]))
    assert [line.reason for line in page.context["lines"]] == ["fin de mission", "arrivée"]
    assert "Chargé de programme" in page.context["lines"][0].words
    assert manager.post(revoke_url, {"reason": "encore"}).context["form"].non_field_errors()


def test_the_last_manager_reads_why_the_role_cannot_end(manager: StrictClient) -> None:
    boss = User.objects.get(email="resp@example.tn")
    for name, args in (("role-revoke", [boss.pk, "manager"]), ("user-close", [boss.pk])):
        page = manager.post(reverse(f"accounts:{name}", args=args), {"reason": "départ"})
        assert page.context["form"].non_field_errors()
    assert manager.get(reverse("accounts:user-list")).status_code == 200


def test_profile_saves_names_and_language_and_goes_on_in_it(client_for: Callable[..., StrictClient]) -> None:
    user = make_user("trainer")
    browser = client_for(user)
    form = browser.get(reverse("accounts:profile")).context["form"]
    typed = {"full_name": "Formatrice", "full_name_ar": "المكوّنة", "language": "ar", "version": form.initial["version"]}
    assert browser.post(reverse("accounts:profile"), typed).url == "/ar/accounts/me/"
    user.refresh_from_db()
    assert (user.full_name, user.full_name_ar, user.language, user.version) == ("Formatrice", "المكوّنة", "ar", 2)
    assert journal.history_of(user).get().data == {"full_name": True, "full_name_ar": True, "language": True}
    browser.post(reverse("accounts:profile"), {**typed, "version": 2})
    assert journal.history_of(user).count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("full_name", "Cadre\u202eerdac"), ("full_name_ar", "Latin"), ("full_name", "x" * 201)]
)
def test_profile_refuses_names_that_are_none(client_for: Callable[..., StrictClient], field: str, value: str) -> None:
    user = make_user("trainer", full_name="Formatrice")
    typed = {"full_name": "Formatrice", "full_name_ar": "", "language": "fr", "version": 1, field: value}
    page = client_for(user).post(reverse("accounts:profile"), typed)
    assert page.context["form"].errors[field]
    user.refresh_from_db()
    assert user.full_name == "Formatrice"


def test_profile_saved_from_an_old_page_shows_both_versions(client_for: Callable[..., StrictClient]) -> None:
    user = make_user("trainer", full_name="Formatrice")
    browser = client_for(user)
    first = {"full_name": "Premier nom", "full_name_ar": "", "language": "fr", "version": 1}
    browser.post(reverse("accounts:profile"), first)
    page = browser.post(reverse("accounts:profile"), {**first, "full_name": "Second nom"})
    assert page.status_code == 409
    assert "Premier nom" in page.content.decode()
    assert "Second nom" in page.content.decode()
    user.refresh_from_db()
    assert user.full_name == "Premier nom"


def test_home_exists_for_every_role_and_for_none(client_for: Callable[..., StrictClient]) -> None:
    for role in ("manager", "officer", "trainer", "member", "animator", "auditor", None):
        for prefix in ("", "/ar", "/en"):
            page = client_for(make_user(role)).get(f"{prefix}/home/")
            assert page.status_code == 200
            home = page.context["home"]
            assert bool(home.readables) == (role not in {"manager", "officer", "trainer"})
