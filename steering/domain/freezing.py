"""What the life of the minutes forbids: after the sending nothing is reopened, after the approval nothing changes."""

from __future__ import annotations

from steering.enums import MeetingState, MinutesState
from steering.errors import MinutesFrozen, MinutesSent
from steering.models import Meeting, Minutes


def require_unfrozen(meeting: Meeting) -> None:
    """Asked by every verb that changes notes, presence, items or decisions of a meeting. Raises MinutesFrozen."""
    if meeting.state == MeetingState.CLOSED or _has(meeting, MinutesState.APPROVED):
        raise MinutesFrozen


def require_unsent(meeting: Meeting) -> None:
    """Asked before an item is reopened or a vote corrected. Raises MinutesFrozen or MinutesSent."""
    require_unfrozen(meeting)
    if _has(meeting, MinutesState.REMARKS):
        raise MinutesSent


def _has(meeting: Meeting, state: MinutesState) -> bool:
    return Minutes.objects.filter(meeting=meeting, state=state).exists()
