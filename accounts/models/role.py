"""Roles granted with dates."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.user import User
from core.history import snapshots


class RoleGrantQuerySet(models.QuerySet["RoleGrant"]):
    def in_force(self, *, on: date) -> RoleGrantQuerySet:
        """Grants that count on a day: begun, not ended (the last day counts)."""
        return self.filter(starts_on__lte=on).filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on))


@snapshots()
class RoleGrant(models.Model):
    """A role that a person holds from a day, to a day or without an end."""

    user = models.ForeignKey(User, verbose_name=_("account"), on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = RoleGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="role_ends_after_start",
                violation_error_message=_("A role ends on or after the day on which it starts."),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ends_on__isnull=True),
                name="role_open_once",
                violation_error_message=_("This person holds the role already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
