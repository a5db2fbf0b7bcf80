"""The history of one registration in words: who did what, when and why."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import JournalEntry
from core.trail import Trail, Words

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
    "registration.move": _("Moved on the waiting list, from place %(from)s to %(to)s"),
    "registration.refused": _("Refused"),
    "registration.cancelled": pgettext_lazy("registration", "Cancelled"),
    "registration.lapsed": _("Lapsed"),
}


def _said(entry: JournalEntry) -> Mapping[str, Words]:
    """The two places of a move."""
    return entry.data if entry.verb == "registration.move" else {}


TRAIL = Trail(VERBS, nobody=_("the person, or the portal"), said=_said)
lines_of = TRAIL.lines_of
