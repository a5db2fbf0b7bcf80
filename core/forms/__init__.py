"""Base forms: crispy layout without a form tag, text without hidden signs, the version that guards against stale forms."""

from core.forms.base import PortalForm, PortalModelForm

__all__ = ["PortalForm", "PortalModelForm"]
