"""The public check of a certificate: by the QR code's 128-bit address, or by number and control code together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from secrets import compare_digest

from django.db.models import QuerySet
from django.utils import timezone

from trainings.domain import signing
from trainings.enums import CertificateState
from trainings.models import Certificate

TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass(frozen=True)
class Verdict:
    """What the check found. `is_genuine` says that the stored fields are those that were signed."""

    certificate: Certificate
    is_genuine: bool
    on: date

    @property
    def is_valid(self) -> bool:
        return self.is_genuine and self.certificate.state == CertificateState.VALID and not self.is_expired

    @property
    def is_expired(self) -> bool:
        """Its last day is over, whether the nightly task has passed or not; what was replaced or cancelled is that."""
        is_standing = self.certificate.state in {CertificateState.VALID, CertificateState.EXPIRED}
        return is_standing and is_over(self.certificate, on=self.on)

    @property
    def valid_until(self) -> date | None:
        return last_day(self.certificate)


def last_day(certificate: Certificate) -> date | None:
    """The certified last day; the papers of before have none."""
    text = certificate.fields.get("valid_until")
    return date.fromisoformat(text) if text else None


def is_over(certificate: Certificate, *, on: date) -> bool:
    """Whether its certified last day lies before a day."""
    until = last_day(certificate)
    return until is not None and until < on


def by_token(token: str) -> Verdict | None:
    """The verdict on the certificate whose QR code bears `token`; None where there is none."""
    return _verdict(bearing(token))


def bearing(token: str) -> QuerySet[Certificate]:
    """The certificate with this address, if any: signs that no address holds, such as NUL, never reach the database."""
    rows = Certificate.objects.filter(check_token=token)
    return rows if TOKEN.fullmatch(token) else rows.none()


def by_number(number: str, code: str) -> Verdict | None:
    """The verdict on number and control code together; a wrong code tells no more than a wrong number."""
    wanted = normalise(code)
    verdict = _verdict(Certificate.objects.filter(number=number.strip().upper()))
    if verdict is None or not compare_digest(verdict.certificate.control_code.encode(), wanted.encode()):
        return None
    return verdict


def normalise(code: str) -> str:
    """A control code as people type it: blanks and hyphens fall away, letters become capitals."""
    return "".join(character for character in code.upper() if character.isalnum())


def _verdict(found: QuerySet[Certificate]) -> Verdict | None:
    certificate = found.select_related("signing_key", "replaced_by", "registration").first()
    if certificate is None:
        return None
    genuine = signing.is_genuine(certificate.fields, signature=certificate.signature, key=certificate.signing_key)
    return Verdict(certificate, genuine, on=timezone.localdate())
