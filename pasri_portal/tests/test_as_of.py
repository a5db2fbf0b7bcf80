"""What stood on a day: snapshots by `history.as_of`, while transactions overlap, rows go, relations move."""

from __future__ import annotations

import json
import threading
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.db.models import Count, F
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import make_user
from core import history, journal, saving
from core.errors import DomainError
from directory.domain import persons
from directory.models import Holiday, Organisation, Person
from directory.tests.factories import make_organisation, make_person
from pasri_portal.tests.test_snapshots import tracked
from trainings.domain import half_days
from trainings.models import HalfDay, HalfDayTrainer, Registration, Session, SessionPart
from trainings.tests.factories import make_registration, make_session


def clock() -> datetime:
    """The database's clock: the one that snapshots bear."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def names_at(at: datetime, *people: Person) -> list[str]:
    rows = history.as_of(Person, at).filter(pgh_obj_id__in=[person.pk for person in people])
    return list(rows.order_by("pgh_obj_id").values_list("name_latin", flat=True))


# -- one object -----------------------------------------------------------------------------------------------------
@pytest.mark.feature(120)
@pytest.mark.django_db(transaction=True)
def test_an_object_is_what_it_was_at_each_instant() -> None:
    before = clock()
    person = make_person("Ali Ben Salah")
    first = clock()
    persons.update(person=person, version=None, actor=None, name_latin="Ali Ben Saleh")
    second = clock()
    number = person.pk
    person.delete()
    assert names_at(before, person) == []
    person.pk = number
    assert names_at(first, person) == ["Ali Ben Salah"]
    assert names_at(second, person) == ["Ali Ben Saleh"]
    assert names_at(clock(), person) == []


@pytest.mark.django_db
def test_of_several_changes_in_one_transaction_the_last_counts() -> None:
    person = make_person("Un")
    for name in ("Deux", "Trois"):
        Person.objects.filter(pk=person.pk).update(name_latin=name)
    moments = set(person.events.values_list("pgh_created_at", flat=True))  # type: ignore[attr-defined]
    assert len(moments) == 1
    assert names_at(moments.pop(), person) == ["Trois"]


@pytest.mark.django_db
def test_what_came_and_went_in_one_transaction_never_stood() -> None:
    person = make_person("Un")
    number = person.pk
    person.delete()
    person.pk = number
    assert names_at(clock(), person) == []


@pytest.mark.django_db
def test_an_id_is_never_given_twice() -> None:
    """A row that comes after another was deleted has an id of its own, also when somebody names the old one."""
    gone = make_person("Un").pk
    Person.objects.filter(pk=gone).delete()
    assert make_person("Deux").pk != gone
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT is_called, last_value FROM directory_person_id_seq")
        assert cursor.fetchone()[1] > gone
    ours = [model for model in tracked() if model._meta.pk and model._meta.pk.get_internal_type() != "BigAutoField"]
    assert ours == []


# -- transactions ---------------------------------------------------------------------------------------------------
class Elsewhere:
    """A transaction in another connection, step by step."""

    def __init__(self) -> None:
        self._work: Any = None
        self._asked, self._done = threading.Semaphore(0), threading.Semaphore(0)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            with transaction.atomic():
                while True:
                    self._asked.acquire()
                    if self._work is None:
                        break
                    self._work()
                    self._done.release()
        finally:
            connections.close_all()

    def do(self, work: Any) -> None:
        self._work = work
        self._asked.release()
        assert self._done.acquire(timeout=20)

    def commit(self) -> None:
        self._work = None
        self._asked.release()
        self._thread.join(20)


@pytest.mark.feature(120)
@pytest.mark.django_db(transaction=True)
def test_an_instant_is_settled_once_the_transactions_before_it_have_ended() -> None:
    person = make_person("Un")
    other = Elsewhere()
    other.do(lambda: Person.objects.filter(pk=person.pk).update(name_latin="Deux"))
    at = clock()
    time.sleep(1.1)
    assert names_at(at, person) == ["Un"], "an answer that will be another one: the instant is not settled"
    assert not history.is_settled(at)
    assert history.settled_instant() < at
    with pytest.raises(history.NotSettled):
        history.wait_until_settled(at, timeout=timedelta(seconds=0.4), pause=0.1)
    ending = threading.Timer(0.5, other.commit)
    ending.start()
    history.wait_until_settled(at, timeout=timedelta(seconds=20), pause=0.05)
    ending.join()
    assert names_at(at, person) == ["Deux"]
    assert names_at(history.settled_instant(), person) in (["Un"], ["Deux"])
    assert history.is_settled(at)


@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_has_only_read_may_still_write() -> None:
    other = Elsewhere()
    other.do(lambda: Person.objects.count())
    at = clock()
    time.sleep(1.1)
    assert not history.is_settled(at)
    other.commit()
    history.wait_until_settled(at)


@pytest.mark.django_db(transaction=True)
def test_who_waited_for_the_row_has_the_last_word() -> None:
    """The act that began first wrote last: by the instants alone, the loser's value would stand for ever."""
    person = make_person("Un")
    slow = Elsewhere()
    slow.do(lambda: Person.objects.count())
    time.sleep(0.01)
    Person.objects.filter(pk=person.pk).update(name_latin="Deux")
    slow.do(lambda: Person.objects.filter(pk=person.pk).update(name_latin="Trois"))
    slow.commit()
    newest = person.events.order_by("-pgh_created_at", "-pgh_id").first()  # type: ignore[attr-defined]
    assert newest.name_latin == "Deux", "the twin: ordered by instant"
    assert names_at(clock(), person) == [Person.objects.get(pk=person.pk).name_latin] == ["Trois"]


