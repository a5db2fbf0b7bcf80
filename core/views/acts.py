"""One-button acts, beside the mixins that they are usually mixed with."""

from core.views.mixins import ActView

__all__ = ["ActView"]
