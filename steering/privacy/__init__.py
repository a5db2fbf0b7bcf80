"""What the steering keeps about persons: lines of the register of processing."""

from __future__ import annotations

from steering.privacy import committees, follow_up, meetings, minutes, plans, room

LINES = (
    *committees.LINES,
    *meetings.LINES,
    *room.LINES,
    *minutes.LINES,
    *follow_up.LINES,
    *plans.LINES,
)
