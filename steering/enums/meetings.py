"""Codes of meetings, their items, decisions and minutes: states with their legal moves, what people may answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.enums import StateLook
from core.moves import Moves

# Meetings.


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", pgettext_lazy("meeting", "Ordinary")
    EXTRAORDINARY = "extraordinary", pgettext_lazy("meeting", "Extraordinary")


class MeetingState(models.TextChoices):
    """Where a meeting stands; `held` once it is lifted, `closed` once its minutes are approved."""

    PLANNED = "planned", pgettext_lazy("meeting", "Planned")
    CONVENED = "convened", pgettext_lazy("meeting", "Convened")
    OPENED = "opened", pgettext_lazy("meeting", "Opened")
    NO_QUORUM = "no_quorum", pgettext_lazy("meeting", "Quorum not met")
    HELD = "held", pgettext_lazy("meeting", "Held")
    CLOSED = "closed", pgettext_lazy("meeting", "Closed")
    POSTPONED = "postponed", pgettext_lazy("meeting", "Postponed")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "Cancelled")

    @property
    def look(self) -> StateLook:
        return MEETING_LOOKS[self]


MEETING_LOOKS = {
    MeetingState.PLANNED: StateLook("", "dash"),
    MeetingState.CONVENED: StateLook("soon", "ring"),
    MeetingState.OPENED: StateLook("live", "q2"),
    MeetingState.NO_QUORUM: StateLook("late", "x"),
    MeetingState.HELD: StateLook("done", "check"),
    MeetingState.CLOSED: StateLook("shut", "lock"),
    MeetingState.POSTPONED: StateLook("late", "pause"),
    MeetingState.CANCELLED: StateLook("shut", "slash"),
}
MEETING_MOVES = Moves(
    {
        MeetingState.PLANNED: {MeetingState.CONVENED, MeetingState.OPENED, MeetingState.CANCELLED},
        MeetingState.CONVENED: {
            MeetingState.OPENED,
            MeetingState.NO_QUORUM,
            MeetingState.POSTPONED,
            MeetingState.CANCELLED,
        },
        MeetingState.POSTPONED: {MeetingState.CONVENED, MeetingState.CANCELLED},
        MeetingState.OPENED: {MeetingState.HELD, MeetingState.NO_QUORUM},
        MeetingState.HELD: {MeetingState.CLOSED, MeetingState.OPENED},
        MeetingState.NO_QUORUM: set(),
        MeetingState.CLOSED: set(),
        MeetingState.CANCELLED: set(),
    },
    reasons={MeetingState.POSTPONED, MeetingState.CANCELLED},
)
"""`planned` to `opened` is for a meeting that is entered afterwards from paper; `held` to `opened` is a reopening."""


class ItemKind(models.TextChoices):
    """What fills an item of the agenda: people, or the portal."""

    ORDINARY = "ordinary", pgettext_lazy("agenda", "Ordinary item")
    MINUTES = "minutes", _("Approval of minutes")
    ACTIONS = "actions", _("Open and overdue actions")


class Expected(models.TextChoices):
    """What the committee is asked to do with an item."""

    INFORM = "inform", _("For information")
    ADVISE = "advise", _("For advice")
    DECIDE = "decide", _("For decision")


class Audience(models.TextChoices):
    """Who may read an item and its documents."""

    MEMBERS = "members", _("All members")
    VOTERS = "voters", _("Voting seats")
    NAMED = "named", _("Named seats")
    STAFF = "staff", _("Secretariat only")


class ItemState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("agenda", "To come")
    OPEN = "open", pgettext_lazy("agenda", "Under discussion")
    TREATED = "treated", pgettext_lazy("agenda", "Treated")
    POSTPONED = "postponed", pgettext_lazy("agenda", "Postponed")

    @property
    def look(self) -> StateLook:
        return ITEM_LOOKS[self]


ITEM_LOOKS = {
    ItemState.WAITING: StateLook("", "ring"),
    ItemState.OPEN: StateLook("live", "q2"),
    ItemState.TREATED: StateLook("done", "check"),
    ItemState.POSTPONED: StateLook("shut", "pause"),
}
ITEM_MOVES = Moves(
    {
        ItemState.WAITING: {ItemState.OPEN, ItemState.POSTPONED},
        ItemState.OPEN: {ItemState.TREATED, ItemState.POSTPONED, ItemState.WAITING},
        ItemState.TREATED: {ItemState.OPEN},
        ItemState.POSTPONED: {ItemState.OPEN},
    }
)


class ConvocationKind(models.TextChoices):
    FIRST = "first", _("Convocation")
    CORRECTION = "correction", _("Correction of the convocation")


class Reply(models.TextChoices):
    """What a seat answers to a convocation."""

    PRESENT = "present", _("The titular comes")
    ALTERNATE = "alternate", _("The alternate comes")
    PROXY = "proxy", _("Gives a proxy")
    EXCUSED = "excused", _("Is excused")


class Quality(models.TextChoices):
    """How a seat stands in a meeting, in the whole words of the attendance sheet."""

    TITULAR = "titular", pgettext_lazy("presence", "Titular")
    ALTERNATE = "alternate", pgettext_lazy("presence", "Alternate")
    PROXY = "proxy", pgettext_lazy("presence", "Proxy")
    EXCUSED = "excused", pgettext_lazy("presence", "Excused")
    ABSENT = "absent", pgettext_lazy("presence", "Absent")
    UNNOTED = "unnoted", pgettext_lazy("presence", "Not noted yet")
    VACANT = "vacant", pgettext_lazy("presence", "Vacant seat")


class Cause(models.TextChoices):
    """What made the quorum be counted again."""

    OPENING = "opening", _("Opening of the meeting")
    ITEM = "item", _("Opening of an item")
    ARRIVAL = "arrival", _("Arrival")
    DEPARTURE = "departure", _("Departure")
    PROXY = "proxy", _("Proxy")
    RECUSAL = "recusal", _("Recusal")
    DECISION = "decision", _("Decision")
    CORRECTION = "correction", pgettext_lazy("quorum", "Correction")


# Decisions.


class DecisionMode(models.TextChoices):
    CONSENSUS = "consensus", _("By consensus")
    NAMED = "named", _("By named vote")


class DecisionState(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("decision", "Being prepared")
    ADOPTED = "adopted", pgettext_lazy("decision", "Adopted")
    REJECTED = "rejected", pgettext_lazy("decision", "Rejected")
    REVOKED = "revoked", pgettext_lazy("decision", "Revoked")

    @property
    def look(self) -> StateLook:
        return DECISION_LOOKS[self]


DECISION_LOOKS = {
    DecisionState.DRAFT: StateLook("", "dash"),
    DecisionState.ADOPTED: StateLook("done", "check"),
    DecisionState.REJECTED: StateLook("shut", "x"),
    DecisionState.REVOKED: StateLook("shut", "slash"),
}
DECISION_MOVES = Moves(
    {
        DecisionState.DRAFT: {DecisionState.ADOPTED, DecisionState.REJECTED},
        DecisionState.ADOPTED: {DecisionState.DRAFT, DecisionState.REVOKED},
        DecisionState.REJECTED: {DecisionState.DRAFT},
        DecisionState.REVOKED: set(),
    },
    reasons={DecisionState.REVOKED},
)
"""Back to `draft` only when the item is reopened, before the minutes are sent."""


class BallotChoice(models.TextChoices):
    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")
    ABSTAIN = "abstain", pgettext_lazy("vote", "Abstains")


# Minutes.


class MinutesState(models.TextChoices):
    """`approved` is frozen: nothing of the text changes any more."""

    DRAFT = "draft", pgettext_lazy("minutes", "Draft")
    REMARKS = "remarks", pgettext_lazy("minutes", "Sent for remarks")
    APPROVED = "approved", pgettext_lazy("minutes", "Approved")

    @property
    def look(self) -> StateLook:
        return MINUTES_LOOKS[self]


MINUTES_LOOKS = {
    MinutesState.DRAFT: StateLook("", "dash"),
    MinutesState.REMARKS: StateLook("soon", "ring"),
    MinutesState.APPROVED: StateLook("done", "check"),
}
MINUTES_MOVES = Moves(
    {
        MinutesState.DRAFT: {MinutesState.REMARKS},
        MinutesState.REMARKS: {MinutesState.REMARKS, MinutesState.APPROVED},
        MinutesState.APPROVED: set(),
    }
)


class RemarkState(models.TextChoices):
    OPEN = "open", pgettext_lazy("remark", "Open")
    TAKEN = "taken", pgettext_lazy("remark", "Taken into the text")
    LEFT = "left", pgettext_lazy("remark", "Not taken")
