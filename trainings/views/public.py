"""What everybody reads: the calendar, its feed, the page of a session."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.generic import TemplateView, View

from core.lists import Empty, ListSpec, ListView, Sort
from core.views.mixins import PublicMixin
from trainings.documents import calendar
from trainings.domain import registrations
from trainings.enums import RegistrationState, SessionState
from trainings.forms.filters import CalendarFilters
from trainings.models import Registration, Session, SessionPart

FEED_BEHIND = timedelta(days=90)
FEED_MOST = 500
ICS = "text/calendar; charset=utf-8"
READ = (
    *("kind", "slug", "state", "starts_on", "ends_on", "registration_closes_at", "source", "venue_fr", "venue_ar"),
    *("title_fr", "title_ar", "title_en", "training__programme__origin"),
    *("governorate__name_fr", "governorate__name_ar", "governorate__name_en"),
)
"""What a line of the calendar shows."""


class Calendar(PublicMixin, ListView):
    """Sessions to come, month by month; in another tab those that are over."""

    template_name = "trainings/public/calendar.html"
    spec = ListSpec(
        model=Session,
        sorts=[Sort("date", _("Dates"), "starts_on")],
        default="date",
        filters=CalendarFilters,
        count=ngettext_lazy("%(shown)s session", "%(shown)s sessions", "n"),
        empty=Empty(
            _("No session is announced"),
            _("Sessions appear here as soon as they are published. The feed brings them into your own calendar."),
            icon="cal",
        ),
    )

    @property
    def is_past(self) -> bool:
        return self.request.GET.get("view") == "past"

    def get_queryset(self) -> models.QuerySet[Any]:
        today = timezone.localdate()
        parts = SessionPart.objects.only("session_id", "capacity", "taken")
        rows = Session.objects.public().select_related("governorate", "training__programme").only(*READ)
        rows = rows.prefetch_related(Prefetch("parts", queryset=parts))
        if self.is_past:
            return rows.filter(ends_on__lt=today).exclude(state=SessionState.POSTPONED)
        return rows.upcoming(on=today)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        now = timezone.now()
        for row in context["page"].rows:
            row.is_taking = row.takes_registrations(at=now)
            row.places_left = sum(part.free for part in row.parts.all())
        context["page"].rows.sort(key=lambda row: row.has_no_date)  # one group at the end of the page
        query = self.request.GET.copy()
        for name in ("view", "sort", "after", "before"):
            query.pop(name, None)
        return context | {"is_past": self.is_past, "feed_query": query.urlencode()}

    def _hidden(self, filters: Any, page: Any) -> list[tuple[str, str]]:
        return [("view", "past"), ("sort", "-date")] if self.is_past else []


class CalendarFeed(PublicMixin, View):
    """The calendar to subscribe to; the same filters as the page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        rows = Session.objects.public().upcoming(on=timezone.localdate(now) - FEED_BEHIND)
        rows = (
            CalendarFilters(request)
            .narrow(rows, search_field="key")
            .select_related("governorate", "training__programme")
        )
        rows = rows.prefetch_related("parts__half_days").order_by("starts_on", "id")[:FEED_MOST]
        return _ics(calendar.feed(rows, now=now), "pasri.ics")


class PublicSession(PublicMixin, TemplateView):
    """The page of a session: for whom, when, where, what is left, how to register."""

    template_name = "trainings/public/session.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = _public_session(self.kwargs["slug"])
        now = timezone.now()
        parts = list(session.parts.prefetch_related("half_days", "categories__category"))
        waiting = _waiting(session)
        for part in parts:
            part.session = session
            part.queue = waiting.get(part.pk, 0)  # type: ignore[attr-defined]
            for kept in part.categories.all():
                kept.left = min(kept.free, part.free)
            part.why_closed = registrations.why_closed(part=part, now=now)  # type: ignore[attr-defined]
        return super().get_context_data(
            session=session,
            parts=parts,
            trainers=[row.person for row in session.trainers.select_related("person")],
            is_over=session.ends_on < timezone.localdate(now) and not session.has_no_date,
            is_cancelled=session.state == SessionState.CANCELLED,
            **kwargs,
        )


class SessionCalendar(PublicMixin, View):
    """The session's own calendar file."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        session = _public_session(slug)
        return _ics(calendar.session_calendar(session, now=timezone.now()), f"{session.slug}.ics")


def _public_session(slug: str) -> Session:
    rows = Session.objects.public().select_related("training__programme", "training__sector", "governorate")
    return get_object_or_404(rows, slug=slug)


def _waiting(session: Session) -> dict[int, int]:
    """How many wait, by part."""
    rows = Registration.objects.filter(part__session=session, state=RegistrationState.WAITING)
    counted = rows.values("part_id").annotate(n=models.Count("pk")).order_by()
    return {row["part_id"]: row["n"] for row in counted}


def _ics(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=ICS)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
