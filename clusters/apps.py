"""Clusters: who belongs to them since when, how far they are, who animates them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusters"
    verbose_name = _("Clusters")

    def ready(self) -> None:
        from accounts.domain import leaving
        from clusters import finding
        from clusters.domain import leaving as open_things
        from clusters.domain import reach
        from clusters.imports import Members
        from clusters.privacy import LINES
        from core import imports, privacy, reads
        from directory.domain import retention

        privacy.register(*LINES)
        reads.register("clusters.members", _("Members of a cluster"))
        finding.register()
        imports.register(Members())
        retention.register_use(reach.needed)
        leaving.register(*open_things.KINDS)
