"""Messages about one registration: queued with the act that they tell of. Their words are in `trainings.messages`."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import override

from core import outbox
from core.models import Message
from trainings.models import Registration

CONFIRM_ADDRESS = "trainings.confirm_address"
CONFIRMED = "trainings.confirmed"
WAITING = "trainings.waiting"
REVIEW = "trainings.review"
OFFER = "trainings.offer"
OFFER_LAPSED = "trainings.offer_lapsed"
REFUSED = "trainings.refused"
CANCELLED_BY_PERSON = "trainings.cancelled_by_person"
CANCELLED_BY_STAFF = "trainings.cancelled_by_staff"
PAGE = "trainings.registration_page"

KINDS = frozenset(
    {
        CONFIRM_ADDRESS,
        CONFIRMED,
        WAITING,
        REVIEW,
        OFFER,
        OFFER_LAPSED,
        REFUSED,
        CANCELLED_BY_PERSON,
        CANCELLED_BY_STAFF,
        PAGE,
    }
)
REPEATED = frozenset({CONFIRM_ADDRESS, PAGE})
"""Those that a person may ask for again."""

QUIET = timedelta(minutes=10)
DAY = timedelta(hours=24)
A_DAY = 3


def tell(registration: Registration, kind: str, *, now: datetime) -> Message | None:
    """Queue the message that tells of an act, once an act; nobody is written to who gave no address."""
    return _queue(registration, kind, key=f"{kind}:{registration.pk}", now=now)


def tell_again(registration: Registration, kind: str, *, now: datetime) -> Message | None:
    """Queue a link that was asked for: not twice within ten minutes, at most three a day; None when it is too soon.

    The caller holds the registration's lock, so that posts at the same instant count each other.
    """
    earlier = Message.objects.about(registration).filter(kind__in=REPEATED)
    if earlier.filter(created_at__gt=now - QUIET).exists():
        return None
    if earlier.filter(created_at__gt=now - DAY).count() >= A_DAY:
        return None
    number = earlier.filter(kind=kind).count() + 1
    return _queue(registration, kind, key=f"{kind}:{registration.pk}:{number}", now=now)


def _queue(registration: Registration, kind: str, *, key: str, now: datetime) -> Message | None:
    if not registration.email:
        return None
    with override(registration.language):
        to = outbox.Recipient(email=registration.email, name=registration.name, language=registration.language)
    demo = registration.part.session.is_fictional
    return outbox.queue(kind=kind, key=key, to=to, obj=registration, now=now, demo=demo)
