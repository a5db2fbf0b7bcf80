"""Notes of an item: saved while somebody types, every save a revision, and nobody writes over another's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ObjectGone, StaleObject
from core.history import events_of
from steering.domain import differences, freezing
from steering.domain.differences import Piece
from steering.enums import MeetingState
from steering.models import AgendaItem, ItemNote

OPEN_STATES = (MeetingState.OPENED, MeetingState.HELD)
TOGETHER = timedelta(minutes=5)
"""Saves of one person that follow each other within this time are one revision on the page."""

PAGE = 20


class NotOpenedYet(DomainError):
    """Notes are taken once the meeting is opened."""

    code = "not_opened"

    def __init__(self) -> None:
        super().__init__(_("Notes are taken from the opening of the meeting on."))


@dataclass(frozen=True)
class Revision:
    """The notes as somebody left them, with what that changed."""

    pk: int
    version: int
    at: datetime
    by: User | None
    text_fr: str
    text_ar: str
    changed_fr: list[Piece]
    changed_ar: list[Piece]


def of(item: AgendaItem) -> ItemNote:
    """The notes of an item; before anybody wrote, empty ones of version 1."""
    return ItemNote.objects.filter(item=item).select_related("saved_by").first() or ItemNote(item=item)


def can_be_written(item: AgendaItem) -> bool:
    """Whether the state of the meeting lets notes be taken."""
    return item.meeting.state in OPEN_STATES


@journal.act
def write(*, item: AgendaItem, text_fr: str, text_ar: str, version: int | None, actor: User, now: datetime) -> ItemNote:
    """Keep the notes; the same text again changes nothing. `version` is the one that the writer began from.

    Locks the item. Records `note.save`. Raises MinutesFrozen, NotOpenedYet, and StaleObject when somebody else saved
    meanwhile: what was typed is then laid beside what is kept.
    """
    return _keep(item, text_fr, text_ar, version, actor, now, verb="note.save")


@journal.act
def take_back(*, item: AgendaItem, revision: int, version: int | None, actor: User, now: datetime) -> ItemNote:
    """Bring the text of an older revision back, as a new one. Records `note.restore`; raises as `save`; ObjectGone."""
    old = events_of(ItemNote)._default_manager.filter(item_id=item.pk, pgh_id=revision).first()
    if old is None:
        raise ObjectGone
    return _keep(item, old.text_fr, old.text_ar, version, actor, now, verb="note.restore")


def _keep(
    item: AgendaItem, text_fr: str, text_ar: str, version: int | None, actor: User, now: datetime, *, verb: str
) -> ItemNote:
    saving.locked(AgendaItem, item.pk)
    meeting = item.meeting
    freezing.require_unfrozen(meeting)
    if meeting.state not in OPEN_STATES:
        raise NotOpenedYet
    note = ItemNote.objects.select_for_update(of=("self",)).filter(item=item).first()
    text_fr, text_ar = tidy(text_fr), tidy(text_ar)
    if note is None:
        if not text_fr and not text_ar:
            return ItemNote(item=item)
        note = saving.insert(ItemNote(item=item, saved_at=now, saved_by=actor))
    if (note.text_fr, note.text_ar) == (text_fr, text_ar):
        return note
    if version is not None and note.version != version:
        raise StaleObject(note, changed_at=note.saved_at)
    saving.change(note, text_fr=text_fr, text_ar=text_ar, saved_at=now, saved_by=actor)
    journal.record(verb, obj=note, actor=actor, data={"item": item.pk, "version": note.version})
    return note


def tidy(text: str) -> str:
    """One kind of line end, nothing blank at the ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def revisions(item: AgendaItem, *, before: int | None = None) -> tuple[list[Revision], int | None]:
    """A page of revisions, newest first, and where the next page begins; None at the end."""
    rows = list(
        events_of(ItemNote)
        ._default_manager.filter(item_id=item.pk)
        .exclude(text_fr="", text_ar="", version=1)
        .order_by("pgh_id")
    )
    kept = [row for row, following in zip_longest(rows, rows[1:]) if not _goes_on(row, following)]
    people = User.objects.in_bulk({row.saved_by_id for row in kept if row.saved_by_id})
    found = []
    for index, row in enumerate(kept):
        older = kept[index - 1] if index else None
        found.append(
            Revision(
                pk=row.pgh_id,
                version=row.version,
                at=row.saved_at,
                by=people.get(row.saved_by_id),
                text_fr=row.text_fr,
                text_ar=row.text_ar,
                changed_fr=_changed(older.text_fr if older else "", row.text_fr),
                changed_ar=_changed(older.text_ar if older else "", row.text_ar),
            )
        )
    newest_first = [each for each in reversed(found) if before is None or each.pk < before]
    shown = newest_first[:PAGE]
    return shown, shown[-1].pk if len(newest_first) > PAGE else None


def _goes_on(row: object, following: object) -> bool:
    """The same person went on typing: what stands here is a moment on the way."""
    if following is None:
        return False
    same = row.saved_by_id == following.saved_by_id  # type: ignore[attr-defined]
    return bool(same and following.saved_at - row.saved_at <= TOGETHER)  # type: ignore[attr-defined]


def _changed(before: str, after: str) -> list[Piece]:
    return [] if before == after else differences.shortened(differences.between(before, after))
