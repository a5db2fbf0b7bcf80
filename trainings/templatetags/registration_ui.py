"""How pieces of a registration are shown."""

from __future__ import annotations

from django import template

from core.formats import phone

register = template.Library()


@register.filter
def telephone(stored: str) -> str:
    """`{{ registration.phone|telephone }}`: 71 234 567."""
    return phone(stored)
