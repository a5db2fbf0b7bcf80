"""Personal calendars: who subscribed, by the hash of a secret address."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots


@snapshots(exclude=("token_hash", "salt"))
class CalendarFeed(models.Model):
    """A personal calendar. Its address is an HMAC of `salt`, which the portal makes again; it is found by its hash."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="calendar_feed"
    )
    salt = models.CharField(max_length=32, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("address made on"))

    class Meta:
        verbose_name = _("personal calendar")
        verbose_name_plural = _("personal calendars")

    def __str__(self) -> str:
        return str(self.user)
