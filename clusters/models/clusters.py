"""Clusters: what they are, where and in which trades, whether the public sees them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.enums import CLUSTER_MOVES, ClusterKind, ClusterState, Stage, Support
from core.enums import StateLook
from core.history import snapshots
from core.keys import key_field, order_field, trigram_index
from core.localized import LocalizedName, localized
from directory.enums import Origin
from directory.models import Delegation, Governorate, Organisation, Programme, Sector
from directory.models.territory import in_its_governorate


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def visible_to(self, user: User) -> ClusterQuerySet:
        """Staff see all; auditors all but drafts; anybody else what the public sees."""
        if user.is_agency_staff:
            return self
        if user.has_role("auditor"):
            return self.exclude(state=ClusterState.DRAFT)
        return self.public()

    def public(self) -> ClusterQuerySet:
        """What everybody may read in the directory."""
        return self.filter(state=ClusterState.PUBLISHED)


@snapshots(exclude=("key", "order_fr", "order_ar"))
class Cluster(LocalizedName):
    """A cluster. `stage` and `support` are those of its newest phases, kept here by the domain for the lists."""

    MOVES = CLUSTER_MOVES

    slug = models.SlugField(max_length=60, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=ClusterKind.choices)
    presentation_fr = models.TextField(_("presentation in French"), max_length=5000, blank=True, default="")
    presentation_ar = models.TextField(_("presentation in Arabic"), max_length=5000, blank=True, default="")
    presentation_en = models.TextField(_("presentation in English"), max_length=5000, blank=True, default="")
    governorate = models.ForeignKey(
        Governorate, verbose_name=_("governorate of the seat"), on_delete=models.PROTECT, related_name="+"
    )
    delegation = models.ForeignKey(
        Delegation,
        verbose_name=_("delegation of the seat"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    governorates = models.ManyToManyField(
        Governorate,
        verbose_name=_("also active in"),
        through="ClusterGovernorate",
        blank=True,
        related_name="+",
    )
    sectors = models.ManyToManyField(
        Sector, verbose_name=_("sectors"), through="ClusterSector", blank=True, related_name="+"
    )
    body = models.OneToOneField(
        Organisation,
        verbose_name=_("legal body"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="cluster",
        help_text=_("The association or economic interest grouping that is the cluster itself."),
    )
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), null=True, blank=True, on_delete=models.PROTECT, related_name="clusters"
    )
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    website = models.URLField(_("website"), blank=True, default="")
    email = models.EmailField(_("public e-mail address"), blank=True, default="")
    state = models.CharField(_("state"), max_length=10, choices=ClusterState.choices, default=ClusterState.DRAFT)
    stage = models.CharField(_("economic stage"), max_length=16, choices=Stage.choices, blank=True, default="")
    support = models.CharField(
        _("administrative state"), max_length=16, choices=Support.choices, blank=True, default=""
    )
    confirmed_on = models.DateField(_("profile confirmed on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    origin = models.CharField(_("origin"), max_length=12, choices=Origin.choices, default=Origin.OWN)
    created_at = models.DateTimeField(_("entered on"))
    version = models.PositiveIntegerField(default=1, editable=False)
    key = key_field("name_fr", "name_ar", "name_en")
    order_fr = key_field("name_fr")
    order_ar = order_field("name_ar", "name_fr")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        constraints = [
            models.UniqueConstraint(
                fields=["name_fr"],
                name="cluster_name_once",
                violation_error_message=_("This name exists already."),
            )
        ]
        indexes = [
            models.Index(fields=["order_fr", "id"], name="cluster_fr"),
            models.Index(fields=["order_ar", "id"], name="cluster_ar"),
            models.Index(fields=["state", "order_fr", "id"], name="cluster_state"),
            models.Index(fields=["governorate", "state"], name="cluster_place"),
            trigram_index("cluster_search"),
        ]

    def clean(self) -> None:
        in_its_governorate(self.delegation, getattr(self, "governorate", None))

    @property
    def presentation(self) -> str:
        return localized(self, "presentation")

    @property
    def is_fictional(self) -> bool:
        return self.origin == Origin.FICTIONAL

    @property
    def is_public(self) -> bool:
        return self.state == ClusterState.PUBLISHED

    @property
    def state_look(self) -> StateLook:
        return ClusterState(self.state).look

    @property
    def kind_label(self) -> str:
        return str(ClusterKind(self.kind).label)

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label) if self.stage else ""

    @property
    def support_label(self) -> str:
        return str(Support(self.support).label) if self.support else ""


@snapshots()
class ClusterGovernorate(models.Model):
    """A governorate in which a cluster works beside that of its seat."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+")
    governorate = models.ForeignKey(Governorate, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("governorate of a cluster")
        verbose_name_plural = _("governorates of clusters")
        constraints = [models.UniqueConstraint(fields=["cluster", "governorate"], name="cluster_governorate_once")]

    def __str__(self) -> str:
        return str(self.governorate)


@snapshots()
class ClusterSector(models.Model):
    """A sector in which a cluster works."""

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="+")
    sector = models.ForeignKey(Sector, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("sector of a cluster")
        verbose_name_plural = _("sectors of clusters")
        constraints = [models.UniqueConstraint(fields=["cluster", "sector"], name="cluster_sector_once")]

    def __str__(self) -> str:
        return str(self.sector)
