"""Homes of those who mostly read: committee members, animators, auditors; and of an account without a role."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from pasri_portal.home import steering
from pasri_portal.home.pieces import Home, Readable


def _public() -> list[Readable]:
    return [
        Readable(
            _("Calendar of the training sessions"),
            _("Sessions that are announced, their parts, dates and places; open to everybody."),
            reverse("trainings:calendar"),
        ),
        Readable(
            _("Check of a certificate"),
            _("By its QR code, or by its number and control code; open to everybody."),
            reverse("trainings:certificate-check"),
        ),
        Readable(
            _("Accountability"),
            _("What became of the adopted action plans; open to everybody."),
            reverse("steering:accountability-list"),
        ),
    ]


def member(user: User, now: datetime) -> Home:
    """A member of the steering committee: the own work first, then what may be read."""
    readables = [
        Readable(
            _("Action plans"),
            _("The plans of your committees: actions with their state, owner and due date."),
            reverse("steering:plan-list"),
        ),
        Readable(
            _("Traceability"),
            _("From the recommendation to the action: what became of what was decided."),
            reverse("steering:thread"),
        ),
    ]
    return replace(steering.member(user, now), readables=[*readables, *_public()])


def animator(user: User, now: datetime) -> Home:
    """An animator of a cluster."""
    return Home(readables=_public())


def auditor(user: User, now: datetime) -> Home:
    """A reader of a ministry or of the donor: figures and documents, no names or contacts."""
    return Home(
        readables=[
            Readable(
                _("Training sessions"),
                _("State, parts, capacity and attendance in figures; no names and no contacts."),
                reverse("trainings:session-list"),
            ),
            Readable(
                _("State of the programme"),
                _("Clusters, trainings, recommendations and actions in figures; the 24 governorates on a map."),
                reverse("programme-state"),
            ),
            *_public(),
        ]
    )


def nobody(user: User, now: datetime) -> Home:
    """No role is in force today: what is public, and whom to ask."""
    return Home(readables=_public())
