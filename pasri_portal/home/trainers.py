"""The home of a trainer: own half-days, those still to close first, then today's, then the next."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core import formats
from pasri_portal.home.pieces import Door, Event, Group, Home, Task
from trainings.domain import room, worklist
from trainings.enums import HalfDayState
from trainings.models import HalfDay, Session


def trainer(user: User, now: datetime) -> Home:
    """What this person has to mark and to close, in own sessions only."""
    sessions = Session.objects.filter(trainers__person__user=user).distinct()
    agenda = room.agenda(sessions=sessions, now=now)
    return Home(
        groups=[
            Group(_("Late"), tuple(half_day_task(row, act=_("Close the sheet")) for row in agenda.to_close), "late"),
            Group(_("Today"), tuple(half_day_task(row, act=_("Mark")) for row in agenda.today), "soon"),
            Group(_("To do"), tuple(_mend(session) for session in worklist.sent_back(user))),
        ],
        events=[event(session) for session in worklist.coming(sessions, today=timezone.localdate(now))],
        doors=[Door(_("Propose a session"), reverse("trainings:proposal-create"))],
    )


def _mend(session: Session) -> Task:
    """A proposal that staff sent back, with what they said of it."""
    comment = session.comment  # type: ignore[attr-defined]
    meta = f"{session.title} – {comment}" if comment else session.title
    return Task(
        _("Your session is sent back"), reverse("trainings:proposal-edit", args=[session.slug]), _("Mend it"), meta
    )


def half_day_task(half_day: HalfDay, *, act: str) -> Task:
    """A half-day as a task: what is marked of how many, and the day that it was due."""
    marked, expected = half_day.marked, half_day.expected  # type: ignore[attr-defined]
    words = ngettext("%(marked)s marked of %(expected)s", "%(marked)s marked of %(expected)s", expected)
    counted = words % {"marked": marked, "expected": expected}
    done = half_day.state == HalfDayState.CLOSED
    return Task(
        what=half_day.part.session.title,
        url=reverse("trainings:room-half-day", args=[half_day.pk]),
        act=_("Read") if done else act,
        meta=f"{formats.listed((formats.long_date(half_day.on_day), half_day.get_half_display()))} – {counted}",
        due_on=None if done else half_day.on_day,
    )


def event(session: Session) -> Event:
    """A session to come."""
    days = formats.date_range(session.starts_on, session.ends_on)
    place = session.venue
    return Event(
        on=session.starts_on,
        what=session.title,
        url=reverse("trainings:session-detail", args=[session.slug]),
        lines=(days, place) if place else (days,),
    )
