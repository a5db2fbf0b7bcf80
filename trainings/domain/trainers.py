"""Who gives a session. A trainer needs no account; with one, the trainer sees the session and marks its attendance."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.models import Person
from trainings.domain import editable
from trainings.enums import HalfDayState
from trainings.models import HalfDay, Session, SessionTrainer


@journal.act
def add(*, session: Session, person: Person, actor: User | None) -> SessionTrainer:
    """A person becomes a trainer of the session; the same person twice is refused by name."""
    current = editable.lock(session)
    if current.trainers.filter(person=person).exists():
        raise DomainError(
            _("This person is a trainer of the session already."), code="already_a_trainer", field="person"
        )
    trainer = saving.insert(SessionTrainer(session=current, person=person))
    journal.record("session.add_trainer", obj=current, actor=actor, data={"person": person.pk})
    return trainer


@journal.act
def remove(*, trainer: SessionTrainer, actor: User | None) -> None:
    """A trainer leaves the session and its half-days; whoever gave a half-day that is closed stays."""
    current = editable.lock(trainer.session)
    given = HalfDay.objects.filter(part__session=current, trainers=trainer.person_id)
    if given.filter(state=HalfDayState.CLOSED).exists():
        raise DomainError(_("This trainer gave a half-day that is closed: the name stays."), code="gave_closed")
    person = trainer.person
    for half_day in given:
        half_day.trainers.remove(person)
    trainer.delete()
    journal.record("session.remove_trainer", obj=current, actor=actor, data={"person": person.pk})
