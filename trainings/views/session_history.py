"""Who did what with a session, when and why; what it changed is read from the snapshots."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from core import journal
from core.changes import Change, changes, events_of
from core.formats import listed, plain_date
from core.models import JournalEntry
from core.views.mixins import ScopedObjectMixin
from directory.models import Person
from trainings import permissions
from trainings.models import HalfDay, Question, Session, SessionPart

SHOWN = 300
Names = dict[tuple[str, int], str]

VERBS: dict[str, str | Promise] = {
    "session.create": _("Draft made"),
    "session.archive": _("Entered from published sources"),
    "session.edit": _("Session changed"),
    "session.translate": _("Arabic texts completed"),
    "session.draft": _("Sent back to draft"),
    "session.proposed": _("Proposed"),
    "session.published": _("Published"),
    "session.open": _("Registration opened"),
    "session.closed": _("Registration closed"),
    "session.held": _("Marked as held"),
    "session.postponed": _("Postponed, date to be fixed"),
    "session.postpone": _("Postponed to a new date"),
    "session.clone": _("Made as a copy of another session"),
    "session.cancelled": _("Session cancelled"),
    "session.add_part": _("Part added"),
    "session.edit_part": _("Part changed"),
    "session.remove_part": _("Part removed"),
    "session.add_half_day": _("Half-day added"),
    "session.edit_half_day": _("Half-day changed"),
    "session.remove_half_day": _("Half-day removed"),
    "session.propose_half_days": _("Half-days filled in"),
    "session.add_trainer": _("Trainer added"),
    "session.remove_trainer": _("Trainer removed"),
    "session.take_proposal": _("Proposal passed to another trainer"),
    "session.replace_trainer": _("Trainer replaced by another"),
    "session.add_question": _("Question added"),
    "session.edit_question": _("Question changed"),
    "session.remove_question": _("Question removed"),
    "session.move_question": _("Questions put in another order"),
}


@dataclass(frozen=True)
class Line:
    """One entry as it is read."""

    entry: JournalEntry
    words: str
    about: str
    who: str
    reason: str
    changes: list[Change]


class SessionHistory(ScopedObjectMixin, TemplateView):
    """The history tab: staff read everything; auditors read without names."""

    permission = staticmethod(permissions.can_read_all)
    model = Session
    lookup = "slug"
    template_name = "trainings/sessions/history.html"

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().select_related("training__programme", "governorate")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lines_of(self.object, with_names=permissions.is_staff(self.request.user))
        return super().get_context_data(session=self.object, tab="history", lines=lines, shown=SHOWN, **kwargs)


def lines_of(session: Session, *, with_names: bool) -> list[Line]:
    """The entries of a session, newest first."""
    found = changes_of(session)
    entries = list(journal.history_of(session)[:SHOWN])
    names = _named(entries, with_names=with_names)
    return [
        Line(
            entry=entry,
            words=str(VERBS.get(entry.verb, entry.verb)),
            about=_about(entry, names),
            who=_who(entry, with_names=with_names),
            reason=getattr(getattr(entry, "reason", None), "text", "") if with_names else "",
            changes=found.get(entry.context_id, []),
        )
        for entry in entries
    ]


def _named(entries: list[JournalEntry], *, with_names: bool) -> Names:
    """What the entries speak of, as far as it still exists; one query a kind."""
    sources: list[tuple[str, type[models.Model]]] = [("part", SessionPart), ("question", Question)]
    sources += [("half_day", HalfDay)] + ([("person", Person)] if with_names else [])
    found: Names = {}
    for kind, model in sources:
        ids = {entry.data[kind] for entry in entries if kind in entry.data}
        for row in model._default_manager.filter(pk__in=ids):
            found[kind, row.pk] = _said(row)
    return found


def _said(row: models.Model) -> str:
    if isinstance(row, SessionPart):
        return row.name
    if isinstance(row, HalfDay):
        return listed((plain_date(row.on_day), row.get_half_display()))
    return str(row)


def _about(entry: JournalEntry, names: Names) -> str:
    return next((names[kind, pk] for kind, pk in entry.data.items() if (kind, pk) in names), "")


def changes_of(session: Session) -> dict[UUID, list[Change]]:
    """What each act changed of the session, its parts, half-days and questions; as many queries for one as for all."""
    derived = frozenset({"calendar_sequence", "taken", "last_rank", "closed_by", "closed_at"})
    parts = events_of(SessionPart).filter(session_id=session.pk)
    sources: list[tuple[type[models.Model], Any]] = [
        (Session, events_of(Session).filter(pgh_obj_id=session.pk)),
        (SessionPart, parts),
        (HalfDay, events_of(HalfDay).filter(part_id__in=parts.values("pgh_obj_id"))),
        (Question, events_of(Question).filter(session_id=session.pk)),
    ]
    found: dict[UUID, list[Change]] = {}
    for model, events in sources:
        for context, lines in changes(model, events.order_by("pgh_id"), unsaid=derived).items():
            found.setdefault(context, []).extend(lines)
    return found


def _who(entry: JournalEntry, *, with_names: bool) -> str:
    if entry.actor is None:
        return gettext("the portal")
    return str(entry.actor) if with_names else gettext("a person of the agency")
