"""Certificates of attendance: issued from the attendance ledger alone, signed; replaced, cancelled or expired."""

from __future__ import annotations

import secrets
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, outbox, saving
from core.errors import DomainError, ReasonRequired
from core.series import next_number
from core.transitions import illegal, move
from trainings.domain import eligibility, reviews, signing
from trainings.domain.eligibility import Eligibility
from trainings.enums import CertificateState
from trainings.models import Certificate, Registration, Session, SessionPart

CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that cannot be taken for one another on paper."""


class NotEligible(DomainError):
    """The registration does not give a right to a certificate; the message says all that stands in the way."""

    code = "not_eligible"


@dataclass(frozen=True)
class Batch:
    """What one click on "issue" did: certificates made, and the cases left out with their obstacles."""

    issued: list[Certificate]
    left_out: list[Eligibility]


@journal.act
def issue(*, registration: Registration, actor: User | None, now: datetime) -> Certificate:
    """Issue the certificate of a registration, or give the valid one that it has already.

    Locks the registration, so that twenty requests at once make one number. Records `certificate.issue`, queues the
    message to its bearer. Raises NotEligible.
    """
    Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    registration = Registration.objects.select_related(
        "part__session__training__programme", "part__session__governorate", "organisation"
    ).get(pk=registration.pk)
    case = eligibility.of(registration)
    if case.certificate is not None:
        return case.certificate
    if case.obstacles:
        raise NotEligible(" ".join(str(obstacle) for obstacle in case.obstacles))
    certificate = _make(case, actor=actor, now=now)
    Session.objects.filter(pk=registration.part.session_id, certified_at__isnull=True).update(certified_at=now)
    journal.record("certificate.issue", obj=certificate, actor=actor, data={"registration": registration.pk})
    _announce(certificate, now=now)
    return certificate


def issue_batch(*, session: Session, actor: User | None, now: datetime) -> Batch:
    """Issue every certificate of a session that may be issued, each in a transaction of its own.

    Their messages leave together.
    """
    issued: list[Certificate] = []
    left_out: list[Eligibility] = []
    with outbox.together(key=f"certificates:{secrets.token_hex(8)}", author=actor, about=session):
        for part in session.parts.all():
            for case in eligibility.of_part(part):
                if case.is_ready:
                    issued.append(issue(registration=case.registration, actor=actor, now=now))
                elif case.certificate is None:
                    left_out.append(case)
    return Batch(issued, left_out)


@journal.act
def cancel(*, certificate: Certificate, actor: User, reason: str, now: datetime) -> Certificate:
    """Cancel a certificate. The reason stays inside; the public check says "cancelled" and the date."""
    return move(certificate, CertificateState.CANCELLED, actor=actor, reason=reason, state_changed_at=now)


@journal.act
def replace(*, certificate: Certificate, actor: User, reason: str, now: datetime) -> Certificate:
    """Issue a new certificate from the facts of today in the place of this one, and point from the old to the new.

    Raises NotEligible where today's facts give no right to one: cancel it then.
    """
    move(certificate, CertificateState.REPLACED, actor=actor, reason=reason, state_changed_at=now)
    successor = issue(registration=certificate.registration, actor=actor, now=now)
    certificate.replaced_by = successor
    certificate.save(update_fields=["replaced_by"])
    return successor


@journal.act
def leave(*, certificate: Certificate, actor: User, reason: str, now: datetime) -> Certificate:
    """A certificate whose attendance was corrected after it was issued stays as it is, with a reason.

    Locks it. Records `certificate.leave`. Raises ReasonRequired, IllegalMove once it ended, DomainError when nothing
    was corrected since it was looked at.
    """
    if not reason.strip():
        raise ReasonRequired
    current = saving.locked(Certificate, certificate.pk)
    if current.state != CertificateState.VALID:
        raise illegal(current)
    if not reviews.to_review().filter(pk=current.pk).exists():
        raise DomainError(_("This certificate was looked at already."), code="nothing_to_review")
    saving.change(current, reviewed_at=now)
    journal.record("certificate.leave", obj=current, actor=actor, reason=reason)
    return current


def expire(*, now: datetime) -> int:
    """End the certificates whose last day is over, each in its own transaction; returns how many."""
    over = Certificate.objects.filter(state=CertificateState.VALID, valid_until__lt=timezone.localdate(now))
    ids = list(over.order_by("valid_until", "id").values_list("pk", flat=True))
    return sum(_expire(pk, now=now) for pk in ids)


@journal.act
def _expire(pk: int, *, now: datetime) -> bool:
    """End one certificate unless it ended meanwhile."""
    rows = Certificate.objects.select_for_update(of=("self",)).filter(pk=pk, state=CertificateState.VALID)
    certificate = rows.first()
    if certificate is None:
        return False
    with override("fr"):  # what lies in the history has one language
        reason = gettext("End of validity")
    move(certificate, CertificateState.EXPIRED, actor=None, reason=reason, state_changed_at=now)
    return True


def _make(case: Eligibility, *, actor: User | None, now: datetime) -> Certificate:
    registration = case.registration
    demo = registration.part.session.is_fictional
    year = timezone.localtime(now).year
    number = f"{'DEMO' if demo else 'ATT'}-{year}-{next_number(f'certificate:{demo:d}:{year}'):05d}"
    key = signing.current_key(demo=demo, now=now)
    fields = certified_fields(case, number=number, key_id=key.key_id, now=now)
    return Certificate.objects.create(
        registration=registration,
        valid_until=valid_until(registration.part),
        number=number,
        control_code="".join(secrets.choice(CODE_ALPHABET) for _ in range(8)),
        check_token=secrets.token_urlsafe(16),
        fields=fields,
        signature=signing.sign(fields, key=key),
        signing_key=key,
        issued_at=now,
        issued_by=actor,
    )


def certified_fields(case: Eligibility, *, number: str, key_id: str, now: datetime) -> dict[str, Any]:
    """Everything that the paper says, in both languages: what is signed is what is printed and shown."""
    registration = case.registration
    part = registration.part
    session = part.session
    programme = session.training.programme
    governorate = session.governorate
    until = valid_until(part)
    return {
        "number": number,
        "name_latin": registration.name_latin,
        "name_ar": registration.name_ar,
        **_institution(registration),
        "programme_fr": programme.name_fr,
        "programme_ar": programme.name_ar,
        "session_code": session.code,
        "session_fr": session.title_fr,
        "session_ar": session.title_ar,
        "part_position": part.position,
        "part_fr": part.title_fr,
        "part_ar": part.title_ar,
        "starts_on": part.starts_on.isoformat(),
        "ends_on": part.ends_on.isoformat(),
        "half_days_attended": case.attended,
        "half_days_planned": case.planned,
        "hours": _in_hours(case.hours),
        "hours_planned": _in_hours(case.hours_planned),
        "venue_fr": session.venue_fr,
        "venue_ar": session.venue_ar,
        "governorate_fr": governorate.name_fr if governorate else "",
        "governorate_ar": governorate.name_ar if governorate else "",
        "issued_on": timezone.localtime(now).date().isoformat(),
        **({"valid_until": until.isoformat()} if until else {}),
        "key_id": key_id,
        "demonstration": session.is_fictional,
    }


def valid_until(part: SessionPart) -> date | None:
    """The last day on which a certificate of the part is valid: so many months after the part's own last day."""
    months = part.session.training.validity_months
    if not months:
        return None
    year, month = divmod(part.ends_on.year * 12 + part.ends_on.month - 1 + months, 12)
    return date(year, month + 1, min(part.ends_on.day, monthrange(year, month + 1)[1]))


def _institution(registration: Registration) -> dict[str, str]:
    """The organisation under the name that it bears today, or as the person wrote it."""
    organisation = registration.organisation
    if organisation is None:
        return {"institution_fr": registration.organisation_text, "institution_ar": registration.organisation_text}
    return {"institution_fr": organisation.name_fr, "institution_ar": organisation.name_ar or organisation.name_fr}


def _in_hours(time: timedelta) -> str:
    """Hours as a plain decimal number without useless zeros: "6", "13.5"."""
    hours = Decimal(int(time.total_seconds() // 60)) / 60
    return f"{hours.quantize(Decimal('0.01')).normalize():f}"


def _announce(certificate: Certificate, *, now: datetime) -> None:
    registration = certificate.registration
    if not registration.email:
        return
    outbox.queue(
        kind="trainings.certificate",
        key=f"trainings.certificate:{certificate.pk}",
        to=outbox.Recipient(email=registration.email, name=registration.name, language=registration.language),
        obj=certificate,
        now=now,
        demo=certificate.fields["demonstration"],
    )
