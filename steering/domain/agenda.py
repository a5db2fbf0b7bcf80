"""The agenda of a meeting: filled by the portal, then written by people; documents belong to their item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import partial
from typing import Any, TypedDict, Unpack

from django.db import models
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import files, journal, saving
from core.errors import DomainError
from core.transitions import illegal
from directory.models import Organisation
from steering.domain import words
from steering.enums import Audience, Expected, ItemKind, MeetingState, MinutesState
from steering.models import Action, AgendaItem, Committee, ItemDocument, ItemReader, Meeting, Minutes, Seat

OPEN_TO_CHANGES = (MeetingState.PLANNED, MeetingState.CONVENED, MeetingState.POSTPONED)
STILL_TO_COME = (*OPEN_TO_CHANGES, MeetingState.OPENED)
MOST_ITEMS = 60


class ItemFields(TypedDict, total=False):
    title_fr: str
    title_ar: str
    rapporteur: Organisation | None
    expected: str
    duration: int
    audience: str


def is_open(meeting: Meeting) -> bool:
    """Whether items may still be added, corrected, moved or removed."""
    return meeting.state in OPEN_TO_CHANGES


@journal.act
def fill(*, meeting: Meeting, actor: User | None) -> list[AgendaItem]:
    """Put first what every agenda begins with, and last the committee's recurring points; what is there stays.

    First the approval of minutes that wait for it, then the open and overdue actions. A second call adds nothing.
    Returns the new items. Raises IllegalMove.
    """
    current = _locked(meeting)
    there = list(current.items.order_by("position"))
    first: list[dict[str, Any]] = [
        {
            "kind": ItemKind.MINUTES,
            "approves": minutes,
            "expected": Expected.DECIDE,
            "duration": 10,
            **words.in_both(partial(_approval_words, minutes)),
        }
        for minutes in unapproved(current)
    ]
    if not any(item.kind == ItemKind.ACTIONS for item in there):
        first.append(
            {
                "kind": ItemKind.ACTIONS,
                "expected": Expected.INFORM,
                "duration": 20,
                **words.in_both(lambda: gettext("Open and overdue actions")),
            }
        )
    titles = {item.title_fr for item in there}
    last = [
        {"title_fr": point.title_fr, "title_ar": point.title_ar}
        | {"expected": point.expected, "duration": point.duration}
        for point in current.committee.recurring_items.all()
        if point.title_fr not in titles
    ]
    return _placed(current, first, last, actor=actor)


def unapproved(meeting: Meeting) -> list[Minutes]:
    """Minutes of earlier meetings that wait for their approval and stand on no agenda yet, oldest first."""
    rows = Minutes.objects.filter(
        meeting__committee=meeting.committee_id,
        meeting__state=MeetingState.HELD,
        meeting__starts_at__lt=meeting.starts_at,
    ).exclude(state=MinutesState.APPROVED)
    taken = AgendaItem.objects.filter(kind=ItemKind.MINUTES, approves__isnull=False, meeting__state__in=STILL_TO_COME)
    rows = rows.exclude(pk__in=taken.values("approves_id"))
    return list(rows.select_related("meeting").order_by("meeting__starts_at", "id"))


def _approval_words(minutes: Minutes) -> str:
    return gettext("Approval of the minutes of meeting no. %(number)s") % {"number": minutes.meeting.number}


def _placed(
    meeting: Meeting, first: list[dict[str, Any]], last: list[dict[str, Any]], *, actor: User | None
) -> list[AgendaItem]:
    if not first and not last:
        return []
    after = meeting.items.filter(kind=ItemKind.MINUTES).count()
    meeting.items.filter(position__gt=after).update(position=F("position") + len(first))
    made = []
    for position, row in enumerate(first, start=after + 1):
        made.append(saving.insert(AgendaItem(meeting=meeting, position=position, **row)))
    for row in last:
        made.append(saving.insert(AgendaItem(meeting=meeting, position=_next_position(meeting), **row)))
    journal.record("meeting.fill", obj=meeting, actor=actor, data={"items": len(made)})
    return made


@journal.act
def add(
    *, meeting: Meeting, readers: Iterable[Seat] = (), actor: User | None, **fields: Unpack[ItemFields]
) -> AgendaItem:
    """A new item at the end. Raises IllegalMove, Invalid, DomainError on `readers` or for an agenda that is full."""
    current = _locked(meeting)
    if current.items.count() >= MOST_ITEMS:
        raise DomainError(_("An agenda has sixty items at most."), code="too_many")
    item = saving.insert(AgendaItem(meeting=current, position=_next_position(current), **fields))
    _set_readers(item, readers)
    journal.record("meeting.item_add", obj=current, actor=actor, data={"item": item.pk})
    return item


@journal.act
def correct(
    *,
    item: AgendaItem,
    version: int | None,
    readers: Iterable[Seat] | None = None,
    actor: User | None,
    **fields: Unpack[ItemFields],
) -> AgendaItem:
    """Correct an item. Raises StaleObject, ObjectGone, IllegalMove, Invalid, DomainError on `readers`."""
    meeting = _locked(item.meeting)
    current = saving.locked(AgendaItem, item.pk, version=version)
    changed = saving.change(current, **fields)
    if readers is not None:
        changed += _set_readers(current, readers)
    if changed:
        data: dict[str, str | int | bool | None] = {"item": current.pk, "fields": " ".join(changed)}
        journal.record("meeting.item_edit", obj=meeting, actor=actor, data=data)
    return current


@journal.act
def move(*, item: AgendaItem, up: bool, actor: User | None) -> AgendaItem:
    """Change places with the item above or below; at the end of the list nothing happens. Raises IllegalMove."""
    meeting = _locked(item.meeting)
    current = saving.locked(AgendaItem, item.pk)
    others = (
        meeting.items.filter(position__lt=current.position)
        if up
        else meeting.items.filter(position__gt=current.position)
    )
    other = others.order_by("-position" if up else "position").first()
    if other is None:
        return current
    AgendaItem.objects.filter(pk=other.pk).update(position=current.position)
    AgendaItem.objects.filter(pk=current.pk).update(position=other.position)
    journal.record("meeting.item_move", obj=meeting, actor=actor, data={"item": current.pk, "to": other.position})
    current.position = other.position
    return current


@journal.act
def remove(*, item: AgendaItem, actor: User | None) -> None:
    """Take an item off the agenda; the others close up. A second call changes nothing.

    Raises IllegalMove, and DomainError where something was settled in the item.
    """
    meeting = _locked(item.meeting)
    current = AgendaItem.objects.filter(pk=item.pk).first()
    if current is None:
        return
    try:
        current.delete()
    except ProtectedError as error:
        words = _("Something was settled in this item: it stays on the agenda.")
        raise DomainError(words, code="in_use") from error
    meeting.items.filter(position__gt=current.position).update(position=F("position") - 1)
    journal.record("meeting.item_remove", obj=meeting, actor=actor, data={"item": item.pk})


@journal.act
def add_document(
    *, item: AgendaItem, name: str, content: bytes, label: str, actor: User | None, now: datetime
) -> ItemDocument:
    """Keep a document for whoever reads the item. Raises FileRefused on `file`, IllegalMove, Invalid."""
    meeting = _locked(item.meeting)
    stored = files.keep(name=name, content=content, actor=actor, now=now)
    document = saving.insert(ItemDocument(item=item, file=stored, label=label))
    data: dict[str, str | int | bool | None] = {"item": item.pk, "document": document.pk}
    journal.record("meeting.document_add", obj=meeting, actor=actor, data=data)
    return document


@journal.act
def remove_document(*, document: ItemDocument, actor: User | None) -> None:
    """Take a document away from its item; a second call changes nothing. Raises IllegalMove."""
    meeting = _locked(document.item.meeting)
    if not ItemDocument.objects.filter(pk=document.pk).exists():
        return
    ItemDocument.objects.filter(pk=document.pk).delete()
    data: dict[str, str | int | bool | None] = {"item": document.item_id, "document": document.pk}
    journal.record("meeting.document_remove", obj=meeting, actor=actor, data=data)


def open_actions(committee: Committee, *, on: date) -> models.QuerySet[Action]:
    """What the committee has open, with `is_late`: overdue first, then by due date."""
    late = models.Exists(Action.objects.overdue(on=on).filter(pk=models.OuterRef("pk")))
    rows = Action.objects.open().filter(committee=committee).annotate(is_late=late)
    return rows.select_related("owner").order_by("-is_late", "due_on", "id")


def total_minutes(items: Iterable[AgendaItem]) -> int:
    return sum(item.duration for item in items)


def _locked(meeting: Meeting) -> Meeting:
    """The meeting, locked, while its agenda may change."""
    current = saving.locked(Meeting, meeting.pk)
    if not is_open(current):
        raise illegal(current)
    return current


def _next_position(meeting: Meeting) -> int:
    return (meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1


def _set_readers(item: AgendaItem, readers: Iterable[Seat]) -> list[str]:
    """The named seats of a confidential item; none where it is not for named seats. Raises DomainError on `readers`."""
    wanted = {seat.pk: seat for seat in readers} if item.audience == Audience.NAMED else {}
    if item.audience == Audience.NAMED and not wanted:
        raise DomainError(_("Name at least one seat that may read the item."), code="no_reader", field="readers")
    if any(seat.committee_id != item.meeting.committee_id for seat in wanted.values()):
        raise DomainError(_("This seat belongs to another committee."), code="other_committee", field="readers")
    known = set(item.reader_rows.values_list("seat_id", flat=True))
    if known == set(wanted):
        return []
    item.reader_rows.exclude(seat__in=wanted).delete()
    for pk in set(wanted) - known:
        saving.insert(ItemReader(item=item, seat=wanted[pk]))
    return ["readers"]
