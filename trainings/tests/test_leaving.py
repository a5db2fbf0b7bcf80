"""A trainer leaves: the coming sessions pass to another, what was given stays."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.domain import leaving
from accounts.errors import CannotPass
from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from directory.models import Person
from directory.tests.factories import make_person
from trainings.enums import HalfDayState
from trainings.models import HalfDay, Session
from trainings.tests.factories import make_session

pytestmark = pytest.mark.django_db


def trainer() -> tuple[User, Person]:
    user = make_user("trainer")
    return user, make_person(user=user)


def leave(user: User, successor: User) -> None:
    leaving.leave(user=user, successor=successor, actor=make_user("manager"), reason="départ", now=timezone.now())


def given_by(session: Session) -> list[Person]:
    return [row.person for row in session.trainers.select_related("person")]


def test_coming_sessions_pass_with_their_half_days_and_held_ones_stay() -> None:
    user, person = trainer()
    heir, other = trainer()
    coming, held = make_session("open", trainers=[person]), make_session("held", trainers=[person])
    half_day = HalfDay.objects.filter(part__session=coming).first()
    assert half_day is not None
    half_day.trainers.add(person)
    names = [thing.name for group in leaving.open_of(user, now=timezone.now()) for thing in group.things]
    assert coming.title in names
    assert held.title not in names
    leave(user, heir)
    assert given_by(coming) == [other]
    assert list(half_day.trainers.all()) == [other]
    assert given_by(held) == [person]
    entry = journal.history_of(coming).first()
    assert entry is not None
    assert (entry.verb, entry.data) == ("session.replace_trainer", {"from": person.pk, "person": other.pk})
    assert set(Session.objects.visible_to(heir)) == {coming}


def test_who_gave_a_closed_half_day_keeps_the_name() -> None:
    user, person = trainer()
    heir, other = trainer()
    session = make_session("closed", days=2, trainers=[person, other])
    first, *rest = HalfDay.objects.filter(part__session=session)
    for half_day in (first, *rest):
        half_day.trainers.add(person)
    HalfDay.objects.filter(pk=first.pk).update(state=HalfDayState.CLOSED, closed_at=timezone.now())
    leave(user, heir)
    assert set(given_by(session)) == {person, other}
    assert list(first.trainers.all()) == [person]
    assert all(list(half_day.trainers.all()) == [other] for half_day in rest)


def test_a_successor_without_a_file_is_found_by_the_address_or_refused() -> None:
    user, person = trainer()
    session = make_session("open", trainers=[person])
    heir = make_user("officer")
    with pytest.raises(CannotPass):
        leave(user, heir)
    assert given_by(session) == [person]
    user.refresh_from_db()
    assert user.is_active
    file = make_person(email=heir.email)
    leave(user, heir)
    file.refresh_from_db()
    assert file.user == heir
    assert given_by(session) == [file]


def test_proposals_pass_and_decided_ones_keep_their_name() -> None:
    user, _person = trainer()
    heir, _other = trainer()
    waits = make_session("proposed", proposed_by=user)
    decided = make_session("open", proposed_by=user)
    leave(user, heir)
    waits.refresh_from_db()
    decided.refresh_from_db()
    assert (waits.proposed_by, decided.proposed_by) == (heir, user)
    entry = journal.history_of(waits).get()
    assert (entry.verb, entry.data) == ("session.take_proposal", {"from": user.pk})
