"""Persons: one file a person across all roles, with or without an account."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from core.history import snapshots
from core.keys import key_field, order_field, sound_field, trigram_index
from directory.enums import Origin, Sex
from directory.models.organisations import Organisation
from directory.models.territory import Governorate


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> PersonQuerySet:
        """Agency staff see everybody; anybody else sees only the person's own file."""
        if user.is_agency_staff:
            return self
        return self.filter(user=user)


@snapshots(exclude=("key", "order_latin", "order_ar", "sound_latin", "sound_ar"))
class Person(models.Model):
    """A human being. A name is kept as its bearer writes it, in Latin and in Arabic script; at least one is there."""

    NAMED_BY = ("name_latin", "name_ar")
    BESIDE = {"person_has_a_name": "name_latin", "person_email_lower": "email"}

    name_latin = models.CharField(_("name in Latin script"), max_length=200, blank=True, default="")
    name_ar = models.CharField(_("name in Arabic script"), max_length=200, blank=True, default="")
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    function = models.CharField(_("function"), max_length=200, blank=True, default="")
    email = models.EmailField(_("e-mail address"), null=True, blank=True, unique=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    created_at = models.DateTimeField(_("entered on"))
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("name_latin", "name_ar", "function")
    order_latin = order_field("name_latin", "name_ar")
    order_ar = order_field("name_ar", "name_latin")
    sound_latin = sound_field("name_latin")
    sound_ar = sound_field("name_ar")

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_latin="", name_ar=""),
                name="person_has_a_name",
                violation_error_message=_("Give the name in Latin or in Arabic script."),
            ),
            models.CheckConstraint(
                condition=models.Q(email__isnull=True) | models.Q(email=models.functions.Lower("email")),
                name="person_email_lower",
                violation_error_message=_("An address is kept in lower case."),
            ),
        ]
        indexes = [
            models.Index(fields=["order_latin", "id"], name="person_latin"),
            models.Index(fields=["order_ar", "id"], name="person_ar"),
            models.Index(fields=["created_at", "id"], name="person_created"),
            models.Index(fields=["sound_latin", "id"], name="person_sound_latin"),
            models.Index(fields=["sound_ar", "id"], name="person_sound_ar"),
            models.Index(fields=["phone", "id"], name="person_phone"),
            trigram_index("person_search"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    @property
    def name(self) -> str:
        """The name in the script of the reader's language, or else in the other."""
        if (get_language() or "fr").startswith("ar"):
            return self.name_ar or self.name_latin
        return self.name_latin or self.name_ar


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def in_force(self, *, on: date) -> AffiliationQuerySet:
        """Affiliations that count on a day."""
        begun = models.Q(starts_on__isnull=True) | models.Q(starts_on__lte=on)
        return self.filter(begun).filter(models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=on))


@snapshots()
class Affiliation(models.Model):
    """A person in an organisation, with a function, from a day to a day (unknown days stay empty)."""

    BESIDE = {"affiliation_ends_after_start": "ends_on", "affiliation_open_once": "organisation"}

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="affiliations")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="affiliations"
    )
    function = models.CharField(_("function"), max_length=200, blank=True, default="")
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(starts_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="affiliation_ends_after_start",
                violation_error_message=_("An affiliation ends on or after the day on which it starts."),
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(ends_on__isnull=True),
                name="affiliation_open_once",
                violation_error_message=_("This person belongs to the organisation already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.organisation}"
