"""Moving somebody on the waiting list: a written reason, an order that holds, and a race with whoever else moves it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.models import Message
from core.testing.client import StrictClient
from core.testing.races import errors_in, race
from notifications import links
from trainings.domain import personal_links, promotion, queue, seats, turns
from trainings.models import Registration, SessionPart
from trainings.tests.factories import make_category, make_part, make_registration, make_session
from trainings.tests.test_registrations_races import without_lock

ClientFor = Callable[..., StrictClient]


def make_queue(count: int = 4, state: str = "open") -> list[Registration]:
    """So many who wait for a place of a part that has none left, first to last."""
    part = make_session(state, capacity=1).parts.get()
    make_registration(part, "confirmed")
    return [make_registration(part, "waiting") for _ in range(count)]


def order(part: SessionPart) -> list[int]:
    return list(part.registrations.waiting().values_list("pk", flat=True))


def places(rows: list[Registration]) -> list[int]:
    """The place of each in the list of today, counted from 1."""
    found = order(rows[0].part)
    return [found.index(row.pk) + 1 for row in rows]


@pytest.mark.django_db
def test_whoever_is_moved_takes_the_place_and_those_between_move_by_one() -> None:
    rows, staff = make_queue(), make_user("officer")
    ranks = sorted(row.rank for row in rows)
    moved = queue.move(registration=rows[3], position=2, actor=staff, reason="Priorité du ministère")
    assert places(rows) == [1, 3, 4, 2]
    assert turns.turn_of(moved) == turns.Turn(position=2, of=4)
    assert sorted(Registration.objects.get(pk=row.pk).rank for row in rows) == ranks
    entry = journal.history_of(rows[3]).get(verb="registration.move")
    assert (entry.actor, entry.reason.text, entry.data) == (staff, "Priorité du ministère", {"from": 4, "to": 2})
    queue.move(registration=rows[0], position=4, actor=staff, reason="Demande de l’intéressée")
    assert places(rows) == [4, 2, 3, 1]
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_next_free_place_follows_the_new_order_within_the_category() -> None:
    interface, ministry = make_category("interface"), make_category("ministry")
    session = make_session("open")
    part = make_part(session, position=2, capacity=2, categories={"interface": 1, "ministry": 1})
    for category in (interface, ministry):
        make_registration(part, "confirmed", category=category)
    first, second = (make_registration(part, "waiting", category=interface) for _ in range(2))
    other = make_registration(part, "waiting", category=ministry)
    staff = make_user("officer")
    queue.move(registration=other, position=1, actor=staff, reason="Motif")
    queue.move(registration=second, position=2, actor=staff, reason="Motif")
    leaving = part.registrations.confirmed().get(category=interface)
    seats.release(part=part, category=interface)
    Registration.objects.filter(pk=leaving.pk).update(state="cancelled")
    assert promotion.fill(part=part, actor=None, now=timezone.now()) == [second]
    first.refresh_from_db()
    assert first.state == "waiting"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("position", "reason", "refusal"),
    [(1, " ", ReasonRequired), (0, "Motif", DomainError), (5, "Motif", DomainError), (4, "Motif", DomainError)],
)
def test_move_is_refused_without_reason_or_with_a_place_that_is_none(
    position: int, reason: str, refusal: type[DomainError]
) -> None:
    rows = make_queue()
    with pytest.raises(refusal):
        queue.move(registration=rows[3], position=position, actor=make_user("officer"), reason=reason)
    assert places(rows) == [1, 2, 3, 4]
    assert not journal.history_of(rows[3]).exists()


@pytest.mark.django_db
def test_second_call_says_that_it_is_the_place_already() -> None:
    rows, staff = make_queue(), make_user("officer")
    queue.move(registration=rows[3], position=1, actor=staff, reason="Motif")
    with pytest.raises(DomainError) as error:
        queue.move(registration=rows[3], position=1, actor=staff, reason="Motif")
    assert (error.value.code, error.value.field) == ("same_place", "position")
    assert journal.history_of(rows[3]).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["confirmed", "offered", "cancelled", "review"])
def test_only_who_waits_is_moved(state: str) -> None:
    part = make_session("open").parts.get()
    with pytest.raises(IllegalMove):
        queue.move(registration=make_registration(part, state), position=1, actor=make_user("officer"), reason="Motif")


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["cancelled", "held"])
def test_nobody_is_moved_once_the_session_is_over(state: str) -> None:
    rows = make_queue(state=state)
    with pytest.raises(IllegalMove):
        queue.move(registration=rows[1], position=1, actor=make_user("officer"), reason="Motif")


def own_page(registration: Registration) -> str:
    return links.make_direct(personal_links.ACT, registration)


@pytest.mark.django_db
@pytest.mark.feature(28)
def test_staff_move_somebody_who_then_reads_the_new_turn(client: StrictClient, client_for: ClientFor) -> None:
    rows, staff = make_queue(), make_user("officer", full_name="Chargée de programme")
    page = own_page(rows[3])
    assert "4 sur 4" in client.get(page, follow=True).content.decode()
    browser = client_for(staff)
    tab = reverse("trainings:registration-list", args=[rows[0].part.session.slug])
    form = reverse("trainings:registration-move", args=[rows[3].pk])
    detail = reverse("trainings:registration-detail", args=[rows[3].pk])
    assert form in browser.get(tab).content.decode()
    assert form in browser.get(detail).content.decode()
    assert "4 sur 4" in browser.get(form).content.decode()
    answer = browser.post(form, {"position": "1", "reason": ""})
    assert list(answer.context["form"].errors) == ["reason"]
    answer = browser.post(form, {"position": "9", "reason": "Jury"})
    assert list(answer.context["form"].errors) == ["position"] and "Jury" in answer.content.decode()
    browser.post(form, {"position": "1", "reason": "Intervient le premier jour"})
    assert places(rows) == [2, 3, 4, 1]
    shown = browser.get(detail).content.decode()
    assert "de la place 4 à la place 1" in shown and "Intervient le premier jour" in shown
    own = client.get(page, follow=True).content.decode()
    assert "1 sur 4" in own and "Seule l’agence" in own and "Intervient" not in own
    assert browser.get(form).context["turn"].position == 1


@pytest.mark.django_db
def test_move_is_not_offered_for_who_does_not_wait(client_for: ClientFor) -> None:
    registration = make_registration(state="confirmed")
    browser = client_for(make_user("officer"))
    form = reverse("trainings:registration-move", args=[registration.pk])
    assert form not in browser.get(reverse("trainings:registration-detail", args=[registration.pk])).content.decode()
    answer = browser.post(form, {"position": "1", "reason": "Motif"})
    assert answer.context["form"].non_field_errors()


# Races: two who act on the list at the same instant act one after the other.


def two_moves(rows: list[Registration], staff: User) -> list[Exception]:
    """The last goes to the second place, and before this is saved the first to the fourth."""
    moved = threading.Event()

    def first() -> None:
        with transaction.atomic():
            queue.move(registration=rows[3], position=2, actor=staff, reason="Motif")
            moved.set()
            time.sleep(0.5)

    def second() -> None:
        moved.wait(30)
        queue.move(registration=rows[0], position=4, actor=staff, reason="Motif")

    return errors_in(race(first, second))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_moves_at_the_same_instant_are_made_one_after_the_other() -> None:
    rows = make_queue()
    assert two_moves(rows, make_user("officer")) == []
    assert order(rows[0].part) == [rows[n].pk for n in (3, 1, 2, 0)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_moves_twin_without_the_lock_mix_up_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, staff = make_queue(), make_user("officer")
    monkeypatch.setattr(seats, "lock", without_lock)
    errors = two_moves(rows, staff)
    assert errors or order(rows[0].part) != [rows[n].pk for n in (3, 1, 2, 0)]


def move_while_a_place_is_offered(monkeypatch: pytest.MonkeyPatch) -> list[Registration]:
    """The second is moved to the front between the choice of the next in rank and the offer."""
    rows, staff = make_queue(2), make_user("officer")
    part = rows[0].part
    SessionPart.objects.filter(pk=part.pk).update(capacity=2)
    chosen, choose = threading.Event(), promotion._next_in_rank

    def slowly(current: SessionPart) -> Registration | None:
        registration = choose(current)
        chosen.set()
        time.sleep(0.5)
        return registration

    def move() -> None:
        chosen.wait(30)
        queue.move(registration=rows[1], position=1, actor=staff, reason="Motif")

    monkeypatch.setattr(promotion, "_next_in_rank", slowly)
    race(partial(promotion.fill, part=part, actor=None, now=timezone.now()), move)
    return list(Registration.objects.filter(pk__in=[row.pk for row in rows]).order_by("rank"))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_move_waits_for_the_offer_that_is_being_made(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [row.state for row in move_while_a_place_is_offered(monkeypatch)] == ["offered", "waiting"]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_move_twin_without_the_lock_is_passed_over_by_the_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seats, "lock", without_lock)
    assert [row.state for row in move_while_a_place_is_offered(monkeypatch)] == ["waiting", "offered"]
