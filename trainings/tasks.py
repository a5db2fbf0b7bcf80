"""What the schedule runs: shells around domain functions, with the time passed in."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from trainings.domain import certificates, convocations, lapse, promotion


@shared_task
def lapse_registrations() -> None:
    """Each minute: end the requests that nobody confirmed and the offers that nobody took."""
    now = timezone.now()
    lapse.lapse_unconfirmed(now=now)
    promotion.expire(now=now)


@shared_task
def plan_messages() -> int:
    """Every quarter of an hour: queue the convocations whose day has come."""
    return convocations.plan(now=timezone.now())


@shared_task
def expire_certificates() -> int:
    """Each night: the certificates whose last day was yesterday end."""
    return certificates.expire(now=timezone.now())
