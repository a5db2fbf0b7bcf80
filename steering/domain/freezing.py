"""What the approval of minutes forbids: nothing of their meeting changes any more, nor does the approval itself."""

from __future__ import annotations

from django.db import models

from steering.enums import MeetingState, MinutesState
from steering.errors import MinutesFrozen
from steering.models import AgendaItem, Meeting, Minutes


def require_unfrozen(meeting: Meeting) -> None:
    """Asked by every verb that changes notes, remarks or translations. Raises MinutesFrozen."""
    if meeting.state == MeetingState.CLOSED or _approved().filter(meeting=meeting).exists():
        raise MinutesFrozen


def require_approval_kept(item: AgendaItem) -> None:
    """Asked before an item, its decision or a vote of it is taken up again: minutes that it approved stay approved.

    Raises MinutesFrozen.
    """
    if _approved().filter(approved_in=item).exists():
        raise MinutesFrozen


def _approved() -> models.QuerySet[Minutes]:
    return Minutes.objects.filter(state=MinutesState.APPROVED)