@pytest.mark.django_db(transaction=True)
def test_waiting_inside_a_transaction_and_for_the_future_are_refused() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
        history.wait_until_settled(timezone.now())
    with pytest.raises(ValueError, match="to come"):
        history.wait_until_settled(timezone.now() + timedelta(days=1))


@pytest.mark.django_db(transaction=True)
def test_nested_verbs_share_one_instant_and_one_context() -> None:
    body = make_organisation()
    person = persons.create(name_latin="Un", organisation=body, actor=None, now=timezone.now())
    affiliation = person.affiliations.get()
    events = [*person.events.all(), *affiliation.events.all()]  # type: ignore[attr-defined]
    assert len(events) == 2
    assert len({event.pgh_context_id for event in events}) == 1
    assert {event.pgh_context_id for event in events} == {journal.history_of(person).first().context_id}  # type: ignore[union-attr]
    at = events[0].pgh_created_at
    for rows in (history.as_of(Person, at), history.as_of(type(affiliation), at)):
        assert rows.count() == 1, "no instant falls between what one act changed"
    just_before = at - timedelta(microseconds=1)
    assert not history.as_of(Person, just_before) and not history.as_of(type(affiliation), just_before)


@pytest.mark.django_db(transaction=True)
def test_an_act_that_failed_never_stood() -> None:
    body = make_organisation("Pôle Un")

    @journal.act
    def fail() -> None:
        saving.change(saving.locked(Organisation, body.pk), name_fr="Pôle Deux")
        raise DomainError("no")

    with pytest.raises(DomainError):
        fail()
    rows = history.as_of(Organisation, clock()).filter(pgh_obj_id=body.pk)
    assert [row.name_fr for row in rows] == ["Pôle Un"]


# -- relations ------------------------------------------------------------------------------------------------------
@pytest.mark.feature(120)
@pytest.mark.django_db(transaction=True)
def test_relations_are_those_of_the_day() -> None:
    session = make_session("open", parts=2, title_fr="Ancien titre")
    first, second = session.parts.order_by("position")
    person = make_person("Ancien Nom")
    one = make_registration(first, person=person)
    make_registration(second)
    then = clock()
    Session.objects.filter(pk=session.pk).update(title_fr="Nouveau titre", state="cancelled")
    Person.objects.filter(pk=person.pk).update(name_latin="Nouveau Nom")
    Registration.objects.filter(pk=one.pk).update(part=second, rank=40)
    now = clock()

    def told(at: datetime) -> list[tuple[int, str, str]]:
        sessions = history.as_of(Session, at).filter(state="open")
        parts = history.as_of(SessionPart, at).filter(session_id__in=history.ids(sessions))
        rows = history.as_of(Registration, at).filter(part_id__in=history.ids(parts), pgh_obj_id=one.pk)
        rows = rows.annotate(
            name=history.value_of(Person, "name_latin", at=at, by="person_id"),
            part_title=history.value_of(SessionPart, "title_fr", at=at, by="part_id"),
        )
        return list(rows.values_list("part_id", "name", "part_title"))

    assert told(then) == [(first.pk, "Ancien Nom", "Partie 1")]
    assert told(now) == []
    Session.objects.filter(pk=session.pk).update(state="open")
    assert told(clock()) == [(second.pk, "Nouveau Nom", "Partie 2")]
    per_part = history.as_of(Registration, then).values("part_id").annotate(n=Count("pgh_obj_id")).order_by("part_id")
    assert [(row["part_id"], row["n"]) for row in per_part] == [(first.pk, 1), (second.pk, 1)]


