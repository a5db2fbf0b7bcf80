"""Steering: who sits where, what was decided, what was promised, and what became of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = _("Steering")

    def ready(self) -> None:
        from core import privacy
        from steering import messages
        from steering.privacy import LINES

        messages.register_all()
        privacy.register(*LINES)
