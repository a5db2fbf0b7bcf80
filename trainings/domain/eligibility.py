"""Who may have a certificate: presence counted from half-days, and what still stands in the way.

Presence = half-days present / half-days planned of the part. The threshold is the session's own; French funders'
practice of a sheet signed per half-day is the model (domain notes, 3.2), no Tunisian text fixes one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import formats
from trainings.enums import CertificateState, HalfDayState, Mark, RegistrationState
from trainings.models import Attendance, Certificate, HalfDay, Registration, SessionPart

Text = str | Promise


@dataclass(frozen=True)
class Eligibility:
    """One registration's case: `obstacles` is empty exactly when a certificate may be issued."""

    registration: Registration
    planned: int
    attended: int
    hours: timedelta
    hours_planned: timedelta
    obstacles: tuple[Text, ...]
    certificate: Certificate | None

    @property
    def percent(self) -> int:
        """Presence in per cent, rounded down: 74.9 is not 75."""
        return self.attended * 100 // self.planned if self.planned else 0

    @property
    def lacks_a_name(self) -> bool:
        """Whether staff can bring the certificate nearer by completing the person's name."""
        return not (self.registration.name_latin and self.registration.name_ar)

    @property
    def is_ready(self) -> bool:
        return not self.obstacles and self.certificate is None


def of_part(part: SessionPart) -> list[Eligibility]:
    """The case of every confirmed registration of a part, by name; a fixed number of queries."""
    half_days = list(part.half_days.all())
    registrations = (
        Registration.objects.confirmed()
        .filter(part=part)
        .select_related("person")
        .prefetch_related(*_attended())
        .order_by("key", "id")
    )
    return [_case(registration, part=part, half_days=half_days) for registration in registrations]


def of(registration: Registration) -> Eligibility:
    """The case of one registration."""
    registration.standing = list(_standing().filter(registration=registration))  # type: ignore[attr-defined]
    return _case(registration, part=registration.part, half_days=list(registration.part.half_days.all()))


def _standing() -> QuerySet[Certificate]:
    """Certificates that speak for somebody, or did until their last day; the newest first."""
    states = (CertificateState.VALID, CertificateState.EXPIRED)
    return Certificate.objects.filter(state__in=states).order_by("-pk")


def _attended() -> tuple[Prefetch[str], Prefetch[str]]:
    """What a case is made of, for many registrations at once."""
    present = Attendance.objects.filter(mark=Mark.PRESENT)
    return Prefetch("attendances", present), Prefetch("certificates", _standing(), to_attr="standing")


def of_several(registrations: Sequence[Registration]) -> list[Eligibility]:
    """The cases of registrations of any parts, in their order; a fixed number of queries."""
    prefetch_related_objects(
        list(registrations), *_attended(), "part__half_days", "part__session__training__programme", "person"
    )
    return [_case(each, part=each.part, half_days=list(each.part.half_days.all())) for each in registrations]


def _case(registration: Registration, *, part: SessionPart, half_days: list[HalfDay]) -> Eligibility:
    present = {a.half_day_id for a in registration.attendances.all() if a.mark == Mark.PRESENT}
    attended = [half_day for half_day in half_days if half_day.pk in present]
    standing: list[Certificate] = registration.standing  # type: ignore[attr-defined]
    valid = [certificate for certificate in standing if certificate.state == CertificateState.VALID]
    expired = [certificate for certificate in standing if certificate.state == CertificateState.EXPIRED]
    return Eligibility(
        registration=registration,
        planned=len(half_days),
        attended=len(attended),
        hours=sum((half_day.duration for half_day in attended), timedelta()),
        hours_planned=sum((half_day.duration for half_day in half_days), timedelta()),
        obstacles=(
            *_expired(expired),
            *_obstacles(registration, part=part, half_days=half_days, attended=len(attended)),
        ),
        certificate=valid[0] if valid else None,
    )


def _expired(certificates: list[Certificate]) -> Iterable[Text]:
    """What was certified once is not certified again because its time is over."""
    for certificate in certificates[:1]:
        day = formats.plain_date(certificate.valid_until) if certificate.valid_until else ""
        yield _("Certificate %(number)s was valid until %(day)s.") % {"number": certificate.number, "day": day}


def _obstacles(
    registration: Registration, *, part: SessionPart, half_days: list[HalfDay], attended: int
) -> Iterable[Text]:
    if registration.state != RegistrationState.CONFIRMED:
        yield _("The registration is not confirmed.")
    if not half_days:
        yield _("The part has no half-day.")
        return
    still_open = sum(half_day.state != HalfDayState.CLOSED for half_day in half_days)
    if still_open:
        yield _("Half-days not closed yet: %(count)s.") % {"count": still_open}
    threshold = part.session.attendance_threshold
    if attended * 100 < threshold * len(half_days):
        yield _("Half-days attended: %(attended)s of %(planned)s. The threshold is %(threshold)s %%.") % {
            "attended": attended,
            "planned": len(half_days),
            "threshold": threshold,
        }
    yield from _missing_scripts(registration, part=part)


def _missing_scripts(registration: Registration, *, part: SessionPart) -> Iterable[Text]:
    """A certificate is printed in Arabic and French: every printed name needs both scripts."""
    if not registration.name_latin:
        yield _("The name in Latin script is missing.")
    if not registration.name_ar:
        yield _("The name in Arabic script is missing.")
    if not part.session.title_ar:
        yield _("The session’s title in Arabic is missing.")
    if not part.title_ar:
        yield _("The part’s title in Arabic is missing.")
    if part.session.venue_fr and not part.session.venue_ar:
        yield _("The venue in Arabic is missing.")
