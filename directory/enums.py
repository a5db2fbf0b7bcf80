"""Codes of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Origin(models.TextChoices):
    """Where a row comes from; what is fictional says so wherever it shows."""

    OWN = "own", _("Entered in the portal")
    DOCUMENTED = "documented", _("From published sources")
    FICTIONAL = "fictional", _("Demonstration")


class Priority(models.TextChoices):
    """How the programme looks at a governorate: from a study, not from the law, whose zones are delegations."""

    HIGH = "high", _("Among the five least developed")
    INTERIOR = "interior", pgettext_lazy("governorate", "Interior")


REGIONS = {
    "Grand Tunis": _("Greater Tunis"),
    "Nord-Est": _("North-East"),
    "Nord-Ouest": _("North-West"),
    "Centre-Ouest": _("Centre-West"),
    "Centre-Est": _("Centre-East"),
    "Sud-Ouest": _("South-West"),
    "Sud-Est": _("South-East"),
}
"""The seven statistical regions, by their names in French."""


class OrganisationKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Public agency")
    TECHNICAL_CENTRE = "technical_centre", _("Technical centre")
    POLE = "pole", _("Technopole or competitiveness pole")
    UNIVERSITY = "university", _("University or research")
    EMPLOYERS = "employers", _("Employers’ organisation")
    ASSOCIATION = "association", _("Association")
    FINANCE = "finance", _("Bank or fund")
    FIRM = "firm", _("Firm")
    DONOR = "donor", _("Donor or partner")
    OTHER = "other", _("Other")


class Sex(models.TextChoices):
    FEMALE = "f", _("Woman")
    MALE = "m", _("Man")
    UNKNOWN = "u", pgettext_lazy("sex", "Not documented")


class HolidayKind(models.TextChoices):
    FIXED = "fixed", _("Fixed date")
    LUNAR = "lunar", _("Lunar date")


class HolidayStatus(models.TextChoices):
    ESTIMATED = "estimated", _("Estimated")
    CONFIRMED = "confirmed", _("Confirmed")


class RegimeKind(models.TextChoices):
    DOUBLE = "double", _("Two sittings, morning and afternoon")
    SINGLE = "single", _("One sitting")
    RAMADAN = "ramadan", _("Ramadan hours")


class Half(models.TextChoices):
    """Half of a day, the unit of attendance."""

    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")


class Purpose(models.TextChoices):
    """What personal data are asked for; each purpose has its own consent, with versions."""

    TRAINING = "training", _("Registration and follow-up of a training session")
    NEWS = "news", _("Invitations to later sessions")
