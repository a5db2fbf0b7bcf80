"""The same form sent twice (double click, retry, Back) acts once and answers alike.

A form with `once` carries a random token. The first post acts and remembers, in the same transaction, where its answer
led; a second one with the same token waits for the first and is led there too.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest

FIELD = "once"
KEPT = 24 * 3600
PATTERN = re.compile(r"[A-Za-z0-9_-]{16,64}")


@dataclass
class Answer:
    """Where a form leads after its act; set already when the same form acted before."""

    url: str = ""


def token_of(request: HttpRequest) -> str:
    """The token of this form: the one that came back with errors, or a new one."""
    sent = request.POST.get(FIELD, "")
    return sent if PATTERN.fullmatch(sent) else secrets.token_urlsafe(18)


@contextmanager
def guard(request: HttpRequest, *, active: bool = True) -> Iterator[Answer]:
    """Run the act inside; `answer.url` tells where an earlier, equal post led. An error inside forgets everything."""
    token = request.POST.get(FIELD, "")
    if not active or not PATTERN.fullmatch(token):
        yield Answer()
        return
    who = getattr(request.user, "pk", None) or "public"
    key = f"once:{who}:{request.path}:{token}"
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        answer = Answer(url=cache.get(key) or "")
        known = bool(answer.url)
        yield answer
        if answer.url and not known:
            cache.set(key, answer.url, KEPT)
