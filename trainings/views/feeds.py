"""The personal calendar: the page of one's own account, and the secret address that calendar programmes read."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from accounts.permissions import is_signed_in
from core import limits
from core.views.mixins import ActView, PermissionMixin
from trainings.documents import calendar
from trainings.domain import feeds

ICS = "text/calendar; charset=utf-8"


class OwnCalendar(PermissionMixin, TemplateView):
    """The address, where there is one, and what one may do with it."""

    permission = staticmethod(is_signed_in)
    template_name = "trainings/feeds/own.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        feed = feeds.of(self.request.user)
        address = address_of(feeds.token_of(feed)) if feed else ""
        webcal = "webcal:" + address.partition(":")[2]
        may = feeds.has_calendar(self.request.user)
        return super().get_context_data(feed=feed, address=address, webcal=webcal, may=may, **kwargs)


class CalendarMake(PermissionMixin, ActView):
    """An address, or a new one in its place."""

    permission = staticmethod(is_signed_in)
    success_message = _("The address is made. Copy it into your calendar programme.")

    def perform(self) -> None:
        feeds.make(user=self.request.user, now=timezone.now())

    def get_success_url(self) -> str:
        return reverse("trainings:own-calendar")


class CalendarStop(CalendarMake):
    """The address opens nothing any more."""

    success_message = _("The calendar is stopped: its address opens nothing any more.")

    def perform(self) -> None:
        feeds.stop(user=self.request.user)


def address_of(token: str) -> str:
    """The whole address, on the portal's own host, without a language: the person's own decides."""
    return settings.PORTAL_URL + reverse("trainings_short:calendar", args=[token])


@login_not_required
@require_safe
def personal_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """What a calendar programme reads, in its owner's language; the same address never says whose it is."""
    if not limits.allows(request, "calendar_feed"):
        return HttpResponse(status=429)
    user = feeds.reader(token)
    if user is None:
        raise Http404
    now = timezone.now()
    parts = feeds.parts_of(user, now=now)
    etag = f'"{feeds.version_of(parts, user.language, timezone.localdate(now))}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        rows = parts.select_related("session__training__programme", "session__governorate")
        with translation.override(user.language):
            content = calendar.personal_feed(rows.prefetch_related("half_days")[: feeds.MOST], now=now)
        response = HttpResponse(content, content_type=ICS)
        response["Content-Disposition"] = 'inline; filename="pasri.ics"'
    response["ETag"] = etag
    patch_cache_control(response, private=True, max_age=0, must_revalidate=True)
    return response
