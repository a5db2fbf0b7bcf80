"""What a rule that no text gives stands in the way of: the act that needs it is refused until it is documented."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from steering.domain import rules
from steering.models import FoundingAct

Text = str | Promise

CONVENE = pgettext_lazy("what is blocked", "convening a meeting")
SECOND = pgettext_lazy("what is blocked", "calling a second meeting")
OPEN = pgettext_lazy("what is blocked", "opening a meeting")
VOTE = pgettext_lazy("what is blocked", "deciding by vote")
TIE = pgettext_lazy("what is blocked", "deciding when votes are equal")
CHAIR = pgettext_lazy("what is blocked", "holding a meeting without the chair")
ALTERNATE = pgettext_lazy("what is blocked", "appointing an alternate")
PROXY = pgettext_lazy("what is blocked", "giving a proxy")
MINUTES = pgettext_lazy("what is blocked", "dating the minutes’ deadline")
LANGUAGE = pgettext_lazy("what is blocked", "saying which language of the minutes prevails")
WRITING = pgettext_lazy("what is blocked", "consulting the members in writing")

BLOCKS: dict[str, Text] = {
    "notice_days": CONVENE,
    "notice_count": CONVENE,
    "quorum_numerator": OPEN,
    "quorum_denominator": OPEN,
    "second_call_days": SECOND,
    "second_numerator": SECOND,
    "second_denominator": SECOND,
    "majority": VOTE,
    "voters": OPEN,
    "casting_vote": TIE,
    "chair_substitute": CHAIR,
    "alternates": ALTERNATE,
    "proxies": PROXY,
    "proxies_each": PROXY,
    "proxies_in_quorum": PROXY,
    "minutes_days": MINUTES,
    "language": LANGUAGE,
    "written_procedure": WRITING,
    "silence": WRITING,
}
"""By rule; what a committee may do and how often it meets stand in no act's way."""


@dataclass(frozen=True)
class Rule:
    """One rule as the page shows it: its words, its value in words (empty: not documented), what its lack blocks."""

    name: str
    label: str
    value: str
    blocks: Text = ""

    @property
    def is_missing(self) -> bool:
        return not self.value


@dataclass(frozen=True)
class Chapter:
    """Rules that belong together."""

    title: Text
    rules: list[Rule]


FRACTIONS = {"quorum_numerator": "quorum_denominator", "second_numerator": "second_denominator"}
SHARES: dict[tuple[int, int], Text] = {
    (1, 2): _("half (%(parts)s/%(whole)s)"),
    (1, 3): _("a third (%(parts)s/%(whole)s)"),
    (2, 3): _("two thirds (%(parts)s/%(whole)s)"),
    (3, 4): _("three quarters (%(parts)s/%(whole)s)"),
}
LABELS: dict[str, Text] = {
    "quorum_numerator": _("quorum, out of the voting seats in office"),
    "second_numerator": _("quorum of the second call"),
}
CHAPTERS: tuple[tuple[Text, tuple[str, ...]], ...] = (
    (_("Power and rhythm"), ("power", "meetings_a_year")),
    (_("Convocation"), ("notice_days", "notice_count")),
    (_("Quorum"), ("quorum_numerator", "second_call_days", "second_numerator")),
    (pgettext_lazy("of a committee", "Votes"), ("voters", "majority", "casting_vote")),
    (
        _("Who sits for whom"),
        ("chair_substitute", "alternates", "proxies", "proxies_each", "proxies_in_quorum"),
    ),
    (pgettext_lazy("of a meeting", "Minutes"), ("minutes_days", "language")),
    (_("Written procedure"), ("written_procedure", "silence")),
)


def chapters(act: FoundingAct) -> list[Chapter]:
    """The rules of an act, one by one, as it is read."""
    return [Chapter(title, [_rule(act, name) for name in names]) for title, names in CHAPTERS]


def blocked_by(act: FoundingAct | None) -> list[Text]:
    """Which acts are blocked, each once, in the order of the rules."""
    if act is None:
        return list(dict.fromkeys(BLOCKS[name] for name in rules.RULES if name in BLOCKS))
    missing = [name for name in rules.missing(act) if name in BLOCKS and not _does_not_arise(act, name)]
    return list(dict.fromkeys(BLOCKS[name] for name in missing))


def left_open(act: FoundingAct) -> list[str]:
    """The rules, in words, that the act does not give although an act needs them."""
    return [rule.label for chapter in chapters(act) for rule in chapter.rules if rule.is_missing and rule.blocks]


def _does_not_arise(act: FoundingAct, name: str) -> bool:
    """What only matters where something else is allowed."""
    if name in ("proxies_each", "proxies_in_quorum"):
        return act.proxies is False
    return name == "silence" and act.written_procedure is False


def _rule(act: FoundingAct, name: str) -> Rule:
    label = str(LABELS.get(name) or rules.label_of(name))
    if _does_not_arise(act, name):
        return Rule(name, label, str(_("does not arise")))
    return Rule(name, label, _value(act, name), BLOCKS.get(name, ""))


def _value(act: FoundingAct, name: str) -> str:
    """The rule in words; a fraction is one value."""
    value = getattr(act, name)
    if value in (None, ""):
        return ""
    if name in FRACTIONS:
        return _fraction(value, getattr(act, FRACTIONS[name]))
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    choices = FoundingAct._meta.get_field(name).flatchoices  # type: ignore[union-attr]
    return str(dict(choices).get(value, value))


def _fraction(parts: int, whole: int) -> str:
    if not parts:
        return str(_("none: valid whatever the number"))
    words = SHARES.get((parts, whole), _("%(parts)s out of %(whole)s"))
    return str(words % {"parts": parts, "whole": whole})
