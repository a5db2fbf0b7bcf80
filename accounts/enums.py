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


class FactorEvent(models.TextChoices):
    """What happened to somebody's second step of signing in."""

    APP_ADDED = "app_added", _("An authenticator app was added.")
    APP_REMOVED = "app_removed", _("The authenticator app was removed.")
    PASSKEY_ADDED = "passkey_added", _("A passkey was added.")
    PASSKEY_REMOVED = "passkey_removed", _("A passkey was removed.")
    CODES_RENEWED = "codes_renewed", _("The recovery codes were replaced by new ones.")
    CODE_USED = "code_used", _("A recovery code was used to sign in.")
