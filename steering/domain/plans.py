"""Action plans of a committee, in versions: a draft, a review, an adoption, and the next version."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.transitions import illegal, move
from steering.domain import review_requests
from steering.enums import ACTION_OPEN, ActionState, DecisionState, PlanState
from steering.errors import NotReady, WrongChoice
from steering.models import Action, Committee, Decision, Plan, PlanEntry, PlanVersion

SLUG_LENGTH = 50
OPEN_STATES = (PlanState.DRAFT, PlanState.REVIEW)
ADOPTED_STATES = (PlanState.ADOPTED, PlanState.CLOSED)
COPIED = ("title_fr", "title_ar", "owner_id", "starts_on", "due_on", "weight", "recommendation_id")
"""What an entry fixes of its action."""


@journal.act
def create(
    *, committee: Committee, name_fr: str, name_ar: str = "", name_en: str = "", actor: User | None
) -> PlanVersion:
    """A plan of a committee, with its first version as a draft. Raises Invalid where the name exists already."""
    plan = saving.insert(
        Plan(
            committee=committee,
            slug=_free_slug(name_fr),
            name_fr=name_fr,
            name_ar=name_ar,
            name_en=name_en,
            origin=committee.origin,
        )
    )
    journal.record("plan.create", obj=plan, actor=actor)
    return _open_version(plan, 1, actor=actor)


@journal.act
def update(
    *, plan: Plan, version: int | None, name_fr: str, name_ar: str = "", name_en: str = "", actor: User | None
) -> Plan:
    """Correct the name of a plan; its address stays. Raises StaleObject, Invalid."""
    current = saving.locked(Plan, plan.pk, version=version)
    changed = saving.change(current, name_fr=name_fr, name_ar=name_ar, name_en=name_en)
    if changed:
        journal.record("plan.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current


@journal.act
def new_version(*, plan: Plan, actor: User | None) -> PlanVersion:
    """The next version, as a draft: it begins with what the last one held and is not done. One open version at a time.

    Locks the plan. Raises NotReady while a version is being prepared or reviewed.
    """
    locked = saving.locked(Plan, plan.pk)
    if locked.versions.filter(state__in=OPEN_STATES).exists():
        raise NotReady(_("A version of this plan is being prepared or reviewed already."))
    last = locked.versions.order_by("-number").first()
    opened = _open_version(locked, last.number + 1 if last else 1, actor=actor)
    if last is not None:
        _write_entries(opened, [action for action in _actions_of(last) if action.state in ACTION_OPEN])
    return opened


@journal.act
def choose(*, plan_version: PlanVersion, actions: Iterable[Action], actor: User | None) -> int:
    """The draft holds exactly these actions of the committee; returns how many were added or left out.

    Locks the version. Raises IllegalMove once it is under review, WrongChoice for an action of another committee, a
    part of an action (it goes with its whole) or one that was given up.
    """
    current = _locked_draft(plan_version)
    wanted = {action.pk for action in actions}
    allowed = choosable(current.plan).filter(pk__in=wanted)
    kept = set(current.entries.values_list("action_id", flat=True))
    if wanted - kept - set(allowed.values_list("pk", flat=True)):
        words = _("Only actions of this committee that were not given up can stand in its plan.")
        raise WrongChoice(words, field="actions")
    if wanted == kept:
        return 0
    current.entries.exclude(action__in=wanted).delete()
    rows = Action.objects.filter(pk__in=wanted).order_by("recommendation__code", "code", "pk")
    _write_entries(current, rows)
    counted = len(wanted ^ kept)
    journal.record("planversion.choose", obj=current, actor=actor, data={"count": len(wanted), "changed": counted})
    return counted


def choosable(plan: Plan) -> models.QuerySet[Action]:
    """The actions that a version of the plan may hold: whole ones of the committee that were not given up."""
    rows = Action.objects.filter(committee=plan.committee_id, parent__isnull=True)
    return rows.exclude(state=ActionState.DROPPED)


@journal.act
def send_to_review(
    *, plan_version: PlanVersion, until: datetime, actor: User | None, now: datetime
) -> review_requests.Asked:
    """Fix the entries as the actions stand now, and ask every seat for its opinion until a day and hour.

    Locks the version; queues one message a titular with the personal link. Raises NotReady for an empty plan or a
    committee where nobody holds a mandate, WrongChoice for a deadline that is past, IllegalMove.
    """
    current = saving.locked(PlanVersion, plan_version.pk)
    if current.state != PlanState.DRAFT:
        raise illegal(current)
    if not current.entries.exists():
        raise NotReady(_("Choose the actions of the plan first: an empty plan cannot be reviewed."))
    _check_deadline(until, now=now)
    _write_entries(current, _actions_of(current))
    move(current, PlanState.REVIEW, actor=actor, review_from=now, review_until=until)
    asked = review_requests.ask(plan_version=current, now=now)
    if not asked.count:
        raise NotReady(_("Nobody holds a mandate in this committee today: there is nobody to ask."))
    _bring_up_to_date(plan_version, current)
    return asked


@journal.act
def extend(*, plan_version: PlanVersion, until: datetime, actor: User | None, now: datetime) -> review_requests.Asked:
    """Give the seats more time, and tell those that have not answered. The same deadline again changes nothing.

    Locks the version. Raises IllegalMove unless it is under review, WrongChoice for an earlier deadline.
    """
    current = saving.locked(PlanVersion, plan_version.pk)
    if current.state != PlanState.REVIEW:
        raise illegal(current)
    if current.review_until == until:
        return review_requests.Asked(count=0, without_address=0)
    _check_deadline(until, now=now)
    if current.review_until is not None and until < current.review_until:
        raise WrongChoice(_("The deadline can be moved to later only: some may rely on it."), field="until")
    saving.change(current, review_until=until)
    journal.record("planversion.extend", obj=current, actor=actor)
    review_requests.withdraw(current)
    asked = review_requests.ask(plan_version=current, now=now)
    _bring_up_to_date(plan_version, current)
    return asked


@journal.act
def back_to_draft(*, plan_version: PlanVersion, reason: str, actor: User | None) -> PlanVersion:
    """The review stops and the entries can be chosen again; opinions given so far are kept. What waits is not sent.

    Raises IllegalMove, ReasonRequired.
    """
    moved = move(plan_version, PlanState.DRAFT, actor=actor, reason=reason, review_until=None)
    review_requests.withdraw(moved)
    return moved


@journal.act
def adopt(
    *,
    plan_version: PlanVersion,
    on: date,
    decision: Decision | None = None,
    actor: User | None,
    now: datetime,
) -> PlanVersion:
    """The committee adopted the version on a day, by a decision where one is named; the version before it is closed.

    Locks the plan. Raises IllegalMove, WrongChoice for a day to come or before the review, or a decision that the
    committee did not adopt.
    """
    plan = saving.locked(Plan, plan_version.plan_id)
    if plan_version.state == PlanState.REVIEW:
        _check_adoption(plan_version, on, decision, now=now)
    adopted = move(plan_version, PlanState.ADOPTED, actor=actor, adopted_on=on, adopted_by=decision)
    review_requests.withdraw(adopted)
    for before in plan.versions.filter(state=PlanState.ADOPTED).exclude(pk=adopted.pk):
        move(before, PlanState.CLOSED, actor=actor)
    return adopted


@journal.act
def close(*, plan_version: PlanVersion, actor: User | None, reason: str = "") -> PlanVersion:
    """The plan is at its end. Raises IllegalMove."""
    return move(plan_version, PlanState.CLOSED, actor=actor, reason=reason)


@journal.act
def publish(*, plan: Plan, actor: User | None) -> Plan:
    """Everybody may read what became of the adopted plan. Raises NotReady before a version is adopted."""
    current = saving.locked(Plan, plan.pk)
    if not current.versions.filter(state__in=ADOPTED_STATES).exists():
        raise NotReady(_("Only an adopted plan can be published."))
    return _set_published(current, True, actor=actor)


@journal.act
def withdraw(*, plan: Plan, actor: User | None) -> Plan:
    """The public page is taken away again."""
    return _set_published(saving.locked(Plan, plan.pk), False, actor=actor)


def _set_published(plan: Plan, to: bool, *, actor: User | None) -> Plan:
    if saving.change(plan, is_published=to):
        journal.record("plan.publish" if to else "plan.withdraw", obj=plan, actor=actor)
    return plan


def _open_version(plan: Plan, number: int, *, actor: User | None) -> PlanVersion:
    opened = saving.insert(PlanVersion(plan=plan, number=number))
    journal.record("planversion.open", obj=opened, actor=actor, data={"number": number})
    return opened


def _locked_draft(plan_version: PlanVersion) -> PlanVersion:
    current = saving.locked(PlanVersion, plan_version.pk)
    if current.state != PlanState.DRAFT:
        raise illegal(current)
    return current


def _write_entries(plan_version: PlanVersion, actions: Iterable[Action]) -> None:
    """One entry an action, in this order, with what the action says now."""
    known = {entry.action_id: entry for entry in plan_version.entries.all()}
    for position, action in enumerate(actions, start=1):
        values = {name: getattr(action, name) for name in COPIED}
        entry = known.get(action.pk)
        if entry is None:
            saving.insert(PlanEntry(plan_version=plan_version, action=action, position=position, **values))
        else:
            saving.change(entry, position=position, **values)


def _actions_of(plan_version: PlanVersion) -> list[Action]:
    """In the order of the plan."""
    return [entry.action for entry in plan_version.entries.select_related("action")]


def _check_deadline(until: datetime, *, now: datetime) -> None:
    if until <= now:
        raise WrongChoice(_("The deadline lies in the past: leave the seats time to answer."), field="until")


def _check_adoption(plan_version: PlanVersion, on: date, decision: Decision | None, *, now: datetime) -> None:
    began = plan_version.review_from
    if on > timezone.localdate(now):
        raise WrongChoice(_("A plan is adopted today or on a day that is past."), field="on")
    if began is not None and on < timezone.localdate(began):
        raise WrongChoice(_("This day lies before the review of this version."), field="on")
    if decision is not None and (
        decision.state != DecisionState.ADOPTED or decision.item.meeting.committee_id != plan_version.plan.committee_id
    ):
        raise WrongChoice(_("Name a decision that this committee has adopted."), field="decision")


def _bring_up_to_date(mine: PlanVersion, current: PlanVersion) -> None:
    for name in ("state", "review_from", "review_until", "version"):
        setattr(mine, name, getattr(current, name))


def last_number(plan: Plan) -> int:
    """The number of the newest version."""
    found: int | None = plan.versions.aggregate(n=Max("number"))["n"]
    return found or 0


def _free_slug(name: str) -> str:
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "plan"
    base = f"plan-{base}" if base == "new" else base
    taken = set(Plan.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
