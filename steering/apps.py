"""Steering: who sits where, what was decided, what was promised, and what became of it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = _("Steering")

    def ready(self) -> None:
        from accounts.domain import leaving
        from core import privacy, reads
        from directory.domain import retention
        from notifications import links, objects
        from steering import messages
        from steering.domain import evidence, in_charge, letters, reach, reports, review_requests
        from steering.finding import committees as found_committees
        from steering.finding import follow_up as found
        from steering.privacy import LINES

        messages.register_all()
        privacy.register(*LINES)
        found_committees.register()
        reads.register("steering.seat", _("Seat of a committee"))
        retention.register_use(reach.needed)
        objects.register("steering.seat", "steering:seat-detail")
        objects.register_slug("steering.committee", "steering:committee-detail")
        objects.register_owner("steering.foundingact", "committee")
        objects.register_owner("steering.mandate", "seat")
        links.register(review_requests.ACT, "steering:review-page")
        objects.register_slug("steering.plan", "steering:plan-detail")
        objects.register_owner("steering.reviewrequest", "plan_version__plan")
        objects.register_owner("steering.planversion", "plan")
        links.register(letters.ANSWER, "steering:answer-page")
        objects.register("steering.meeting", "steering:meeting-detail")
        objects.register_owner("steering.invitee", "convocation__meeting")
        objects.register_owner("steering.minutestext", "minutes__meeting")
        reads.register("steering.answers", _("Answers to a convocation"))
        reads.register(evidence.READ, _("Evidence of an action"))
        retention.register_use(in_charge.needed)
        leaving.register(*in_charge.KINDS)
        links.register(reports.ACT, "steering:progress-page", shows_dead=True)
        objects.register("steering.action", "steering:action-detail")
        found.register()
        reads.register("steering.room", _("Room of a meeting"))
