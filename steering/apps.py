"""Steering: who sits where, what was decided, what was promised, and what became of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = _("Steering")

    def ready(self) -> None:
        from core import privacy, reads
        from notifications import links, objects
        from steering import messages
        from steering.domain import letters, review_requests
        from steering.privacy import LINES

        messages.register_all()
        privacy.register(*LINES)
        links.register(review_requests.ACT, "steering:review-page")
        objects.register_slug("steering.plan", "steering:plan-detail")
        objects.register_owner("steering.reviewrequest", "plan_version__plan")
        objects.register_owner("steering.planversion", "plan")
        links.register(letters.ANSWER, "steering:answer-page")
        objects.register("steering.meeting", "steering:meeting-detail")
        objects.register_owner("steering.invitee", "convocation__meeting")
        reads.register("steering.answers", _("Answers to a convocation"))
