"""The history of a meeting while it runs: its verbs in words, and the rows that belong to it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.changes import Source
from core.history import events_of
from steering.models import AgendaItem, Ballot, Decision, Guest, Presence, Proxy, Recusal, Reservation

VERBS: dict[str, str | Promise] = {
    "meeting.from_paper": pgettext_lazy("history of a meeting", "Entered from paper"),
    "meeting.arrive": pgettext_lazy("history of a meeting", "Somebody arrived"),
    "meeting.depart": pgettext_lazy("history of a meeting", "Somebody left"),
    "meeting.presence": pgettext_lazy("history of a meeting", "Hours of a presence corrected"),
    "meeting.presence_removed": pgettext_lazy("history of a meeting", "An arrival was taken back"),
    "meeting.proxy": pgettext_lazy("history of a meeting", "A proxy was given"),
    "meeting.proxy_end": pgettext_lazy("history of a meeting", "A proxy was withdrawn"),
    "meeting.guest": pgettext_lazy("history of a meeting", "A guest was noted"),
    "meeting.guest_changed": pgettext_lazy("history of a meeting", "A guest was corrected"),
    "meeting.guest_left": pgettext_lazy("history of a meeting", "A guest left"),
    "meeting.guest_removed": pgettext_lazy("history of a meeting", "A guest was taken back"),
    "meeting.recusal": pgettext_lazy("history of a meeting", "A seat was recused"),
    "meeting.recusal_withdrawn": pgettext_lazy("history of a meeting", "A recusal was taken back"),
    "meeting.item_open": pgettext_lazy("history of a meeting", "Item %(number)s opened"),
    "meeting.item_treated": pgettext_lazy("history of a meeting", "Item %(number)s treated"),
    "meeting.item_postponed": pgettext_lazy("history of a meeting", "Item %(number)s postponed"),
    "meeting.item_reopened": pgettext_lazy("history of a meeting", "Item %(number)s reopened"),
    "meeting.decision_prepared": pgettext_lazy("history of a meeting", "Decision %(number)s prepared"),
    "meeting.decision_edited": pgettext_lazy("history of a meeting", "Decision %(number)s corrected"),
    "meeting.decision_withdrawn": pgettext_lazy("history of a meeting", "Decision %(number)s taken back"),
    "meeting.decided": pgettext_lazy("history of a meeting", "Decision %(number)s taken"),
    "meeting.decision_reopened": pgettext_lazy("history of a meeting", "Decision %(number)s reopened"),
    "meeting.vote": pgettext_lazy("history of a meeting", "A seat voted on %(number)s"),
    "meeting.vote_corrected": pgettext_lazy("history of a meeting", "A vote on %(number)s was corrected"),
    "meeting.reservation": pgettext_lazy("history of a meeting", "A reservation on %(number)s"),
    "meeting.reservation_removed": pgettext_lazy("history of a meeting", "A reservation on %(number)s was taken back"),
}


def _of_items(model: Any, pk: int) -> models.QuerySet[Any]:
    items = events_of(AgendaItem)._default_manager.filter(meeting_id=pk).values("pgh_obj_id")
    rows: models.QuerySet[Any] = events_of(model)._default_manager.filter(item_id__in=items)
    return rows


def _of_decisions(model: Any, pk: int) -> models.QuerySet[Any]:
    decisions = _of_items(Decision, pk).values("pgh_obj_id")
    rows: models.QuerySet[Any] = events_of(model)._default_manager.filter(decision_id__in=decisions)
    return rows


SOURCES = (
    Source(Presence, by="meeting_id"),
    Source(Proxy, by="meeting_id"),
    Source(Guest, by="meeting_id"),
    Source(Recusal, within=partial(_of_items, Recusal)),
    Source(Decision, within=partial(_of_items, Decision), unsaid=frozenset({"quorum"})),
    Source(Ballot, within=partial(_of_decisions, Ballot)),
    Source(Reservation, within=partial(_of_decisions, Reservation)),
)
