"""Lists of trainings as files. Trainers get the names of their own people, staff also how to reach them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core.exports import Choice, Column, ExportSpec, Kind, Localized
from core.exports.spec import Reader
from directory.enums import Origin, Sex
from trainings.enums import CertificateState, Mark, RegistrationState, SessionKind, SessionState
from trainings.models import Attendance, Certificate, HalfDay, Registration, Session, SessionPart
from trainings.permissions import is_staff


class OrganisationName(Localized):
    """The organisation as the directory names it today, or as the person wrote it."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, "organisation__name", **more)
        self.paths = (*self.paths, "organisation_text")

    def reader(self) -> Reader:
        known = Localized("", "organisation__name").reader()
        return lambda french, arabic, english, written: known(french, arabic, english) or written


NAMES = [
    Column(_("Name in Latin script"), "name_latin", width=28),
    Column(_("Name in Arabic script"), "name_ar", width=28),
    Column(_("Function"), "function", width=28),
    OrganisationName(_("Organisation"), width=36),
]
STAFF_ONLY = [
    Choice(_("Sex"), "sex", Sex, width=10, may=is_staff),
    Column(_("E-mail address"), "email", width=30, may=is_staff),
    Column(_("Telephone"), "phone", kind=Kind.PHONE, may=is_staff),
    Localized(_("Governorate"), "governorate__name", may=is_staff),
    Localized(_("Category of public"), "category__name", may=is_staff),
    Choice(_("Language"), "language", Language, width=12, may=is_staff),
    Choice(_("State"), "state", RegistrationState, may=is_staff),
    Column(_("Rank"), "rank", kind=Kind.INT, width=8, may=is_staff),
    Column(_("Asked on"), "created_at", kind=Kind.DATETIME, may=is_staff),
    Column(_("Address confirmed on"), "confirmed_at", kind=Kind.DATETIME, may=is_staff),
]
SESSION = [
    Column(_("Session"), "part__session__code", width=16),
    Localized(_("Title"), "part__session__title", width=40),
    Column(_("First day"), "part__starts_on", kind=Kind.DATE, width=12),
]
PART = [
    Column(_("Part"), "part__position", kind=Kind.INT, width=8),
    Localized(_("Title of the part"), "part__title", width=36),
]
PRESENCE = [
    Column(_("Half-days present"), "presences", kind=Kind.INT, width=16, may=is_staff),
    Column(_("Certificate"), "certificate_number", width=20, may=is_staff),
]
FICTIONAL = Q(part__session__training__programme__origin=Origin.FICTIONAL) | Q(person__origin=Origin.FICTIONAL)


def _with_presence(rows: models.QuerySet[Registration]) -> models.QuerySet[Registration]:
    """How many half-days the person was present, and the number of the valid certificate."""
    present = Attendance.objects.filter(registration=OuterRef("pk"), mark=Mark.PRESENT).order_by()
    counted = present.values("registration").annotate(n=Count("pk")).values("n")
    valid = Certificate.objects.filter(registration=OuterRef("pk"), state=CertificateState.VALID)
    return rows.annotate(
        presences=Subquery(counted[:1]), certificate_number=Subquery(valid.values("number").order_by("pk")[:1])
    )


OF_SESSION = ExportSpec(
    "session-registrations",
    _("Registrations"),
    [*PART, *NAMES, *STAFF_ONLY, *PRESENCE],
    annotate=_with_presence,
    fictional=FICTIONAL,
    people=True,
)

REGISTRATIONS = ExportSpec(
    "registrations",
    _("Registrations"),
    [*SESSION, *PART, *NAMES, *STAFF_ONLY],
    fictional=FICTIONAL,
    people=True,
)


def _with_places(rows: models.QuerySet[Session]) -> models.QuerySet[Session]:
    """Places and half-days, summed over the parts."""
    parts = SessionPart.objects.filter(session=OuterRef("pk")).order_by().values("session")
    days = HalfDay.objects.filter(part__session=OuterRef("pk")).order_by().values("part__session")
    return rows.annotate(
        places=Subquery(parts.annotate(n=Sum("capacity")).values("n")),
        places_taken=Subquery(parts.annotate(n=Sum("taken")).values("n")),
        half_day_count=Subquery(days.annotate(n=Count("pk")).values("n")),
    )


SESSIONS = ExportSpec(
    "sessions",
    _("Sessions"),
    [
        Column(_("Code"), "code", width=16),
        Choice(_("Kind"), "kind", SessionKind),
        Column(_("Title in French"), "title_fr", width=40),
        Column(_("Title in Arabic"), "title_ar", width=40),
        Localized(_("Training"), "training__title", width=36),
        Localized(_("Programme"), "training__programme__name", width=24),
        Choice(_("State"), "state", SessionState),
        Column(_("First day"), "starts_on", kind=Kind.DATE, width=12),
        Column(_("Last day"), "ends_on", kind=Kind.DATE, width=12),
        Localized(_("Governorate"), "governorate__name"),
        Localized(_("Venue"), "venue", english=False, width=28),
        Column(_("Half-days"), "half_day_count", kind=Kind.INT, width=10),
        Column(_("Places"), "places", kind=Kind.INT, width=10),
        Column(_("Places taken"), "places_taken", kind=Kind.INT, width=12),
        Column(_("Registration until"), "registration_closes_at", kind=Kind.DATETIME),
        Column(_("Source"), "source", width=28),
    ],
    annotate=_with_places,
    fictional=Q(training__programme__origin=Origin.FICTIONAL),
)

TRAININGS = ExportSpec(
    "trainings",
    _("Trainings"),
    [
        Column(_("Title in French"), "title_fr", width=44),
        Column(_("Title in Arabic"), "title_ar", width=44),
        Column(_("Title in English"), "title_en", width=44),
        Localized(_("Programme"), "programme__name", width=28),
        Localized(_("Sector"), "sector__name", width=24),
        Column(_("Sessions"), "session_count", kind=Kind.INT, width=10),
        Column(_("Entered on"), "created_at", kind=Kind.DATETIME),
        Column(_("Source"), "source", width=28),
    ],
    fictional=Q(programme__origin=Origin.FICTIONAL),
)
