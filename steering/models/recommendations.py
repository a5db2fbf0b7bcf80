"""Recommendations, their parts, and the moves by which they are answered and closed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.enums import StateLook
from core.history import snapshots
from core.keys import key_field, trigram_index
from core.localized import localized
from directory.enums import Origin
from directory.models import Organisation, Person, Programme
from steering.enums import RECOMMENDATION_MOVES, RecommendationOrigin, RecommendationState, Weight
from steering.models.committees import Committee
from steering.models.decisions import Decision
from steering.models.meetings import AgendaItem
from trainings.models import Session


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    def visible_to(self, user: User) -> RecommendationQuerySet:
        """Staff and auditors: all. Members: those of their committees."""
        if user.is_agency_staff or user.has_role("auditor"):
            return self
        return self.filter(committee__in=Committee.objects.of_member(user))


@snapshots(exclude=("key",))
class Recommendation(models.Model):
    """A recommendation as it was given, or a part of a composite one, with its evidence of closure."""

    MOVES = RECOMMENDATION_MOVES
    BESIDE = {
        "recommendation_code_once": "code",
        "recommendation_not_its_own_part": "parent",
        "recommendation_one_origin": "origin_kind",
    }

    committee = models.ForeignKey(
        Committee, verbose_name=_("committee"), on_delete=models.PROTECT, related_name="recommendations"
    )
    programme = models.ForeignKey(
        Programme,
        verbose_name=_("programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    code = models.CharField(_("code"), max_length=20)
    origin_kind = models.CharField(_("where it comes from"), max_length=10, choices=RecommendationOrigin.choices)
    session = models.ForeignKey(
        Session,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recommendations",
    )
    reference = models.CharField(_("document or source"), max_length=300, blank=True, default="")
    text_fr = models.TextField(_("text in French"), max_length=3000)
    text_ar = models.TextField(_("text in Arabic"), max_length=3000, blank=True, default="")
    text_en = models.TextField(_("text in English"), max_length=3000, blank=True, default="")
    given_on = models.DateField(_("given on"))
    addressee = models.ForeignKey(
        Organisation, verbose_name=_("addressee"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    priority = models.CharField(_("priority"), max_length=6, choices=Weight.choices, default=Weight.NORMAL)
    closure_fr = models.TextField(_("evidence of closure, in French"), max_length=1000, blank=True, default="")
    closure_ar = models.TextField(_("evidence of closure, in Arabic"), max_length=1000, blank=True, default="")
    retained = models.TextField(_("part that is retained"), max_length=2000, blank=True, default="")
    state = models.CharField(
        _("state"), max_length=10, choices=RecommendationState.choices, default=RecommendationState.PROPOSED
    )
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("code", "text_fr", "text_ar", "text_en")

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ["committee", "code", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "code"],
                name="recommendation_code_once",
                violation_error_message=_("This code exists already in the committee."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="recommendation_not_its_own_part",
                violation_error_message=_("A recommendation is not its own part."),
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) | Q(origin_kind=RecommendationOrigin.SESSION),
                name="recommendation_one_origin",
                violation_error_message=_("A session is named only where it is the origin."),
            ),
        ]
        indexes = [
            models.Index(fields=["given_on", "id"], name="recommendation_given"),
            models.Index(fields=["code", "id"], name="recommendation_code"),
            trigram_index("recommendation_search"),
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.text}"

    @property
    def text(self) -> str:
        return localized(self, "text")

    @property
    def closure(self) -> str:
        return localized(self, "closure")

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    @property
    def state_look(self) -> StateLook:
        return RecommendationState(self.state).look


@snapshots()
class RecommendationStep(models.Model):
    """A move of a recommendation: to which state, with what was answered, by whom and in the name of whom."""

    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("state"), max_length=10, choices=RecommendationState.choices)
    note = models.TextField(_("reason or remark"), max_length=2000, blank=True, default="")
    decision = models.ForeignKey(
        Decision, verbose_name=_("decision"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("institution"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty where the committee speaks."),
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("moved"))

    class Meta:
        verbose_name = _("step of a recommendation")
        verbose_name_plural = _("steps of recommendations")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return str(RecommendationState(self.state).label)

    @property
    def state_look(self) -> StateLook:
        return RecommendationState(self.state).look
