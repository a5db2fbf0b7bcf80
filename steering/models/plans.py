"""Action plans: versions with their entries, reviews by seat, and who saw what last."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.localized import LocalizedName, localized
from directory.enums import Origin
from directory.models import Organisation, Person
from steering.enums import PLAN_MOVES, PlanState, Verdict
from steering.models.committees import Committee
from steering.models.decisions import Decision
from steering.models.follow_up import Action
from steering.models.recommendations import Recommendation
from steering.models.seats import Mandate, Seat


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> PlanQuerySet:
        """Staff: all. Members and auditors: those of their committees that have a version beyond its draft."""
        if user.is_agency_staff:
            return self
        shown = PlanVersion.objects.exclude(state=PlanState.DRAFT).values("plan_id")
        return self.filter(committee__in=Committee.objects.visible_to(user), pk__in=shown)

    def public(self) -> PlanQuerySet:
        """Those whose accountability page the committee publishes; only an adopted version shows."""
        adopted = PlanVersion.objects.filter(state__in=(PlanState.ADOPTED, PlanState.CLOSED)).values("plan_id")
        return self.filter(is_published=True, pk__in=adopted)


@snapshots()
class Plan(LocalizedName):
    """The action plan of a committee, in versions."""

    BESIDE = {"plan_name_once": "name_fr"}

    committee = models.ForeignKey(Committee, on_delete=models.PROTECT, related_name="plans")
    slug = models.SlugField(max_length=60, unique=True, editable=False)
    is_published = models.BooleanField(_("accountability page is public"), default=False)
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "name_fr"],
                name="plan_name_once",
                violation_error_message=_("This name exists already."),
            )
        ]

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL


@snapshots()
class PlanVersion(models.Model):
    """One version of a plan; its entries are fixed when it goes to review."""

    MOVES = PLAN_MOVES

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=8, choices=PlanState.choices, default=PlanState.DRAFT)
    review_from = models.DateTimeField(_("under review since"), null=True, blank=True, editable=False)
    review_until = models.DateTimeField(_("opinions are expected by"), null=True, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = models.ForeignKey(
        Decision,
        verbose_name=_("decision that adopts it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("version of a plan")
        verbose_name_plural = _("versions of plans")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=["draft", "review"]),
                name="plan_one_open_version",
                violation_error_message=_("A version of this plan is being prepared or reviewed already."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "closed"]) | Q(adopted_on__isnull=False),
                name="plan_adopted_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Version %(number)s") % {"number": self.number})

    @property
    def state_look(self) -> StateLook:
        return PlanState(self.state).look


@snapshots()
class PlanEntry(models.Model):
    """An action as a version of the plan states it."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="entries")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="entries")
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(default=1)
    title_fr = models.CharField(max_length=300)
    title_ar = models.CharField(max_length=300, blank=True, default="")
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    due_on = models.DateField()
    weight = models.PositiveSmallIntegerField(default=1)

    class Meta:
        verbose_name = _("entry of a plan")
        verbose_name_plural = _("entries of plans")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["plan_version", "action"], name="plan_entry_once")]

    def __str__(self) -> str:
        return localized(self, "title")


@snapshots()
class Review(models.Model):
    """What a seat said of a version, or of one action in it. Every answer is kept; the newest counts."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="reviews")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="reviews")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("opinion"), max_length=8, choices=Verdict.choices)
    comment = models.TextField(_("remark"), max_length=3000, blank=True, default="")
    by_link = models.BooleanField(_("by a personal link"), default=False)
    at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["plan_version", "seat", "-id"], name="review_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["approve", "recuse"]) | ~Q(comment=""),
                name="review_says_why",
                violation_error_message=_("Say what should change, or what you lack."),
            )
        ]

    def __str__(self) -> str:
        return str(Verdict(self.verdict).label)


@snapshots()
class ReviewRequest(models.Model):
    """Who was asked for the opinion of a seat on a version; the personal link belongs to this row."""

    plan_version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="requests")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="review_requests")
    asked_at = models.DateTimeField(_("asked"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)

    class Meta:
        verbose_name = _("request for a review")
        verbose_name_plural = _("requests for reviews")
        constraints = [models.UniqueConstraint(fields=["plan_version", "mandate"], name="review_request_once")]

    def __str__(self) -> str:
        return str(self.mandate)


class Visit(models.Model):
    """When a person last saw something: what changed since is marked at the next visit."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=20)
    seen_at = models.DateTimeField()
    before_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [models.UniqueConstraint(fields=["user", "committee", "page"], name="visit_once")]

    def __str__(self) -> str:
        return self.page
