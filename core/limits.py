"""How often one visitor may do something: allauth's counters in the database cache, shared by all workers."""

from __future__ import annotations

from allauth.core.internal import ratelimit
from django.http import HttpRequest


def allows(request: HttpRequest, action: str, *, key: str | None = None) -> bool:
    """Count one try of `action`, reading included; False when there were too many.

    The rate stands in the settings, by visitor's address or by `key`. allauth's public function never counts a GET.
    """
    usage = ratelimit.consume(request, app="allauth.account", action=action, key=key, limit_get=True)
    return usage is not None
