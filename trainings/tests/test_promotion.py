"""The waiting list: every path that frees a place serves it in the same order, with a deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.errors import IllegalMove, ReasonRequired
from core.models import Message
from trainings import tasks
from trainings.domain import parts, promotion, timing, withdrawal
from trainings.domain.promotion import OfferLapsed
from trainings.domain.withdrawal import Attended, HasBegun
from trainings.enums import RegistrationState
from trainings.models import Attendance, HalfDay, PartCategory, Registration, SessionPart
from trainings.tests.factories import make_category, make_part, make_registration, make_session
from trainings.tests.requests import enter, request

pytestmark = [pytest.mark.django_db, pytest.mark.feature(27)]


@pytest.fixture
def part() -> SessionPart:
    return make_session("open", capacity=2).parts.get()


def offered(part: SessionPart) -> list[Registration]:
    return list(part.registrations.filter(state=RegistrationState.OFFERED).order_by("rank"))


def by_person(one: Registration, staff: User, now: datetime) -> None:
    withdrawal.cancel(registration=one, now=now)


def by_staff(one: Registration, staff: User, now: datetime) -> None:
    withdrawal.cancel_by_staff(registration=one, actor=staff, reason="Empêchement signalé", now=now)


def by_refusal(one: Registration, staff: User, now: datetime) -> None:
    withdrawal.refuse(registration=one, actor=staff, reason="Public non visé", now=now)


def by_enlarging(one: Registration, staff: User, now: datetime) -> None:
    parts.update(part=one.part, version=None, actor=staff, now=now, capacity=one.part.capacity + 1)


def by_declining(one: Registration, staff: User, now: datetime) -> None:
    withdrawal.decline(registration=one, now=now)


def by_expiry(one: Registration, staff: User, now: datetime) -> None:
    Registration.objects.filter(pk=one.pk).update(offer_expires_at=now)
    promotion.expire(now=now)


Way = Callable[[Registration, User, datetime], None]
WAYS: list[tuple[str, Way]] = [
    ("confirmed", by_person),
    ("confirmed", by_staff),
    ("confirmed", by_refusal),
    ("confirmed", by_enlarging),
    ("offered", by_person),
    ("offered", by_staff),
    ("offered", by_declining),
    ("offered", by_expiry),
]


@pytest.mark.parametrize(("state", "way"), WAYS, ids=[f"{way.__name__}-{state}" for state, way in WAYS])
def test_every_way_that_frees_a_place_offers_it_to_the_first_in_rank(part: SessionPart, state: str, way: Way) -> None:
    one = make_registration(part, state)
    make_registration(part, "confirmed")
    first, second = make_registration(part, "waiting"), make_registration(part, "waiting")
    now = timezone.now()
    way(one, make_user("officer"), now)
    first.refresh_from_db()
    second.refresh_from_db()
    part.refresh_from_db()
    assert (first.state, second.state) == (RegistrationState.OFFERED, RegistrationState.WAITING)
    assert (first.offered_at, first.offer_expires_at) == (now, now + timedelta(hours=48))
    assert part.taken == part.registrations.holding().count() == part.capacity
    message = Message.objects.about(first).get()
    assert message.kind == "trainings.offer"
    assert journal.history_of(first).get(verb="registration.offered").data == {"from": "waiting", "to": "offered"}


def test_several_places_that_become_free_at_once_are_offered_in_rank(part: SessionPart) -> None:
    for _ in range(2):
        make_registration(part, "confirmed")
    waiting = [make_registration(part, "waiting") for _ in range(5)]
    parts.update(part=part, version=None, actor=make_user(), now=timezone.now(), capacity=5)
    assert offered(part) == waiting[:3]


def test_filling_again_offers_nothing_more(part: SessionPart) -> None:
    waiting = [make_registration(part, "waiting") for _ in range(3)]
    now = timezone.now()
    assert promotion.fill(part=part, actor=None, now=now) == waiting[:2]
    assert promotion.fill(part=part, actor=None, now=now) == []
    assert Message.objects.filter(kind="trainings.offer").count() == 2


@pytest.mark.feature(24)
def test_who_belongs_to_a_full_category_is_passed_over_and_keeps_the_rank() -> None:
    session = make_session("open")
    part = make_part(session, position=2, capacity=3, categories={"interface": 1, "ministry": 2}, half_days=False)
    interface, ministry = make_category("interface"), make_category("ministry")
    holder = make_registration(part, "confirmed", category=interface)
    blocked = make_registration(part, "waiting", category=interface)
    fitting = make_registration(part, "waiting", category=ministry)
    now = timezone.now()
    promotion.fill(part=part, actor=None, now=now)
    assert offered(part) == [fitting]
    withdrawal.cancel(registration=holder, now=now)
    assert offered(part) == [blocked, fitting]
    taken = dict(PartCategory.objects.filter(part=part).values_list("category__code", "taken"))
    assert taken == {"interface": 1, "ministry": 1}


def test_offer_falls_from_one_to_the_next_until_the_list_is_at_its_end(part: SessionPart) -> None:
    make_registration(part, "confirmed")
    first, second = make_registration(part, "waiting"), make_registration(part, "waiting")
    start = timezone.now()
    promotion.fill(part=part, actor=None, now=start)
    assert promotion.expire(now=start + timedelta(hours=47)) == 0
    assert promotion.expire(now=start + timedelta(hours=48)) == 1
    assert offered(part) == [second]
    assert promotion.expire(now=start + timedelta(hours=96)) == 1
    part.refresh_from_db()
    assert (offered(part), part.taken) == ([], 1)
    kinds = list(Message.objects.about(first).order_by("id").values_list("kind", "state"))
    assert kinds == [("trainings.offer", "cancelled"), ("trainings.offer_lapsed", "queued")]
    assert journal.history_of(first).filter(verb="registration.lapsed").count() == 1


def test_deadline_of_an_offer_is_never_after_the_beginning() -> None:
    part = make_session("open", capacity=1, starts_on=timezone.localdate() + timedelta(days=1)).parts.get()
    one = make_registration(part, "waiting")
    promotion.fill(part=part, actor=None, now=timezone.now())
    one.refresh_from_db()
    assert one.offer_expires_at == timing.start_of(part)


@pytest.mark.parametrize("state", ["draft", "proposed", "held", "cancelled"])
def test_nobody_is_offered_a_place_in_a_session_that_does_not_run(state: str) -> None:
    part = make_session(state, capacity=1).parts.get()
    make_registration(part, "waiting")
    assert promotion.fill(part=part, actor=None, now=timezone.now()) == []


@pytest.mark.parametrize("state", ["published", "open", "closed"])
def test_nobody_is_offered_a_place_once_the_part_has_begun(state: str) -> None:
    part = make_session(state, capacity=1).parts.get()
    waiting = make_registration(part, "waiting")
    starts = timing.start_of(part)
    assert promotion.fill(part=part, actor=None, now=starts) == []
    assert promotion.fill(part=part, actor=None, now=starts - timedelta(minutes=1)) == [waiting]


def test_nobody_overtakes_those_who_wait(part: SessionPart) -> None:
    """A place that is free while somebody waits (more places, say) goes to the list, not to who comes next."""
    make_registration(part, "confirmed")
    waiting = make_registration(part, "waiting")
    newcomer = enter(part)
    waiting.refresh_from_db()
    assert (waiting.state, newcomer.state) == (RegistrationState.OFFERED, RegistrationState.WAITING)


def test_accepting_the_offer_makes_the_place_theirs_once(part: SessionPart) -> None:
    one = make_registration(part, "offered")
    now = timezone.now()
    promotion.accept_offer(registration=one, now=now)
    assert promotion.accept_offer(registration=one, now=now).state == RegistrationState.CONFIRMED
    part.refresh_from_db()
    assert part.taken == 1
    assert Message.objects.about(one).get().kind == "trainings.confirmed"
    assert journal.history_of(one).filter(verb="registration.confirmed").count() == 1


def test_offer_is_not_accepted_after_its_deadline_even_before_the_sweep(part: SessionPart) -> None:
    one = make_registration(part, "offered")
    with pytest.raises(OfferLapsed):
        promotion.accept_offer(registration=one, now=one.offer_expires_at)
    one.refresh_from_db()
    assert one.state == RegistrationState.OFFERED


def test_who_has_no_offer_cannot_accept_one(part: SessionPart) -> None:
    with pytest.raises(IllegalMove):
        promotion.accept_offer(registration=make_registration(part, "waiting"), now=timezone.now())


def test_person_cancels_once_and_is_told_once(part: SessionPart) -> None:
    one = make_registration(part, "confirmed")
    now = timezone.now()
    withdrawal.cancel(registration=one, now=now)
    assert withdrawal.cancel(registration=one, now=now).state == RegistrationState.CANCELLED
    part.refresh_from_db()
    assert part.taken == 0
    assert [m.kind for m in Message.objects.about(one)] == ["trainings.cancelled_by_person"]
    assert journal.history_of(one).get(verb="registration.cancelled").actor is None


def test_unconfirmed_request_is_withdrawn_without_a_message(part: SessionPart) -> None:
    one = request(part)
    withdrawal.cancel(registration=one, now=timezone.now())
    assert [(m.kind, m.state) for m in Message.objects.about(one)] == [("trainings.confirm_address", "cancelled")]


def test_person_cannot_cancel_once_the_part_has_begun(part: SessionPart) -> None:
    one = make_registration(part, "confirmed")
    with pytest.raises(HasBegun):
        withdrawal.cancel(registration=one, now=timing.start_of(part))


def test_staff_cancel_with_a_reason_only(part: SessionPart) -> None:
    one, staff = make_registration(part, "confirmed"), make_user("officer")
    with pytest.raises(ReasonRequired):
        withdrawal.cancel_by_staff(registration=one, actor=staff, reason="", now=timezone.now())
    withdrawal.cancel_by_staff(registration=one, actor=staff, reason="Doublon", now=timezone.now())
    entry = journal.history_of(one).get(verb="registration.cancelled")
    assert (entry.actor, entry.reason.text) == (staff, "Doublon")
    assert [m.kind for m in Message.objects.about(one)] == ["trainings.cancelled_by_staff"]
    with pytest.raises(IllegalMove):
        withdrawal.cancel_by_staff(registration=one, actor=staff, reason="Encore", now=timezone.now())


def test_registration_of_somebody_who_was_present_is_not_ended(part: SessionPart) -> None:
    one, staff = make_registration(part, "confirmed"), make_user("officer")
    half_day = HalfDay.objects.filter(part=part).earliest("id")
    Attendance.objects.create(half_day=half_day, registration=one, mark="present", marked_at=timezone.now())
    for verb in (withdrawal.cancel_by_staff, withdrawal.refuse):
        with pytest.raises(Attended):
            verb(registration=one, actor=staff, reason="Doublon", now=timezone.now())


def test_waiting_message_is_taken_back_when_its_registration_ends(part: SessionPart) -> None:
    one = enter(part)
    withdrawal.cancel(registration=one, now=timezone.now())
    states = dict(Message.objects.about(one).values_list("kind", "state"))
    assert states["trainings.confirmed"] == "cancelled"
    assert states["trainings.cancelled_by_person"] == "queued"


def test_task_lapses_requests_and_offers_and_changes_nothing_the_second_time(part: SessionPart) -> None:
    make_registration(part, "confirmed")
    late = make_registration(part, "unconfirmed", lapses_at=timezone.now() - timedelta(minutes=1))
    gone = make_registration(part, "offered", offer_expires_at=timezone.now() - timedelta(minutes=1))
    waiting = make_registration(part, "waiting")
    for _ in range(2):
        tasks.lapse_registrations()
        states = [Registration.objects.get(pk=one.pk).state for one in (late, gone, waiting)]
        assert states == ["lapsed", "lapsed", "offered"]
        assert Message.objects.count() == 2
