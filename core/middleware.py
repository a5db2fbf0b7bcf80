"""What every request passes: too large is refused before it is read; private pages are not kept by others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers

from core import uploads
from core.views.failures import too_large

GetResponse = Callable[[HttpRequest], HttpResponseBase]
NUL = "%00"
FORM_NAMES = ("form", "formset", "filters")


class RequestTooLarge:
    """Answer 413 to a body beyond the limit, before it is read: Back then still finds what was typed.

    A form that may carry a file has the file's limit; what is typed in it is counted by Django while it is read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if request.META.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data"):
            if length > uploads.MOST_BYTES:
                return too_large(request, limit=uploads.FileTooBig.limit)
        elif length > (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or length):
            return too_large(request)
        return self.get_response(request)


class NoNul:
    """Take NUL out of the address's question: no text holds it, and the database refuses it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.META.get("QUERY_STRING", "")
        if NUL in asked:
            request.META["QUERY_STRING"] = asked.replace(NUL, "")
        return self.get_response(request)


class PrivatePages:
    """Nothing that a person may read alone is kept by a cache in between.

    A page with a form may be shown again by Back (`no-cache`: nothing typed is lost); other private pages are not kept
    at all (`no-store`). A view that sets its own Cache-Control keeps it.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        if not response.has_header("Cache-Control"):
            strict = getattr(request, "is_private_page", False) and not getattr(request, "has_a_form", False)
            response["Cache-Control"] = "no-store, private" if strict else "no-cache, private"
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        request.is_private_page = getattr(view, "login_required", True)  # type: ignore[attr-defined]

    def process_template_response(
        self, request: HttpRequest, response: SimpleTemplateResponse
    ) -> SimpleTemplateResponse:
        context = response.context_data or {}
        request.has_a_form = any(context.get(name) is not None for name in FORM_NAMES)  # type: ignore[attr-defined]
        return response
