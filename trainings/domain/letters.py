"""Messages about one registration: queued with the act that they tell of. Their words are in `trainings.messages`."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Replace
from django.utils.translation import override

from core import outbox
from core.enums import MessageState
from core.models import Message
from core.models.outbox import DELIVERED
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
MAILBOX_A_DAY = 12


def tell(registration: Registration, kind: str, *, now: datetime) -> Message | None:
    """Queue the message that tells of an act, once an act; nobody is written to who gave no address."""
    return _queue(registration, kind, key=f"{kind}:{registration.pk}", now=now)


def tell_again(registration: Registration, kind: str, *, now: datetime) -> Message | None:
    """Queue a link that was asked for: not twice within ten minutes, at most three a day; None when it is too soon.

    One mailbox gets twelve a day at most, over all sessions and under all its spellings: anybody can ask for them.

    The caller holds the registration's lock, so that posts at the same instant count each other.
    """
    if not registration.email or _is_flooded(_recipient(registration).email, now=now):
        return None
    earlier = Message.objects.about(registration).filter(kind__in=REPEATED)
    if earlier.filter(created_at__gt=now - QUIET).exists():
        return None
    if earlier.filter(created_at__gt=now - DAY).count() >= A_DAY:
        return None
    number = earlier.filter(kind=kind).count() + 1
    return _queue(registration, kind, key=f"{kind}:{registration.pk}:{number}", now=now)


def of_places(ids: Collection[int]) -> models.QuerySet[Message]:
    """The first letters about these registrations: a place, a turn, or staff's decision to come."""
    kinds = (CONFIRMED, WAITING, REVIEW)
    return Message.objects.filter(object_type=Registration._meta.label_lower, object_id__in=ids, kind__in=kinds)


def have_left(ids: Collection[int]) -> int:
    """How many of them have left, or are being taken by the mail server this moment."""
    gone = Q(state__in=DELIVERED) | Q(state=MessageState.SENDING, handed_at__isnull=False)
    return of_places(ids).filter(gone).count()


def waiting(ids: Collection[int]) -> int:
    """How many of them wait, or are held back."""
    return of_places(ids).filter(state__in=(MessageState.QUEUED, MessageState.HELD)).count()


def _is_flooded(email: str, *, now: datetime) -> bool:
    """Whether a mailbox has had its links of the day. Dots and what follows a plus do not make another mailbox."""
    local, _at, domain = email.replace(".", "").rpartition("@")
    name = local.partition("+")[0]
    rows = Message.objects.filter(kind__in=REPEATED, due_at__gt=now - DAY)
    rows = rows.annotate(mailbox=Replace("to_email", Value("."), Value("")))
    same = Q(mailbox=f"{name}@{domain}") | Q(mailbox__startswith=f"{name}+", mailbox__endswith=f"@{domain}")
    return rows.filter(same)[:MAILBOX_A_DAY].count() >= MAILBOX_A_DAY


def _queue(registration: Registration, kind: str, *, key: str, now: datetime) -> Message | None:
    if not registration.email:
        return None
    demo = registration.part.session.is_fictional
    return outbox.queue(kind=kind, key=key, to=_recipient(registration), obj=registration, now=now, demo=demo)


def _recipient(registration: Registration) -> outbox.Recipient:
    with override(registration.language):
        return outbox.Recipient(email=registration.email, name=registration.name, language=registration.language)
