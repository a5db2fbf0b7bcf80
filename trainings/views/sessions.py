"""The staff side of sessions: the list, and the file of one session with its programme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from django.views.generic import TemplateView

from core.lists import Empty, ListSpec, ListView, Sort
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from trainings import exports, permissions
from trainings.domain import figures
from trainings.enums import RUNNING_STATES, SessionState
from trainings.forms.filters import SessionFilters
from trainings.models import Session
from trainings.views.session_rows import complete, with_parts

COUNTED_TO = 1000
READ = (
    *("kind", "code", "slug", "state", "starts_on", "ends_on", "source", "venue_fr", "venue_ar"),
    *("title_fr", "title_ar", "title_en", "training__programme__origin"),
    *("governorate__name_fr", "governorate__name_ar", "governorate__name_en"),
)
"""What a line of the list shows."""


@dataclass(frozen=True)
class Tab:
    """A tab of the list: a name in the URL, words, which sessions, in which order."""

    code: str
    label: str | Promise
    sort: str = "-date"
    counted: bool = False


TABS = (
    Tab("", _("All")),
    Tab("upcoming", _("Upcoming"), sort="date", counted=True),
    Tab("to-close", _("To close"), sort="date", counted=True),
    Tab("past", _("Past")),
)


def in_view(rows: models.QuerySet[Session], code: str) -> models.QuerySet[Session]:
    """The sessions of a tab. To close: over and not marked as held, or open past their deadline."""
    now = timezone.now()
    today = timezone.localdate(now)
    if code == "upcoming":
        return rows.upcoming(on=today).exclude(state=SessionState.CANCELLED)  # type: ignore[attr-defined]
    if code == "to-close":
        over = Q(state__in=RUNNING_STATES, ends_on__lt=today)
        return rows.filter(over | Q(state=SessionState.OPEN, registration_closes_at__lte=now))
    if code == "past":
        return rows.filter(ends_on__lt=today).exclude(state=SessionState.POSTPONED)
    return rows


class SessionList(PermissionMixin, ListView):
    """Every session that this reader may see: trainers see their own."""

    permission = staticmethod(permissions.can_see_sessions)
    export = exports.SESSIONS
    template_name = "trainings/sessions/list.html"
    spec = ListSpec(
        model=Session,
        sorts=[
            Sort("date", _("Dates"), "starts_on"),
            Sort("title", _("Session"), "title_key"),
            Sort("code", _("Code"), "code"),
        ],
        default="-date",
        filters=SessionFilters,
        count=ngettext_lazy("%(shown)s session", "%(shown)s sessions", "n"),
        empty=Empty(
            _("No session here"),
            _("A session is prepared from a training: its dates, its places, its half-days."),
            url_name="trainings:session-create",
            action=_("New session"),
            icon="cal",
        ),
    )

    @property
    def view_code(self) -> str:
        code = self.request.GET.get("view", "")
        return code if code in {tab.code for tab in TABS} else ""

    def get_queryset(self) -> models.QuerySet[Any]:
        rows = in_view(Session.objects.visible_to(self.request.user), self.view_code)
        return with_parts(rows.select_related("governorate", "training__programme").only(*READ))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        complete(context["page"].rows)
        return (
            context
            | {"views": self._views(), "may_create": self.may_create()}
            | {"may_propose": permissions.can_propose(self.request.user)}
        )

    def _hidden(self, filters: Any, page: Any) -> list[tuple[str, str]]:
        hidden = super()._hidden(filters, page)
        return [*hidden, ("view", self.view_code)] if self.view_code else hidden

    def _views(self) -> list[dict[str, Any]]:
        visible = Session.objects.visible_to(self.request.user)
        found = []
        for tab in TABS:
            query = QueryDict(mutable=True)
            if tab.code:
                query.update({"view": tab.code, "sort": tab.sort})
            count = in_view(visible, tab.code)[:COUNTED_TO].count() if tab.counted else None
            url = f"?{query.urlencode()}" if query else self.request.path
            found.append({"label": tab.label, "url": url, "count": count, "current": tab.code == self.view_code})
        return found

    def may_create(self) -> bool:
        return permissions.is_staff(self.request.user)


class SessionDetail(ScopedObjectMixin, TemplateView):
    """The file of one session, at its programme."""

    permission = staticmethod(permissions.can_see_sessions)
    model = Session
    lookup = "slug"
    template_name = "trainings/sessions/programme.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("training__programme", "governorate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        staff = permissions.is_staff(self.request.user)
        names = permissions.can_see_names(self.request.user, self.object)
        ended = self.object.state in {SessionState.CANCELLED, SessionState.HELD}
        return super().get_context_data(
            session=self.object,
            tab="programme",
            figures=figures.of_session(self.object, programme=True),
            questions=list(self.object.questions.all()),
            may_edit=staff and not ended,
            names=names,
            checks_plan=names and not ended and not self.object.source and not self.object.has_no_date,
            **kwargs,
        )
