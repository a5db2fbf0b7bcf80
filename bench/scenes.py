"""What the measures under load need beside the mass of rows: a full hall, an opening rush, a session to certify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from bench.names import arabic, latin
from core.models import Message, PersonalLink
from core.outbox.tokens import hash_of, new_token
from directory.models import Person
from trainings.domain.personal_links import ACT
from trainings.models import Attendance, HalfDay, Registration, Session, SessionPart, SessionTrainer, Training


@dataclass(frozen=True)
class Hall:
    """A half-day of today and the registrations to mark in it."""

    half_day: int
    registrations: list[int]


def hall(*, people: int, trainer: Person, now: datetime) -> Hall:
    """A session of today that `trainer` gives, with so many confirmed people."""
    part = _part("hall", on=timezone.localdate(now), capacity=people, state="open", now=now)
    SessionTrainer.objects.create(session=part.session, person=trainer)
    half_day = _half_day(part, state="open")
    found = _registrations(part, people, state="confirmed", now=now)
    return Hall(half_day.pk, [one.pk for one in found])


def rush(*, people: int, places: int, now: datetime) -> tuple[SessionPart, list[str]]:
    """A part of so many places whose requests all wait for their confirmation; and the token of each request."""
    part = _part("rush", on=timezone.localdate(now) + timedelta(days=30), capacity=places, state="open", now=now)
    _half_day(part, state="open")
    found = _registrations(part, people, state="unconfirmed", now=now, lapses_at=now + timedelta(days=1))
    tokens = [new_token() for _one in found]
    PersonalLink.objects.bulk_create(
        PersonalLink(
            act=ACT,
            object_type="trainings.registration",
            object_id=one.pk,
            token_hash=hash_of(token),
            created_at=now,
            expires_at=now + timedelta(days=60),
        )
        for one, token in zip(found, tokens, strict=True)
    )
    return part, tokens


def attended(*, people: int, now: datetime) -> Session:
    """A held session whose people were all present and bear both names: each may have a certificate."""
    part = _part("attended", on=timezone.localdate(now) - timedelta(days=2), capacity=people, state="held", now=now)
    half_day = _half_day(part, state="closed", closed_at=now)
    persons = Person.objects.bulk_create(
        Person(name_latin=latin(i), name_ar=arabic(i), email=f"attended{i}@bench.example", created_at=now)
        for i in range(people)
    )
    found = _registrations(part, people, state="confirmed", now=now, persons=persons)
    Attendance.objects.bulk_create(
        Attendance(half_day=half_day, registration=one, mark="present", marked_at=now) for one in found
    )
    return part.session


def messages(*, count: int, now: datetime) -> None:
    """So many confirmations that are due now."""
    chosen = Registration.objects.filter(state="confirmed").order_by("pk").values_list("pk", flat=True)[:count]
    Message.objects.bulk_create(
        Message(
            key=f"bench:due:{pk}",
            kind="trainings.confirmed",
            to_email=f"due{pk}@bench.example",
            to_name=latin(pk),
            object_type="trainings.registration",
            object_id=pk,
            created_at=now,
            due_at=now,
            next_try_at=now,
            message_id=f"<due{pk}@bench.example>",
        )
        for pk in chosen
    )


def _part(name: str, *, on: object, capacity: int, state: str, now: datetime) -> SessionPart:
    session = Session.objects.create(
        training=Training.objects.get(),
        code=f"BEN-{name.upper()}",
        slug=f"bench-{name}",
        title_fr=f"Mesure : {name}",
        title_ar=f"قياس: {name}",
        venue_fr="Salle de réunion",
        venue_ar="قاعة الاجتماعات",
        state=state,
        starts_on=on,
        ends_on=on,
        created_at=now,
    )
    return SessionPart.objects.create(
        session=session, position=1, title_fr="Partie", title_ar="جزء", starts_on=on, ends_on=on, capacity=capacity
    )


def _half_day(part: SessionPart, **fields: object) -> HalfDay:
    return HalfDay.objects.create(
        part=part, on_day=part.starts_on, half="morning", starts_at=time(0, 1), ends_at=time(12), room="1", **fields
    )


def _registrations(
    part: SessionPart, people: int, *, state: str, now: datetime, persons: list[Person] | None = None, **fields: object
) -> list[Registration]:
    ranked = state != "unconfirmed"
    found = Registration.objects.bulk_create(
        Registration(
            part=part,
            state=state,
            rank=i + 1 if ranked else None,
            confirmed_at=now if ranked else None,
            person=persons[i] if persons else None,
            email=f"{part.session.slug}{i}@bench.example",
            name_latin=latin(i),
            name_ar=arabic(i),
            created_at=now,
            **fields,
        )
        for i in range(people)
    )
    if ranked:
        SessionPart.objects.filter(pk=part.pk).update(taken=people, last_rank=people)
    return found


def pasted_list(people: int, turn: int) -> str:
    """What somebody copies out of a spreadsheet: half of them are known, by their name or by their address."""
    lines = ["Nom et prénom\tNom en arabe\tFonction\tOrganisme\tE-mail\tTéléphone\tGouvernorat"]
    for i in range(1 + turn * people, 1 + (turn + 1) * people):
        address = f"p{i}@bench.example" if i % 4 == 0 else f"nouveau{i}@bench.example" if i % 2 else ""
        line = (latin(i), arabic(i) if i % 3 else "", "Chargé de mission", f"Structure {i % 40}", address, "", "Sfax")
        lines.append("\t".join(line))
    return "\n".join(lines)
