"""The rules of a founding act, asked by name: what it does not say is refused, never assumed."""

from __future__ import annotations

from datetime import date
from typing import Any

from steering.errors import NoAct, RuleMissing
from steering.models import Committee, FoundingAct

RULES = (
    "power",
    "meetings_a_year",
    "notice_days",
    "notice_count",
    "quorum_numerator",
    "quorum_denominator",
    "second_call_days",
    "second_numerator",
    "second_denominator",
    "majority",
    "casting_vote",
    "voters",
    "chair_substitute",
    "alternates",
    "proxies",
    "proxies_each",
    "proxies_in_quorum",
    "minutes_days",
    "language",
    "written_procedure",
    "silence",
)
"""In the order in which a founding act is read."""


def in_force(committee: Committee, *, on: date) -> FoundingAct:
    """The founding act of a day. Raises NoAct."""
    act = committee.act_on(on)
    if act is None:
        raise NoAct
    return act


def needed(act: FoundingAct, *names: str) -> Any:
    """The values of the rules `names` (one alone is not a tuple). Raises RuleMissing, naming all that are not set."""
    absent = [name for name in names if not is_set(act, name)]
    if absent:
        raise RuleMissing(*(label_of(name) for name in absent))
    values = tuple(getattr(act, name) for name in names)
    return values[0] if len(values) == 1 else values


def is_set(act: FoundingAct, name: str) -> bool:
    return getattr(act, name) not in (None, "")


def missing(act: FoundingAct) -> list[str]:
    """The names of the rules that the act does not give."""
    return [name for name in RULES if not is_set(act, name)]


def label_of(name: str) -> str:
    """A rule in words."""
    return str(FoundingAct._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
