"""Certificates to look at again: attendance was corrected after they were issued. The paper never changes."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from trainings.domain import eligibility
from trainings.enums import CertificateState, CorrectionState
from trainings.models import Certificate, Correction


def to_review() -> QuerySet[Certificate]:
    """Valid certificates with a correction confirmed since they were issued, or last looked at."""
    made = Correction.objects.filter(state=CorrectionState.CONFIRMED)
    since = made.filter(
        registration=OuterRef("registration"), decided_at__gt=Coalesce(OuterRef("reviewed_at"), OuterRef("issued_at"))
    )
    rows = Certificate.objects.filter(state=CertificateState.VALID)
    return rows.filter(Q(registration__in=made.values("registration")), Exists(since))


def among(certificates: Sequence[Certificate]) -> int:
    """How many of these wait to be looked at again."""
    return to_review().filter(pk__in=[each.pk for each in certificates]).count() if certificates else 0


def compare(certificates: Sequence[Certificate]) -> None:
    """Put today's facts beside what each paper says, in `.now`; a fixed number of queries."""
    cases = eligibility.of_several([certificate.registration for certificate in certificates])
    for certificate, case in zip(certificates, cases, strict=True):
        certificate.now = case  # type: ignore[attr-defined]
