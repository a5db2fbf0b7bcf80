"""Codes of committees, seats and mandates: the rules of a founding act, voices, what happens to them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook

# The rules of a founding act.


class Power(models.TextChoices):
    """What a committee may do with what it settles."""

    DECIDES = "decides", pgettext_lazy("committee", "Decides")
    RECOMMENDS = "recommends", pgettext_lazy("committee", "Recommends")
    ADVISES = "advises", pgettext_lazy("committee", "Advises")


class DayCount(models.TextChoices):
    CALENDAR = "calendar", _("Calendar days")
    WORKING = "working", _("Working days")


class Majority(models.TextChoices):
    """Of what more than half must be in favour."""

    CAST = "cast", _("Of the votes for and against")
    PRESENT = "present", _("Of the voting seats present or represented")
    SEATS = "seats", _("Of all the voting seats in office")
    TWO_THIRDS = "two_thirds", _("Two thirds of the votes for and against")


class Voters(models.TextChoices):
    DELIBERATIVE = "deliberative", _("Seats with a deliberative voice")
    ALL = "all", _("Every seat")


class ChairSubstitute(models.TextChoices):
    """Who presides when the chair is absent."""

    ALTERNATE = "alternate", _("The alternate of the presiding seat")
    RANK = "rank", _("The next seat by rank that is present")
    NOBODY = "nobody", _("Nobody: the meeting cannot be held")


class Silence(models.TextChoices):
    """What no answer means in a written procedure."""

    CONSENT = "consent", _("Silence is agreement")
    ABSTENTION = "abstention", _("Silence is an abstention")
    REFERRAL = "referral", _("Silence refers the question to a meeting")


# Seats and mandates.


class Voice(models.TextChoices):
    DELIBERATIVE = "deliberative", _("Deliberative voice")
    CONSULTATIVE = "consultative", _("Consultative voice")
    UNKNOWN = "unknown", _("Voice not documented")


class MandateKind(models.TextChoices):
    TITULAR = "titular", _("Titular")
    ALTERNATE = "alternate", _("Alternate")


class SuccessionKind(models.TextChoices):
    """What happened to an institution."""

    RENAME = "rename", _("Renamed")
    MERGER = "merger", _("Merged into another")
    SPLIT = "split", _("Split")


class AlertKind(models.TextChoices):
    """Why somebody should see to a seat."""

    VACANT = "vacant", _("Vacant voting seat")
    WITHOUT_TITULAR = "without_titular", _("Seat without a titular")
    ENDING = "ending", _("Mandate that ends soon")

    @property
    def look(self) -> StateLook:
        return StateLook("soon", "dash") if self == AlertKind.ENDING else StateLook("late", "x")
