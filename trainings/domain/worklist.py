"""What waits for somebody in the trainings: read by the home pages, a fixed number of queries, bounded lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
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
    corrected = Exists(waiting.filter(half_day__part__session=OuterRef("pk")))
    found = _at_once(
        corrections=sessions.filter(corrected).order_by("ends_on", "id")[:SHOWN],
        proposed=sessions.filter(state=SessionState.PROPOSED).order_by("starts_on", "id")[:SHOWN],
        postponed=sessions.filter(state=SessionState.POSTPONED).order_by("starts_on", "id")[:SHOWN],
        to_certify=_to_certify(sessions, today=today),
        to_mark_held=sessions.filter(state=SessionState.CLOSED, ends_on__lt=today).order_by("ends_on", "id")[:SHOWN],
        coming=_coming(sessions, today=today),
    )
    return Worklist(
        agenda=room.agenda(sessions=sessions, now=now, ahead=False),
        to_decide=_to_decide(sessions),
        to_review=reviews.to_review().count(),
        **found,
    )


def _at_once(**lists: QuerySet[Session]) -> dict[str, list[Session]]:
    """Several bounded lists of sessions by one question to the database; each keeps its own order."""
    marked = [
        rows.annotate(which=Value(name, output_field=CharField()), by_day=F(str(rows.query.order_by[0])))
        for name, rows in lists.items()
    ]
    first, *others = marked
    found: dict[str, list[Session]] = {name: [] for name in lists}
    for session in sorted(first.union(*others, all=True), key=lambda row: (row.by_day, row.pk)):
        found[session.which].append(session)
    return found


def sent_back(user: User) -> list[Session]:
    """What this person proposed and staff sent back, with what they said of it in `.comment`."""
    rows = list(Session.objects.filter(proposed_by=user, state=SessionState.DRAFT).order_by("id")[:SHOWN])
    for row in rows:
        row.comment = proposals.comment_on(row)  # type: ignore[attr-defined]
    return rows


def coming(sessions: QuerySet[Session], *, today: date) -> list[Session]:
    """The next published sessions, at most five."""
    return list(_coming(sessions, today=today))


def _coming(sessions: QuerySet[Session], *, today: date) -> QuerySet[Session]:
    states = [SessionState.PUBLISHED, SessionState.OPEN, SessionState.CLOSED]
    return sessions.filter(state__in=states, starts_on__gte=today).order_by("starts_on", "id")[:5]


def _to_decide(sessions: QuerySet[Session]) -> list[Session]:
    """Sessions with the number of registrations that wait for a decision, in `.waiting_count`."""
    review = Registration.objects.filter(state=RegistrationState.REVIEW).order_by().values("part__session")
    counts = dict(review.annotate(n=Count("pk")).values_list("part__session", "n"))
    found = list(sessions.filter(pk__in=list(counts)).order_by("starts_on", "id")[:SHOWN])
    for session in found:
        session.waiting_count = counts[session.pk]  # type: ignore[attr-defined]
    return found


def _to_certify(sessions: QuerySet[Session], *, today: date) -> QuerySet[Session]:
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
    return rows.order_by("ends_on", "id")[:SHOWN]
