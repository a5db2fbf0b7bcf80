"""Role codes, languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may be in the portal; several at once, each with dates."""

    MANAGER = "manager", _("Programme manager")
    OFFICER = "officer", _("Programme officer")
    TRAINER = "trainer", _("Trainer")
    MEMBER = "member", _("Committee member")
    ANIMATOR = "animator", _("Cluster animator")
    AUDITOR = "auditor", _("Auditor")


STAFF_ROLES = frozenset({Role.MANAGER, Role.OFFICER})


class Language(models.TextChoices):
    """Languages of messages and documents."""

    FRENCH = "fr", "Français"
    ARABIC = "ar", "العربية"
    ENGLISH = "en", "English"
