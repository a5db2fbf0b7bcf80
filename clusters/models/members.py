"""Who belongs to a cluster, from when to when; who animates it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clusters.enums import MemberRole
from clusters.models.clusters import Cluster
from core.history import snapshots
from directory.models import Organisation, Person


class Days(Func):
    """The days from one column to another, both included; an empty end is open."""

    function = "DATERANGE"
    output_field = DateRangeField()

    def __init__(self, first: str, last: str, **extra: Any) -> None:
        super().__init__(F(first), F(last), Value("[]"), **extra)

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """For migrations: the two columns are the arguments."""
        first, last, _bounds = self.source_expressions
        return "clusters.models.members.Days", (first.name, last.name), {}


class DatedQuerySet(models.QuerySet[Any]):
    """Rows that count from a day to a day."""

    def in_force(self, *, on: date) -> Any:
        return self.filter(starts_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


@snapshots()
class Membership(models.Model):
    """An organisation, or an artisan without one, belongs to a cluster from a day to a day."""

    BESIDE = {
        "membership_ends_after_start": "ends_on",
        "membership_one_member": "organisation",
        "membership_organisation_once": "starts_on",
        "membership_artisan_once": "starts_on",
    }

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    person = models.ForeignKey(
        Person, verbose_name=_("artisan"), null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    starts_on = models.DateField(_("member since"))
    ends_on = models.DateField(_("member until"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership ends on or after the day on which it starts."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) ^ Q(person__isnull=True),
                name="membership_one_member",
                violation_error_message=_("A member is an organisation, or an artisan: one of the two."),
            ),
            ExclusionConstraint(
                name="membership_organisation_once",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This organisation is a member in these days already."),
            ),
            ExclusionConstraint(
                name="membership_artisan_once",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is a member in these days already."),
            ),
        ]
        indexes = [models.Index(fields=["cluster", "starts_on", "id"], name="membership_since")]

    def __str__(self) -> str:
        return str(self.member)

    def clean(self) -> None:
        _ends_after_start(self, _("A membership ends on or after the day on which it starts."))

    @property
    def member(self) -> Organisation | Person:
        member = self.organisation or self.person
        assert member is not None, "membership_one_member"  # noqa: S101
        return member

    @property
    def role_label(self) -> str:
        return str(MemberRole(self.role).label)


@snapshots()
class Animation(models.Model):
    """A person animates a cluster from a day to a day, with a share of the working time."""

    BESIDE = {
        "animation_ends_after_start": "ends_on",
        "animation_share_percent": "share",
        "animation_once": "starts_on",
    }

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="animations")
    person = models.ForeignKey(Person, verbose_name=_("animator"), on_delete=models.PROTECT, related_name="animations")
    starts_on = models.DateField(_("animator since"))
    ends_on = models.DateField(_("animator until"), null=True, blank=True)
    share = models.PositiveSmallIntegerField(_("share of the working time, in per cent"), default=50)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("animation of a cluster")
        verbose_name_plural = _("animations of clusters")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="animation_ends_after_start",
                violation_error_message=_("An assignment ends on or after the day on which it starts."),
            ),
            models.CheckConstraint(
                condition=Q(share__gte=1, share__lte=100),
                name="animation_share_percent",
                violation_error_message=_("The share lies between 1 and 100 per cent."),
            ),
            ExclusionConstraint(
                name="animation_once",
                expressions=[
                    ("cluster", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (Days("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person animates the cluster in these days already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def clean(self) -> None:
        _ends_after_start(self, _("An assignment ends on or after the day on which it starts."))


def _ends_after_start(row: Membership | Animation, sentence: str | Promise) -> None:
    """Said before the days are compared with others': PostgreSQL takes no range that ends before it starts."""
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise ValidationError({"ends_on": sentence})
