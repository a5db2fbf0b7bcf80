"""What the search over everything shows of trainings, sessions, registrations and certificates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import finding
from core.finding import DirectSource, Found, ListSource
from core.formats import listed, plain_date
from trainings.models import Certificate, Registration, Session, Training
from trainings.permissions import is_staff


def session(row: Session) -> Found:
    day = gettext("to be fixed") if row.has_no_date else plain_date(row.starts_on)
    detail = listed([row.code, day, row.get_state_display()])
    return Found(row.title, detail, reverse("trainings:session-detail", args=[row.slug]))


def registration(row: Registration) -> Found:
    session = row.part.session
    detail = listed([session.code, session.title, row.get_state_display()])
    return Found(str(row), detail, reverse("trainings:registration-detail", args=[row.pk]))


def training(row: Training) -> Found:
    return Found(str(row), str(row.programme), reverse("trainings:training-detail", args=[row.pk]))


def certificates(user: Any, text: str) -> Iterable[Found]:
    """By the whole number, as it stands on the paper: an index finds it among any number of them."""
    if not is_staff(user):
        return
    rows = Certificate.objects.filter(number=text.upper().replace(" ", ""))
    for row in rows.select_related("registration__part__session"):
        slug = row.registration.part.session.slug
        detail = listed([str(row.registration), row.get_state_display()])
        yield Found(row.number, detail, reverse("trainings:certificate-tab", args=[slug]))


def register() -> None:
    """Called when the app is ready."""
    finding.register("certificates", DirectSource(5, _("Certificates"), "check", certificates))
    finding.register("sessions", ListSource(40, "trainings:session-list", _("Sessions"), "cal", session))
    finding.register(
        "registrations", ListSource(50, "trainings:registration-index", _("Registrations"), "clip", registration)
    )
    finding.register("trainings", ListSource(60, "trainings:training-list", _("Trainings"), "plan", training))
