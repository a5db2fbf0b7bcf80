"""What people are written about their registration: one function a message, one frame for all of them.

Each says what happened, why it came and under which rule, what follows, and carries the link to the page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.models import Message
from trainings.domain import letters, timing, turns
from trainings.enums import RegistrationState
from trainings.messages import frame


def confirm_address(message: Message) -> outbox.Content:
    """Somebody asked for a place with this address: its reader confirms, or does nothing."""
    registration = frame.found(message, RegistrationState.UNCONFIRMED)
    until = frame.moment(registration.lapses_at)
    return frame.content(
        registration,
        subject=gettext("Confirm your registration: %(session)s"),
        heading=gettext("Confirm your registration"),
        text=[
            gettext("A place in this session was asked for with your e-mail address."),
            gettext(
                "Nothing is kept for you yet: your place, or your turn on the waiting list, begins when you confirm."
            ),
        ],
        action=gettext("See and confirm my registration"),
        after=[
            gettext("The link can be confirmed until %(until)s. After that the request lapses by itself.")
            % {"until": until},
            gettext("It was not you? Then do nothing: without your confirmation nobody is registered."),
        ],
        why=_(
            "Whoever registers proves that the address is theirs; the request came from the public page of the session."
        ),
        useless_after=registration.lapses_at,
    )


def confirmed(message: Message) -> outbox.Content:
    """A place is theirs: by confirming, by accepting an offer, by a decision of staff."""
    registration = frame.found(message, RegistrationState.CONFIRMED)
    now = timezone.now()
    return frame.content(
        registration,
        subject=gettext("Your place is confirmed: %(session)s"),
        heading=gettext("Your place is confirmed"),
        text=[gettext("You are expected. The attached file brings the dates into your calendar.")],
        action=gettext("Open my registration"),
        after=[
            gettext("You cannot come? Cancel on this page: your place goes to the next person on the waiting list."),
            gettext("Before the session you receive a convocation with the hours and the room."),
        ],
        why=_("You registered for this session, and a place was free at your rank. A convocation follows."),
        attachments=[frame.calendar_file(registration, now=now)],
        useless_after=timing.end_of(registration.part),
    )


def waiting(message: Message) -> outbox.Content:
    """No place is free: their turn, and the rule by which it moves."""
    registration = frame.found(message, RegistrationState.WAITING)
    turn = turns.turn_of(registration)
    hours = registration.part.session.offer_hours
    rule = ngettext(
        "A place that becomes free is offered to the next in rank, who has %(hours)s hour to accept it.",
        "A place that becomes free is offered to the next in rank, who has %(hours)s hours to accept it.",
        hours,
    )
    return frame.content(
        registration,
        subject=gettext("You are on the waiting list: %(session)s"),
        heading=gettext("You are on the waiting list"),
        text=[gettext("All places are taken. You keep your turn, in the order in which people confirmed.")],
        facts=[(gettext("Your turn"), frame.position(turn.position, turn.of))],
        action=gettext("Open my registration"),
        after=[
            rule % {"hours": hours},
            gettext("You no longer wish to come? Cancel on the same page: the others move up."),
        ],
        why=_(
            "You registered for this session when it was full. You are written to again if a place is offered to you."
        ),
        useless_after=timing.start_of(registration.part),
    )


def review(message: Message) -> outbox.Content:
    """The agency decides on each registration of this session."""
    registration = frame.found(message, RegistrationState.REVIEW)
    return frame.content(
        registration,
        subject=gettext("Your registration is being examined: %(session)s"),
        heading=gettext("Your registration is being examined"),
        text=[
            gettext("Your address is confirmed. For this session the agency decides on each registration."),
            gettext("You keep your rank meanwhile."),
        ],
        action=gettext("Open my registration"),
        after=[gettext("You are written to as soon as it is decided.")],
        why=_(
            "You registered for a session whose registrations the agency decides on. The decision follows by e-mail."
        ),
        useless_after=timing.end_of(registration.part),
    )


def offer(message: Message) -> outbox.Content:
    """A place became free and they are the next in rank."""
    registration = frame.found(message, RegistrationState.OFFERED)
    until = frame.moment(registration.offer_expires_at)
    return frame.content(
        registration,
        subject=gettext("A place is offered to you: %(session)s"),
        heading=gettext("A place is offered to you"),
        text=[gettext("A place has become free and you are the next on the waiting list. It is kept for you.")],
        facts=[(gettext("Answer until"), until)],
        action=gettext("Answer the offer"),
        after=[
            gettext("Without an answer until %(until)s, the place goes to the next person.") % {"until": until},
            gettext("You do not want it any more? Decline on the same page, so that the next person need not wait."),
        ],
        why=_("You are on the waiting list of this session: free places are offered in the order of confirmation."),
        useless_after=registration.offer_expires_at,
    )


def offer_lapsed(message: Message) -> outbox.Content:
    """They did not answer in time."""
    registration = frame.found(message, RegistrationState.LAPSED)
    until = frame.moment(registration.offer_expires_at)
    return frame.content(
        registration,
        subject=gettext("The offered place has lapsed: %(session)s"),
        heading=gettext("The offered place has lapsed"),
        text=[gettext("You were offered a place until %(until)s. We received no answer.") % {"until": until}],
        action=gettext("Open my registration"),
        after=[gettext("You still wish to come? While registration is open, you can register again.")],
        why=_("The time to accept the place was over: it was offered to the next person on the list."),
    )


def refused(message: Message) -> outbox.Content:
    """The agency refused, with a reason."""
    registration = frame.found(message, RegistrationState.REFUSED)
    return frame.content(
        registration,
        subject=gettext("Your registration was not accepted: %(session)s"),
        heading=gettext("Your registration was not accepted"),
        text=[gettext("The agency could not accept your registration for this session.")],
        facts=frame.reason(registration),
        action=gettext("Open my registration"),
        after=[gettext("Other sessions are announced in the public calendar of the portal.")],
        why=_("The agency decided on your registration. Nothing more is asked of you."),
        attachments=frame.withdrawn_file(registration),
    )


def cancelled_by_person(message: Message) -> outbox.Content:
    """They gave up their registration themselves."""
    registration = frame.found(message, RegistrationState.CANCELLED)
    return frame.content(
        registration,
        subject=gettext("Your registration is cancelled: %(session)s"),
        heading=gettext("Your registration is cancelled"),
        text=[
            gettext(
                "You cancelled your registration. Thank you for telling us in time: the place can serve somebody else."
            )
        ],
        action=gettext("Open my registration"),
        after=[
            gettext("It was not you, or you changed your mind? While registration is open, you can register again.")
        ],
        why=_("You cancelled on the page of your registration. Nothing more is asked of you."),
        attachments=frame.withdrawn_file(registration),
    )


def cancelled_by_staff(message: Message) -> outbox.Content:
    """The agency cancelled, with a reason."""
    registration = frame.found(message, RegistrationState.CANCELLED)
    return frame.content(
        registration,
        subject=gettext("The agency cancelled your registration: %(session)s"),
        heading=gettext("The agency cancelled your registration"),
        text=[gettext("Your registration for this session no longer stands.")],
        facts=frame.reason(registration),
        action=gettext("Open my registration"),
        after=[gettext("If this surprises you, write to the agency.")],
        why=_("The agency ended your registration, with the reason that stands above."),
        attachments=frame.withdrawn_file(registration),
    )


def page(message: Message) -> outbox.Content:
    """Somebody asked again with this address, or for a new link."""
    registration = frame.found(message, *RegistrationState)
    if registration.state == RegistrationState.UNCONFIRMED:
        raise outbox.Useless
    return frame.content(
        registration,
        subject=gettext("The link to your registration: %(session)s"),
        heading=gettext("The link to your registration"),
        text=[gettext("A link to your registration was asked for. Your registration has not changed.")],
        facts=[(gettext("State"), str(registration.get_state_display()))],
        action=gettext("Open my registration"),
        after=[gettext("It was not you? Then do nothing: only this mailbox has the link.")],
        why=_("Somebody filled in the registration form with your address, or asked for a new link to your page."),
    )


Build = Callable[[Message], outbox.Content]
_BUILDS: dict[str, tuple[frame.Text, Build]] = {
    letters.CONFIRM_ADDRESS: (_("Address to confirm"), confirm_address),
    letters.CONFIRMED: (_("Place confirmed"), confirmed),
    letters.WAITING: (_("On the waiting list"), waiting),
    letters.REVIEW: (_("Registration being examined"), review),
    letters.OFFER: (_("Place offered"), offer),
    letters.OFFER_LAPSED: (_("Offered place lapsed"), offer_lapsed),
    letters.REFUSED: (_("Registration refused"), refused),
    letters.CANCELLED_BY_PERSON: (_("Registration cancelled by the person"), cancelled_by_person),
    letters.CANCELLED_BY_STAFF: (_("Registration cancelled by the agency"), cancelled_by_staff),
    letters.PAGE: (_("Link to a registration"), page),
}
_URGENT = frozenset({letters.CONFIRM_ADDRESS, letters.OFFER, letters.OFFER_LAPSED, letters.PAGE})
"""Awaited at once, or counting hours: these never wait in a batch."""
KINDS = [outbox.MessageKind(code, label, build, urgent=code in _URGENT) for code, (label, build) in _BUILDS.items()]
