"""What waits in the follow-up: read by the home pages, a fixed number of queries, bounded lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from directory.models import Person
from steering.domain import standing
from steering.enums import ACTION_OPEN, RECOMMENDATION_SHUT, ActionState
from steering.models import Action, Mandate, Progress, Recommendation

SHOWN = 10
SOON = timedelta(days=14)
RUNNING = (ActionState.TODO, ActionState.RUNNING)


@dataclass(frozen=True)
class FollowUp:
    """Actions that wait for one reader, each list at most ten long in the order of the due dates, and how many in all.

    Every action has its `owner`, `committee` and `owner_person` loaded.
    """

    overdue: list[Action]
    to_verify: list[Action]
    due_soon: list[Action]
    overdue_count: int
    to_verify_count: int
    due_soon_count: int


@dataclass(frozen=True)
class State:
    """The state of the follow-up in numbers: actions and recommendations (parts, not the composite ones)."""

    actions: int
    open: int
    overdue: int
    to_verify: int
    verified: int
    dropped: int
    recommendations: int
    recommendations_open: int
    recommendations_verified: int


def of_staff(*, user: User, on: date) -> FollowUp:
    """Everything that is late or due, and the proofs that the secretariat may verify."""
    rows = _loaded(Action.objects.visible_to(user))
    return _follow_up(rows, to_verify_by_staff(user=user, on=on), on=on)


def to_verify_by_staff(*, user: User, on: date) -> QuerySet[Action]:
    """The proofs that this member of staff may verify.

    The secretariat's own actions are verified by the seat that the committee names, and nobody verifies the work of the
    own institution or what he declared himself.
    """
    rows = _loaded(Action.objects.visible_to(user)).filter(committee__secretariat__isnull=False)
    own = Q(committee__secretariat=F("owner")) | Q(owner__in=standing.institutions_of(user, on=on))
    last = Progress.objects.filter(action=OuterRef("pk"), is_final=True, at=OuterRef("declared_at"), by=user)
    return rows.filter(~own, ~Exists(last), state=ActionState.DECLARED)


def of_member(*, user: User, on: date) -> FollowUp:
    """The actions of the person's own institutions, and those that the person's seat is named to verify."""
    mine = own_actions(user=user, on=on)
    seats = Mandate.objects.in_force(on=on).filter(person__user=user).values("seat")
    named = Q(verifier__in=seats) | Q(verifier__isnull=True, committee__verifier__in=seats)
    declared = _loaded(Action.objects.visible_to(user)).filter(state=ActionState.DECLARED)
    to_verify = declared.filter(named, owner=F("committee__secretariat")).exclude(
        owner__in=standing.institutions_of(user, on=on)
    )
    return _follow_up(mine, to_verify, on=on)


def own_actions(*, user: User, on: date) -> QuerySet[Action]:
    """The actions of the institutions for which the account speaks, and those in the person's own charge."""
    own = standing.institutions_of(user, on=on)
    person = Person.objects.filter(user=user).values("pk")
    rows = Action.objects.visible_to(user).filter(Q(owner__in=own) | Q(owner_person__in=person))
    return _loaded(rows)


def state_of(*, user: User, on: date) -> State:
    """The follow-up in numbers, of what the reader may see."""
    late = Q(due_on__lt=on, state__in=RUNNING)
    actions = (
        Action.objects.visible_to(user)
        .filter(parts__isnull=True)
        .aggregate(
            all=Count("pk"),
            open=Count("pk", filter=Q(state__in=ACTION_OPEN)),
            overdue=Count("pk", filter=late),
            to_verify=Count("pk", filter=Q(state=ActionState.DECLARED)),
            verified=Count("pk", filter=Q(state=ActionState.VERIFIED)),
            dropped=Count("pk", filter=Q(state=ActionState.DROPPED)),
        )
    )
    found = (
        Recommendation.objects.visible_to(user)
        .filter(parts__isnull=True)
        .aggregate(
            recommendations=Count("pk"),
            recommendations_open=Count("pk", filter=~Q(state__in=RECOMMENDATION_SHUT)),
            recommendations_verified=Count("pk", filter=Q(state="verified")),
        )
    )
    return State(actions=actions.pop("all"), **actions, **found)


def _follow_up(rows: QuerySet[Action], to_verify: QuerySet[Action], *, on: date) -> FollowUp:
    overdue = rows.filter(due_on__lt=on, state__in=RUNNING)
    soon = rows.filter(due_on__gte=on, due_on__lte=on + SOON, state__in=RUNNING)
    return FollowUp(
        overdue=_first(overdue),
        to_verify=_first(to_verify),
        due_soon=_first(soon),
        overdue_count=overdue.count(),
        to_verify_count=to_verify.count(),
        due_soon_count=soon.count(),
    )


def _loaded(rows: QuerySet[Action]) -> QuerySet[Action]:
    return rows.select_related("owner", "committee", "owner_person")


def _first(rows: QuerySet[Action]) -> list[Action]:
    return list(rows.order_by("due_on", "id")[:SHOWN])
