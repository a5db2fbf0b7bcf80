"""Who is in the room: arrivals and departures by seat and name, and the sheet of a meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ReasonRequired
from directory.models import FormerName, Person
from steering.domain import chair, counts, room, rules, sitting
from steering.enums import Cause, MandateKind, MeetingState, Quality, Reply, Voice, Voters
from steering.errors import NotInOffice
from steering.models import Answer, Guest, Mandate, Meeting, Presence, Proxy, Seat, Tenure


class AlternatesExcluded(DomainError):
    """The founding act allows no alternates."""

    code = "no_alternates"

    def __init__(self) -> None:
        super().__init__(_("The founding act does not allow alternates: note this person among the guests."))


# -- acts -----------------------------------------------------------------------------------------------------------
@journal.act
def arrive(
    *, meeting: Meeting, mandate: Mandate, at: datetime, actor: User, now: datetime, reason: str = ""
) -> Presence:
    """Somebody takes the seat. Locks the meeting, records `meeting.arrive`, counts the quorum again.

    Allowed from the convocation on; once the meeting is held, with a reason, until the minutes are sent. Raises
    NotInOffice, AlternatesExcluded, RuleMissing, WrongHour, and AlreadyDone to the second of two clicks.
    """
    current = room.entered(meeting, reason=reason, is_before_opening=True)
    room.possible(current, at, now=now)
    mandate = _in_office(current, mandate, at)
    if mandate.kind == MandateKind.ALTERNATE and not rules.needed(room.act_of(current), "alternates"):
        raise AlternatesExcluded
    stays = list(Presence.objects.filter(meeting=current, mandate=mandate))
    for stay in stays:
        if stay.arrived_at <= at and (stay.left_at is None or at < stay.left_at):
            what = gettext("%(person)s is in the room already") % {"person": mandate.person}
            raise room.quicker(current, what, "meeting.arrive", presence=stay.pk)
    presence = saving.insert(Presence(meeting=current, seat=mandate.seat, mandate=mandate, arrived_at=at))
    journal.record(
        "meeting.arrive", obj=current, actor=actor, reason=reason, data={"presence": presence.pk, **_whom(mandate)}
    )
    counts.changed(current, at, cause=Cause.ARRIVAL)
    chair.settle(current, at=at)
    return presence


@journal.act
def depart(*, presence: Presence, at: datetime, actor: User, now: datetime, reason: str = "") -> Presence:
    """Somebody leaves the room; the hour of arrival stays. Raises WrongHour, AlreadyDone, VoteLost."""
    meeting = room.entered(presence.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Presence, presence.pk)
    if current.left_at is not None:
        what = gettext("%(person)s has left already") % {"person": current.mandate.person}
        raise room.quicker(meeting, what, "meeting.depart", presence=current.pk)
    room.possible(meeting, at, now=now)
    if at <= current.arrived_at:
        raise room.WrongHour(_("Somebody leaves after having arrived."))
    saving.change(current, left_at=at)
    journal.record(
        "meeting.depart",
        obj=meeting,
        actor=actor,
        reason=reason,
        data={"presence": current.pk, **_whom(current.mandate)},
    )
    counts.changed(meeting, at, cause=Cause.DEPARTURE)
    chair.settle(meeting, at=at)
    return current


@journal.act
def correct(
    *, presence: Presence, arrived_at: datetime, left_at: datetime | None, actor: User, now: datetime, reason: str = ""
) -> Presence:
    """Other hours of one stay. Once the meeting is held it takes a reason. Raises WrongHour, Invalid, VoteLost."""
    meeting = room.entered(presence.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Presence, presence.pk)
    before = [current.arrived_at, *([current.left_at] if current.left_at else [])]
    for name, at in (("arrived_at", arrived_at), ("left_at", left_at)):
        if at is not None and at not in before:
            room.possible(meeting, at, now=now, field=name)
    _in_office(meeting, current.mandate, arrived_at)
    changed = saving.change(current, arrived_at=arrived_at, left_at=left_at)
    if not changed:
        return current
    data: room.Data = {"presence": current.pk, "fields": " ".join(changed), **_whom(current.mandate)}
    journal.record("meeting.presence", obj=meeting, actor=actor, reason=reason, data=data)
    after = [arrived_at, *([left_at] if left_at else [])]
    counts.changed(meeting, *before, *after, cause=Cause.CORRECTION)
    chair.settle(meeting, at=now)
    return current


@journal.act
def remove(*, presence: Presence, actor: User, now: datetime, reason: str) -> None:
    """Take back a stay that was noted by mistake. Raises ReasonRequired, VoteLost."""
    if not reason.strip():
        raise ReasonRequired
    meeting = room.entered(presence.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Presence, presence.pk)
    data: room.Data = {"presence": current.pk, **_whom(current.mandate)}
    since = current.arrived_at
    current.delete()
    journal.record("meeting.presence_removed", obj=meeting, actor=actor, reason=reason, data=data)
    counts.changed(meeting, since, cause=Cause.CORRECTION)
    chair.settle(meeting, at=now)


def _in_office(meeting: Meeting, mandate: Mandate, at: datetime) -> Mandate:
    """The mandate as it stands now. Raises NotInOffice unless it is in force at `at`, in a seat of the committee."""
    day = timezone.localdate(at)
    rows = Mandate.objects.select_related("seat__organisation", "person")
    found: Mandate | None = rows.filter(pk=mandate.pk, seat__committee=meeting.committee_id).first()
    if found is None or not found.is_in_force(day):
        raise NotInOffice
    if found.seat.starts_on > day or (found.seat.ends_on is not None and found.seat.ends_on < day):
        raise NotInOffice
    return found


def _whom(mandate: Mandate) -> dict[str, int]:
    return {"seat": mandate.seat_id, "mandate": mandate.pk}


# -- the sheet ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SheetStay:
    """A person in the room, from an arrival to a departure."""

    pk: int
    mandate: Mandate
    arrived_at: datetime
    left_at: datetime | None

    @property
    def person(self) -> Person:
        return self.mandate.person

    @property
    def is_here(self) -> bool:
        return self.left_at is None

    def covers(self, at: datetime) -> bool:
        return self.arrived_at <= at and (self.left_at is None or at < self.left_at)


@dataclass(frozen=True)
class SheetLine:
    """One seat: who holds it on that day, who came for it, when; `mandate` is whom the quality speaks of."""

    seat: Seat
    holder: str
    votes: bool
    quality: Quality
    mandate: Mandate | None
    mandates: list[Mandate]
    stays: list[SheetStay] = field(default_factory=list)
    proxy: Proxy | None = None
    proxy_holder: str = ""
    announced: Answer | None = None
    announced_proxy: str = ""

    @property
    def person(self) -> Person | None:
        return self.mandate.person if self.mandate else None

    @property
    def absent(self) -> list[Mandate]:
        """Those of the day who are not in the room now."""
        here = {stay.mandate.pk for stay in self.stays if stay.is_here}
        return [mandate for mandate in self.mandates if mandate.pk not in here]

    @property
    def is_excused(self) -> bool:
        return self.quality == Quality.EXCUSED


@dataclass(frozen=True)
class Sheet:
    """The attendance of a meeting: seats by rank, guests by name."""

    lines: list[SheetLine]
    guests: list[Guest]


def sheet(meeting: Meeting, *, at: datetime | None = None) -> Sheet:
    """Who came, seat by seat, over the whole meeting; or who is in the room at the instant `at`.

    As many queries for thirteen seats as for one. A seat whose institution has another name today bears the name of the
    meeting's day.
    """
    day = meeting.day
    seats = list(sitting.seats_on(meeting.committee, on=day))
    holders = holders_of(seats, on=day)
    mandates = defaultdict(list)
    rows = Mandate.objects.in_force(on=day).filter(seat__in=seats).select_related("person")
    for mandate in rows.order_by("seat_id", "-kind", "starts_on", "id"):  # titular before alternate
        mandates[mandate.seat_id].append(mandate)
    stays = defaultdict(list)
    for each in Presence.objects.filter(meeting=meeting).select_related("mandate__person").order_by("arrived_at", "id"):
        stays[each.seat_id].append(SheetStay(each.pk, each.mandate, each.arrived_at, each.left_at))
    proxies = {
        each.giver_id: each
        for each in Proxy.objects.filter(meeting=meeting).order_by("arrived_at", "id")
        if at is None or (each.arrived_at <= at and (each.left_at is None or at < each.left_at))
    }
    answers = newest_answers(meeting)
    act = meeting.act or meeting.committee.act_on(day)
    every = act is not None and act.voters == Voters.ALL
    is_ahead = meeting.opened_at is None and meeting.state == MeetingState.CONVENED
    lines = []
    for seat in seats:
        proxy, answer = proxies.get(seat.pk), answers.get(seat.pk)
        quality, mandate = _quality(stays[seat.pk], proxy, answer, at)
        if quality == Quality.ABSENT:
            quality = Quality.VACANT if not mandates[seat.pk] else (Quality.UNNOTED if is_ahead else quality)
        lines.append(
            SheetLine(
                seat=seat,
                holder=holders[seat.pk],
                votes=every or seat.voice == Voice.DELIBERATIVE,
                quality=quality,
                mandate=mandate,
                mandates=mandates[seat.pk],
                stays=stays[seat.pk],
                proxy=proxy if quality == Quality.PROXY else None,
                proxy_holder=holders.get(proxy.holder_id, "") if proxy and quality == Quality.PROXY else "",
                announced=answer,
                announced_proxy=holders.get(answer.proxy_to_id or 0, "") if answer else "",
            )
        )
    return Sheet(lines, list(Guest.objects.filter(meeting=meeting).order_by("name", "id")))


def holders_of(seats: Iterable[Seat], *, on: date) -> dict[int, str]:
    """Who held each seat on a day, by the name of that day."""
    tenures = Tenure.objects.in_force(on=on).filter(seat__in=list(seats)).select_related("organisation")
    found = {tenure.seat_id: tenure.organisation for tenure in tenures}
    bodies = {seat.pk: found.get(seat.pk, seat.organisation) for seat in seats}
    former: dict[int, FormerName] = {}
    rows = FormerName.objects.filter(organisation__in={body.pk for body in bodies.values()}, valid_to__gte=on)
    for row in rows.order_by("-valid_to"):  # the first name that ended after the day is its name
        former[row.organisation_id] = row
    return {pk: str(former.get(body.pk, body)) for pk, body in bodies.items()}


def newest_answers(meeting: Meeting) -> dict[int, Answer]:
    """What each seat answered last to the convocation, for the day on which the meeting is."""
    rows = Answer.objects.filter(meeting=meeting, for_on=meeting.day).select_related("alternate__person", "person")
    return {answer.seat_id: answer for answer in rows.order_by("seat_id", "-at", "-id").distinct("seat_id")}


def _quality(
    stays: list[SheetStay], proxy: Proxy | None, answer: Answer | None, at: datetime | None
) -> tuple[Quality, Mandate | None]:
    """The best of what is known: the titular, else an alternate, else a proxy, else an excuse."""
    here = [stay.mandate for stay in stays if at is None or stay.covers(at)]
    for kind, quality in ((MandateKind.TITULAR, Quality.TITULAR), (MandateKind.ALTERNATE, Quality.ALTERNATE)):
        for mandate in here:
            if mandate.kind == kind:
                return quality, mandate
    if proxy is not None:
        return Quality.PROXY, None
    excused = answer is not None and answer.reply == Reply.EXCUSED
    return (Quality.EXCUSED if excused else Quality.ABSENT), None
