"""The bench's rows: registrations with their persons, sessions, messages, marks and journal, in proportion.

For N registrations: N/2 persons, N/50 + 40 sessions of one part and two half-days, 50 registrations in each but the
last, N messages, N marks, N journal entries, N/100 organisations. The first sessions are to come, all others past.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.utils import timezone

from bench.copying import Maker, copy, unindexed
from bench.names import arabic, latin
from core.models import JournalEntry, Message
from directory.models import Governorate, Organisation, Person, Programme
from trainings.models import Attendance, HalfDay, Registration, Session, SessionPart, Training

A_SESSION = 50
EMPTY = 40
"""Sessions without registrations, so that the smallest database fills a page of sessions too."""
TO_COME = 60
TABLES = (Person, Organisation, Session, SessionPart, HalfDay, Registration, Message, Attendance, JournalEntry)
TO_COME_STATES = ("confirmed",) * 40 + ("waiting",) * 8 + ("review",) * 2
PAST_STATES = ("confirmed",) * 40 + ("cancelled",) * 6 + ("lapsed",) * 4

FLOOR = """
DROP TABLE IF EXISTS bench_floor, bench_floor_marks;
CREATE TABLE bench_floor AS
    SELECT id, name_latin AS name, email, phone, function AS place, state, created_at AS asked_at,
           created_at::date AS day, name_ar AS code, organisation_text AS note
    FROM trainings_registration WHERE id <= 1000;
