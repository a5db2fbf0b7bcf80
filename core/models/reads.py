"""Who read or took lists of people, and files of persons: who, what, when. Never what stood in them."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReadAct(models.TextChoices):
    """What was done with it."""

    READ = "read", pgettext_lazy("log of reading", "Opened")
    EXPORT = "export", pgettext_lazy("log of reading", "Taken as a file")


class ReadEntry(models.Model):
    """One reading. Whoever opens the same again within a quarter of an hour (`slot`) leaves one entry."""

    at = models.DateTimeField(_("date"), db_default=Now(), editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="+"
    )
    act = models.CharField(_("act"), max_length=6, choices=ReadAct.choices, default=ReadAct.READ)
    what = models.CharField(pgettext_lazy("log of reading", "list or file"), max_length=80)
    object_id = models.BigIntegerField(_("number"), default=0, help_text=_("0 for a list of all"))
    slot = models.DateTimeField(editable=False)
    filters = models.PositiveSmallIntegerField(_("filters"), default=0, help_text=_("how many, never which words"))
    rows = models.PositiveIntegerField(_("rows"), default=0)

    class Meta:
        verbose_name = pgettext_lazy("log of reading", "reading")
        verbose_name_plural = pgettext_lazy("log of reading", "readings")
        constraints = [
            models.UniqueConstraint(fields=["user", "what", "object_id", "act", "slot"], name="read_once_a_slot")
        ]
        indexes = [
            models.Index(fields=["at", "id"], name="read_at"),
            models.Index(fields=["user", "-at"], name="read_by"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.act} {self.what} {self.object_id}"
