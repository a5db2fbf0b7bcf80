"""Whom and what the programme knows: territory, organisations, persons, programmes, consents, the calendar."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Directory")

    def ready(self) -> None:
        from core import imports, privacy, reads
        from directory import finding
        from directory.imports import People
        from directory.privacy import LINES, RETENTIONS

        privacy.register(*LINES)
        reads.register("directory.person", _("File of a person"))
        privacy.are_people("directory.person")
        finding.register()
        imports.register(People())
        for retention in RETENTIONS:
            privacy.retain(retention)
