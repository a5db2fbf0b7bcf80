"""Registrations: who asked for a place in a part, and what became of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.keys import key_field, trigram_index
from directory.enums import Sex
from directory.models import ConsentText, Governorate, Organisation, Person
from trainings.enums import ACTIVE_STATES, HOLDING_STATES, REGISTRATION_MOVES, RegistrationState
from trainings.models.parts import SessionPart
from trainings.models.sessions import SessionTrainer
from trainings.models.trainings import PublicCategory


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: User) -> RegistrationQuerySet:
        """Staff: all. Trainers: those who hold a place in their own sessions. Nobody else: auditors read figures."""
        if user.is_agency_staff:
            return self
        if not user.has_role("trainer"):
            return self.none()
        own = SessionTrainer.objects.filter(person__user=user).values("session_id")
        return self.filter(part__session__in=own, state=RegistrationState.CONFIRMED)

    def holding(self) -> RegistrationQuerySet:
        return self.filter(state__in=HOLDING_STATES)

    def confirmed(self) -> RegistrationQuerySet:
        return self.filter(state=RegistrationState.CONFIRMED)

    def waiting(self) -> RegistrationQuerySet:
        """The queue, in its order."""
        return self.filter(state=RegistrationState.WAITING).order_by("rank")

    def active(self) -> RegistrationQuerySet:
        return self.filter(state__in=ACTIVE_STATES)


@snapshots(exclude=("key",))
class Registration(models.Model):
    """One person's request for one part. What the person typed stays here; `person` is matched at confirmation."""

    MOVES = REGISTRATION_MOVES

    part = models.ForeignKey(
        SessionPart, verbose_name=_("part"), on_delete=models.PROTECT, related_name="registrations"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=RegistrationState.choices, default=RegistrationState.UNCONFIRMED
    )
    rank = models.PositiveIntegerField(_("rank"), null=True, blank=True, editable=False)
    category = models.ForeignKey(
        PublicCategory,
        verbose_name=_("category of public"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True, default="")
    name_ar = models.CharField(_("name in Arabic script"), max_length=200, blank=True, default="")
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    phone = models.CharField(_("telephone"), max_length=20, blank=True, default="")
    function = models.CharField(_("function"), max_length=200, blank=True, default="")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation_text = models.CharField(_("organisation, as written"), max_length=200, blank=True, default="")
    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    consent_text = models.ForeignKey(ConsentText, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField(_("consent given on"), null=True, blank=True)
    created_at = models.DateTimeField(_("asked on"))
    lapses_at = models.DateTimeField(_("lapses on"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("e-mail address confirmed on"), null=True, blank=True)
    offered_at = models.DateTimeField(_("place offered on"), null=True, blank=True)
    offer_expires_at = models.DateTimeField(_("offer stands until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("name_latin", "name_ar", "email", "organisation_text")

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "email"],
                condition=models.Q(state__in=sorted(ACTIVE_STATES)) & ~models.Q(email=""),
                name="registration_active_once",
                violation_error_message=_("This address is registered already."),
            ),
            models.UniqueConstraint(
                fields=["part", "rank"],
                name="registration_rank_once",
                deferrable=models.Deferrable.IMMEDIATE,  # checked at the end of a statement, which may swap ranks
            ),
            models.CheckConstraint(
                condition=models.Q(email=models.functions.Lower("email")),
                name="registration_email_lower",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RegistrationState.OFFERED) | models.Q(offer_expires_at__isnull=False),
                name="registration_offer_has_deadline",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RegistrationState.WAITING) | models.Q(rank__isnull=False),
                name="registration_waiting_has_rank",
            ),
        ]
        indexes = [
            models.Index(fields=["part", "state", "rank"], name="registration_queue"),
            models.Index(fields=["created_at", "id"], name="registration_created"),
            models.Index(fields=["key", "id"], name="registration_key"),
            models.Index(fields=["part", "key", "id"], name="registration_part_key"),
            models.Index(fields=["part", "created_at", "id"], name="registration_part_created"),
            models.Index(
                fields=["lapses_at"],
                condition=models.Q(state=RegistrationState.UNCONFIRMED),
                name="registration_lapsing",
            ),
            models.Index(
                fields=["offer_expires_at"],
                condition=models.Q(state=RegistrationState.OFFERED),
                name="registration_offers",
            ),
            models.Index(
                fields=["part"],
                condition=models.Q(state=RegistrationState.REVIEW),
                name="registration_to_decide",
            ),
            trigram_index("registration_search"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the script of the reader's language, or else in the other."""
        if (get_language() or "fr").startswith("ar"):
            return self.name_ar or self.name_latin
        return self.name_latin or self.name_ar

    @property
    def organisation_name(self) -> str:
        return str(self.organisation) if self.organisation_id else self.organisation_text

    @property
    def state_look(self) -> StateLook:
        return RegistrationState(self.state).look

    @property
    def holds_place(self) -> bool:
        return self.state in HOLDING_STATES
