"""Telling those whom a change, a cancellation or the coming day concerns: messages saved with the act."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from core import outbox
from core.enums import MessageState
from core.models import Message
from directory.models import Person
from trainings.enums import RUNNING_STATES
from trainings.models import Registration, Session, SessionPart, SessionTrainer

CHANGE = "trainings.change"
CANCELLATION = "trainings.cancellation"
CANCELLATION_TRAINER = "trainings.cancellation_trainer"
CONVOCATION = "trainings.convocation"
POSTPONED = "trainings.postponed"
POSTPONED_TRAINER = "trainings.postponed_trainer"
PROPOSAL_DECIDED = "trainings.proposal_decided"
KINDS = frozenset({CHANGE, CONVOCATION, POSTPONED})
"""Those that a cancellation takes back where they have not left."""


def public_words(notice: str, notice_ar: str = "", notice_en: str = "") -> dict[str, str]:
    """The columns of a public notice: French, and the other languages where they were written."""
    return {
        "cancelled_publicly": notice.strip(),
        "cancelled_publicly_ar": notice_ar.strip(),
        "cancelled_publicly_en": notice_en.strip(),
    }


def recipient(somebody: Registration | Person) -> outbox.Recipient:
    """Who is written to, by the name in the script of the language in which the person is written to."""
    with override(somebody.language):
        return outbox.Recipient(somebody.email or "", somebody.name, somebody.language)


def next_sequence(session: Session) -> int:
    """Count the calendar's revision up: calendars replace what has a lower SEQUENCE."""
    Session.objects.filter(pk=session.pk).update(calendar_sequence=F("calendar_sequence") + 1)
    session.refresh_from_db(fields=["calendar_sequence"])
    return session.calendar_sequence


def tell_change(*, session: Session, what: Iterable[str], now: datetime, part: SessionPart | None = None) -> int:
    """Tell those who hold a place that the dates, the hours or the place changed; returns how many messages.

    Only for a published session that is not over: before, nobody knows of it. `what` is of "dates", "hours", "place";
    with `part`, only its people. Once a save and person: the key holds the calendar's revision, which goes up by one.
    A change of before that has not left yet is withdrawn, and said by this one: nobody gets two that say the same.
    """
    if session.state not in RUNNING_STATES or timezone.localdate(now) > session.ends_on:
        return 0
    sequence = next_sequence(session)
    rows = Registration.objects.holding().filter(part__session=session).order_by("part__position", "pk")
    if part is not None:
        rows = rows.filter(part=part)
    people = list(one_a_person(rows))
    earlier = _overtaken(people)
    told = 0
    for row in people:
        codes = {*what, *earlier.get(row.pk, "").split()}
        message = outbox.queue(
            kind=CHANGE,
            key=f"{CHANGE}:{row.pk}:{sequence}",
            to=recipient(row),
            obj=row,
            params={"what": " ".join(sorted(codes)), "sequence": sequence},
            now=now,
            demo=session.is_fictional,
        )
        told += message is not None
    return told


def _overtaken(people: list[Registration]) -> dict[int, str]:
    """Withdraw the changes that wait for these people; says of each registration what they told of."""
    waiting = Message.objects.filter(
        kind=CHANGE,
        object_type=Registration._meta.label_lower,
        object_id__in=[row.pk for row in people],
        state__in=(MessageState.QUEUED, MessageState.HELD),
    )
    said = {pk: str(params.get("what", "")) for pk, params in waiting.values_list("object_id", "params")}
    for row in people:
        if row.pk in said and not outbox.withdraw(obj=row, kinds={CHANGE}):
            del said[row.pk]
    return said


def tell_postponement(*, session: Session, registrations: Iterable[Registration], now: datetime) -> int:
    """Tell everybody concerned once: the new dates, or that they are to be fixed; returns how many messages."""
    sequence = next_sequence(session)
    told = 0
    rows: list[tuple[str, Registration | SessionTrainer, Registration | Person]] = [
        (POSTPONED, row, row) for row in one_a_person(registrations)
    ]
    trainers = session.trainers.select_related("person").exclude(person__email=None)
    rows += [(POSTPONED_TRAINER, trainer, trainer.person) for trainer in trainers]
    for kind, obj, somebody in rows:
        message = outbox.queue(
            kind=kind,
            key=f"{kind}:{obj.pk}:{sequence}",
            to=recipient(somebody),
            obj=obj,
            params={"sequence": sequence},
            now=now,
            demo=session.is_fictional,
        )
        told += message is not None
    return told


def tell_proposer(*, session: Session, decision: str, now: datetime) -> bool:
    """Tell the trainer who proposed a session that it is accepted, or why it comes back."""
    if session.proposed_by is None:
        return False
    message = outbox.queue(
        kind=PROPOSAL_DECIDED,
        key=f"{PROPOSAL_DECIDED}:{session.pk}:{session.version}:{decision}",
        to=outbox.Recipient(session.proposed_by.email, str(session.proposed_by), session.proposed_by.language),
        obj=session,
        params={"decision": decision},
        now=now,
        demo=session.is_fictional,
    )
    return message is not None


def tell_cancellation(*, session: Session, registrations: Iterable[Registration], now: datetime) -> int:
    """Tell everybody concerned once: the people of `registrations`, and the trainers; returns how many messages."""
    params: dict[str, str | int] = {"sequence": next_sequence(session)}
    told = 0
    for row in one_a_person(registrations):
        message = outbox.queue(
            kind=CANCELLATION,
            key=f"{CANCELLATION}:{row.pk}",
            to=recipient(row),
            obj=row,
            params=params,
            now=now,
            demo=session.is_fictional,
        )
        told += message is not None
    for trainer in session.trainers.select_related("person").exclude(person__email=None):
        message = outbox.queue(
            kind=CANCELLATION_TRAINER,
            key=f"{CANCELLATION_TRAINER}:{trainer.pk}",
            to=recipient(trainer.person),
            obj=trainer,
            params=params,
            now=now,
            demo=session.is_fictional,
        )
        told += message is not None
    return told


def one_a_person(rows: Iterable[Registration]) -> Iterator[Registration]:
    """The first registration of each address: nobody is told the same twice."""
    seen: set[str] = set()
    for row in rows:
        if row.email and row.email not in seen:
            seen.add(row.email)
            yield row
