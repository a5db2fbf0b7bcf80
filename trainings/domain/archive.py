"""Sessions of before the portal, from published sources: what no source says stays empty, nobody is written to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Unpack

from accounts.models import User
from core import journal, saving
from directory.domain import calendar
from directory.models import Person
from trainings.domain import codes, seats
from trainings.domain.sessions import SessionFields
from trainings.enums import HalfDayState, RegistrationState, SessionState
from trainings.models import HalfDay, Registration, Session, SessionPart, SessionTrainer, Training


@dataclass(frozen=True)
class PastPart:
    """A part as the sources tell it, in French, Arabic and English; its capacity is not documented."""

    title: tuple[str, str, str]
    audience: tuple[str, str, str]
    starts_on: date
    ends_on: date


@journal.act
def record(
    *,
    training: Training,
    parts: Sequence[PastPart],
    trainers: Sequence[Person],
    actor: User | None,
    now: datetime,
    **fields: Unpack[SessionFields],
) -> Session:
    """Enter a session that was held. Its half-days take the hours of the working-time regime of their days.

    They stay open, since no attendance is documented. Records `session.archive`.
    """
    session = Session(
        training=training,
        state=SessionState.HELD,
        starts_on=min(part.starts_on for part in parts),
        ends_on=max(part.ends_on for part in parts),
        created_at=now,
        **fields,
    )
    session.code = codes.given(session.code) or codes.next_code(session.kind, session.starts_on)
    session.slug = codes.slug_for(session.code)
    saving.insert(session)
    for position, part in enumerate(parts, start=1):
        _add_part(session, part, position=position)
    for person in trainers:
        saving.insert(SessionTrainer(session=session, person=person))
    journal.record("session.archive", obj=session, actor=actor, data={"parts": len(parts)})
    return session


@journal.act
def record_participant(*, part: SessionPart, person: Person, actor: User | None, now: datetime) -> Registration:
    """Enter that a person took part: name and function alone; no address, consent, attendance or certificate.

    The place counts like any other, and can be given back like any other.
    """
    seats.count(part=part)
    current_affiliation = person.affiliations.select_related("organisation").first()
    registration = saving.insert(
        Registration(
            part=part,
            person=person,
            state=RegistrationState.CONFIRMED,
            name_latin=person.name_latin,
            name_ar=person.name_ar,
            sex=person.sex,
            function=person.function,
            organisation=current_affiliation.organisation if current_affiliation else None,
            language=person.language,
            created_at=now,
        )
    )
    journal.record("registration.archive", obj=registration, actor=actor, data={"part": part.pk})
    return registration


def _add_part(session: Session, told: PastPart, *, position: int) -> None:
    part = saving.insert(
        SessionPart(
            session=session,
            position=position,
            title_fr=told.title[0],
            title_ar=told.title[1],
            title_en=told.title[2],
            audience_fr=told.audience[0],
            audience_ar=told.audience[1],
            audience_en=told.audience[2],
            starts_on=told.starts_on,
            ends_on=told.ends_on,
        )
    )
    for offset in range((told.ends_on - told.starts_on).days + 1):
        day = told.starts_on + timedelta(days=offset)
        for proposal in calendar.half_days(day):
            saving.insert(
                HalfDay(
                    part=part,
                    on_day=day,
                    half=proposal.half,
                    starts_at=proposal.starts_at,
                    ends_at=proposal.ends_at,
                    state=HalfDayState.OPEN,
                )
            )
