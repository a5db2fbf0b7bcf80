"""Invitations: the only way in for a new account."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language, Role
from core.history import snapshots
from core.keys import key_field, trigram_index


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, *, at: datetime) -> InvitationQuerySet:
        """Neither used, nor withdrawn, nor expired."""
        return self.pending().filter(expires_at__gt=at)

    def pending(self) -> InvitationQuerySet:
        """Neither used nor withdrawn; it may have expired."""
        return self.filter(accepted_at__isnull=True, withdrawn_at__isnull=True)


@snapshots(exclude=("key",))
class Invitation(models.Model):
    """An address that may make an account with a role, once, until a date. Its links are `core.PersonalLink` rows."""

    email = models.EmailField(_("e-mail address"))
    full_name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    role_ends_on = models.DateField(_("role until"), null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("invited on"))
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="invitations"
    )
    key = key_field("email", "full_name")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [
            models.Index(fields=["created_at", "id"], name="invitation_created"),
            models.Index(fields=["key", "id"], name="invitation_key"),
            trigram_index("invitation_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["email", "role"],
                condition=models.Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_open_once",
                violation_error_message=_("This address has an open invitation for the role already."),
            )
        ]

    def __str__(self) -> str:
        return self.email
