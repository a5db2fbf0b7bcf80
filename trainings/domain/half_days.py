"""Half-days: proposed from the working-time regime of each day, then changed at will inside their part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypedDict, Unpack

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.domain import calendar
from directory.models import Person
from trainings.domain import editable, notices
from trainings.enums import HalfDayState
from trainings.models import HalfDay, Session, SessionPart

WHEN = frozenset({"on_day", "half", "starts_at", "ends_at"})
CLOSED = DomainError(_("The attendance of this half-day is closed: it stays as it was held."), code="half_day_closed")


class HalfDayFields(TypedDict, total=False):
    on_day: date
    half: str
    starts_at: time
    ends_at: time
    room: str
    module_fr: str
    module_ar: str
    module_en: str


@dataclass
class Proposal:
    """What came of a proposal: half-days added, and days without any, each with the reason in words."""

    added: list[HalfDay] = field(default_factory=list)
    skipped: list[tuple[date, str]] = field(default_factory=list)


@journal.act
def add(
    *,
    part: SessionPart,
    trainers: Sequence[Person] = (),
    actor: User | None,
    now: datetime,
    **fields: Unpack[HalfDayFields],
) -> HalfDay:
    """A half-day lies inside its part and overlaps no other; its trainers are the session's. Raises DomainError."""
    session = editable.lock(part.session)
    half_day = HalfDay(part=saving.locked(SessionPart, part.pk), **fields)
    _require_fit(half_day)
    _require_trainers(session, trainers)
    saving.insert(half_day)
    half_day.trainers.set(trainers)
    journal.record("session.add_half_day", obj=session, actor=actor, data={"half_day": half_day.pk})
    notices.tell_change(session=session, what={"hours"}, now=now, part=half_day.part)
    return half_day


@journal.act
def update(
    *,
    half_day: HalfDay,
    version: int | None,
    trainers: Sequence[Person] | None = None,
    actor: User | None,
    now: datetime,
    **fields: Unpack[HalfDayFields],
) -> HalfDay:
    """Change a half-day that is not closed. Who holds a place is told of other hours or another room.

    Raises StaleObject, IllegalMove once the session was cancelled or held, DomainError on what does not fit.
    """
    session = editable.lock(half_day.part.session)
    current = saving.locked(HalfDay, half_day.pk, version=version)
    if current.state == HalfDayState.CLOSED:
        raise CLOSED
    before = set(current.trainers.values_list("pk", flat=True))
    proposed = HalfDay.objects.get(pk=current.pk)
    for name, value in fields.items():
        setattr(proposed, name, value)
    _require_fit(proposed)
    changed = set(saving.change(current, **fields))
    if trainers is not None:
        _require_trainers(session, trainers)
        if {person.pk for person in trainers} != before:
            current.trainers.set(trainers)
            if not changed:  # a form opened before is stale now, though no column changed
                current.version += 1
                current.save(update_fields=["version"])
            changed.add("trainers")
    if changed:
        data: dict[str, str | int | bool | None] = {"half_day": current.pk, "fields": " ".join(sorted(changed))}
        journal.record("session.edit_half_day", obj=session, actor=actor, data=data)
    what = ({"hours"} if changed & WHEN else set()) | ({"place"} if "room" in changed else set())
    if what:
        notices.tell_change(session=session, what=what, now=now, part=current.part)
    return current


@journal.act
def remove(*, half_day: HalfDay, actor: User | None, now: datetime) -> None:
    """A half-day in which nobody was marked is removed; who holds a place is told."""
    session = editable.lock(half_day.part.session)
    current = saving.locked(HalfDay, half_day.pk)
    if current.state == HalfDayState.CLOSED:
        raise CLOSED
    if current.attendances.exists():
        raise DomainError(_("People were marked in this half-day: it cannot be removed."), code="has_attendance")
    if session.is_public and current.part.half_days.count() == 1:
        raise DomainError(_("A published part keeps one half-day at least."), code="last_half_day")
    pk, part = current.pk, current.part
    current.delete()
    journal.record("session.remove_half_day", obj=session, actor=actor, data={"half_day": pk})
    notices.tell_change(session=session, what={"hours"}, now=now, part=part)


@journal.act
def propose(*, part: SessionPart, actor: User | None, now: datetime) -> Proposal:
    """Fill the days of a part with the half-days of the working-time regime; weekends and holidays are skipped.

    Days that have a half-day already are left as they are: a second call adds nothing.
    """
    session = editable.lock(part.session)
    current = saving.locked(SessionPart, part.pk)
    taken = set(current.half_days.values_list("on_day", flat=True))
    proposal = Proposal()
    day = current.starts_on
    while day <= current.ends_on:
        if day not in taken:
            _fill(current, day, proposal)
        day += timedelta(days=1)
    if proposal.added:
        data: dict[str, str | int | bool | None] = {"part": current.pk, "count": len(proposal.added)}
        journal.record("session.propose_half_days", obj=session, actor=actor, data=data)
        notices.tell_change(session=session, what={"hours"}, now=now, part=current)
    return proposal


def _fill(part: SessionPart, day: date, proposal: Proposal) -> None:
    sittings = calendar.half_days(day)
    if not sittings:
        proposal.skipped.append((day, calendar.why_closed(day)))
    for sitting in sittings:
        row = HalfDay(part=part, on_day=day, half=sitting.half, starts_at=sitting.starts_at, ends_at=sitting.ends_at)
        proposal.added.append(saving.insert(row))


def _require_fit(half_day: HalfDay) -> None:
    """Inside its part, ending after it starts, apart from the others."""
    part = half_day.part
    if not part.starts_on <= half_day.on_day <= part.ends_on:
        text = gettext("%(part)s lasts from %(first)s to %(last)s: choose a day in between.") % {
            "part": part.name,
            "first": date_format(part.starts_on),
            "last": date_format(part.ends_on),
        }
        raise DomainError(text, code="outside_part", field="on_day")
    if half_day.ends_at <= half_day.starts_at:
        raise DomainError(_("A half-day ends after it starts."), code="ends_before_start", field="ends_at")
    others = part.half_days.exclude(pk=half_day.pk).filter(on_day=half_day.on_day)
    if others.filter(half=half_day.half).exists():
        raise DomainError(_("This half-day is there already."), code="twice", field="half")
    other = others.filter(starts_at__lt=half_day.ends_at, ends_at__gt=half_day.starts_at).first()
    if other is not None:
        text = gettext("It overlaps the %(half)s, from %(from)s to %(to)s.") % {
            "half": other.get_half_display(),
            "from": date_format(other.starts, "TIME_FORMAT"),
            "to": date_format(other.ends, "TIME_FORMAT"),
        }
        raise DomainError(text, code="overlap", field="starts_at")


def _require_trainers(session: Session, people: Sequence[Person]) -> None:
    known = set(session.trainers.values_list("person_id", flat=True))
    strangers = [person for person in people if person.pk not in known]
    if strangers:
        text = gettext("%(name)s is not a trainer of the session: add the trainer first.") % {"name": strangers[0].name}
        raise DomainError(text, code="not_a_trainer", field="trainers")
