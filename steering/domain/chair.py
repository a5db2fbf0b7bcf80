"""Who presides: the titular of the presiding seat, else whom the founding act names."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from steering.domain import counts, room, rules
from steering.enums import ChairSubstitute, MandateKind, MeetingState
from steering.errors import NoAct, RuleMissing
from steering.models import Mandate, Meeting, Presence


class NobodyPresides(DomainError):
    """Nobody in the room may preside by the founding act."""

    code = "nobody_presides"

    def __init__(self) -> None:
        super().__init__(
            _("Nobody who is in the room may preside: the founding act does not allow the meeting to go on.")
        )


def find(meeting: Meeting, *, at: datetime) -> Mandate:
    """Who presides at an instant, among those in the room.

    Raises NobodyPresides, and RuleMissing where the chair is absent and the act names no substitute.
    """
    rows = Presence.objects.filter(meeting=meeting, arrived_at__lte=at).filter(
        Q(left_at__isnull=True) | Q(left_at__gt=at)
    )
    here = [each.mandate for each in rows.select_related("mandate__seat__organisation", "mandate__person")]
    here.sort(key=lambda each: (each.seat.rank, each.seat_id, each.kind != MandateKind.TITULAR, each.pk))
    first = next((each for each in here if each.seat.presides and each.kind == MandateKind.TITULAR), None)
    if first is not None:
        return first
    act = room.act_of(meeting)
    substitute = rules.needed(act, "chair_substitute")
    if substitute == ChairSubstitute.ALTERNATE:
        here = [each for each in here if each.seat.presides]
    elif substitute == ChairSubstitute.RANK:
        voting = {seat.pk for seat in counts.voting_seats(meeting, act)}
        here = [each for each in here if each.seat_id in voting and not each.seat.presides]
    if not here or substitute == ChairSubstitute.NOBODY:
        raise NobodyPresides
    return here[0]


def settle(meeting: Meeting, *, at: datetime) -> None:
    """Write down who presides now: after an arrival or a departure in a meeting that is opened.

    In a meeting from paper, or one that was held, it is who presided when it was opened.
    """
    if meeting.state not in (MeetingState.OPENED, MeetingState.HELD) or meeting.opened_at is None:
        return
    if meeting.from_paper or meeting.state == MeetingState.HELD:
        at = meeting.opened_at
    try:
        found: Mandate | None = find(meeting, at=at)
    except (NobodyPresides, RuleMissing, NoAct):
        found = None
    if meeting.chaired_by_id != (found.pk if found else None):
        meeting.chaired_by = found
        meeting.save(update_fields=["chaired_by"])
