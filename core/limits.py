"""How often one visitor may do something: allauth's counters in the database cache, shared by all workers."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest


def allows(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one try of `action` (its rate stands in the settings, per address or per `key`); False when it is too many."""
    return bool(ratelimit.consume(request, action=action, key=key))
