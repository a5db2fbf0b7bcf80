"""The dated history of a cluster's economic stage and of its administrative state."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusters.enums import CODES, Track
from clusters.models.clusters import Cluster
from core.history import snapshots


@snapshots()
class Phase(models.Model):
    """From a day on, a cluster is in a stage (or in an administrative state), until the next phase of that track."""

    BESIDE = {"phase_once_a_day": "starts_on"}

    cluster = models.ForeignKey(Cluster, on_delete=models.CASCADE, related_name="phases")
    track = models.CharField(_("track"), max_length=8, choices=Track.choices)
    code = models.CharField(_("phase"), max_length=16)
    starts_on = models.DateField(_("since"))
    note = models.CharField(_("reason or source"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("phase of a cluster")
        verbose_name_plural = _("phases of clusters")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "track", "starts_on"],
                name="phase_once_a_day",
                violation_error_message=_("Another phase starts on this day already."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return str(CODES[Track(self.track)](self.code).label)
