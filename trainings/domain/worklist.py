"""What waits for somebody in the trainings: read by the home pages, a fixed number of queries, bounded lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from directory.enums import Origin
from trainings.domain import proposals, reviews, room
from trainings.domain.room import Agenda
from trainings.enums import CorrectionState, HalfDayState, RegistrationState, SessionState
from trainings.models import Correction, HalfDay, Registration, Session

SHOWN = 10


@dataclass(frozen=True)
class Worklist:
    """Sessions and half-days that wait, each list in the order in which one would take it up."""

    agenda: Agenda
    to_decide: list[Session]
    corrections: list[Session]
    proposed: list[Session]
    postponed: list[Session]
    to_certify: list[Session]
    to_mark_held: list[Session]
    coming: list[Session]
    to_review: int


def of_staff(*, user: User, now: datetime) -> Worklist:
    """Everything that waits for the agency's staff; a correction does not wait for whoever proposed it."""
    today = timezone.localdate(now)
    sessions = Session.objects.visible_to(user).exclude(training__programme__origin=Origin.DOCUMENTED)
    waiting = Correction.objects.filter(state=CorrectionState.PROPOSED).exclude(proposed_by=user)
    return Worklist(
        agenda=room.agenda(sessions=sessions, now=now, ahead=False),
        to_decide=_to_decide(sessions),
        corrections=list(
            sessions.filter(Exists(waiting.filter(half_day__part__session=OuterRef("pk")))).order_by("ends_on")[:SHOWN]
        ),
        proposed=list(sessions.filter(state=SessionState.PROPOSED).order_by("starts_on")[:SHOWN]),
        postponed=list(sessions.filter(state=SessionState.POSTPONED).order_by("starts_on", "id")[:SHOWN]),
        to_certify=_to_certify(sessions, today=today),
        to_mark_held=list(sessions.filter(state=SessionState.CLOSED, ends_on__lt=today).order_by("ends_on")[:SHOWN]),
        coming=coming(sessions, today=today),
        to_review=reviews.to_review().count(),
    )


def sent_back(user: User) -> list[Session]:
    """What this person proposed and staff sent back, with what they said of it in `.comment`."""
    rows = list(Session.objects.filter(proposed_by=user, state=SessionState.DRAFT).order_by("id")[:SHOWN])
    for row in rows:
        row.comment = proposals.comment_on(row)  # type: ignore[attr-defined]
    return rows


def coming(sessions: QuerySet[Session], *, today: date) -> list[Session]:
    """The next published sessions, at most five."""
    states = [SessionState.PUBLISHED, SessionState.OPEN, SessionState.CLOSED]
    return list(sessions.filter(state__in=states, starts_on__gte=today).order_by("starts_on", "id")[:5])


def _to_decide(sessions: QuerySet[Session]) -> list[Session]:
    """Sessions with the number of registrations that wait for a decision, in `.waiting_count`."""
    review = Registration.objects.filter(state=RegistrationState.REVIEW).order_by().values("part__session")
    counts = dict(review.annotate(n=Count("pk")).values_list("part__session", "n"))
    found = list(sessions.filter(pk__in=list(counts)).order_by("starts_on", "id")[:SHOWN])
    for session in found:
        session.waiting_count = counts[session.pk]  # type: ignore[attr-defined]
    return found


def _to_certify(sessions: QuerySet[Session], *, today: date) -> list[Session]:
    """Over, every half-day closed, and no certificate at all yet: one that was left out once has its reason."""
    half_days = HalfDay.objects.filter(part__session=OuterRef("pk"))
    people = Registration.objects.confirmed().filter(part__session=OuterRef("pk"))
    rows = sessions.filter(
        Exists(half_days),
        ~Exists(half_days.filter(state=HalfDayState.OPEN)),
        Exists(people),
        certified_at__isnull=True,
        ends_on__lte=today,
        state__in=[SessionState.CLOSED, SessionState.HELD],
    )
    return list(rows.order_by("ends_on")[:SHOWN])
