"""The one personal link of a registration: it opens the registration's page, which shows every act that is possible."""

from __future__ import annotations

from datetime import datetime, timedelta

from core import outbox
from core.errors import DomainError
from core.models import PersonalLink
from notifications.errors import CannotRenew
from trainings.domain import registrations, timing
from trainings.models import Registration

ACT = "trainings.registration"
KEPT = timedelta(days=366)


def of(registration: Registration) -> outbox.Link:
    """The link that a message carries: it works until a year after the part."""
    return outbox.Link(ACT, registration, expires_at=timing.end_of(registration.part) + KEPT)


def renew(link: PersonalLink, now: datetime) -> None:
    """Send a new link in the place of a dead one, to the address of the registration. Raises CannotRenew."""
    registration = Registration.objects.select_related("part__session__training__programme").get(pk=link.object_id)
    try:
        registrations.send_link(registration=registration, actor=None, now=now)
    except DomainError as refusal:
        raise CannotRenew(refusal.message) from refusal
