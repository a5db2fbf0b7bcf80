"""The history of one registration in words: who did what, when and why."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.trail import Trail

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

TRAIL = Trail(VERBS, nobody=_("the person, or the portal"))
lines_of = TRAIL.lines_of
