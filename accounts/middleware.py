"""Sessions end by the clock (limits: `accounts.domain.sessions`); who must have a second step sets it up first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from accounts.devices import words_on
from accounts.domain import factors, sessions
from accounts.sessions import DEVICE, SEEN, STARTED

NOTED_EVERY = 60
"""Seconds: the session's row is written once a minute of use, not at every request."""


SECOND_STEP = "second_step"
"""Key of a session whose owner was seen to have a second step: spares the question at each request."""

OPEN_WITHOUT = frozenset(
    {
        "accounts:factor-list",
        "accounts:app-add",
        "accounts:passkey-add",
        "accounts:codes",
        "accounts:codes-file",
        "account_reauthenticate",
        "account_logout",
        "core:theme",
        "healthz",
    }
)
"""What somebody may do who still has to set up the second step."""


def begin(request: HttpRequest, now: datetime) -> None:
    """Note in a session that somebody just signed in, on which device."""
    request.session[STARTED] = request.session[SEEN] = int(now.timestamp())
    request.session[DEVICE] = words_on(request)


class SessionLimits:
    """Signs out whoever was away too long, or stayed too long, before the request reaches anything."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.session_ended = False  # type: ignore[attr-defined]
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._check(request, timezone.now())
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Say on the next page why one has to sign in again; only here the messages can be written."""
        if getattr(request, "session_ended", False):
            messages.info(request, gettext("Your session was closed after a while without use. Sign in to go on."))

    def _check(self, request: HttpRequest, now: datetime) -> None:
        started, seen = request.session.get(STARTED), request.session.get(SEEN)
        if started is None or seen is None:
            begin(request, now)
        elif sessions.is_over(
            started=_moment(started), seen=_moment(seen), limits=sessions.limits_of(request.user), now=now
        ):
            logout(request)
            request.session_ended = True  # type: ignore[attr-defined]
        elif now.timestamp() - seen >= NOTED_EVERY:
            request.session[SEEN] = int(now.timestamp())


class SecondStepGate:
    """Leads whoever must have a second step and has none to the page that sets one up; nothing else opens."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        if not settings.SECOND_FACTOR_REQUIRED or not request.user.is_authenticated:
            return None
        if request.session.get(SECOND_STEP) or not factors.is_required(request.user):
            return None
        if factors.has_one(request.user):
            request.session[SECOND_STEP] = True
            return None
        match = request.resolver_match
        if match is not None and match.view_name in OPEN_WITHOUT:
            return None
        return redirect("accounts:factor-list")


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
