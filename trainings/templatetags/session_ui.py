"""The head that every tab of a session's file shares: facts, steps, parts, tabs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core import journal
from core.formats.dates import time_range
from core.ui.blocks import Step
from trainings import permissions
from trainings.domain import figures, proposals, sessions
from trainings.domain.figures import PartFigures
from trainings.enums import RUNNING_STATES, SessionState
from trainings.models import HalfDay, Session

register = template.Library()

CHAIN = (
    SessionState.DRAFT,
    SessionState.PROPOSED,
    SessionState.PUBLISHED,
    SessionState.OPEN,
    SessionState.CLOSED,
    SessionState.HELD,
)
BESIDE = frozenset({SessionState.CANCELLED, SessionState.POSTPONED})
"""States that are not on the way from draft to held."""


@dataclass(frozen=True)
class Tab:
    """A page of the session's file."""

    code: str
    label: str | Promise
    url: str
    count: int | None = None


@register.inclusion_tag("trainings/sessions/head.html", takes_context=True)
def session_head(context: Context, session: Session, tab: str) -> dict[str, Any]:
    """`{% session_head session tab %}`: everything above the tab's own content."""
    user = context["request"].user
    parts = context.get("figures") or figures.of_session(session)
    return {
        "session": session,
        "tab": tab,
        "parts": parts,
        "half_day_count": sum(len(part.half_days) for part in parts),
        "trainers": list(session.trainers.select_related("person")),
        "names": permissions.can_see_names(user, session),
        "staff": permissions.is_staff(user),
        "sent_back": sent_back(session, user),
        "steps": steps(session),
        "tabs": tabs(session, parts, user),
    }


def sent_back(session: Session, user: Any) -> dict[str, str] | None:
    """Whoever proposed a session that came back reads why; nobody else does."""
    if session.state != SessionState.DRAFT or not permissions.has_proposed(user, session):
        return None
    return {"comment": proposals.comment_on(session)}


@register.inclusion_tag("trainings/sessions/acts.html", takes_context=True)
def session_acts(context: Context, session: Session) -> dict[str, Any]:
    """`{% session_acts session %}`: what staff may do now; a button that cannot act yet says why beside it."""
    now = timezone.now()
    before = session.state in {SessionState.DRAFT, SessionState.PROPOSED}
    return {
        "session": session,
        "may": permissions.is_staff(context["request"].user),
        "missing": sessions.missing_for_publication(session) if before else [],
        "is_over": session.ends_on <= timezone.localdate(now),
        "may_be_held": session.state == SessionState.CLOSED and sessions.why_not_held(session, now=now) == "",
        "may_postpone": session.state in RUNNING_STATES and not session.source,
        "has_ended": session.ends_on < timezone.localdate(now),
        "csrf_token": context.get("csrf_token", ""),
        "request": context["request"],
    }


def steps(session: Session) -> list[Step]:
    """The chain of states with the day of each; of the states behind, only those that were passed through."""
    since = _since(session)
    if session.state in BESIDE:
        done = [state for state in CHAIN if state in since]
        return [*(_step(state, since, "past") for state in done), _step(SessionState(session.state), since, "now")]
    here = CHAIN.index(SessionState(session.state))
    past = [state for state in CHAIN[:here] if state in since]
    return [
        *(_step(state, since, "past") for state in past),
        _step(CHAIN[here], since, "now"),
        *(_step(state, {}, "") for state in CHAIN[here + 1 :] if state != SessionState.PROPOSED),
    ]


def _since(session: Session) -> dict[str, str]:
    """The day on which each state was last reached; unknown days of a documented session stay empty."""
    days = {str(SessionState.DRAFT): date_format(timezone.localtime(session.created_at), "MONTH_DAY_FORMAT")}
    for entry in journal.history_of(session).filter(verb__in=[f"session.{state}" for state in CHAIN]).order_by("id"):
        days[str(entry.data["to"])] = date_format(timezone.localtime(entry.at), "MONTH_DAY_FORMAT")
    if session.state in BESIDE:
        last = journal.history_of(session).filter(verb=f"session.{session.state}").first()
        if last is not None:
            days[session.state] = date_format(timezone.localtime(last.at), "MONTH_DAY_FORMAT")
    return dict.fromkeys(days, "") if session.source else days


def _step(state: SessionState, since: dict[str, str], where: str) -> Step:
    return Step(state.label, since.get(str(state), ""), where)


def tabs(session: Session, parts: list[PartFigures], user: Any) -> list[Tab]:
    """The pages that exist and that this reader may open."""
    staff = permissions.is_staff(user)
    found = [
        Tab("programme", _("Programme"), _url("session-detail", session), sum(len(part.half_days) for part in parts))
    ]
    if permissions.can_see_names(user, session):
        registered = sum(part.registered if staff else part.confirmed for part in parts)
        found.append(Tab("registrations", _("Registrations"), _url("registration-list", session), registered))
    if staff:
        found.append(Tab("attendance", _("Attendance"), _url("attendance-tab", session)))
        issued = sum(part.certificates for part in parts)
        found.append(Tab("certificates", _("Certificates"), _url("certificate-tab", session), issued))
    if permissions.can_read_all(user):
        found.append(Tab("history", _("History"), _url("session-history", session)))
    return [tab for tab in found if tab.url]


def _url(name: str, session: Session) -> str:
    try:
        return reverse(f"trainings:{name}", args=[session.slug])
    except NoReverseMatch:
        return ""


@register.simple_tag
def session_place(session: Session) -> SafeString:
    """`{% session_place session %}`: the venue and the governorate, or why neither is said."""
    names = [str(name) for name in (session.venue, session.governorate) if name]
    if names:
        # Translators: the comma between words of a list
        return format_html_join(pgettext("list", ", "), "<bdi>{}</bdi>", ((name,) for name in names))
    words = gettext("not documented") if session.source else gettext("to be announced")
    return format_html('<span class="fine">{}</span>', words)


@register.filter
def present_in(figures: PartFigures, half_day: HalfDay) -> str:
    """How many were present in a half-day; a dash where nobody was marked yet."""
    return str(figures.present.get(half_day.pk, "–"))


@register.filter
def hours(half_day: HalfDay) -> str:
    """From when to when."""
    return time_range(half_day.starts_at, half_day.ends_at)


@register.filter
def month_of(day: date) -> str:
    """The month and the year that open a group of the calendar."""
    return _formatted(day.replace(day=1), "F Y", get_language() or "")


@register.filter
def group_of(session: Session) -> str:
    """What opens its group of the calendar: its month, or that its date is to be fixed."""
    # Translators: opens the group of the postponed sessions in the calendar
    return gettext("Date to be fixed") if session.has_no_date else month_of(session.starts_on)


@register.inclusion_tag("trainings/day_box.html")
def day_box(session: Session) -> dict[str, Any]:
    """`{% day_box session %}`: the first day in a small box; an open place where it is to be fixed."""
    return {"session": session}


@register.filter
def month_short(day: date) -> str:
    """The month in the small box of a day."""
    language = get_language() or ""
    return _formatted(day.replace(day=1), "F" if language == "ar" else "M", language)


@lru_cache(maxsize=1024)
def _formatted(day: date, form: str, language: str) -> str:
    """A list shows the same months again and again, and Django reads their names anew for each."""
    return date_format(day, form)
