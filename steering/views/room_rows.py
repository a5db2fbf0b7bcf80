"""What the page of the room shows: the arc of seats, the seats by name, the items with their decisions."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import pgettext

from core.errors import DomainError
from steering.domain import blocked, counts, decisions, notes, presence, results, room, votes
from steering.domain.presence import Sheet, SheetLine
from steering.domain.results import DecisionLine
from steering.enums import BallotChoice, DecisionMode, DecisionState, ItemState, MeetingState, Quality
from steering.models import AgendaItem, Meeting, QuorumCount, Recusal
from steering.permissions import can_see_people, can_write

RADIUS, CENTRE_X, CENTRE_Y = 112.0, 150.0, 132.0
LOOKS = {Quality.TITULAR: "t", Quality.ALTERNATE: "s", Quality.PROXY: "p", Quality.EXCUSED: "a"}
"""How a seat is drawn; an empty one like the excused."""


@dataclass(frozen=True)
class Dot:
    """One seat of the drawing."""

    x: str
    y: str
    look: str


@dataclass(frozen=True)
class Arc:
    """The seats that vote, drawn in a half circle; `words` say the same."""

    dots: list[Dot]
    size: str
    inner: str
    words: str
    total: int


@dataclass(frozen=True)
class Panel:
    """The quorum as it is now; `why` says why it cannot be counted."""

    counted: int = 0
    required: int = 0
    in_office: int = 0
    voices: int = 0
    is_met: bool = False
    why: str = ""


@dataclass(frozen=True)
class VoteLine:
    """One seat on the voting grid: what it voted, or whether it may."""

    seat: int
    holder: str
    person: Any
    is_proxy: bool
    ballot: Any = None


@dataclass(frozen=True)
class DecisionRow:
    """A decision with what may be done about it now."""

    line: DecisionLine
    why_not: str = ""
    button: str = ""
    votes: list[VoteLine] = field(default_factory=list)
    to_vote: int = 0

    @property
    def votes_words(self) -> str:
        return votes.in_words(self.line.tally) if self.line.tally else ""


@dataclass(frozen=True)
class ItemRow:
    """An item of the agenda, its quorum, its recusals, its decisions."""

    item: AgendaItem
    is_shown: bool
    is_now: bool
    quorum: QuorumCount | None
    recusals: list[Recusal]
    decisions: list[DecisionRow]

    @property
    def has_draft(self) -> bool:
        return any(row.line.is_draft for row in self.decisions)


def instant_of(meeting: Meeting, *, now: datetime) -> datetime | None:
    """The instant that the page shows; None where it shows the meeting as a whole: from paper, or once it is held."""
    is_live = meeting.state in (MeetingState.CONVENED, MeetingState.OPENED) and not room.is_typed(meeting, now=now)
    return now if is_live else None


def arc_of(lines: list[SheetLine]) -> Arc:
    """The half circle of the voting seats, by rank."""
    voting = [line for line in lines if line.votes]
    step = math.pi / max(1, len(voting) - 1)
    size = min(11.0, max(2.5, RADIUS * step / 2 - 1.5)) if len(voting) > 1 else 11.0
    dots = []
    for index, line in enumerate(voting):
        angle = math.pi - index * step if len(voting) > 1 else math.pi / 2
        x, y = CENTRE_X + RADIUS * math.cos(angle), CENTRE_Y - RADIUS * math.sin(angle)
        dots.append(Dot(f"{x:.1f}", f"{y:.1f}", LOOKS.get(line.quality, "a")))
    tally = Counter(line.quality for line in voting)
    # Translators: the comma between words of a list
    comma, colon = pgettext("list", ", "), pgettext("label", ": ")
    words = comma.join(f"{quality.label}{colon}{tally[quality]}" for quality in Quality if tally[quality])
    return Arc(dots, f"{size:.1f}", f"{size / 3:.1f}", words, len(voting))


def panel_of(meeting: Meeting, item: AgendaItem | None, *, at: datetime | None) -> Panel:
    """The quorum now, of the item under discussion where there is one; of the past, what was kept last."""
    if at is None:
        row = counts.newest(meeting, item) or counts.newest(meeting)
        if row is None:
            return Panel()
        return Panel(row.counted, row.required, row.in_office, row.voices, row.is_met)
    try:
        count = counts.facts_of(meeting).count(at, item.pk if item else None)
    except DomainError as error:
        return Panel(why=str(error))
    return Panel(count.counted, count.required, count.in_office, count.voices, count.is_met)


def items_of(meeting: Meeting, reader: Any, sheet: Sheet, *, at: datetime | None) -> list[ItemRow]:
    """The agenda in order. An item that the reader may not read shows its number alone. `at` is None from paper."""
    shown = set(AgendaItem.objects.visible_to(reader).filter(meeting=meeting).values_list("pk", flat=True))
    kept = {
        row.item_id: row
        for row in QuorumCount.objects.filter(meeting=meeting, item__isnull=False)
        .order_by("item_id", "-at", "-id")
        .distinct("item_id")
    }
    recusals = defaultdict(list)
    for each in Recusal.objects.filter(item__meeting=meeting).select_related("seat__organisation").order_by("id"):
        recusals[each.item_id].append(each)
    found = defaultdict(list)
    writes = can_write(reader)
    for line in decisions.of_meeting(meeting, reader):
        if writes or not line.is_draft:
            found[line.item.pk].append(_decision(line, meeting, sheet, at=at, writes=writes))
    rows = meeting.items.select_related("rapporteur").order_by("position", "id")
    return [
        ItemRow(
            item=item,
            is_shown=item.pk in shown,
            is_now=item.state == ItemState.OPEN,
            quorum=kept.get(item.pk),
            recusals=recusals[item.pk] if item.pk in shown else [],
            decisions=found[item.pk],
        )
        for item in rows
    ]


def _decision(line: DecisionLine, meeting: Meeting, sheet: Sheet, *, at: datetime | None, writes: bool) -> DecisionRow:
    """From paper the hour is typed with the decision: then only is it known who was there."""
    if not (writes and line.is_draft):
        return DecisionRow(line)
    act = meeting.act
    button = results.act_words(act.power if act else "", line.mode)
    if at is not None:
        why = decisions.why_not(line.decision, meeting, at=at)
    else:
        waits = line.mode == DecisionMode.NAMED and not line.ballots
        why = str(decisions.NobodyVoted()) if waits else ""
    grid = _grid(line, meeting, sheet, at=at) if line.mode == DecisionMode.NAMED else []
    return DecisionRow(line, why, button, grid, sum(1 for vote in grid if vote.ballot is None))


def _grid(line: DecisionLine, meeting: Meeting, sheet: Sheet, *, at: datetime | None) -> list[VoteLine]:
    """Seats that have voted, and those in the room or represented that have not; from paper, whoever was there once."""
    cast = {ballot.seat_id: ballot for ballot in line.ballots}
    here = {each.seat.pk: each for each in sheet.lines}
    through = {each.seat.pk: each.proxy.holder_id for each in sheet.lines if each.proxy}
    may = {each.seat.pk for each in sheet.lines if each.votes and (each.mandate or each.proxy)}
    if at is not None:
        try:
            count = counts.facts_of(meeting).count(at, line.item.pk)
        except DomainError:
            return []
        through, may = dict(count.proxies), {*count.seats, *(giver for giver, _holder in count.proxies)}
    found = []
    for each in sheet.lines:
        pk = each.seat.pk
        if pk not in cast and pk not in may:
            continue
        voter = here.get(through.get(pk, pk))
        found.append(VoteLine(pk, each.holder, voter.person if voter else None, pk in through, cast.get(pk)))
    return found


def seated_choices(meeting: Meeting, *, at: datetime) -> list[tuple[int, str]]:
    """Seats with somebody in the room at an instant, as choices of a field."""
    return [(line.seat.pk, line.holder) for line in presence.sheet(meeting, at=at).lines if line.mandate]


def context_of(meeting: Meeting, reader: Any, *, now: datetime) -> dict[str, Any]:
    """Everything that the page and its live part are given."""
    at = instant_of(meeting, now=now)
    sheet = presence.sheet(meeting, at=at)
    items = items_of(meeting, reader, sheet, at=at)
    current = next((row for row in items if row.is_now), None)
    act = meeting.act or meeting.committee.act_on(meeting.day)
    writes, sent = can_write(reader), is_sent(meeting)
    is_early = room.is_early(meeting, now=now)
    states = (MeetingState.CONVENED, MeetingState.OPENED, MeetingState.HELD)
    changes = writes and meeting.state in states and not sent
    return {
        "sheet": sheet,
        "arc": arc_of(sheet.lines),
        "quorum": panel_of(meeting, current.item if current else None, at=at),
        "items": items,
        "current": current,
        "note": notes.of(current.item) if writes and current else None,
        "is_live": at is not None,
        "is_typed": room.is_typed(meeting, now=now),
        "sees_people": can_see_people(reader),
        "changes_room": changes,
        "notes_presence": changes and not is_early,
        "is_early": is_early,
        "minutes_sent": sent,
        "has_decided": any(not row.line.is_draft for each in items for row in each.decisions),
        "choices": BallotChoice.choices,
        "allows_proxies": bool(act and act.proxies),
        "rules_missing": blocked.left_open(act) if act and writes else [],
        "drafts": [row for each in items for row in each.decisions if row.line.state == DecisionState.DRAFT],
    }


def is_sent(meeting: Meeting) -> bool:
    """The minutes have left the secretariat: the room is only read."""
    try:
        room.unsent(meeting)
    except room.MinutesSent:
        return True
    return False