@pytest.mark.django_db
def test_following_a_relation_to_today_is_refused() -> None:
    rows = history.as_of(Registration, timezone.now())
    assert list(rows.filter(part=5)) == list(rows.filter(part_id=5)) == []
    for wrong in (
        lambda: list(rows.filter(part__session=1)),
        lambda: list(rows.values("part__title_fr")),
        lambda: rows.annotate(title=F("part__title_fr")).count(),
        lambda: rows.filter(person__name_latin="x").exists(),
        lambda: rows.order_by("part__position"),
        lambda: rows.order_by("-person"),
        lambda: rows.select_related("part"),
        lambda: rows.prefetch_related("part"),
        lambda: list(Person.objects.filter(pk__in=rows.filter(part__position=1).values("person_id"))),
    ):
        with pytest.raises(history.FollowsToday):
            wrong()


@pytest.mark.django_db(transaction=True)
def test_the_trainers_of_a_half_day_are_those_of_the_day() -> None:
    trainer, staff = make_person("Formatrice Un"), make_user("manager")
    half_day = HalfDay.objects.filter(part__session=make_session("published", trainers=[trainer])).first()
    assert half_day is not None
    empty = clock()
    half_days.update(half_day=half_day, version=None, trainers=[trainer], actor=staff, now=timezone.now())
    given_by = clock()
    half_days.update(half_day=half_day, version=None, trainers=[], actor=staff, now=timezone.now())
    for at, wanted in ((empty, []), (given_by, [trainer.pk]), (clock(), [])):
        rows = history.as_of(HalfDayTrainer, at).filter(half_day_id=half_day.pk)
        assert list(rows.values_list("person_id", flat=True)) == wanted


# -- columns, size, the house -----------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_column_that_came_later_is_empty_before() -> None:
    """`later` gives the copy of a field that may be NULL and has no default, also where the field has one."""
    for model, name in ((Holiday, "status"), (Person, "phone"), (Registration, "part")):
        own, copy = model._meta.get_field(name), history._unknown_before(model, name)
        assert copy.null and not copy.has_default()
        assert copy.get_internal_type() == own.get_internal_type()
    body = make_organisation()
    with connection.schema_editor() as editor:
        event = history.events_of(Organisation)
        field = history._unknown_before(Holiday, "status")
        field.set_attributes_from_name("added_later")
        editor.add_field(event, field)
    with connection.cursor() as cursor:
        cursor.execute("SELECT added_later FROM directory_organisationevent WHERE pgh_obj_id = %s", [body.pk])
        assert cursor.fetchall() == [(None,)]


@pytest.mark.django_db
def test_a_hundred_thousand_snapshots_are_read_by_their_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO trainings_halfdaytrainerevent"
            " (pgh_created_at, pgh_label, pgh_obj_id, id, halfday_id, person_id)"
            " SELECT timestamptz '2026-01-01' + i * interval '1 minute', 'update', i %% 25000, i %% 25000, i %% 900, i"
            " FROM generate_series(1, 100000) i",
            [],
        )
        cursor.execute("ANALYZE trainings_halfdaytrainerevent")
    middle = datetime.fromisoformat("2026-02-05T00:00:00+00:00")
    whole = history.as_of(HalfDayTrainer, middle)
    began = time.monotonic()
    assert whole.count() == 25_000
    assert time.monotonic() - began < 3
    plan = json.loads(whole.filter(pgh_obj_id=77).explain(format="json"))[0]["Plan"]
    assert "as_of_tra_halfdaytrainer" in json.dumps(plan)
    assert "Seq Scan" not in json.dumps(plan)
    assert plan["Total Cost"] < 100


# -- any life of any row --------------------------------------------------------------------------------------------
ACTS = st.lists(
    st.tuples(st.sampled_from(["insert", "update", "update", "delete", "two"]), st.integers(0, 9)),
    min_size=1,
    max_size=14,
)


@pytest.mark.feature(120)
@pytest.mark.django_db(transaction=True)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_as_of_each_instant_is_the_state_that_was_seen(acts: list[tuple[str, int]]) -> None:
    mine: list[int] = []
    seen: list[tuple[datetime, dict[int, str]]] = []
    for turn, (act, number) in enumerate(acts):
        alive = list(Organisation.objects.filter(pk__in=mine).order_by("pk"))
        chosen = alive[number % len(alive)] if alive else None
        if act == "insert" or chosen is None:
            mine.append(make_organisation().pk)
        elif act == "delete":
            chosen.delete()
        else:
            with transaction.atomic():
                for step in range(2 if act == "two" else 1):
                    Organisation.objects.filter(pk=chosen.pk).update(name_fr=f"Nom {chosen.pk}, {turn}.{step}")
        state = dict(Organisation.objects.filter(pk__in=mine).values_list("pk", "name_fr"))
        seen.append((clock(), state))
    for at, state in seen:
        rows = history.as_of(Organisation, at).filter(pgh_obj_id__in=mine)
        assert dict(rows.values_list("pgh_obj_id", "name_fr")) == state
