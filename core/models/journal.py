"""The journal's rows. The database itself refuses to change or delete an entry."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """One act: verb, actor, object. `context_id` is the snapshot context of the same act."""

    at = models.DateTimeField(_("date"), db_default=Now(), editable=False)
    verb = models.CharField(_("act"), max_length=80)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    object_type = models.CharField(max_length=80)
    object_id = models.BigIntegerField()
    context_id = models.UUIDField()
    data = models.JSONField(default=dict)
    reason_hash = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal entries")
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="journal_object"),
            models.Index(fields=["actor", "-id"], name="journal_actor"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"


class JournalReason(models.Model):
    """A reason's words, apart from the entry so that they can be erased without breaking it."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.CASCADE, related_name="reason")
    text = models.TextField(_("reason"))
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")

    def __str__(self) -> str:
        return self.text[:60]
