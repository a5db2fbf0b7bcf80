"""Somebody leaves: what is open in the name, handed over in one act."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.domain import invitations, leaving
from accounts.domain.leaving import HandOver, Kind, OpenThing
from accounts.errors import AlreadyInactive, CannotPass, LastManager, SuccessorClosed
from accounts.models import Invitation, RoleGrant, User
from accounts.tests.factories import grant, make_user
from core import journal, saving
from core.enums import JobState
from core.errors import ReasonRequired
from core.jobs import JobKind, start
from core.jobs import register as register_job
from core.models import Job
from core.testing.client import StrictClient
from core.testing.races import errors_in, race

pytestmark = pytest.mark.django_db


def invite(by: User, email: str = "invitee@example.tn") -> Invitation:
    return invitations.invite(
        email=email, full_name="Invitée", language="fr", role="officer", actor=by, now=timezone.now(), by_mail=False
    )


def leave(user: User, successor: User, reason: str = "départ à la retraite") -> User:
    return leaving.leave(user=user, successor=successor, actor=successor, reason=reason, now=timezone.now())


def codes_of(user: User) -> set[str]:
    return {group.kind.code for group in leaving.open_of(user, now=timezone.now())}


@pytest.fixture
def refusing() -> object:
    """A kind on the right that cannot pass."""

    def refuse(act: HandOver) -> None:
        raise CannotPass("Impossible.")

    leaving.register(Kind("zz.refuses", "Rien", lambda user, now: [OpenThing("une chose")], refuse))
    yield
    leaving._kinds.pop("zz.refuses")


def test_all_that_is_open_passes_and_the_account_is_closed(client_for: Callable[..., StrictClient]) -> None:
    register_job(JobKind(code="test.leaving", label="Essai", run=lambda run: None))
    boss, leaver = make_user("manager"), make_user("manager", full_name="Ancienne responsable")
    grant(leaver, "officer")
    invited = invite(leaver)
    job = start(kind="test.leaving", params={"n": 1}, author=leaver, now=timezone.now())
    browser = client_for(leaver)
    assert browser.get(reverse("home")).status_code == 200
    assert codes_of(leaver) == {"invitations", "jobs", "roles", "sessions"}
    leave(leaver, boss)
    leaver.refresh_from_db()
    invited.refresh_from_db()
    job.refresh_from_db()
    assert not leaver.is_active
    assert browser.get(reverse("home")).status_code == 302
    assert invited.invited_by == boss
    assert job.state == JobState.CANCELLED
    assert not RoleGrant.objects.in_force(on=timezone.localdate()).filter(user=leaver).exists()
    assert RoleGrant.objects.filter(user=leaver, ends_on__isnull=False).count() == 2
    assert codes_of(leaver) == set()
    verbs = [entry.verb for entry in journal.history_of(leaver)]
    assert verbs == ["account.deactivate", "account.leave", "role.revoke", "role.revoke"]
    assert {entry.actor for entry in journal.history_of(leaver)} == {boss}
    assert [entry.verb for entry in journal.history_of(boss)] == ["account.take_over"]
    first = journal.history_of(invited).last()
    assert first is not None
    assert (first.verb, first.actor) == ("invitation.invite", leaver), "the history keeps the old name"


def test_a_second_act_changes_nothing() -> None:
    boss, leaver = make_user("manager"), make_user("officer")
    leave(leaver, boss)
    with pytest.raises(AlreadyInactive):
        leave(leaver, boss)
    assert [entry.verb for entry in journal.history_of(leaver)].count("account.leave") == 1


@pytest.mark.usefixtures("refusing")
def test_if_one_thing_cannot_pass_nothing_changes() -> None:
    boss, leaver = make_user("manager"), make_user("manager")
    invited = invite(leaver)
    with pytest.raises(CannotPass):
        leave(leaver, boss)
    leaver.refresh_from_db()
    invited.refresh_from_db()
    assert leaver.is_active
    assert invited.invited_by == leaver
    assert RoleGrant.objects.in_force(on=timezone.localdate()).filter(user=leaver).exists()
    assert not journal.history_of(leaver).exists()


def test_leaving_needs_a_reason_and_somebody_who_is_there() -> None:
    boss, leaver, gone = make_user("manager"), make_user("officer"), make_user("officer", is_active=False)
    with pytest.raises(ReasonRequired):
        leave(leaver, boss, reason=" ")
    for wrong in (gone, leaver):
        with pytest.raises(SuccessorClosed):
            leave(leaver, wrong)
    with pytest.raises(LastManager):
        leave(boss, leaver)


def test_the_page_says_what_is_open_and_acts_once(client_for: Callable[..., StrictClient]) -> None:
    boss, leaver = make_user("manager"), make_user("manager")
    invite(leaver, "page@example.tn")
    browser, url = client_for(boss), reverse("accounts:user-leave", args=[leaver.pk])
    page = browser.get(url)
    assert "page@example.tn" in page.content.decode()
    assert boss in page.context["form"].fields["successor"].queryset
    assert leaver not in page.context["form"].fields["successor"].queryset
    assert browser.post(url, {"successor": "", "reason": ""}).context["form"].errors.keys() == {"successor", "reason"}
    entry = {"successor": boss.pk, "reason": "mutation", "once": page.context["once_token"]}
    detail = reverse("accounts:user-detail", args=[leaver.pk])
    assert browser.post(url, entry).url == detail
    assert browser.post(url, entry).url == detail
    assert [line.verb for line in journal.history_of(leaver)].count("account.leave") == 1
    assert "déjà" in browser.get(url).content.decode()


@pytest.mark.usefixtures("refusing")
def test_what_cannot_pass_is_said_beside_the_successor(client_for: Callable[..., StrictClient]) -> None:
    boss, leaver = make_user("manager"), make_user("officer")
    url = reverse("accounts:user-leave", args=[leaver.pk])
    page = client_for(boss).post(url, {"successor": boss.pk, "reason": "mutation"})
    assert page.context["form"].errors["successor"] == ["Impossible."]
    assert Job.objects.count() == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_act() -> None:
    boss, leaver = make_user("manager"), make_user("officer")
    results = race(partial(leave, leaver, boss), partial(leave, leaver, boss))
    assert [type(error) for error in errors_in(results)] == [AlreadyInactive]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_leave_their_work_to_each_other_do_not_both_go() -> None:
    make_user("manager")
    for _round in range(3):
        pair = [make_user("officer"), make_user("officer")]
        results = race(partial(leave, *pair), partial(leave, *reversed(pair)))
        assert [type(error) for error in errors_in(results)] == [SuccessorClosed]
        assert User.objects.filter(pk__in=[user.pk for user in pair], is_active=True).count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_locks_both_can_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saving, "locked", lambda model, pk, version=None: model._default_manager.get(pk=pk))
    monkeypatch.setattr(leaving.roles, "keep_a_manager", lambda *, without, today: None)
    for _round in range(40):
        pair = [make_user("officer"), make_user("officer")]
        race(partial(leave, *pair), partial(leave, *reversed(pair)))
        if not User.objects.filter(pk__in=[user.pk for user in pair], is_active=True).exists():
            return
    pytest.fail("the locks' absence was never noticed: the race proves nothing")
