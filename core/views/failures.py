"""The pages for what goes wrong. None needs the database; each is in the language of the address."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import get_language_from_path
from django.views.decorators.debug import sensitive_variables

log = logging.getLogger(__name__)
OWN_FIELDS = frozenset({"csrfmiddlewaretoken"})
SECRET_WORDS = ("password", "code", "secret")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; or 413 where the request was too large."""
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent)):
        return too_large(request, limit=getattr(exception, "limit", 0))
    return _page(request, "errors/400.html", 400)


def too_large(request: HttpRequest, *, limit: int = 0) -> HttpResponse:
    """413: says the limit (that of a form unless a file's is given), and that Back finds everything."""
    limit = limit or (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0) // 1_048_576
    response = _page(request, "errors/413.html", 413, {"limit": limit})
    response["Connection"] = "close"
    return response


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: signed in, but this is not for this person."""
    return _page(request, "errors/403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or none for this person; the answer does not tell which."""
    return _page(request, "errors/404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, with a reference that the log holds too."""
    reference = secrets.token_hex(4).upper()
    log.error("server error, reference %s, %s %s", reference, request.method, _on_one_line(request.path))
    return _page(request, "errors/500.html", 500, {"reference": reference})


@sensitive_variables()
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose session has changed. What was typed is offered again, if the post came from our own page."""
    log.warning("csrf: %s %s", _on_one_line(request.path), reason)
    typed: list[tuple[str, str]] = []
    if request.headers.get("Origin", "") in settings.CSRF_TRUSTED_ORIGINS:
        pairs = [(k, v) for k, values in request.POST.lists() for v in values]
        typed = [(k, v) for k, v in pairs if k not in OWN_FIELDS and not any(word in k for word in SECRET_WORDS)]
    context = {"typed": typed, "action": request.get_full_path(), "csrf_token": get_token(request)}
    return _page(request, "errors/403_csrf.html", 403, context)


def _on_one_line(path: str) -> str:
    """An address as the log takes it: whoever sends line breaks or colours in it writes no line of their own."""
    return path.encode("unicode_escape").decode("ascii")


def _page(request: HttpRequest, template: str, status: int, context: dict[str, Any] | None = None) -> HttpResponse:
    """Render without the request's context, so that a broken database or session cannot break the page as well."""
    language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
    given = {"page_path": request.path, "theme": "", **(context or {})}
    with translation.override(language):
        html = render_to_string(template, given)
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store"})
