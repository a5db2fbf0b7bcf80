"""Committees, and the founding acts whose rules hold from a day."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from accounts.models import User
from core.history import snapshots
from core.keys import key_field, order_field, trigram_index
from core.localized import LocalizedName, localized
from directory.enums import Origin
from directory.models import Organisation, Programme
from steering.enums import ChairSubstitute, DayCount, Majority, Power, Silence, Voters


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: User) -> CommitteeQuerySet:
        """Staff and auditors: all. Members: those in which they hold a mandate today. Nobody else."""
        if user.is_agency_staff or user.has_role("auditor"):
            return self
        return self.of_member(user)

    def of_member(self, user: User) -> CommitteeQuerySet:
        """Those in which the person of this account holds a mandate today."""
        from_seats = models.Q(seats__mandates__person__user=user)
        today = models.functions.Now()
        begun = models.Q(seats__mandates__starts_on__lte=today)
        open_ = models.Q(seats__mandates__ends_on__isnull=True) | models.Q(seats__mandates__ends_on__gte=today)
        return self.filter(pk__in=Committee.objects.filter(from_seats, begun, open_).values("pk"))


@snapshots(exclude=("key", "order_fr", "order_ar"))
class Committee(LocalizedName):
    """A committee, or a sub-committee of one; what it may do stands in its founding act."""

    BESIDE = {"committee_name_once": "name_fr", "committee_not_its_own_parent": "parent"}

    slug = models.SlugField(max_length=60, unique=True, editable=False)
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="committees",
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("sub-committee of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    secretariat = models.ForeignKey(
        Organisation,
        verbose_name=_("secretariat"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The institution that keeps the papers: its own actions are verified by a seat that is named."),
    )
    verifier = models.ForeignKey(
        "steering.Seat",
        verbose_name=_("seat that verifies the secretariat’s own actions"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    created_at = models.DateTimeField(_("entered on"))
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("name_fr", "name_ar", "name_en")
    order_fr = key_field("name_fr")
    order_ar = order_field("name_ar", "name_fr")

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.UniqueConstraint(
                fields=["name_fr"],
                name="committee_name_once",
                violation_error_message=_("This name exists already."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="committee_not_its_own_parent",
                violation_error_message=_("A committee is not its own sub-committee."),
            ),
        ]
        indexes = [
            models.Index(fields=["order_fr", "id"], name="committee_fr"),
            models.Index(fields=["order_ar", "id"], name="committee_ar"),
            trigram_index("committee_search"),
        ]

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    def act_on(self, day: date) -> FoundingAct | None:
        """The founding act in force on a day; None before the first one."""
        return self.acts.filter(in_force_from__lte=day).order_by("-in_force_from", "-id").first()


@snapshots()
class FoundingAct(models.Model):
    """One version of a committee's rules, in force until the next one.

    A rule that the text does not give stays empty (NULL or ""): the act that needs it is refused, and says which rule
    is missing.
    """

    BESIDE = {
        "founding_act_once_a_day": "in_force_from",
        "founding_act_quorum": "quorum_numerator",
        "founding_act_second_quorum": "second_numerator",
    }

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="acts")
    title_fr = models.CharField(_("title of the act in French"), max_length=300)
    title_ar = models.CharField(_("title of the act in Arabic"), max_length=300, blank=True, default="")
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"))
    source = models.CharField(_("source"), max_length=300, blank=True, default="")

    power = models.CharField(_("power"), max_length=12, choices=Power.choices, blank=True, default="")
    meetings_a_year = models.PositiveSmallIntegerField(_("meetings a year"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice in days"), null=True, blank=True)
    notice_count = models.CharField(
        _("how the days are counted"), max_length=10, choices=DayCount.choices, blank=True, default=""
    )
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum, parts"), null=True, blank=True)
    quorum_denominator = models.PositiveSmallIntegerField(_("quorum, out of"), null=True, blank=True)
    second_call_days = models.PositiveSmallIntegerField(_("second call after, in days"), null=True, blank=True)
    second_numerator = models.PositiveSmallIntegerField(
        _("quorum of the second call, parts"),
        null=True,
        blank=True,
        help_text=_("0 where the second meeting is valid whatever the number."),
    )
    second_denominator = models.PositiveSmallIntegerField(_("quorum of the second call, out of"), null=True, blank=True)
    majority = models.CharField(_("majority"), max_length=10, choices=Majority.choices, blank=True, default="")
    casting_vote = models.BooleanField(_("casting vote of the chair"), null=True, blank=True)
    voters = models.CharField(_("who votes"), max_length=12, choices=Voters.choices, blank=True, default="")
    chair_substitute = models.CharField(
        _("who presides when the chair is absent"),
        max_length=10,
        choices=ChairSubstitute.choices,
        blank=True,
        default="",
    )
    alternates = models.BooleanField(_("alternates are allowed"), null=True, blank=True)
    proxies = models.BooleanField(_("proxies are allowed"), null=True, blank=True)
    proxies_each = models.PositiveSmallIntegerField(_("proxies that one seat may hold"), null=True, blank=True)
    proxies_in_quorum = models.BooleanField(_("a proxy counts for the quorum"), null=True, blank=True)
    minutes_days = models.PositiveSmallIntegerField(_("minutes are sent within, in days"), null=True, blank=True)
    language = models.CharField(
        _("authoritative language"), max_length=2, choices=Language.choices, blank=True, default=""
    )
    written_procedure = models.BooleanField(_("written procedure is allowed"), null=True, blank=True)
    silence = models.CharField(
        _("what silence means in it"), max_length=12, choices=Silence.choices, blank=True, default=""
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("founding act")
        verbose_name_plural = _("founding acts")
        ordering = ["-in_force_from", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "in_force_from"],
                name="founding_act_once_a_day",
                violation_error_message=_("Another version comes into force on this day already."),
            ),
            models.CheckConstraint(
                condition=Q(quorum_numerator__isnull=True, quorum_denominator__isnull=True)
                | Q(quorum_numerator__isnull=False, quorum_denominator__isnull=False)
                & Q(quorum_numerator__gte=1, quorum_denominator__gte=F("quorum_numerator")),
                name="founding_act_quorum",
                violation_error_message=_("A quorum is a fraction such as 2 out of 3: give both numbers."),
            ),
            models.CheckConstraint(
                condition=Q(second_numerator__isnull=True, second_denominator__isnull=True)
                | Q(second_numerator__isnull=False, second_denominator__isnull=False)
                & Q(second_denominator__gte=1)
                & Q(second_denominator__gte=F("second_numerator")),
                name="founding_act_second_quorum",
                violation_error_message=_("The quorum of the second call is a fraction: give both numbers."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return localized(self, "title")
