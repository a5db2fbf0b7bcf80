"""What stands on minutes, in the words of one language: composed once, then printed as PDF, Word or a page.

The interface language decides the words: `compose` sets it to the paper's. A passage without translation stands in the
original, with its language and a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

from accounts.enums import Language
from core import formats
from core.formats import listed
from steering.documents import minutes_items
from steering.documents.blocks import Block, Cell, said
from steering.domain.minutes import Printing
from steering.domain.record import Attendant, GuestLine, Quorum, Record, SeatLine, Stay
from steering.enums import MandateKind, MinutesState, Voice

NOTHING = "–"


@dataclass(frozen=True)
class Paper:
    """The minutes as they read: title, what became of them, facts, blocks, closing sentences."""

    title: str
    committee: Cell
    language: str
    status: tuple[str, ...]
    facts: tuple[tuple[str, Cell], ...]
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
    signatures: tuple[str, ...]
    demo: bool
    sha256: str

    def as_data(self) -> dict[str, Any]:
        """For the template of the PDF."""
        return asdict(self)

    def lines(self) -> Iterator[tuple[str, str]]:
        """Every line with the section that it stands in, to compare two papers."""
        for label, cell in self.facts:
            yield self.title, f"{label} {cell.text}"
        section = self.title
        for block in self.blocks:
            if block.kind == "heading":
                section = f"{block.number} {block.text.text}".strip()
            for line in block.lines():
                yield section, line
        for line in self.closing:
            yield section, line


def compose(printing: Printing) -> Paper:
    """The paper of one language."""
    record = printing.record
    with translation.override(printing.language):
        return Paper(
            title=title_of(record),
            committee=said(record.committee),
            language=printing.language,
            status=tuple(_status(printing)),
            facts=tuple((label, cell) for label, cell in _facts(record) if cell.text),
            blocks=(
                *_presence(record),
                *(block for item in record.items for block in minutes_items.blocks_of(item, record.power)),
            ),
            closing=tuple(_closing(record)),
            signatures=(
                gettext("For the chair: name and signature"),
                gettext("For the secretariat: name and signature"),
            ),
            demo=record.is_fictional,
            sha256=printing.sha256,
        )


def title_of(record: Record) -> str:
    """`Procès-verbal de la réunion n° 3`, in the language that is active."""
    return gettext("Minutes of meeting no. %(number)s") % {"number": record.number}


def _status(printing: Printing) -> Iterator[str]:
    approval = printing.approval
    if printing.state == MinutesState.APPROVED and approval is not None:
        yield gettext(
            "Approved by the committee on %(day)s: meeting no. %(meeting)s, item %(item)s, decision %(decision)s."
        ) % {
            "day": formats.plain_date(approval.day),
            "meeting": approval.meeting,
            "item": approval.item,
            "decision": approval.decision,
        }
    elif printing.state == MinutesState.REMARKS and printing.remarks_until is not None:
        yield gettext("Draft no. %(number)s, open for the members’ remarks until %(until)s.") % {
            "number": printing.number,
            "until": moment(printing.remarks_until),
        }
    else:
        yield gettext("Draft of %(when)s, not sent to the members.") % {"when": moment(printing.printed_at)}
    if printing.record.from_paper:
        yield gettext("Entered afterwards from paper.")


def moment(at: datetime) -> str:
    """`3 novembre 2026, 10:08`."""
    local = timezone.localtime(at)
    return gettext("%(day)s, %(hour)s") % {"day": formats.plain_date(local.date()), "hour": f"{local:%H:%M}"}


def hour(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%H:%M}" if at else ""


# -- the head --------------------------------------------------------------------------------------------------------
def _facts(record: Record) -> Iterator[tuple[str, Cell]]:
    yield gettext("Date"), Cell(formats.long_date(record.day) if record.day else "")
    yield gettext("Hours"), Cell(_hours(record))
    yield gettext("Place"), said(record.place)
    if record.chair is not None:
        chair = [said(record.chair.name).text, said(record.chair.institution).text]
        yield gettext("Chaired by"), Cell(listed(chair))
    yield gettext("Founding act"), said(record.act)
    if record.quorum is not None:
        yield gettext("Quorum at the opening"), Cell(quorum_words(record.quorum))
    if record.is_second_call:
        yield gettext("Call"), Cell(gettext("Second call, the first meeting having had no quorum"))


def _hours(record: Record) -> str:
    if record.opened_at is None:
        return ""
    if record.lifted_at is None:
        return gettext("opened at %(from)s") % {"from": hour(record.opened_at)}
    hours = {"from": hour(record.opened_at), "to": hour(record.lifted_at)}
    return gettext("opened at %(from)s, lifted at %(to)s") % hours


def quorum_words(quorum: Quorum) -> str:
    """The count in words, with its verdict."""
    met = pgettext("quorum", "met") if quorum.is_met else pgettext("quorum", "not met")
    words = gettext("%(counted)s seats counted of %(in_office)s in office, %(required)s required: %(met)s")
    return words % {
        "counted": quorum.counted,
        "in_office": quorum.in_office,
        "required": quorum.required,
        "met": met,
    }


# -- presence --------------------------------------------------------------------------------------------------------
def _presence(record: Record) -> Iterator[Block]:
    institution = pgettext("of a seat", "Institution")
    if record.seats:
        yield Block("heading", Cell(gettext("Presence")))
        yield Block(
            "table",
            Cell(gettext("Presence by seat")),
            head=(
                institution,
                gettext("Name"),
                gettext("In what capacity"),
                gettext("Hours of presence"),
            ),
            rows=tuple(row for seat in record.seats for row in _seat_rows(seat, record.lifted_at)),
        )
    if record.guests:
        yield Block("heading", Cell(pgettext("people at a meeting", "Guests")))
        yield Block(
            "table",
            Cell(gettext("Guests, who are never counted")),
            head=(
                gettext("Name"),
                gettext("Function"),
                institution,
                gettext("Hours of presence"),
            ),
            rows=tuple(_guest_row(guest, record.lifted_at) for guest in record.guests),
        )


def _seat_rows(seat: SeatLine, end: datetime | None) -> Iterator[tuple[Cell, ...]]:
    institution = _institution(seat)
    if not seat.people:
        yield institution, _name(seat.holder), Cell(_capacity(seat)), Cell(NOTHING)
    for person in seat.people:
        yield institution, _name(person.name), Cell(_kind(person)), Cell(_stays(person.stays, end))


def _institution(seat: SeatLine) -> Cell:
    notes = [gettext("presides")] if seat.presides else []
    notes += [gettext("consultative voice")] if seat.voice == Voice.CONSULTATIVE else []
    cell = said(seat.institution)
    return Cell(cell.text, note=listed(notes))


def _name(name: Any) -> Cell:
    return Cell(said(name).text or NOTHING)


def _kind(person: Attendant) -> str:
    return str(MandateKind(person.kind).label) if person.kind else NOTHING


def _capacity(seat: SeatLine) -> str:
    if seat.how == "proxy":
        return gettext("Proxy to %(institution)s") % {"institution": said(seat.proxy_to).text}
    if seat.how == "vacant":
        return pgettext("presence", "Vacant seat")
    return pgettext("presence", "Excused") if seat.how == "excused" else pgettext("presence", "Absent")


def _stays(stays: tuple[Stay, ...], end: datetime | None) -> str:
    """Whoever is not said to have left stayed until the meeting was lifted."""
    return listed(_stay(stay.arrived_at, stay.left_at or end) for stay in stays) or NOTHING


def _stay(arrived: datetime | None, left: datetime | None) -> str:
    if arrived is None:
        return ""
    if left is None:
        return gettext("from %(from)s") % {"from": hour(arrived)}
    return gettext("from %(from)s to %(to)s") % {"from": hour(arrived), "to": hour(left)}


def _guest_row(guest: GuestLine, end: datetime | None) -> tuple[Cell, ...]:
    times = _stay(guest.arrived_at, guest.left_at or end)
    return tuple(Cell(text or NOTHING) for text in (guest.name, guest.function, guest.institution, times))


def _items(record: Record) -> Iterator[Block]:
    for item in record.items:
        yield from minutes_items.blocks_of(item, record.power)


# -- the end ---------------------------------------------------------------------------------------------------------
def _closing(record: Record) -> Iterator[str]:
    if record.lifted_at is not None:
        yield gettext("The meeting is lifted at %(hour)s.") % {"hour": hour(record.lifted_at)}
    if record.language == Language.ARABIC:
        yield gettext("Should the two texts differ, the Arabic one prevails.")
    elif record.language == Language.FRENCH:
        yield gettext("Should the two texts differ, the French one prevails.")
