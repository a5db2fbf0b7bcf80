"""Who may open the addresses of certificates: the check is everybody's, issuing and ending are staff's."""

from __future__ import annotations

from django.utils import timezone

from accounts.tests.matrix import STAFF, everybody, only
from trainings.domain import certificates
from trainings.models import Certificate
from trainings.tests.factories import make_session
from trainings.tests.test_certificates import attended


def session() -> list[object]:
    return [make_session("held").slug]


def certificate() -> Certificate:
    return certificates.issue(registration=attended(), actor=None, now=timezone.now())


def number() -> list[object]:
    return [certificate().pk]


def token() -> list[object]:
    return [certificate().check_token]


ACCESS = {
    "trainings:certificate-tab": only(*STAFF, args=session),
    "trainings:certificate-issue": only(*STAFF, status=302, args=session),
    "trainings:session-translate": only(*STAFF, args=session),
    "trainings:certificate-reviews": only(*STAFF),
    "trainings:certificate-leave": only(*STAFF, args=number),
    "trainings:certificate-history": only(*STAFF, args=number),
    "trainings:certificate-cancel": only(*STAFF, args=number),
    "trainings:certificate-replace": only(*STAFF, args=number),
    "trainings:certificate-check": everybody(),
    "trainings:certificate-keys": everybody(),
    "trainings:certificate-verdict": everybody(args=token),
    "trainings:certificate-pdf": everybody(args=token),
    "trainings_short:certificate": everybody(302, args=token),
}
