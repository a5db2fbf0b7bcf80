"""Plans for tests, as they lie in the database: no verb's checks, journal or messages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from steering.models import Action, Committee, Plan, PlanEntry, PlanVersion
from steering.tests.factories import make_action, make_committee

COPIED = ("title_fr", "title_ar", "owner", "starts_on", "due_on", "weight", "recommendation")


def make_plan(
    committee: Committee | None = None,
    state: str = "draft",
    *,
    actions: int | list[Action] = 2,
    seats: int = 3,
    number: int = 1,
    plan: Plan | None = None,
    published: bool = False,
    **fields: Any,
) -> PlanVersion:
    """A version in that state; one under review has a week left."""
    committee = committee or (plan.committee if plan else make_committee(seats=seats))
    if isinstance(actions, int):
        actions = [make_action(committee) for _each in range(actions)]
    now = timezone.now()
    plan = plan or Plan.objects.create(
        committee=committee,
        slug=f"plan-{committee.slug}",
        name_fr=f"Plan {committee.name_fr}",
        name_ar=f"خطة {committee.name_ar}",
        is_published=published,
        origin=committee.origin,
    )
    values = dict(fields)
    if state != "draft":
        values.setdefault("review_from", now - timedelta(days=7))
        values.setdefault("review_until", now + timedelta(days=7))
    if state in ("adopted", "closed"):
        values.setdefault("adopted_on", timezone.localdate())
    version = PlanVersion.objects.create(plan=plan, number=number, state=state, **values)
    for position, action in enumerate(actions, start=1):
        add_entry(version, action, position=position)
    return version


def add_entry(version: PlanVersion, action: Action, **fields: Any) -> PlanEntry:
    values = {name: getattr(action, name) for name in COPIED}
    return PlanEntry.objects.create(plan_version=version, action=action, **{**values, **fields})
