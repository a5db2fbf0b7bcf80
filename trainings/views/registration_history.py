"""The history of one registration in words: who did what, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core import journal
from trainings.models import Registration

VERBS: dict[str, str | Promise] = {
    "registration.request": _("Asked for a place"),
    "registration.by_hand": _("Entered by the agency"),
    "registration.send_link": _("Link sent again"),
    "registration.archive": _("Entered from published sources"),
    "registration.correct": _("What was written is corrected"),
    "registration.review": _("Address confirmed: to be decided"),
    "registration.waiting": _("On the waiting list"),
    "registration.offered": _("Place offered"),
    "registration.confirmed": _("Place confirmed"),
    "registration.refused": _("Refused"),
    "registration.cancelled": pgettext_lazy("registration", "Cancelled"),
    "registration.lapsed": _("Lapsed"),
}
SHOWN = 100


@dataclass(frozen=True)
class Line:
    """One entry as staff read it."""

    at: datetime
    words: str
    by: str
    reason: str


def lines_of(registration: Registration) -> list[Line]:
    """The entries of a registration, newest first."""
    found = []
    for entry in journal.history_of(registration)[:SHOWN]:
        by = str(entry.actor) if entry.actor_id else gettext("the person, or the portal")
        reason = getattr(getattr(entry, "reason", None), "text", "")
        found.append(Line(entry.at, str(VERBS.get(entry.verb, entry.verb)), by, reason))
    return found
