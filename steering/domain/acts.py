"""Founding acts: versions of a committee's rules, each in force from a day until the next one."""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict, Unpack

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from steering.enums import MeetingState
from steering.models import Committee, FoundingAct, Meeting


class ActFields(TypedDict, total=False):
    title_fr: str
    title_ar: str
    signed_on: date | None
    in_force_from: date
    source: str
    power: str
    meetings_a_year: int | None
    notice_days: int | None
    notice_count: str
    quorum_numerator: int | None
    quorum_denominator: int | None
    second_call_days: int | None
    second_numerator: int | None
    second_denominator: int | None
    majority: str
    casting_vote: bool | None
    voters: str
    chair_substitute: str
    alternates: bool | None
    proxies: bool | None
    proxies_each: int | None
    proxies_in_quorum: bool | None
    minutes_days: int | None
    language: str
    written_procedure: bool | None
    silence: str


@journal.act
def enter(*, committee: Committee, actor: User | None, **fields: Unpack[ActFields]) -> FoundingAct:
    """A new version of the rules, in force from its day; what the text does not say stays empty. Locks the committee.

    Raises Invalid, and DomainError beside a rule that contradicts another.
    """
    current = saving.locked(Committee, committee.pk)
    act = FoundingAct(committee=current, **fields)
    _refuse_contradictions(act)
    saving.insert(act)
    journal.record("committee.act", obj=current, actor=actor, data={"act": act.pk})
    return act


@journal.act
def correct(
    *, act: FoundingAct, version: int | None, actor: User | None, reason: str, **fields: Unpack[ActFields]
) -> FoundingAct:
    """Correct a version, with a reason that the history keeps: convened meetings may rest on it.

    Locks the committee. Raises StaleObject, ReasonRequired, Invalid, and DomainError: a rule that contradicts another,
    a first day after a meeting that was convened under the version.
    """
    committee = saving.locked(Committee, act.committee_id)
    current = saving.locked(FoundingAct, act.pk, version=version)
    changes: dict[str, Any] = {name: value for name, value in fields.items() if getattr(current, name) != value}
    if not changes:
        return current
    if not reason.strip():
        raise ReasonRequired
    if "in_force_from" in changes:
        _refuse_later_than_meetings(current, changes["in_force_from"])
    _refuse_contradictions(current, changes)
    changed = saving.change(current, **changes)
    names, resting = " ".join(changed), resting_on(current).count()
    journal.record(
        "committee.act_edit",
        obj=committee,
        actor=actor,
        reason=reason,
        data={"act": current.pk, "fields": names, "meetings": resting},
    )
    return current


def resting_on(act: FoundingAct) -> models.QuerySet[Meeting]:
    """The meetings that were convened, or held, under a version."""
    return Meeting.objects.filter(act=act).exclude(state=MeetingState.PLANNED).order_by("-starts_at", "-id")


def versions_of(committee: Committee) -> list[FoundingAct]:
    """Every version, the newest first."""
    return list(committee.acts.order_by("-in_force_from", "-id"))


def _refuse_later_than_meetings(act: FoundingAct, day: date) -> None:
    first = resting_on(act).last()
    if first is not None and first.day < day:
        words = _("%(meeting)s of %(day)s was convened under this version: it cannot begin later.")
        shown = {"meeting": first.title, "day": f"{first.day:%d/%m/%Y}"}
        raise DomainError(words % shown, code="meeting", field="in_force_from")


def _refuse_contradictions(act: FoundingAct, changes: dict[str, Any] | None = None) -> None:
    """Rules about proxies where they are excluded, about silence where nothing is decided in writing; half a rule."""

    def rule(name: str) -> Any:
        return (changes or {}).get(name, getattr(act, name))

    proxies_allowed, in_writing = rule("proxies"), rule("written_procedure")
    if proxies_allowed is False:
        for name in ("proxies_each", "proxies_in_quorum"):
            if rule(name) is not None:
                raise DomainError(_("Proxies are not allowed: leave this undocumented."), code="proxies", field=name)
    if in_writing is False and rule("silence"):
        words = _("The written procedure is not allowed: leave this undocumented.")
        raise DomainError(words, code="written", field="silence")
    if rule("notice_count") and rule("notice_days") is None:
        raise DomainError(_("Say how many days, too."), code="notice", field="notice_days")
