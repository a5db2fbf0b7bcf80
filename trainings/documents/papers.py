"""From rows to papers: what the certificate and the attendance sheet print."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from core.pdf import Bilingual
from directory.enums import Half
from trainings.documents.certificate import CertificatePaper
from trainings.documents.sheet import Sheet, SheetLine
from trainings.models import Certificate, HalfDay, Registration

AGENCY_SEAT = Bilingual("Tunis", "تونس")
HALVES = {Half.MORNING: Bilingual("matin", "صباحا"), Half.AFTERNOON: Bilingual("après-midi", "بعد الزوال")}


def check_address(certificate: Certificate) -> str:
    """The address that the QR code holds: short, without a language, on the portal's own host."""
    return settings.PORTAL_URL + reverse("trainings_short:certificate", args=[certificate.check_token])


def check_page() -> str:
    """Where a number and a control code are typed, in French."""
    with translation.override("fr"):
        return settings.PORTAL_URL + reverse("trainings:certificate-check")


def certificate_paper(certificate: Certificate, *, language: str = "fr") -> CertificatePaper:
    """The paper of a certificate: its certified fields, word for word, and nothing of today's rows."""
    fields = certificate.fields
    place = [(fields["venue_fr"], fields["venue_ar"]), (fields["governorate_fr"], fields["governorate_ar"])]
    return CertificatePaper(
        number=certificate.number,
        control_code=certificate.control_code,
        key_id=fields["key_id"],
        check_url=check_address(certificate),
        check_page=check_page(),
        name=Bilingual(fields["name_latin"], fields["name_ar"]),
        institution=Bilingual(fields["institution_fr"], fields["institution_ar"]),
        session_code=fields["session_code"],
        session_title=Bilingual(fields["session_fr"], fields["session_ar"]),
        part_position=fields["part_position"],
        part_title=Bilingual(fields["part_fr"], fields["part_ar"]),
        first_day=date.fromisoformat(fields["starts_on"]),
        last_day=date.fromisoformat(fields["ends_on"]),
        half_days=fields["half_days_attended"],
        half_days_planned=fields["half_days_planned"],
        hours=Decimal(fields["hours"]),
        hours_planned=Decimal(fields["hours_planned"]),
        place=Bilingual(", ".join(fr for fr, _ar in place if fr), "، ".join(ar for _fr, ar in place if ar)),
        valid_until=date.fromisoformat(fields["valid_until"]) if fields.get("valid_until") else None,
        issued_at=timezone.localtime(certificate.issued_at),
        issued_in=AGENCY_SEAT,
        demo=fields["demonstration"],
        language=language,
    )


def attendance_sheet(half_day: HalfDay, *, now: datetime, language: str = "fr") -> Sheet:
    """The sheet to sign of one half-day: the confirmed people by name, then blank lines."""
    part = half_day.part
    session = part.session
    governorate = session.governorate
    trainers = half_day.trainers.all() or [each.person for each in session.trainers.select_related("person")]
    people = Registration.objects.confirmed().filter(part=part).select_related("organisation").order_by("key", "id")
    return Sheet(
        code=f"{session.code}-{part.letter}-{half_day.on_day:%d%m}-{half_day.half[0].upper()}",
        session_title=Bilingual(session.title_fr, session.title_ar),
        part_position=part.position,
        part_title=Bilingual(part.title_fr, part.title_ar),
        day=half_day.on_day,
        half=HALVES[Half(half_day.half)],
        starts_at=half_day.starts_at,
        ends_at=half_day.ends_at,
        room=half_day.room,
        venue=Bilingual(session.venue_fr, session.venue_ar),
        governorate=Bilingual(governorate.name_fr, governorate.name_ar) if governorate else Bilingual("", ""),
        module=Bilingual(half_day.module_fr, half_day.module_ar),
        trainers=tuple(Bilingual(person.name_latin, person.name_ar) for person in trainers),
        lines=tuple(SheetLine(Bilingual(each.name_latin, each.name_ar), _institution(each)) for each in people),
        printed_at=timezone.localtime(now),
        demo=session.is_fictional,
        language=language,
    )


def _institution(registration: Registration) -> Bilingual:
    organisation = registration.organisation
    if organisation is None:
        return Bilingual(registration.organisation_text, "")
    return Bilingual(organisation.name_fr, organisation.name_ar)
