"""The board of a plan: recommendations, their parts, the actions that answer them, and the figures above."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from directory.models import Organisation
from steering.domain.news import News
from steering.enums import ActionState, PlanState
from steering.models import Action, Evidence, Plan, PlanEntry, PlanVersion, Recommendation

DONE = (ActionState.DECLARED, ActionState.VERIFIED)


@dataclass
class Line:
    """One action on the board. `steps` are its parts; without any, its progress is in per cent."""

    entry: PlanEntry
    late: int
    evidence: int
    steps_done: int
    steps: int
    news: list[News] = field(default_factory=list)
    """What happened to it since the reader's last visit."""

    @property
    def action(self) -> Action:
        return self.entry.action

    @property
    def segments(self) -> list[bool]:
        """One step after the other, done ones first."""
        return [place < self.steps_done for place in range(self.steps)]

    @property
    def moved(self) -> bool:
        """Whether the due date is not the one that the version fixed."""
        return self.entry.due_on != self.action.due_on


@dataclass
class Part:
    """A recommendation that actions answer directly: a part of a composite one, or the whole where it has none."""

    recommendation: Recommendation | None
    lines: list[Line] = field(default_factory=list)

    @property
    def done(self) -> int:
        return sum(line.action.state == ActionState.VERIFIED for line in self.lines)


@dataclass
class Group:
    """A recommendation with its parts, or an institution with its actions."""

    heading: Recommendation | Organisation | None
    parts: list[Part] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [line for part in self.parts for line in part.lines]


@dataclass(frozen=True)
class Figures:
    """What stands above the board, of the whole version whatever the filters."""

    recommendations: int
    actions: int
    overdue: int
    to_verify: int
    verified: int
    steps: int
    steps_done: int


def versions_of(plan: Plan, user: User) -> list[PlanVersion]:
    """The versions that this reader may see, the newest first; a draft is for staff."""
    rows = plan.versions.select_related("adopted_by").order_by("-number")
    return [version for version in rows if user.is_agency_staff or version.state != PlanState.DRAFT]


def shown_of(versions: list[PlanVersion]) -> PlanVersion | None:
    """The version whose actions the board shows: the adopted one, or else the newest."""
    adopted = next((version for version in versions if version.state == PlanState.ADOPTED), None)
    return adopted or next(iter(versions), None)


def entries_of(version: PlanVersion) -> QuerySet[PlanEntry]:
    """The entries with what the board says of their actions: evidence and steps are counted by the database."""
    pieces = Evidence.objects.standing().filter(action=OuterRef("action")).order_by().values("action")
    parts = Action.objects.filter(parent=OuterRef("action")).exclude(state=ActionState.DROPPED).order_by()
    steps = parts.values("parent")
    done = steps.filter(state__in=DONE)
    return (
        PlanEntry.objects.filter(plan_version=version)
        .select_related("action__owner", "action__recommendation__parent", "action__decision")
        .annotate(
            evidence_count=Coalesce(Subquery(pieces.annotate(n=Count("pk")).values("n")), 0),
            step_count=Coalesce(Subquery(steps.annotate(n=Count("pk")).values("n")), 0),
            step_done=Coalesce(Subquery(done.annotate(n=Count("pk")).values("n")), 0),
        )
        .order_by("position", "id")
    )


def lines_of(entries: Iterable[PlanEntry], *, on: date) -> list[Line]:
    return [
        Line(
            entry=entry,
            late=entry.action.days_late(on),
            evidence=entry.evidence_count,  # type: ignore[attr-defined]
            steps_done=entry.step_done,  # type: ignore[attr-defined]
            steps=entry.step_count,  # type: ignore[attr-defined]
        )
        for entry in entries
    ]


def figures_of(version: PlanVersion, *, on: date) -> Figures:
    """One query; a recommendation counts once however many actions answer it or its parts."""
    late = Q(action__due_on__lt=on, action__state__in=(ActionState.TODO, ActionState.RUNNING))
    kept = Q(action__parts__state__in=[state for state in ActionState if state != ActionState.DROPPED])
    found = version.entries.order_by().aggregate(
        actions=Count("action", distinct=True),
        overdue=Count("action", distinct=True, filter=late),
        to_verify=Count("action", distinct=True, filter=Q(action__state=ActionState.DECLARED)),
        verified=Count("action", distinct=True, filter=Q(action__state=ActionState.VERIFIED)),
        steps=Count("action__parts", distinct=True, filter=kept),
        steps_done=Count("action__parts", distinct=True, filter=Q(action__parts__state__in=DONE)),
        recommendations=Count(
            Coalesce("action__recommendation__parent", "action__recommendation"),
            distinct=True,
            filter=Q(action__recommendation__isnull=False),
        ),
    )
    return Figures(**found)


def by_recommendation(lines: Iterable[Line]) -> list[Group]:
    """Top recommendations by code, in each its parts by code; actions without a recommendation stand last."""
    groups: dict[int, Group] = {}
    parts: dict[int, Part] = {}
    for line in lines:
        reco = line.action.recommendation
        top = (reco.parent or reco) if reco else None
        group = groups.setdefault(top.pk if top else 0, Group(top))
        part = parts.get(reco.pk if reco else 0)
        if part is None:
            part = parts[reco.pk if reco else 0] = Part(reco)
            group.parts.append(part)
        part.lines.append(line)
    for group in groups.values():
        group.parts.sort(key=lambda part: part.recommendation.code if part.recommendation else "")
    return sorted(groups.values(), key=lambda group: (group.heading is None, getattr(group.heading, "code", "")))


def by_owner(lines: Iterable[Line]) -> list[Group]:
    """Institutions by name, each with its actions in the order of their due dates."""
    groups: dict[int, Group] = {}
    for line in sorted(lines, key=lambda line: (line.action.due_on, line.entry.position)):
        owner = line.action.owner
        groups.setdefault(owner.pk, Group(owner, [Part(None)])).parts[0].lines.append(line)
    return sorted(groups.values(), key=lambda group: str(group.heading))
