"""The way back of whoever enters a person or an organisation because a form asks to choose one."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def asked_by(request: HttpRequest) -> str:
    """The address that waits for the number of what is entered, as `/seats/4/mandates/new/?person=`; or nothing."""
    back = request.GET.get("back", "")
    return back if back.endswith("=") and url_has_allowed_host_and_scheme(back, allowed_hosts=None) else ""
