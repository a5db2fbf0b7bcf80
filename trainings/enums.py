"""States, and beside each the table of its legal moves."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook
from core.moves import Moves


class SessionKind(models.TextChoices):
    """What a session is called; the first letters open its code."""

    SEMINAR = "SEM", _("Seminar")
    TRAINING = "FOR", _("Training course")
    WORKSHOP = "ATE", _("Workshop")


class SessionState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PROPOSED = "proposed", _("Proposed")
    PUBLISHED = "published", _("Published")
    OPEN = "open", _("Registration open")
    CLOSED = "closed", _("Registration closed")
    POSTPONED = "postponed", _("Postponed, date to be fixed")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")

    @property
    def look(self) -> StateLook:
        return SESSION_LOOKS[self]


SESSION_LOOKS = {
    SessionState.DRAFT: StateLook("", "dash"),
    SessionState.PROPOSED: StateLook("soon", "q1"),
    SessionState.PUBLISHED: StateLook("live", "q1"),
    SessionState.OPEN: StateLook("live", "ring"),
    SessionState.CLOSED: StateLook("live", "lock"),
    SessionState.HELD: StateLook("done", "check"),
    SessionState.POSTPONED: StateLook("soon", "pause"),
    SessionState.CANCELLED: StateLook("shut", "slash"),
}
RUNNING_STATES = frozenset({SessionState.PUBLISHED, SessionState.OPEN, SessionState.CLOSED})
PUBLIC_STATES = RUNNING_STATES | {SessionState.POSTPONED, SessionState.HELD, SessionState.CANCELLED}

SESSION_MOVES = Moves(
    {
        SessionState.DRAFT: {SessionState.PROPOSED, SessionState.PUBLISHED, SessionState.CANCELLED},
        SessionState.PROPOSED: {SessionState.DRAFT, SessionState.PUBLISHED, SessionState.CANCELLED},
        SessionState.PUBLISHED: {
            SessionState.OPEN,
            SessionState.CLOSED,
            SessionState.POSTPONED,
            SessionState.CANCELLED,
        },
        SessionState.OPEN: {SessionState.CLOSED, SessionState.POSTPONED, SessionState.CANCELLED},
        SessionState.CLOSED: {
            SessionState.OPEN,
            SessionState.HELD,
            SessionState.POSTPONED,
            SessionState.CANCELLED,
        },
        SessionState.POSTPONED: RUNNING_STATES | {SessionState.CANCELLED},
        SessionState.HELD: set(),
        SessionState.CANCELLED: set(),
    },
    reasons={SessionState.CANCELLED, SessionState.POSTPONED},
)


class HalfDayState(models.TextChoices):
    OPEN = "open", pgettext_lazy("half-day", "Open")
    CLOSED = "closed", pgettext_lazy("half-day", "Closed")

    @property
    def look(self) -> StateLook:
        return StateLook("done", "check") if self == HalfDayState.CLOSED else StateLook("", "ring")


HALF_DAY_MOVES = Moves({HalfDayState.OPEN: {HalfDayState.CLOSED}, HalfDayState.CLOSED: set()})


class RegistrationState(models.TextChoices):
    """`unconfirmed` holds nothing; `offered` and `confirmed` hold a place; `waiting` holds a rank."""

    UNCONFIRMED = "unconfirmed", _("E-mail address to confirm")
    REVIEW = "review", _("To be decided")
    WAITING = "waiting", _("On the waiting list")
    OFFERED = "offered", _("Place offered")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")
    LAPSED = "lapsed", _("Lapsed")

    @property
    def look(self) -> StateLook:
        return REGISTRATION_LOOKS[self]


REGISTRATION_LOOKS = {
    RegistrationState.UNCONFIRMED: StateLook("", "dash"),
    RegistrationState.REVIEW: StateLook("soon", "q1"),
    RegistrationState.WAITING: StateLook("", "pause"),
    RegistrationState.OFFERED: StateLook("soon", "flag"),
    RegistrationState.CONFIRMED: StateLook("done", "check"),
    RegistrationState.REFUSED: StateLook("shut", "x"),
    RegistrationState.CANCELLED: StateLook("shut", "slash"),
    RegistrationState.LAPSED: StateLook("shut", "slash"),
}

HOLDING_STATES = frozenset({RegistrationState.OFFERED, RegistrationState.CONFIRMED})
ACTIVE_STATES = HOLDING_STATES | {RegistrationState.UNCONFIRMED, RegistrationState.REVIEW, RegistrationState.WAITING}
ENDED_STATES = frozenset({RegistrationState.REFUSED, RegistrationState.CANCELLED, RegistrationState.LAPSED})

REGISTRATION_MOVES = Moves(
    {
        RegistrationState.UNCONFIRMED: {
            RegistrationState.REVIEW,
            RegistrationState.CONFIRMED,
            RegistrationState.WAITING,
            RegistrationState.CANCELLED,
            RegistrationState.LAPSED,
        },
        RegistrationState.REVIEW: {
            RegistrationState.CONFIRMED,
            RegistrationState.WAITING,
            RegistrationState.REFUSED,
            RegistrationState.CANCELLED,
        },
        RegistrationState.WAITING: {
            RegistrationState.OFFERED,
            RegistrationState.REFUSED,
            RegistrationState.CANCELLED,
            RegistrationState.LAPSED,
        },
        RegistrationState.OFFERED: {
            RegistrationState.CONFIRMED,
            RegistrationState.CANCELLED,
            RegistrationState.LAPSED,
        },
        RegistrationState.CONFIRMED: {RegistrationState.CANCELLED, RegistrationState.REFUSED},
        RegistrationState.REFUSED: set(),
        RegistrationState.CANCELLED: set(),
        RegistrationState.LAPSED: set(),
    },
    reasons={RegistrationState.REFUSED},
)


class QuestionKind(models.TextChoices):
    TEXT = "text", _("Short answer")
    LONG = "long", _("Long answer")
    CHOICE = "choice", _("One choice in a list")
    YES_NO = "yes_no", _("Yes or no")


class Mark(models.TextChoices):
    """One person in one half-day; no row means not marked."""

    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")
    EXCUSED = "excused", _("Excused")


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("To be confirmed by a second person")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


CORRECTION_MOVES = Moves(
    {
        CorrectionState.PROPOSED: {CorrectionState.CONFIRMED, CorrectionState.REJECTED},
        CorrectionState.CONFIRMED: set(),
        CorrectionState.REJECTED: set(),
    },
    reasons={CorrectionState.REJECTED},
)


class CertificateState(models.TextChoices):
    VALID = "valid", _("Valid")
    REPLACED = "replaced", _("Replaced")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Expired")


CERTIFICATE_MOVES = Moves(
    {
        CertificateState.VALID: {CertificateState.REPLACED, CertificateState.CANCELLED, CertificateState.EXPIRED},
        CertificateState.REPLACED: set(),
        CertificateState.CANCELLED: set(),
        CertificateState.EXPIRED: set(),
    },
    reasons={CertificateState.REPLACED, CertificateState.CANCELLED, CertificateState.EXPIRED},
)