ALTER TABLE bench_floor ADD PRIMARY KEY (id);
CREATE TABLE bench_floor_marks (
    id bigserial PRIMARY KEY, half_day bigint, registration bigint, mark varchar(8), marked_at timestamptz,
    UNIQUE (half_day, registration)
);
ANALYZE bench_floor;
"""


def grow(*, was: int, to: int, now: datetime) -> None:
    """Bring the database from `was` to `to` registrations; sizes are multiples of 100."""
    with unindexed(*[model._meta.db_table for model in TABLES]):
        _organisations(range(was // 100 + 1, to // 100 + 1))
        _persons(range(was // 2 + 1, to // 2 + 1), now)
        _sessions(range(_sessions_at(was) + 1, _sessions_at(to) + 1), now)
        rows = range(was + 1, to + 1)
        _registrations(rows, now)
        _messages(rows, now)
        _marks(rows, now)
        _journal(rows)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def base(now: datetime) -> None:
    """What everything hangs on: one programme, one training; the reference data are there."""
    programme = Programme.objects.create(code="bench", name_fr="Programme de mesure", name_ar="برنامج القياس")
    Training.objects.create(
        programme=programme, title_fr="Formation de mesure", title_ar="تكوين القياس", created_at=now
    )


def floor_tables() -> None:
    """What the floor reads and writes: a thousand rows of ten columns, and an empty table with one unique key."""
    with connection.cursor() as cursor:
        cursor.execute(FLOOR)


def number_of_session(registration: int) -> int:
    return (registration - 1) // A_SESSION + 1


def day_of_session(number: int, today: date) -> date:
    """The first sixty are to come within four months; the others go back, three a day."""
    if number <= TO_COME:
        return today + timedelta(days=7 + 2 * number)
    return today - timedelta(days=1 + (number - TO_COME) // 3)


def _organisations(numbers: range) -> None:
    copy(
        Organisation,
        range(numbers.start + 10_000, numbers.stop + 10_000),  # behind those of the reference data
        {
            "name_fr": lambda i: f"Structure {i} {latin(i)}",
            "name_ar": lambda i: f"هيكل {i}",
            "name_en": "",
            "kind": "firm",
            "governorate_id": _governorate(),
        },
    )


def _persons(numbers: range, now: datetime) -> None:
    copy(
        Person,
        numbers,
        {
            "name_latin": latin,
            "name_ar": arabic,
            "sex": lambda i: "fm"[i % 2],
            "function": "Chargé de mission",
            "email": lambda i: f"p{i}@bench.example",
            "phone": lambda i: f"+2169{i % 10_000_000:07}",
            "governorate_id": _governorate(),
            "created_at": _moments(now),
        },
    )


def _sessions_at(registrations: int) -> int:
    return registrations // A_SESSION + EMPTY if registrations else 0


def _sessions(numbers: range, now: datetime) -> None:
    today = timezone.localdate(now)
    days = {i: day_of_session(i, today) for i in numbers}
    copy(
        Session,
        numbers,
        {
            "training_id": Training.objects.get().pk,
            "code": lambda i: f"BEN-{days[i].year}-{i:06}",
            "slug": lambda i: f"ben-{days[i].year}-{i:06}",
            "title_fr": lambda i: f"Session {i} {latin(i * 3)}",
            "title_ar": lambda i: f"دورة {i} {arabic(i * 3)}",
            "state": lambda i: "open" if i <= TO_COME else "held",
            "governorate_id": _governorate(),
            "venue_fr": "Salle de réunion",
            "venue_ar": "قاعة الاجتماعات",
            "starts_on": lambda i: days[i],
            "ends_on": lambda i: days[i],
            "certified_at": lambda i: None if i <= TO_COME else now,
            "created_at": now,
        },
    )
    copy(
        SessionPart,
        numbers,
        {
            "session_id": lambda i: i,
            "position": 1,
            "title_fr": "Partie unique",
            "title_ar": "جزء وحيد",
            "starts_on": lambda i: days[i],
            "ends_on": lambda i: days[i],
            "capacity": 40,
            "taken": 40,
            "last_rank": A_SESSION,
        },
    )
    copy(
        HalfDay,
        range(numbers.start * 2 - 1, numbers.stop * 2 - 1),
        {
            "part_id": lambda i: (i + 1) // 2,
            "on_day": lambda i: days[(i + 1) // 2],
            "half": lambda i: "morning" if i % 2 else "afternoon",
            "starts_at": lambda i: time(9) if i % 2 else time(14),
            "ends_at": lambda i: time(12) if i % 2 else time(17),
            "room": "Salle 1",
            "state": lambda i: "open" if (i + 1) // 2 <= TO_COME else "closed",
            "closed_at": lambda i: None if (i + 1) // 2 <= TO_COME else now,
        },
    )


def _registrations(numbers: range, now: datetime) -> None:
    copy(
        Registration,
        numbers,
        {
            "part_id": number_of_session,
            "person_id": lambda i: (i + 1) // 2,
            "state": _state,
            "rank": lambda i: i % A_SESSION + 1 if _state(i) != "review" else None,
            "email": lambda i: f"p{(i + 1) // 2}.{i % 2}@bench.example",
            "name_latin": lambda i: latin((i + 1) // 2),
            "name_ar": lambda i: arabic((i + 1) // 2),
            "sex": lambda i: "fm"[i % 2],
            "phone": lambda i: f"+2169{i % 10_000_000:07}",
            "function": "Chargé de mission",
            "organisation_text": lambda i: f"Structure {i % 1000}",
            "governorate_id": _governorate(),
            "created_at": _moments(now),
            "confirmed_at": now,
        },
    )


def _state(number: int) -> str:
    """Of fifty: forty confirmed; of a session to come eight wait and two are to be decided."""
    states = TO_COME_STATES if number_of_session(number) <= TO_COME else PAST_STATES
    return states[number % A_SESSION]


def _messages(numbers: range, now: datetime) -> None:
    copy(
        Message,
        numbers,
        {
            "uid": lambda i: uuid.UUID(int=i),
            "key": lambda i: f"bench:{i}",
            "kind": "trainings.confirmation",
            "to_email": lambda i: f"p{(i + 1) // 2}.{i % 2}@bench.example",
            "to_name": lambda i: latin((i + 1) // 2),
            "object_type": "trainings.registration",
            "object_id": lambda i: i,
            "state": "sent",
            "created_at": _moments(now),
            "due_at": _moments(now),
            "next_try_at": now,
            "sent_at": now,
            "handed_at": now,
            "message_id": lambda i: f"<{i}@bench.example>",
            "subject": lambda i: f"Votre inscription {i}",
            "text": "Madame, Monsieur, votre inscription est confirmée.",
        },
    )


def _marks(numbers: range, now: datetime) -> None:
    """One mark for each registration of the past, in the morning."""
    copy(
        Attendance,
        range(max(numbers.start, TO_COME * A_SESSION + 1), max(numbers.stop, TO_COME * A_SESSION + 1)),
        {
            "half_day_id": lambda i: number_of_session(i) * 2 - 1,
            "registration_id": lambda i: i,
            "mark": lambda i: "absent" if i % 10 == 0 else "present",
            "marked_at": now,
        },
    )


def _journal(numbers: range) -> None:
    copy(
        JournalEntry,
        range(numbers.start + 1_000, numbers.stop + 1_000),  # behind those of the reference data
        {
            "at": timezone.now(),
            "verb": "registration.confirm",
            "object_type": "trainings.registration",
            "object_id": lambda i: i - 1_000,
            "context_id": lambda i: uuid.UUID(int=i),
        },
    )


def _moments(now: datetime) -> Maker:
    """Three minutes apart, the first row the newest."""
    return lambda i: now - timedelta(minutes=3 * i)


def _governorate() -> Maker:
    codes = list(Governorate.objects.order_by("iso_code").values_list("pk", flat=True))
    return lambda i: codes[i % len(codes)]
