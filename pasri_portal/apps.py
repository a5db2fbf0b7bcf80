"""The portal itself: it brings the apps together and checks where it runs."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "pasri_portal"
    verbose_name = _("PASRI portal")

    def ready(self) -> None:
        from pasri_portal import checks  # noqa: F401 - registers itself
