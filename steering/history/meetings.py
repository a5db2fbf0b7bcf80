"""The history of a meeting in words. What stands in confidential items is in the staff's history alone."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.changes import Source
from core.history import events_of
from core.models import JournalEntry
from core.trail import Trail
from steering.enums import Reply
from steering.history import room
from steering.models import AgendaItem, Answer, Convocation, ItemDocument, ItemReader, Meeting

VERBS: dict[str, str | Promise] = {
    "meeting.create": pgettext_lazy("history of a meeting", "Planned, as number %(number)s of the committee"),
    "meeting.edit": pgettext_lazy("history of a meeting", "Corrected"),
    "meeting.fill": pgettext_lazy("history of a meeting", "Agenda filled by the portal"),
    "meeting.item_add": pgettext_lazy("history of a meeting", "An item was added to the agenda"),
    "meeting.item_edit": pgettext_lazy("history of a meeting", "An item of the agenda was corrected"),
    "meeting.item_move": pgettext_lazy("history of a meeting", "An item of the agenda was moved"),
    "meeting.item_remove": pgettext_lazy("history of a meeting", "An item was taken off the agenda"),
    "meeting.document_add": pgettext_lazy("history of a meeting", "A document was added"),
    "meeting.document_remove": pgettext_lazy("history of a meeting", "A document was taken away"),
    "meeting.convened": pgettext_lazy("history of a meeting", "Convened"),
    "meeting.letter": pgettext_lazy("history of a meeting", "Letter %(number)s sent"),
    "meeting.rectify": pgettext_lazy("history of a meeting", "Correction %(number)s sent"),
    "meeting.answer": pgettext_lazy("history of a meeting", "A seat answered: %(reply)s"),
    "meeting.postponed": pgettext_lazy("history of a meeting", "Postponed"),
    "meeting.cancelled": pgettext_lazy("history of a meeting", "Cancelled"),
    "meeting.no_quorum": pgettext_lazy("history of a meeting", "Quorum not met"),
    "meeting.second_call": pgettext_lazy("history of a meeting", "Second call planned"),
    "meeting.opened": pgettext_lazy("history of a meeting", "Opened"),
    "meeting.held": pgettext_lazy("history of a meeting", "Lifted"),
    "meeting.closed": pgettext_lazy("history of a meeting", "Closed: its minutes are approved"),
    **room.VERBS,
}


def _said(entry: JournalEntry) -> dict[str, str | Promise]:
    data = entry.data
    said: dict[str, str | Promise] = {"number": str(data.get("number") or data.get("no") or "")}
    if data.get("reply") in Reply.values:
        said["reply"] = Reply(data["reply"]).label
    return said if said["number"] or "reply" in said else {}


def _of_items(model: Any, pk: int) -> models.QuerySet[Any]:
    """The snapshots of what hangs on the meeting's items, those that are gone included."""
    items = events_of(AgendaItem)._default_manager.filter(meeting_id=pk).values("pgh_obj_id")
    rows: models.QuerySet[Any] = events_of(model)._default_manager.filter(item_id__in=items)
    return rows


OWN = Source(Meeting, unsaid=frozenset({"act", "origin"}))
SOURCES = (
    OWN,
    Source(AgendaItem, by="meeting_id", unsaid=frozenset({"approves"})),
    Source(ItemReader, within=partial(_of_items, ItemReader)),
    Source(ItemDocument, within=partial(_of_items, ItemDocument)),
    Source(Convocation, by="meeting_id", unsaid=frozenset({"said"})),
    Source(Answer, by="meeting_id"),
    *room.SOURCES,
)
TRAIL = Trail(VERBS, nobody=_("the portal"), said=_said, sources=SOURCES)
WITHOUT_ITEMS = Trail(VERBS, nobody=_("the portal"), said=_said, sources=(OWN,))
"""For auditors: acts and days, nothing of the items, the letters' notes and the answers."""
