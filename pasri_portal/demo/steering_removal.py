"""What of the steering goes with the demonstration: all that belongs to its committees, and the files that it kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import Q

from core import files
from core.models import StoredFile
from directory.enums import Origin
from steering.models import (
    Action,
    AgendaItem,
    Answer,
    Ballot,
    Committee,
    Convocation,
    Decision,
    Evidence,
    FoundingAct,
    Guest,
    Invitee,
    ItemDocument,
    ItemNote,
    ItemReader,
    Mandate,
    Meeting,
    Minutes,
    MinutesFile,
    MinutesText,
    Plan,
    PlanEntry,
    PlanVersion,
    Presence,
    Progress,
    Proxy,
    QuorumCount,
    Recommendation,
    RecommendationStep,
    RecurringItem,
    Recusal,
    Remark,
    Reservation,
    Review,
    ReviewRequest,
    Seat,
    Slip,
    Succession,
    Tenure,
    Verification,
    Visit,
)

Rows = models.QuerySet[Any]


def _committees() -> models.QuerySet[Committee]:
    return Committee.objects.filter(origin__in=[Origin.DOCUMENTED, Origin.FICTIONAL])


def untie() -> None:
    """Undo the links of rows to rows of their own kind, and the circles: what is tied so is never deleted."""
    committees = _committees()
    Action.objects.filter(committee__in=committees, parent__isnull=False).update(parent=None)
    Recommendation.objects.filter(committee__in=committees, parent__isnull=False).update(parent=None)
    meetings = Meeting.objects.filter(committee__in=committees)
    meetings.filter(second_call_of__isnull=False).update(second_call_of=None)
    Minutes.objects.filter(meeting__in=meetings, approved_in__isnull=False).update(approved_in=None)
    committees.filter(Q(verifier__isnull=False) | Q(parent__isnull=False)).update(verifier=None, parent=None)


def found() -> list[Rows]:
    """In an order in which they can be deleted."""
    committees = _committees()
    seats = Seat.objects.filter(committee__in=committees)
    actions = Action.objects.filter(committee__in=committees)
    recommendations = Recommendation.objects.filter(committee__in=committees)
    versions = PlanVersion.objects.filter(plan__committee__in=committees)
    return [
        Visit.objects.filter(committee__in=committees),
        ReviewRequest.objects.filter(plan_version__in=versions),
        Review.objects.filter(plan_version__in=versions),
        PlanEntry.objects.filter(plan_version__in=versions),
        versions,
        Plan.objects.filter(committee__in=committees),
        *(model.objects.filter(action__in=actions) for model in (Progress, Slip, Verification, Evidence)),
        actions,
        RecommendationStep.objects.filter(recommendation__in=recommendations),
        recommendations,
        *_of_meetings(committees),
        _files(),
        Mandate.objects.filter(seat__in=seats),
        Tenure.objects.filter(seat__in=seats),
        seats,
        FoundingAct.objects.filter(committee__in=committees),
        RecurringItem.objects.filter(committee__in=committees),
        Succession.objects.filter(organisation__origin=Origin.FICTIONAL),
        committees,
    ]


def _of_meetings(committees: models.QuerySet[Committee]) -> list[Rows]:
    meetings = Meeting.objects.filter(committee__in=committees)
    items = AgendaItem.objects.filter(meeting__in=meetings)
    decisions = Decision.objects.filter(item__in=items)
    minutes = Minutes.objects.filter(meeting__in=meetings)
    convocations = Convocation.objects.filter(meeting__in=meetings)
    return [
        Remark.objects.filter(minutes__in=minutes),
        MinutesFile.objects.filter(text__minutes__in=minutes),
        MinutesText.objects.filter(minutes__in=minutes),
        Ballot.objects.filter(decision__in=decisions),
        Reservation.objects.filter(decision__in=decisions),
        decisions,
        *(model.objects.filter(item__in=items) for model in (ItemNote, ItemReader, ItemDocument, Recusal)),
        Invitee.objects.filter(convocation__in=convocations),
        convocations,
        *(model.objects.filter(meeting__in=meetings) for model in (QuorumCount, Presence, Proxy, Guest, Answer)),
        items,
        minutes,
        meetings,
    ]


def _files() -> Rows:
    """The files that these rows kept."""
    committees = _committees()
    by = (
        MinutesFile.objects.filter(text__minutes__meeting__committee__in=committees).values("file"),
        ItemDocument.objects.filter(item__meeting__committee__in=committees).values("file"),
        Convocation.objects.filter(meeting__committee__in=committees).values("file_fr"),
        Convocation.objects.filter(meeting__committee__in=committees).values("file_ar"),
        Evidence.objects.filter(action__committee__in=committees).values("file"),
    )
    wanted = Q(pk__in=[])
    for ids in by:
        wanted |= Q(pk__in=ids)
    return StoredFile.objects.filter(wanted)


def paths() -> list[Path]:
    """Where these files lie, to be taken away once their rows are gone for good."""
    return [files.path_of(stored) for stored in _files()]
