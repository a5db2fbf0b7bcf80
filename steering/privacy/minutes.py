"""What the minutes keep about persons."""

from __future__ import annotations

from core.privacy import Line

LINES: tuple[Line, ...] = ()
