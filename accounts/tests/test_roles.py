"""Granting and ending roles: dates, the last manager, sessions that end with the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.backends import AccountBackend
from accounts.domain import people, roles
from accounts.enums import Role
from accounts.errors import AlreadyActive, AlreadyHeld, AlreadyInactive, LastManager, NotHeld
from accounts.models import RoleGrant, User
from accounts.tests.factories import grant, make_user
from core import journal
from core.errors import DomainError, ReasonRequired
from core.testing.client import StrictClient
from core.testing.races import errors_in, race

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def verbs_of(user: User) -> list[str]:
    return [entry.verb for entry in journal.history_of(user)]


def test_grant_gives_the_role_from_its_day_to_its_last_day() -> None:
    user, boss = make_user(role=None), make_user("manager")
    today = TODAY()
    roles.grant(user=user, role=Role.OFFICER, starts_on=today, ends_on=today, actor=boss, reason="remplacement")
    assert user.has_role(Role.OFFICER)
    assert RoleGrant.objects.in_force(on=today).filter(user=user).exists()
    assert not RoleGrant.objects.in_force(on=today + timedelta(days=1)).filter(user=user).exists()
    entry = journal.history_of(user).get()
    assert (entry.verb, entry.actor, entry.reason.text) == ("role.grant", boss, "remplacement")
    assert entry.data == {"role": "officer", "from": today.isoformat(), "to": today.isoformat()}


def test_grant_of_a_role_announced_for_later_gives_no_right_today() -> None:
    user = make_user(role=None)
    roles.grant(user=user, role=Role.OFFICER, starts_on=TODAY() + timedelta(days=1), actor=None)
    assert not user.has_role(Role.OFFICER)


def test_grant_refuses_days_that_overlap_and_an_end_before_the_start() -> None:
    user, today = make_user("officer"), TODAY()
    with pytest.raises(AlreadyHeld):
        roles.grant(user=user, role=Role.OFFICER, starts_on=today, actor=None)
    with pytest.raises(DomainError) as refusal:
        roles.grant(user=user, role=Role.TRAINER, starts_on=today, ends_on=today - timedelta(days=1), actor=None)
    assert refusal.value.field == "ends_on"
    assert verbs_of(user) == []


def test_revoke_takes_the_right_at_once_and_keeps_the_days_that_were() -> None:
    user, boss = make_user("officer"), make_user("manager")
    roles.revoke(user=user, role=Role.OFFICER, actor=boss, reason="départ", today=TODAY())
    assert not user.has_role(Role.OFFICER)
    kept = RoleGrant.objects.get(user=user)
    assert kept.ends_on == TODAY() - timedelta(days=1)
    assert verbs_of(user) == ["role.revoke"]


def test_revoke_of_a_role_given_today_leaves_no_day() -> None:
    user = make_user(role=None)
    grant(user, "trainer", starts_on=TODAY())
    roles.revoke(user=user, role=Role.TRAINER, actor=None, reason="erreur", today=TODAY())
    assert not user.has_role(Role.TRAINER)
    assert not RoleGrant.objects.filter(user=user).exists()


def test_revoke_twice_says_that_the_role_has_ended() -> None:
    user = make_user("officer")
    roles.revoke(user=user, role=Role.OFFICER, actor=None, reason="départ", today=TODAY())
    with pytest.raises(NotHeld):
        roles.revoke(user=user, role=Role.OFFICER, actor=None, reason="départ", today=TODAY())
    assert verbs_of(user) == ["role.revoke"]


def test_revoke_needs_a_reason() -> None:
    user = make_user("officer")
    with pytest.raises(ReasonRequired):
        roles.revoke(user=user, role=Role.OFFICER, actor=None, reason="  ", today=TODAY())
    assert user.has_role(Role.OFFICER)


def test_the_last_manager_keeps_the_role_and_the_account() -> None:
    boss = make_user("manager")
    with pytest.raises(LastManager):
        roles.revoke(user=boss, role=Role.MANAGER, actor=boss, reason="départ", today=TODAY())
    with pytest.raises(LastManager):
        people.deactivate(user=boss, actor=boss, reason="départ", today=TODAY())
    boss.refresh_from_db()
    assert boss.is_active
    assert boss.is_manager


@pytest.mark.parametrize("case", ["ends", "closed"])
def test_a_manager_for_a_time_or_with_a_closed_account_does_not_count_as_another(case: str) -> None:
    boss = make_user("manager")
    other = make_user(role=None, is_active=case != "closed")
    grant(other, "manager", ends_on=TODAY() + timedelta(days=9) if case == "ends" else None)
    with pytest.raises(LastManager):
        roles.revoke(user=boss, role=Role.MANAGER, actor=boss, reason="départ", today=TODAY())


def test_one_of_two_managers_may_go() -> None:
    boss, other = make_user("manager"), make_user("manager")
    roles.revoke(user=boss, role=Role.MANAGER, actor=other, reason="départ", today=TODAY())
    assert not boss.is_manager
    with pytest.raises(LastManager):
        people.deactivate(user=other, actor=other, reason="départ", today=TODAY())


def without_the_lock(*, without: User, today: object) -> None:
    """The same question as `roles.keep_a_manager`, asked without holding anybody back."""
    others = RoleGrant.objects.in_force(on=today).filter(role=Role.MANAGER, user__is_active=True).exclude(user=without)
    if not others.exists():
        raise LastManager


def end(user: User) -> None:
    roles.revoke(user=user, role=Role.MANAGER, actor=None, reason="départ", today=TODAY())


def close(user: User) -> None:
    people.deactivate(user=user, actor=None, reason="départ", today=TODAY())


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_managers_who_end_each_other_leave_one() -> None:
    for _round in range(5):
        pair = [make_user("manager"), make_user("manager")]
        results = race(partial(end, pair[0]), partial(close, pair[1]))
        left = RoleGrant.objects.in_force(on=TODAY()).filter(role=Role.MANAGER, user__is_active=True)
        assert [type(error) for error in errors_in(results)] == [LastManager]
        assert left.count() == 1
        User.objects.filter(pk__in=[user.pk for user in pair]).update(is_active=False)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_lock_two_managers_can_leave_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roles, "keep_a_manager", without_the_lock)
    for _round in range(40):
        pair = [make_user("manager"), make_user("manager")]
        race(partial(end, pair[0]), partial(end, pair[1]))
        left = RoleGrant.objects.in_force(on=TODAY()).filter(role=Role.MANAGER, user__in=pair)
        if not left.exists():
            return
        User.objects.filter(pk__in=[user.pk for user in pair]).update(is_active=False)
    pytest.fail("the guard's absence was never noticed: the race proves nothing")


def test_a_changed_right_meets_the_next_request(client_for: Callable[..., StrictClient]) -> None:
    make_user("manager")
    boss = make_user("manager")
    browser = client_for(boss)
    assert browser.get(reverse("accounts:user-list")).status_code == 200
    roles.revoke(user=boss, role=Role.MANAGER, actor=None, reason="départ", today=TODAY())
    answer = browser.get(reverse("accounts:user-list"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_deactivate_and_reactivate_end_sessions_and_say_so_in_the_history(
    client_for: Callable[..., StrictClient],
) -> None:
    boss, user = make_user("manager"), make_user("officer")
    browser = client_for(user)
    people.deactivate(user=user, actor=boss, reason="départ", today=TODAY())
    assert browser.get(reverse("home")).status_code == 302
    with pytest.raises(AlreadyInactive):
        people.deactivate(user=user, actor=boss, reason="départ", today=TODAY())
    people.reactivate(user=user, actor=boss, reason="retour")
    with pytest.raises(AlreadyActive):
        people.reactivate(user=user, actor=boss, reason="retour")
    user.refresh_from_db()
    assert user.is_active
    assert user.roles == {"officer"}
    assert verbs_of(user) == ["account.reactivate", "account.deactivate"]
    for verb in (people.reactivate, people.deactivate):
        with pytest.raises(ReasonRequired):
            verb(user=user, actor=boss, reason="", **({"today": TODAY()} if verb is people.deactivate else {}))


def test_an_account_comes_with_its_roles_in_one_query(django_assert_num_queries: Any) -> None:
    user = make_user("officer")
    with django_assert_num_queries(1):
        found = AccountBackend().get_user(user.pk)
        assert found is not None and found.is_agency_staff
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert AccountBackend().get_user(user.pk) is None
    assert AccountBackend().get_user(0) is None
