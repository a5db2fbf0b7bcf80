"""What a trainer leaves open: the sessions that are not over. See `accounts.domain.leaving`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.domain.leaving import HandOver, Kind, OpenThing
from accounts.models import User
from core import journal, saving
from core.formats import date_range
from directory.domain.account_files import successor_file
from directory.models import Person
from trainings.domain import editable
from trainings.enums import HalfDayState, SessionState
from trainings.models import HalfDay, Session, SessionTrainer


def _rows(user: User) -> models.QuerySet[SessionTrainer]:
    rows = SessionTrainer.objects.filter(person__user=user).exclude(session__state__in=editable.FINAL)
    return rows.select_related("session", "person").order_by("session__starts_on", "id")


def _url(session: Session) -> str:
    return reverse("trainings:session-detail", args=[session.slug])


def _sessions(user: User, now: datetime) -> Iterable[OpenThing]:
    for row in _rows(user):
        days = date_range(row.session.starts_on, row.session.ends_on)
        yield OpenThing(row.session.title, _url(row.session), f"{days} · {row.session.get_state_display()}")


@journal.act
def replace(*, trainer: SessionTrainer, by: Person, actor: User) -> None:
    """Another person gives what is left of the session; whoever gave a half-day that is closed stays beside.

    Locks the session; recorded as `session.replace_trainer`. Raises IllegalMove once it was cancelled or held.
    """
    session = editable.lock(trainer.session)
    given = HalfDay.objects.filter(part__session=session, trainers=trainer.person_id)
    for half_day in given.exclude(state=HalfDayState.CLOSED):
        half_day.trainers.remove(trainer.person)
        half_day.trainers.add(by)
    if not session.trainers.filter(person=by).exists():
        saving.insert(SessionTrainer(session=session, person=by))
    data = {"from": trainer.person_id, "person": by.pk}
    if not given.filter(state=HalfDayState.CLOSED).exists():
        trainer.delete()
    journal.record("session.replace_trainer", obj=session, actor=actor, data=data)


def _take_sessions(act: HandOver) -> None:
    heir = successor_file(act.successor, actor=act.actor)
    for row in _rows(act.leaver):
        replace(trainer=row, by=heir, actor=act.actor)


def _proposed(user: User) -> models.QuerySet[Session]:
    waiting = (SessionState.DRAFT, SessionState.PROPOSED)
    return Session.objects.filter(proposed_by=user, state__in=waiting).order_by("starts_on", "id")


def _proposals(user: User, now: datetime) -> Iterable[OpenThing]:
    return [OpenThing(row.title, _url(row), row.get_state_display()) for row in _proposed(user)]


def _take_proposals(act: HandOver) -> None:
    """The successor mends what is sent back, and is told what staff decide."""
    for row in _proposed(act.leaver):
        session = editable.lock(row)
        saving.change(session, proposed_by=act.successor)
        journal.record("session.take_proposal", obj=session, actor=act.actor, data={"from": act.leaver.pk})


KINDS = (
    Kind("trainings.proposals", _("Proposed sessions"), _proposals, _take_proposals),
    Kind("trainings.sessions", _("Sessions to give"), _sessions, _take_sessions),
)
