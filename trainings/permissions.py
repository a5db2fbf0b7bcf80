"""Who may do what with trainings. Named predicates; the views ask them, the domain asks whether it can."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from trainings.models import HalfDay, Session, SessionTrainer

Anybody = User | AnonymousUser


def is_staff(user: Anybody) -> bool:
    """The agency's managers and officers run sessions, registrations and certificates."""
    return isinstance(user, User) and user.is_agency_staff


def gives(user: Anybody, session: Session) -> bool:
    """A trainer of this session, as a person of the directory with an account."""
    return (
        isinstance(user, User)
        and user.has_role(Role.TRAINER)
        and SessionTrainer.objects.filter(session=session, person__user=user).exists()
    )


def is_in_room(user: Anybody) -> bool:
    """Who may open the attendance pages at all: trainers, and staff who help them."""
    return isinstance(user, User) and (user.is_agency_staff or user.has_role(Role.TRAINER))


def can_mark_attendance(user: Anybody, half_day: HalfDay) -> bool:
    """The session's trainers and the agency's staff."""
    return is_staff(user) or gives(user, half_day.part.session)


def can_propose(user: Anybody) -> bool:
    """Trainers lay sessions before staff; staff make theirs themselves."""
    return isinstance(user, User) and user.has_role(Role.TRAINER)


def has_proposed(user: Anybody, session: Session) -> bool:
    """Whoever proposed a session mends it, or takes it back."""
    return can_propose(user) and session.proposed_by_id == user.pk


def can_see_sessions(user: Anybody) -> bool:
    """Staff; trainers, whose list holds their own sessions; auditors, who read without names."""
    return isinstance(user, User) and (user.is_agency_staff or user.has_role(Role.TRAINER, Role.AUDITOR))


def can_read_all(user: Anybody) -> bool:
    """Staff, and auditors without names."""
    return isinstance(user, User) and (user.is_agency_staff or user.has_role(Role.AUDITOR))


def can_see_names(user: Anybody, session: Session) -> bool:
    """Names of people: staff, and the session's trainers."""
    return is_staff(user) or gives(user, session)
