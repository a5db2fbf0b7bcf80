"""The life of a session: made with its code, published, opened, closed, held; each refusal says why."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, StaleObject
from core.models import Message
from trainings.domain import parts, sessions, trainings, withdrawal
from trainings.enums import SessionKind, SessionState
from trainings.models import Session
from trainings.tests.factories import make_category, make_part, make_registration, make_session, make_training

pytestmark = pytest.mark.django_db
TUNIS = ZoneInfo("Africa/Tunis")
DAY = date(2026, 5, 6)
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=TUNIS)


def create(**fields: object) -> Session:
    part: parts.PartFields = {
        "title_fr": "Partie",
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=1),
        "capacity": 12,
    }
    values = {"kind": SessionKind.SEMINAR, "training": make_training(), "actor": make_user(), **fields}
    return sessions.create(first_part={**part, **values.pop("first_part", {})}, now=NOW, **values)


def verbs(session: Session) -> list[str]:
    return list(journal.history_of(session).order_by("id").values_list("verb", flat=True))


def test_create_gives_the_next_code_of_the_kind_and_year() -> None:
    first, second = create(), create()
    workshop = create(kind=SessionKind.WORKSHOP)
    assert [first.code, second.code, workshop.code] == ["SEM-2026-01", "SEM-2026-02", "ATE-2026-01"]
    assert first.slug == "sem-2026-01"
    assert (first.starts_on, first.ends_on, first.state) == (DAY, DAY + timedelta(days=1), SessionState.DRAFT)


def test_create_passes_over_a_code_that_somebody_typed() -> None:
    create(code="sem-2026-01")
    assert create().code == "SEM-2026-02"


def test_create_takes_the_titles_of_the_training() -> None:
    training = make_training(title_fr="Monter un cluster", title_ar="بعث عنقود")
    session = create(training=training, first_part={"title_fr": ""})
    part = session.parts.get()
    assert (session.title_fr, session.title_ar) == ("Monter un cluster", "بعث عنقود")
    assert (part.title_fr, part.title_ar) == ("Monter un cluster", "بعث عنقود")


def test_create_writes_session_and_part_to_the_history() -> None:
    assert verbs(create()) == ["session.create", "session.add_part"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"code": "séance 3"}, "code"),
        ({"title_fr": "x" * 301}, "title_fr"),
        ({"first_part": {"ends_on": DAY - timedelta(days=1)}}, "ends_on"),
        ({"registration_closes_at": datetime(2026, 5, 9, tzinfo=TUNIS)}, "registration_closes_at"),
        ({"attendance_threshold": 120}, None),
    ],
)
def test_create_refuses_what_is_wrong_beside_its_field(fields: dict[str, object], field: str | None) -> None:
    with pytest.raises(DomainError) as caught:
        create(**fields)
    assert caught.value.field == field
    assert not Session.objects.exists()


def test_create_refuses_a_code_twice() -> None:
    create(code="SEM-2026-07")
    with pytest.raises(DomainError) as caught:
        create(code="sem-2026-07")
    assert caught.value.field == "code"


def test_update_keeps_the_address_when_the_code_changes() -> None:
    session = create()
    changed = sessions.update(session=session, version=None, actor=None, now=NOW, code="SEM-2026-09")
    assert (changed.code, changed.slug) == ("SEM-2026-09", "sem-2026-01")
    assert verbs(session)[-1] == "session.edit"


def test_update_without_a_difference_writes_nothing() -> None:
    session = create()
    before = session.version
    sessions.update(session=session, version=before, actor=None, now=NOW, title_fr=session.title_fr)
    session.refresh_from_db()
    assert session.version == before
    assert verbs(session)[-1] == "session.add_part"


def test_update_refuses_a_stale_form() -> None:
    session = create()
    sessions.update(session=session, version=session.version, actor=None, now=NOW, venue_fr="Tunis")
    with pytest.raises(StaleObject):
        sessions.update(session=session, version=session.version, actor=None, now=NOW, venue_fr="Sfax")


def test_update_of_a_cancelled_session_is_refused() -> None:
    session = make_session(state="cancelled")
    with pytest.raises(IllegalMove):
        sessions.update(session=session, version=None, actor=None, now=NOW, venue_fr="Tunis")


def test_publish_says_everything_that_is_missing() -> None:
    session = make_session(state="draft", capacity=None, half_days=False)
    with pytest.raises(DomainError) as caught:
        sessions.publish(session=session, actor=None)
    assert session.parts.get().name in str(caught.value)
    assert len(sessions.missing_for_publication(session)) == 2


def test_a_session_lives_from_draft_to_held() -> None:
    day = timezone.localdate()
    session = make_session(state="draft", starts_on=day)
    officer, now = make_user(), timezone.now()
    sessions.propose(session=session, actor=officer)
    sessions.send_back(session=session, actor=officer, reason="Salle à préciser")
    sessions.publish(session=session, actor=officer)
    sessions.open_registration(session=session, actor=officer, now=now)
    sessions.close_registration(session=session, actor=officer)
    with pytest.raises(DomainError) as caught:
        sessions.mark_held(session=session, actor=officer, now=datetime.combine(day, time(0, 5), TUNIS))
    assert caught.value.code == "too_early"
    sessions.mark_held(session=session, actor=officer, now=datetime.combine(day, time(20), TUNIS))
    assert session.state == SessionState.HELD
    assert verbs(session) == [
        f"session.{state}" for state in ("proposed", "draft", "published", "open", "closed", "held")
    ]


def test_the_second_to_decide_hears_who_was_quicker() -> None:
    session = make_session(state="draft")
    first = make_user(full_name="Chargée de programme")
    sessions.publish(session=session, actor=first)
    with pytest.raises(IllegalMove) as caught:
        sessions.publish(session=Session.objects.get(pk=session.pk), actor=make_user())
    assert "Chargée de programme" in str(caught.value)


def test_open_registration_refuses_after_the_deadline_and_after_the_end() -> None:
    now = timezone.now()
    late = make_session(state="published", registration_closes_at=now - timedelta(hours=1))
    over = make_session(state="published", starts_on=timezone.localdate() - timedelta(days=3))
    for session, code in ((late, "deadline_passed"), (over, "over")):
        with pytest.raises(DomainError) as caught:
            sessions.open_registration(session=session, actor=None, now=now)
        assert caught.value.code == code


def test_mark_held_waits_for_the_last_day() -> None:
    session = make_session(state="closed")
    with pytest.raises(DomainError) as caught:
        sessions.mark_held(session=session, actor=None, now=timezone.now())
    assert caught.value.code == "too_early"


def test_a_new_place_is_told_once_a_save_to_who_holds_a_place() -> None:
    session = make_session(parts=2)
    first, second = session.parts.order_by("position")
    make_registration(first, email="a@example.tn")
    make_registration(second, email="a@example.tn")
    make_registration(first, "offered", email="b@example.tn")
    make_registration(first, "waiting", email="c@example.tn")
    make_registration(first, email="")
    sessions.update(session=session, version=None, actor=None, now=timezone.now(), venue_fr="Technopole de Sfax")
    told = Message.objects.filter(kind="trainings.change")
    assert sorted(told.values_list("to_email", flat=True)) == ["a@example.tn", "b@example.tn"]
    session.refresh_from_db()
    assert session.calendar_sequence == 1
    assert {message.params["what"] for message in told} == {"place"}


def test_a_change_before_publication_tells_nobody() -> None:
    session = make_session(state="draft")
    make_registration(session.parts.get())
    sessions.update(session=session, version=None, actor=None, now=timezone.now(), venue_fr="Sfax", title_fr="Autre")
    assert not Message.objects.exists()
    session.refresh_from_db()
    assert session.calendar_sequence == 0


def test_training_is_made_and_changed_under_its_version() -> None:
    training = make_training(title_fr="Avant")
    trainings.update(training=training, version=1, actor=None, title_fr="Après")
    with pytest.raises(StaleObject):
        trainings.update(training=training, version=1, actor=None, title_fr="Autrement")
    made = trainings.create(programme=training.programme, title_fr="Neuve", actor=None, now=NOW)
    assert list(journal.history_of(made).values_list("verb", flat=True)) == ["training.create"]
    with pytest.raises(DomainError) as caught:
        trainings.create(programme=training.programme, title_fr="", actor=None, now=NOW)
    assert caught.value.field == "title_fr"


def test_part_dates_move_with_half_days_and_are_told() -> None:
    session = make_session()
    part = session.parts.get()
    make_registration(part)
    later = part.starts_on + timedelta(days=7)
    with pytest.raises(DomainError) as caught:
        parts.update(part=part, version=None, actor=None, now=timezone.now(), starts_on=later, ends_on=later)
    assert caught.value.field == "starts_on"
    parts.update(
        part=part, version=None, actor=None, now=timezone.now(), starts_on=later, ends_on=later, move_half_days=True
    )
    session.refresh_from_db()
    assert session.starts_on == session.ends_on == later
    assert set(part.half_days.values_list("on_day", flat=True)) == {later}
    assert Message.objects.get().params == {"what": "dates", "sequence": 1}


def test_overlapping_days_move_without_meeting() -> None:
    session = make_session(days=3)
    part = session.parts.get()
    for step in (1, -2):
        part.refresh_from_db()
        day, last = part.starts_on + timedelta(days=step), part.ends_on + timedelta(days=step)
        parts.update(
            part=part, version=None, actor=None, now=timezone.now(), starts_on=day, ends_on=last, move_half_days=True
        )
        assert part.half_days.count() == 6
        assert part.half_days.first().on_day == day


@pytest.mark.feature(24)
def test_capacity_below_the_confirmed_names_who_is_over() -> None:
    session = make_session(capacity=3)
    part = session.parts.get()
    for name in ("Première", "Deuxième", "Troisième"):
        make_registration(part, name_latin=name)
    with pytest.raises(parts.CapacityBelowTaken) as caught:
        parts.update(part=part, version=None, actor=None, now=timezone.now(), capacity=1)
    assert [row.name_latin for row in caught.value.over] == ["Troisième", "Deuxième"]
    assert "Troisième" in str(caught.value)
    part.refresh_from_db()
    assert part.capacity == 3


def test_a_published_part_has_its_number_of_places() -> None:
    session = make_session("published")
    day = session.ends_on
    for act in (
        lambda: parts.update(part=session.parts.get(), version=None, actor=None, now=NOW, capacity=None),
        lambda: parts.add(session=session, actor=None, now=NOW, title_fr="Deux", starts_on=day, ends_on=day),
    ):
        with pytest.raises(DomainError) as caught:
            act()
        assert caught.value.field == "capacity"


def test_places_by_category_are_kept_and_guarded() -> None:
    session = make_session(capacity=4)
    part = make_part(session, position=2, capacity=4, categories={"interface": 2})
    interface, ministry = make_category("interface"), make_category("ministry")
    make_registration(part, category=interface)
    now = timezone.now()
    with pytest.raises(parts.CapacityBelowTaken) as caught:
        parts.update(part=part, version=None, actor=None, now=now, categories={ministry: 2})
    assert caught.value.field == f"category_{interface.pk}"
    with pytest.raises(DomainError) as above:
        parts.update(part=part, version=None, actor=None, now=now, categories={interface: 5})
    assert above.value.field == f"category_{interface.pk}"
    parts.update(part=part, version=None, actor=None, now=now, categories={interface: 1, ministry: 3})
    assert {row.category.code: row.capacity for row in part.categories.all()} == {"interface": 1, "ministry": 3}


def test_more_places_go_to_the_waiting_list_at_once() -> None:
    session = make_session(capacity=1)
    part = session.parts.get()
    make_registration(part)
    waiting = make_registration(part, "waiting")
    parts.update(part=part, version=None, actor=None, now=timezone.now(), capacity=2)
    waiting.refresh_from_db()
    assert waiting.state == "offered"


def test_remove_part_renumbers_and_refuses_who_was_asked_for() -> None:
    session = make_session(parts=3)
    first, second, third = session.parts.order_by("position")
    parts.remove(part=first, actor=None)
    assert list(session.parts.values_list("pk", "position")) == [(second.pk, 1), (third.pk, 2)]
    session.refresh_from_db()
    assert session.starts_on == second.starts_on
    make_registration(third)
    third.refresh_from_db()
    with pytest.raises(DomainError) as caught:
        parts.remove(part=third, actor=None)
    assert caught.value.code == "has_registrations"
    second.refresh_from_db()
    parts.remove(part=second, actor=None)
    third.refresh_from_db()
    with pytest.raises(DomainError):
        parts.remove(part=third, actor=None)


def test_a_category_counted_late_counts_who_holds_a_place_already() -> None:
    category = make_category("interface")
    part = make_session("open", starts_on=timezone.localdate() + timedelta(days=9)).parts.get()
    holder = make_registration(part, category=category)
    make_registration(part, category=category)
    with pytest.raises(parts.CapacityBelowTaken):
        parts.update(part=part, version=None, categories={category: 1}, actor=None, now=timezone.now())
    parts.update(part=part, version=None, categories={category: 3}, actor=None, now=timezone.now())
    assert part.categories.get().taken == 2
    withdrawal.cancel(registration=holder, now=timezone.now())
    assert part.categories.get().taken == 1


def test_a_part_of_many_years_is_a_slip_of_the_finger() -> None:
    with pytest.raises(DomainError) as caught:
        create(first_part={"ends_on": DAY.replace(year=2062)})
    assert (caught.value.code, caught.value.field) == ("too_long", "ends_on")
