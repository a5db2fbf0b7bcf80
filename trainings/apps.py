"""Trainings: planned, published, registered for, attended, certified, verified."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrainingsConfig(AppConfig):
    name = "trainings"
    verbose_name = _("Trainings")

    def ready(self) -> None:
        from accounts.domain import leaving
        from core import imports, jobs, privacy, reads
        from directory.domain import reference, retention
        from notifications import links, objects
        from trainings import finding, messages
        from trainings.domain import batches, personal_links, reach
        from trainings.domain import leaving as open_things
        from trainings.domain.reference import load_categories
        from trainings.imports import Registrations
        from trainings.privacy import LINES

        messages.register_all()
        finding.register()
        jobs.register(
            jobs.JobKind(
                code=batches.KIND,
                label=_("Certificates of a session"),
                run=batches.run,
                may=batches.may,
                title=batches.title,
                summary=batches.summary,
            )
        )
        imports.register(Registrations())
        leaving.register(*open_things.KINDS)
        privacy.register(*LINES)
        reads.register("trainings.registration", _("Registration"))
        reads.register("trainings.attendance", _("Attendance of a session"))
        reads.register("trainings.certificates", _("Certificates of a session"))
        privacy.are_people("trainings.registration")
        retention.register_use(reach.needed)
        reference.register("categories of public", load_categories)
        links.register(personal_links.ACT, "trainings:registration-page", renew=personal_links.renew)
        objects.register("trainings.registration", "trainings:registration-detail")
        objects.register_slug("trainings.session", "trainings:session-detail")
        objects.register_owner("trainings.sessionpart", "session")
        objects.register_owner("trainings.halfday", "part__session")
