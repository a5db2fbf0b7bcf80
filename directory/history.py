"""The history of a person, an organisation, a programme or a holiday, in words: who did what, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import journal
from core.models import JournalEntry
from directory.enums import Purpose

VERBS: dict[str, str | Promise] = {
    "organisation.create": gettext_lazy("Entered"),
    "organisation.edit": gettext_lazy("Corrected"),
    "organisation.rename": gettext_lazy("Renamed"),
    "organisation.former_name": gettext_lazy("Former name added"),
    "person.create": gettext_lazy("Entered"),
    "person.edit": gettext_lazy("Corrected"),
    "person.affiliate": gettext_lazy("Joined an organisation"),
    "person.leave": gettext_lazy("Left an organisation"),
    "person.link_account": gettext_lazy("Account linked"),
    "person.purge": gettext_lazy("Address and telephone erased: their retention period is over"),
    "programme.create": gettext_lazy("Entered"),
    "programme.edit": gettext_lazy("Corrected"),
    "consent.give": gettext_lazy("Consent given: %(purpose)s"),
    "consent.withdraw": gettext_lazy("Consent withdrawn: %(purpose)s"),
    "holiday.confirm": gettext_lazy("Date confirmed"),
}
SHOWN = 30


@dataclass(frozen=True)
class Line:
    """One entry as staff read it."""

    at: datetime
    words: str
    by: str
    reason: str


def lines_of(obj: models.Model) -> Iterator[Line]:
    """The newest entries of one object, newest first."""
    for entry in journal.history_of(obj)[:SHOWN]:
        yield Line(entry.at, words_of(entry), _actor(entry), _reason(entry))


def words_of(entry: JournalEntry) -> str:
    """The act in the page's language; its code where no words are known."""
    words = str(VERBS.get(entry.verb, entry.verb))
    purpose = entry.data.get("purpose", "")
    return words % {"purpose": Purpose(purpose).label} if purpose in Purpose.values else words


def _actor(entry: JournalEntry) -> str:
    return str(entry.actor) if entry.actor_id else _("the portal")


def _reason(entry: JournalEntry) -> str:
    reason = getattr(entry, "reason", None)
    return reason.text if reason else ""
