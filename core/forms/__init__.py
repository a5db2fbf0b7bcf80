"""Base forms: crispy layout without a form tag, no hidden signs in texts, a version against stale forms."""

from core.forms.base import PortalForm, PortalModelForm, grouped

__all__ = ["PortalForm", "PortalModelForm", "grouped"]
