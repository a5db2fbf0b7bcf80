"""What the watched portal adds to itself: the names of the templates behind each page, and a page that fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.base import Template

HEADER = "X-Templates"
FAILURE = "/watched/failure/"

_seen = threading.local()
_render = Template._render  # type: ignore[attr-defined]


def _render_and_note(self: Template, context: Any) -> Any:
    names: list[str] | None = getattr(_seen, "names", None)
    if names is not None and self.name and self.name not in names:
        names.append(self.name)
    return _render(self, context)


class NameTemplates:
    """Each page bears the names of its templates in a header, parents and included ones too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        Template._render = _render_and_note  # type: ignore[attr-defined]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        _seen.names = []
        response = self.get_response(request)
        response[HEADER] = " ".join(_seen.names)
        _seen.names = None
        return response


class FailOnDemand:
    """One address at which the portal breaks, so that its page for that can be looked at."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == FAILURE:
            raise RuntimeError("asked for by a test")
        return self.get_response(request)
