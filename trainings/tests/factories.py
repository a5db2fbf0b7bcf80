"""Sessions and registrations for tests, as they lie in the database: no verb's checks, journal or messages.

`make_session(state="open", capacity=10)` is a session that stands; `make_registration(part=..., state="waiting")` keeps
the counters `taken` and `last_rank` of its part and category right. To show a rule, call the rule's own verb.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone

from directory.enums import Half
from directory.models import Person, Programme
from trainings.enums import HOLDING_STATES, QuestionKind, RegistrationState, SessionKind
from trainings.models import (
    HalfDay,
    PartCategory,
    PublicCategory,
    Question,
    Registration,
    Session,
    SessionPart,
    SessionTrainer,
    Training,
)

HOURS = {Half.MORNING: (time(9), time(12)), Half.AFTERNOON: (time(14), time(17))}
RANKED = frozenset(RegistrationState) - {RegistrationState.UNCONFIRMED, RegistrationState.REVIEW}
_numbers = itertools.count(1)


def make_training(*, programme: Programme | None = None, **fields: Any) -> Training:
    """A training of `programme` (default: one programme of the tests)."""
    number = next(_numbers)
    programme = programme or Programme.objects.get_or_create(code="essai", defaults={"name_fr": "Programme d’essai"})[0]
    values = {"title_fr": f"Formation {number}", "title_ar": f"تكوين {number}", "created_at": timezone.now(), **fields}
    return Training.objects.create(programme=programme, **values)


def make_category(code: str = "interface", **fields: Any) -> PublicCategory:
    """A category of public, the same one for the same code."""
    values = {"name_fr": code.capitalize(), "name_ar": "هياكل", "name_en": code.capitalize(), **fields}
    return PublicCategory.objects.get_or_create(code=code, defaults=values)[0]


def make_session(
    state: str = "open",
    *,
    parts: int = 1,
    days: int = 1,
    capacity: int | None = 10,
    half_days: bool = True,
    starts_on: date | None = None,
    trainers: Iterable[Person] = (),
    training: Training | None = None,
    **fields: Any,
) -> Session:
    """A session of `parts` parts of `days` days each, one after the other, from `starts_on` (in three weeks)."""
    number = next(_numbers)
    starts_on = starts_on or timezone.localdate() + timedelta(days=21)
    code = fields.pop("code", f"FOR-{starts_on.year}-{number + 500}")
    values = {
        "kind": SessionKind.TRAINING,
        "title_fr": f"Session {number}",
        "title_ar": f"دورة {number}",
        "slug": code.lower(),
        "ends_on": starts_on + timedelta(days=parts * days - 1),
        "created_at": timezone.now(),
        **fields,
    }
    session = Session.objects.create(
        training=training or make_training(), state=state, code=code, starts_on=starts_on, **values
    )
    for index in range(parts):
        first = starts_on + timedelta(days=index * days)
        make_part(session, position=index + 1, starts_on=first, days=days, capacity=capacity, half_days=half_days)
    SessionTrainer.objects.bulk_create(SessionTrainer(session=session, person=person) for person in trainers)
    return session


def make_part(
    session: Session,
    *,
    position: int = 1,
    starts_on: date | None = None,
    days: int = 1,
    capacity: int | None = 10,
    half_days: bool = True,
    categories: dict[str, int] | None = None,
    **fields: Any,
) -> SessionPart:
    """A part; `categories={"interface": 6}` keeps places by category of public."""
    starts_on = starts_on or session.starts_on
    values = {
        "title_fr": f"Partie {position}",
        "audience_fr": "Structures d’interface",
        "ends_on": starts_on + timedelta(days=days - 1),
        **fields,
    }
    part = SessionPart.objects.create(
        session=session, position=position, starts_on=starts_on, capacity=capacity, **values
    )
    for code, places in (categories or {}).items():
        PartCategory.objects.create(part=part, category=make_category(code), capacity=places)
    if half_days:
        for offset in range((part.ends_on - part.starts_on).days + 1):
            for half in Half:
                make_half_day(part, on_day=part.starts_on + timedelta(days=offset), half=half)
    return part


def make_half_day(part: SessionPart, *, on_day: date | None = None, half: str = Half.MORNING, **fields: Any) -> HalfDay:
    """A half-day of a part, at the usual hours."""
    starts_at, ends_at = HOURS[Half(half)]
    values = {"starts_at": starts_at, "ends_at": ends_at, "room": "Salle 1", **fields}
    return HalfDay.objects.create(part=part, on_day=on_day or part.starts_on, half=half, **values)


def make_question(session: Session, *, label_fr: str = "Votre attente ?", **fields: Any) -> Question:
    """The next question of a session."""
    values = {"position": session.questions.count() + 1, "kind": QuestionKind.TEXT, **fields}
    return Question.objects.create(session=session, label_fr=label_fr, **values)


def make_registration(
    part: SessionPart | None = None, state: str = "confirmed", *, category: PublicCategory | None = None, **fields: Any
) -> Registration:
    """A registration with what its state needs: a rank from the confirmation on, a deadline, a person, a place held.

    `part` is brought up to date in memory. Holding one place too many raises IntegrityError, as in the portal.
    """
    part = part or make_session().parts.get()
    number = next(_numbers)
    now = timezone.now()
    values: dict[str, Any] = {
        "email": f"participant{number}@example.tn",
        "name_latin": f"Participant {number}",
        "name_ar": f"مشارك {number}",
        "created_at": now - timedelta(days=1),
    }
    if state == RegistrationState.UNCONFIRMED:
        values["lapses_at"] = now + timedelta(days=1)
    else:
        values["confirmed_at"] = now
    if state in RANKED:
        SessionPart.objects.filter(pk=part.pk).update(last_rank=F("last_rank") + 1)
        part.refresh_from_db(fields=["last_rank"])
        values["rank"] = part.last_rank
    if state == RegistrationState.OFFERED:
        values |= {"offered_at": now, "offer_expires_at": now + timedelta(hours=48)}
    values |= fields
    if state == RegistrationState.CONFIRMED and "person" not in fields:
        known = Person.objects.filter(email=values["email"]).first() if values["email"] else None
        values["person"] = known or Person.objects.create(
            name_latin=values["name_latin"], name_ar=values["name_ar"], email=values["email"] or None, created_at=now
        )
    if state in HOLDING_STATES:
        SessionPart.objects.filter(pk=part.pk).update(taken=F("taken") + 1)
        PartCategory.objects.filter(part=part, category=category).update(taken=F("taken") + 1)
        part.refresh_from_db(fields=["taken"])
    return Registration.objects.create(part=part, state=state, category=category, **values)
