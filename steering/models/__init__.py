"""Rows of the steering, one aggregate a file."""

from steering.models.committees import Committee, FoundingAct
from steering.models.decisions import Ballot, Decision, Reservation
from steering.models.follow_up import Action, Evidence, Progress, Slip, Verification
from steering.models.meetings import (
    AgendaItem,
    Answer,
    Convocation,
    Invitee,
    ItemDocument,
    ItemReader,
    Meeting,
    RecurringItem,
)
from steering.models.minutes import ItemNote, Minutes, MinutesFile, MinutesText, Remark
from steering.models.plans import Plan, PlanEntry, PlanVersion, Review, ReviewRequest, Visit
from steering.models.presence import Guest, Presence, Proxy, QuorumCount, Recusal
from steering.models.recommendations import Recommendation, RecommendationStep
from steering.models.seats import Mandate, Seat, Succession, Tenure

__all__ = [
    "Action",
    "AgendaItem",
    "Answer",
    "Ballot",
    "Committee",
    "Convocation",
    "Decision",
    "Evidence",
    "FoundingAct",
    "Guest",
    "Invitee",
    "ItemDocument",
    "ItemNote",
    "ItemReader",
    "Mandate",
    "Meeting",
    "Minutes",
    "MinutesFile",
    "MinutesText",
    "Plan",
    "PlanEntry",
    "PlanVersion",
    "Presence",
    "Progress",
    "Proxy",
    "QuorumCount",
    "Recommendation",
    "RecommendationStep",
    "RecurringItem",
    "Recusal",
    "Remark",
    "Reservation",
    "Review",
    "ReviewRequest",
    "Seat",
    "Slip",
    "Succession",
    "Tenure",
    "Verification",
    "Visit",
]
