"""The waiting list: a place that becomes free is offered to the next in rank, with a deadline, then to the one after.

`fill` is the one service that every path that frees a place calls: cancellation, refusal, an offer declined or lapsed,
more places. The order is that of confirmation; who belongs to a category whose own places are taken is passed over.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, outbox, saving
from core.errors import DomainError
from core.transitions import illegal, move
from trainings.domain import letters, seats, timing
from trainings.enums import RUNNING_STATES, RegistrationState
from trainings.models import Registration, SessionPart


class OfferLapsed(DomainError):
    """The time to accept the offered place is over."""

    code = "offer_lapsed"


@journal.act
def fill(*, part: SessionPart, actor: User | None, now: datetime) -> list[Registration]:
    """Offer every free place of a part to the next in rank whose category has room; returns those who got an offer.

    Nobody is offered a place once the part has begun or its session no longer runs. Locks part, categories,
    registrations. Queues the offers.
    """
    current = seats.lock(part)
    if not current.free or current.session.state not in RUNNING_STATES:
        return []
    starts = timing.start_of(current)
    if now >= starts:
        return []
    expires_at = min(now + timedelta(hours=current.session.offer_hours), starts)
    offered: list[Registration] = []
    while len(offered) < current.free:
        registration = _next_in_rank(current)
        if registration is None or not seats.take(part=current, category=registration.category):
            break
        move(registration, RegistrationState.OFFERED, actor=actor, offered_at=now, offer_expires_at=expires_at)
        letters.tell(registration, letters.OFFER, now=now)
        offered.append(registration)
    return offered


@journal.act
def accept_offer(*, registration: Registration, now: datetime) -> Registration:
    """The person takes the offered place before its deadline; a second call answers alike.

    Raises OfferLapsed after the deadline, even when no sweep has passed yet, and IllegalMove without an offer.
    """
    seats.lock(registration.part)
    current = saving.locked(Registration, registration.pk)
    if current.state == RegistrationState.CONFIRMED:
        return current
    if current.offer_expires_at is not None and now >= current.offer_expires_at:
        when = date_format(timezone.localtime(current.offer_expires_at), "DATETIME_FORMAT")
        raise OfferLapsed(
            _("The offer stood until %(when)s; the place goes to the next person on the list.") % {"when": when}
        )
    if current.state != RegistrationState.OFFERED:
        raise illegal(current)
    move(current, RegistrationState.CONFIRMED, actor=None)
    letters.tell(current, letters.CONFIRMED, now=now)
    return current


def expire(*, now: datetime) -> int:
    """Let every offer lapse whose deadline has passed, and offer its place to the next; returns how many lapsed.

    Each in its own transaction: one that fails does not keep the others.
    """
    due = Registration.objects.filter(state=RegistrationState.OFFERED, offer_expires_at__lte=now)
    ids = list(due.order_by("offer_expires_at", "id").values_list("pk", flat=True))
    return sum(_expire(pk, now=now) for pk in ids)


@journal.act
def _expire(pk: int, *, now: datetime) -> bool:
    part = seats.lock(SessionPart.objects.get(registrations=pk))
    rows = Registration.objects.select_for_update(of=("self",)).filter(pk=pk, state=RegistrationState.OFFERED)
    registration = rows.filter(offer_expires_at__lte=now).first()
    if registration is None:
        return False
    move(registration, RegistrationState.LAPSED, actor=None)
    outbox.withdraw(obj=registration, kinds=letters.KINDS)
    letters.tell(registration, letters.OFFER_LAPSED, now=now)
    seats.release(part=part, category=registration.category)
    fill(part=part, actor=None, now=now)
    return True


def _next_in_rank(part: SessionPart) -> Registration | None:
    """The first who waits, without those whose category has no place left. The part is locked already."""
    waiting = part.registrations.waiting().select_related("category", "part__session__training__programme")
    return waiting.exclude(category_id__in=seats.full_categories(part)).first()
