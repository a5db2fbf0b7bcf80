"""The same form sent twice (double click, retry, Back) acts once and answers alike.

A form with `once` carries a random token. The first post acts and remembers, in the same transaction, what it held and
where its answer led; a second one with the same token and content waits for the first and is led there too. Another
content under the same token (Back, something changed, sent again) is shown again, to be sent on purpose.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

FIELD = "once"
KEPT = 24 * 3600
PATTERN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class SentWithOtherContent(DomainError):
    """The form was sent once already and holds something else now; sent again as it stands, it acts."""

    code = "sent_with_other_content"

    def __init__(self) -> None:
        super().__init__(
            _("This form was sent already with other content. To send what stands here too, press the button again.")
        )


@dataclass
class Answer:
    """Where a form leads after its act; set already when the same form acted before."""

    url: str = ""


def token_of(request: HttpRequest) -> str:
    """The token of this form: the one that came back with errors, or a new one."""
    sent = "" if getattr(request, "once_is_spent", False) else request.POST.get(FIELD, "")
    return sent if PATTERN.fullmatch(sent) else secrets.token_urlsafe(18)


@contextmanager
def guard(request: HttpRequest, *, active: bool = True) -> Iterator[Answer]:
    """Run the act inside; `answer.url` tells where an earlier, equal post led. An error inside forgets everything.

    Raises SentWithOtherContent.
    """
    key = _key_of(request) if active else ""
    if not key:
        yield Answer()
        return
    content = _content_of(request)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        before, url = cache.get(key) or ("", "")
        if url and before != content:
            request.once_is_spent = True  # type: ignore[attr-defined]
            raise SentWithOtherContent
        answer = Answer(url)
        yield answer
        if answer.url and not url:
            cache.set(key, (content, answer.url), KEPT)


def answered(request: HttpRequest) -> str:
    """Where this very form led before; empty if it was not sent. For a form that its own act made invalid."""
    key = _key_of(request)
    content, url = (cache.get(key) if key else None) or ("", "")
    return url if url and content == _content_of(request) else ""


def _key_of(request: HttpRequest) -> str:
    token = request.POST.get(FIELD, "")
    who = getattr(request.user, "pk", None) or "public"
    return f"sent-once:{who}:{request.path}:{token}" if PATTERN.fullmatch(token) else ""


def _content_of(request: HttpRequest) -> str:
    """A hash of what was typed and given, without the token of the page."""
    found = hashlib.sha256()
    for name, values in sorted(request.POST.lists()):
        if name != "csrfmiddlewaretoken":
            found.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(repr((name, file.name, file.size)).encode())
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()
