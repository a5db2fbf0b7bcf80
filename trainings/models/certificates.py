"""Certificates, and the public keys by which anybody checks them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.history import snapshots
from core.keys import key_field
from trainings.enums import CERTIFICATE_MOVES, CertificateState
from trainings.models.registrations import Registration


class SigningKey(models.Model):
    """The public half of a signing key. The private half lies in the state folder; old public halves stay published."""

    key_id = models.CharField(_("key"), max_length=20, unique=True)
    public_key = models.CharField(max_length=64, help_text="Ed25519, raw 32 bytes, base64")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(_("made on"))

    class Meta:
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.key_id


@snapshots(exclude=("key",))
class Certificate(models.Model):
    """What was certified, word for word (`fields`), signed. It never changes; its state may."""

    MOVES = CERTIFICATE_MOVES

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="certificates")
    number = models.CharField(_("number"), max_length=30, unique=True)
    control_code = models.CharField(_("control code"), max_length=8)
    check_token = models.CharField(max_length=32, unique=True, help_text="128 bits; the QR code's address")
    fields = models.JSONField(_("certified fields"))
    signature = models.CharField(max_length=100, help_text="Ed25519 over the canonical fields, base64")
    signing_key = models.ForeignKey(SigningKey, verbose_name=_("key"), on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=CertificateState.choices, default=CertificateState.VALID
    )
    state_changed_at = models.DateTimeField(_("state since"), null=True)
    valid_until = models.DateField(_("valid until"), null=True, help_text="The certified day; null: without an end")
    reviewed_at = models.DateTimeField(_("left as it is on"), null=True)
    replaced_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    issued_at = models.DateTimeField(_("issued on"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("issued by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("number")

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=models.Q(state=CertificateState.VALID),
                name="certificate_valid_once",
                violation_error_message=_("This registration has a valid certificate already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=CertificateState.VALID, state_changed_at__isnull=True)
                | (~models.Q(state=CertificateState.VALID) & models.Q(state_changed_at__isnull=False)),
                name="certificate_state_iff_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=CertificateState.EXPIRED) | models.Q(valid_until__isnull=False),
                name="certificate_expired_had_an_end",
            ),
        ]
        indexes = [
            models.Index(fields=["issued_at", "id"], name="certificate_issued"),
            models.Index(
                fields=["valid_until"], condition=models.Q(state=CertificateState.VALID), name="certificate_ending"
            ),
        ]

    def __str__(self) -> str:
        return self.number
