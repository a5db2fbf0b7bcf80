"""Half-days: proposed from the working hours, inside their part, apart from each other; trainers and questions."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from core import journal
from core.errors import DomainError, IllegalMove
from core.models import Message
from directory.enums import Half, HolidayKind, HolidayStatus, RegimeKind
from directory.models import Holiday, Regime, Sitting
from directory.tests.factories import make_person
from trainings.domain import half_days, questions, trainers
from trainings.enums import HalfDayState, Mark, QuestionKind
from trainings.models import Attendance, HalfDay, Session, SessionPart
from trainings.tests.factories import make_half_day, make_part, make_question, make_registration, make_session

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 5, 8)


@pytest.fixture
def working_hours() -> None:
    """Two sittings from Monday to Friday, and a holiday on Monday the 11th."""
    regime = Regime.objects.create(name_fr="Double séance", kind=RegimeKind.DOUBLE, starts_on=date(2026, 1, 1))
    for half, start, end in ((Half.MORNING, time(8, 30), time(12, 30)), (Half.AFTERNOON, time(13, 30), time(17, 30))):
        Sitting.objects.create(regime=regime, weekday_from=0, weekday_to=4, half=half, starts_at=start, ends_at=end)
    Holiday.objects.create(
        name_fr="Fête", on=FRIDAY + timedelta(days=3), kind=HolidayKind.FIXED, status=HolidayStatus.CONFIRMED
    )


def part_of(first: date, days: int, **fields: object) -> SessionPart:
    return make_session("draft", starts_on=first, days=days, half_days=False, **fields).parts.get()


def add(part: SessionPart, **fields: object) -> HalfDay:
    values = {"on_day": part.starts_on, "half": Half.MORNING, "starts_at": time(9), "ends_at": time(12), **fields}
    return half_days.add(part=part, actor=None, now=timezone.now(), **values)


def test_propose_fills_the_working_days_and_says_what_it_passed_over(working_hours: None) -> None:
    part = part_of(FRIDAY, 5)
    proposal = half_days.propose(part=part, actor=None, now=timezone.now())
    assert [row.on_day.day for row in proposal.added] == [8, 8, 12, 12]
    assert [day.day for day, _why in proposal.skipped] == [9, 10, 11]
    assert proposal.skipped[2][1] == "Fête"
    assert list(part.half_days.values_list("starts_at", flat=True))[:2] == [time(8, 30), time(13, 30)]
    again = half_days.propose(part=part, actor=None, now=timezone.now())
    assert again.added == []
    assert part.half_days.count() == 4
    verbs = list(journal.history_of(part.session).values_list("verb", flat=True))
    assert verbs.count("session.propose_half_days") == 1


def test_propose_leaves_the_days_that_have_a_half_day(working_hours: None) -> None:
    part = part_of(FRIDAY + timedelta(days=4), 2)
    make_half_day(part, half=Half.AFTERNOON)
    proposal = half_days.propose(part=part, actor=None, now=timezone.now())
    assert {row.on_day for row in proposal.added} == {part.ends_on}


@pytest.mark.parametrize(
    ("fields", "field", "code"),
    [
        ({"on_day": FRIDAY + timedelta(days=1)}, "on_day", "outside_part"),
        ({"on_day": FRIDAY - timedelta(days=1)}, "on_day", "outside_part"),
        ({"ends_at": time(9)}, "ends_at", "ends_before_start"),
        ({"half": Half.AFTERNOON, "starts_at": time(11), "ends_at": time(15)}, "starts_at", "overlap"),
        ({"starts_at": time(7), "ends_at": time(8)}, "half", "twice"),
        ({"half": Half.AFTERNOON, "starts_at": time(14), "ends_at": time(17), "room": "x" * 101}, "room", "invalid"),
    ],
)
def test_add_refuses_what_does_not_fit(fields: dict[str, object], field: str, code: str) -> None:
    part = part_of(FRIDAY, 1)
    add(part)
    with pytest.raises(DomainError) as caught:
        add(part, **fields)
    assert (caught.value.field, caught.value.code) == (field, code)
    assert part.half_days.count() == 1


def test_half_days_that_touch_do_not_overlap() -> None:
    part = part_of(FRIDAY, 1)
    add(part)
    add(part, half=Half.AFTERNOON, starts_at=time(12), ends_at=time(15))
    assert part.half_days.count() == 2


def test_update_tells_of_hours_and_room_but_not_of_the_module() -> None:
    session = make_session()
    part = session.parts.get()
    make_registration(part)
    half_day = part.half_days.first()
    now = timezone.now()
    half_days.update(half_day=half_day, version=1, actor=None, now=now, module_fr="Diagnostic")
    assert not Message.objects.exists()
    half_days.update(half_day=half_day, version=2, actor=None, now=now, starts_at=time(8), room="Salle 2")
    assert Message.objects.get().params["what"] == "hours place"
    half_days.update(half_day=half_day, version=3, actor=None, now=now, starts_at=time(8), room="Salle 2")
    assert Message.objects.count() == 1


def test_a_change_of_one_part_is_told_to_its_people_only() -> None:
    session = make_session(parts=2)
    first, second = session.parts.order_by("position")
    make_registration(first, email="a@example.tn")
    make_registration(second, email="b@example.tn")
    half_day = second.half_days.first()
    half_days.update(half_day=half_day, version=None, actor=None, now=timezone.now(), room="Autre salle")
    assert Message.objects.get().to_email == "b@example.tn"


def test_a_closed_half_day_stays() -> None:
    half_day = make_session().parts.get().half_days.first()
    HalfDay.objects.filter(pk=half_day.pk).update(state=HalfDayState.CLOSED, closed_at=timezone.now())
    half_day.refresh_from_db()
    for act in (
        lambda: half_days.update(half_day=half_day, version=None, actor=None, now=timezone.now(), room="X"),
        lambda: half_days.remove(half_day=half_day, actor=None, now=timezone.now()),
    ):
        with pytest.raises(DomainError) as caught:
            act()
        assert caught.value.code == "half_day_closed"


def test_remove_refuses_where_somebody_was_marked_and_the_last_one_of_a_published_part() -> None:
    part = make_session().parts.get()
    first, second = part.half_days.all()
    registration = make_registration(part)
    Attendance.objects.create(
        half_day=first, registration=registration, mark=Mark.PRESENT, marked_at=timezone.now(), marked_by=None
    )
    with pytest.raises(DomainError) as caught:
        half_days.remove(half_day=first, actor=None, now=timezone.now())
    assert caught.value.code == "has_attendance"
    half_days.remove(half_day=second, actor=None, now=timezone.now())
    Attendance.objects.all().delete()
    with pytest.raises(DomainError) as last:
        half_days.remove(half_day=first, actor=None, now=timezone.now())
    assert last.value.code == "last_half_day"


def test_half_days_of_a_cancelled_session_stay() -> None:
    part = make_session("cancelled").parts.get()
    with pytest.raises(IllegalMove):
        add(part)


def test_trainers_of_a_half_day_are_those_of_the_session() -> None:
    session = make_session("draft")
    person = make_person()
    half_day = session.parts.get().half_days.first()
    with pytest.raises(DomainError) as caught:
        half_days.update(half_day=half_day, version=None, trainers=[person], actor=None, now=timezone.now())
    assert caught.value.field == "trainers"
    trainer = trainers.add(session=session, person=person, actor=None)
    half_days.update(half_day=half_day, version=None, trainers=[person], actor=None, now=timezone.now())
    with pytest.raises(DomainError) as twice:
        trainers.add(session=session, person=person, actor=None)
    assert twice.value.code == "already_a_trainer"
    trainers.remove(trainer=trainer, actor=None)
    assert not half_day.trainers.exists()
    verbs = list(journal.history_of(session).values_list("verb", flat=True))
    assert verbs == ["session.remove_trainer", "session.edit_half_day", "session.add_trainer"]


def test_a_trainer_who_gave_a_closed_half_day_stays() -> None:
    person = make_person()
    session = make_session(trainers=[person])
    half_day = session.parts.get().half_days.first()
    half_day.trainers.add(person)
    HalfDay.objects.filter(pk=half_day.pk).update(state=HalfDayState.CLOSED, closed_at=timezone.now())
    with pytest.raises(DomainError) as caught:
        trainers.remove(trainer=session.trainers.get(), actor=None)
    assert caught.value.code == "gave_closed"


def labels(session: Session) -> list[str]:
    return list(session.questions.values_list("label_fr", flat=True))


def test_questions_are_ten_at_most_and_change_places() -> None:
    session = make_session("draft")
    for number in range(10):
        questions.add(session=session, actor=None, label_fr=f"Q{number}")
    with pytest.raises(DomainError) as caught:
        questions.add(session=session, actor=None, label_fr="De trop")
    assert caught.value.code == "too_many_questions"
    questions.move_up(question=session.questions.get(label_fr="Q9"), actor=None)
    questions.move_up(question=session.questions.get(label_fr="Q0"), actor=None)
    questions.remove(question=session.questions.get(label_fr="Q1"), actor=None)
    assert labels(session) == ["Q0", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q9", "Q8"]
    assert list(session.questions.values_list("position", flat=True)) == list(range(1, 10))


def test_a_question_that_was_answered_keeps_its_kind_and_its_choices() -> None:
    session = make_session()
    question = make_question(session, kind=QuestionKind.CHOICE, choices="oui\nnon")
    make_registration(session.parts.get(), answers={str(question.pk): {"q": "?", "a": "oui"}})
    for fields, field in (({"kind": QuestionKind.TEXT}, "kind"), ({"choices": "oui\npeut-être"}, "choices")):
        with pytest.raises(DomainError) as caught:
            questions.update(question=question, actor=None, **fields)
        assert caught.value.field == field
    with pytest.raises(DomainError):
        questions.remove(question=question, actor=None)
    changed = questions.update(question=question, actor=None, choices="oui\nnon\nautre", label_fr="Venez-vous ?")
    assert changed.choice_list == ["oui", "non", "autre"]


@pytest.mark.parametrize("choices", ["", "seul", "a\na"])
def test_a_choice_needs_two_different_lines(choices: str) -> None:
    session = make_session("draft")
    with pytest.raises(DomainError) as caught:
        questions.add(session=session, actor=None, label_fr="?", kind=QuestionKind.CHOICE, choices=choices)
    assert caught.value.field == "choices"


def test_a_part_of_its_own_may_overlap_another_part() -> None:
    session = make_session("draft")
    other = make_part(session, position=2)
    assert other.half_days.count() == session.parts.get(position=1).half_days.count() == 2
