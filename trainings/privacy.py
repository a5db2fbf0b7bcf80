"""What the trainings keep about persons: their lines in the register of processing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.privacy import Line

CONSENT = _("express consent (organic law 2004-63, article 27)")
MISSION = _("public mission of the agency")
SESSION_KEPT = _("as long as the session’s file; a request that is not confirmed lapses after 48 hours")
PROOF_KEPT = _("as long as the certificate may be checked")

LINES = (
    Line(
        "trainings.registration",
        ("email", "phone", "language"),
        _("to confirm the registration, and to convoke"),
        CONSENT,
        SESSION_KEPT,
    ),
    Line(
        "trainings.registration",
        ("name_latin", "name_ar", "function", "organisation_text"),
        _("to know who takes part, and to print names on certificates"),
        CONSENT,
        SESSION_KEPT,
    ),
    Line("trainings.registration", ("sex",), _("statistics by sex, without names"), CONSENT, SESSION_KEPT),
    Line("trainings.registration", ("answers",), _("to prepare the session"), CONSENT, SESSION_KEPT),
    Line(
        "trainings.attendance",
        ("mark", "arrived_at", "left_at"),
        _("to prove attendance, half-day by half-day"),
        CONSENT,
        PROOF_KEPT,
    ),
    Line(
        "trainings.correction",
        ("mark_before", "mark_after", "reason"),
        _("to say why attendance was corrected, and who confirmed it"),
        MISSION,
        PROOF_KEPT,
    ),
    Line(
        "trainings.calendarfeed",
        ("user",),
        _("to show a person’s own sessions in the calendar that the person subscribed to"),
        MISSION,
        _("until the person stops it"),
    ),
    Line("trainings.certificate", ("fields",), _("to let anybody check a certificate"), CONSENT, PROOF_KEPT),
)
