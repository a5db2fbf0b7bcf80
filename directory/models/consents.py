"""Consent: express, per purpose, to a text whose version is kept (organic law 2004-63, article 27)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.localized import localized
from directory.enums import Purpose
from directory.models.persons import Person


@snapshots()
class ConsentText(models.Model):
    """What a person agrees to, word for word; a change makes a new version, never an edit."""

    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose.choices)
    number = models.PositiveSmallIntegerField(_("version"))
    text_fr = models.TextField(_("text in French"))
    text_ar = models.TextField(_("text in Arabic"))
    text_en = models.TextField(_("text in English"))
    valid_from = models.DateField(_("from"))

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["purpose", "-number"]
        constraints = [models.UniqueConstraint(fields=["purpose", "number"], name="consent_text_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} v{self.number}"

    @property
    def text(self) -> str:
        return localized(self, "text")


@snapshots()
class Consent(models.Model):
    """One person's consent to one text, when it was given and withdrawn."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2)
    given_at = models.DateTimeField(_("given on"))
    withdrawn_at = models.DateTimeField(_("withdrawn on"), null=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text"], condition=models.Q(withdrawn_at__isnull=True), name="consent_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text}"
