"""A seat that is not in the room votes through another one, where the founding act allows it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from steering.domain import counts, room, rules
from steering.enums import Cause
from steering.errors import NotInOffice
from steering.models import Meeting, Presence, Proxy, Seat


class ProxyRefused(DomainError):
    """The founding act, or who is in the room, does not allow this proxy."""

    code = "proxy_refused"


@journal.act
def give(
    *, meeting: Meeting, giver: Seat, holder: Seat, at: datetime, actor: User, now: datetime, reason: str = ""
) -> Proxy:
    """The seat `giver` votes through `holder` from `at` on; the proxy rests while the giver is in the room itself.

    Locks the meeting, records `meeting.proxy`, counts the quorum again. Raises RuleMissing (allowed or not, how many
    each, whether it counts for the quorum), ProxyRefused, WrongHour, and AlreadyDone to the second of two clicks.
    """
    current = room.entered(meeting, reason=reason, is_before_opening=True)
    room.possible(current, at, now=now)
    act = room.act_of(current)
    allowed = rules.needed(act, "proxies")
    if not allowed:
        raise ProxyRefused(_("The founding act does not allow proxies."))
    each, _counts = rules.needed(act, "proxies_each", "proxies_in_quorum")
    voting = {seat.pk for seat in counts.voting_seats(current, act)}
    if giver.pk not in voting:
        raise NotInOffice
    if holder.pk not in voting:
        raise ProxyRefused(_("Only a voting seat may hold a proxy."), field="holder")
    if _is_in_room(current, giver, at):
        raise ProxyRefused(_("This seat is in the room itself: its departure comes first."))
    if not _is_in_room(current, holder, at):
        raise ProxyRefused(_("Nobody is in the room for this seat at that hour."), field="holder")
    open_ = Proxy.objects.filter(Q(left_at__isnull=True) | Q(left_at__gt=at), meeting=current)
    same = open_.filter(giver=giver, holder=holder).order_by("id").first()
    if same is not None:
        what = gettext("This proxy is noted already")
        raise room.quicker(current, what, "meeting.proxy", proxy=same.pk)
    if open_.filter(holder=holder).count() >= each:
        text = gettext("This seat holds as many proxies as the founding act allows: %(each)s.")
        raise ProxyRefused(text % {"each": each}, field="holder")
    proxy = saving.insert(Proxy(meeting=current, giver=giver, holder=holder, arrived_at=at))
    data: room.Data = {"proxy": proxy.pk, "seat": giver.pk, "holder": holder.pk}
    journal.record("meeting.proxy", obj=current, actor=actor, reason=reason, data=data)
    counts.changed(current, at, cause=Cause.PROXY)
    return proxy


@journal.act
def end(*, proxy: Proxy, at: datetime, actor: User, now: datetime, reason: str = "") -> Proxy:
    """The proxy is withdrawn from `at` on. Raises WrongHour, AlreadyDone, VoteLost."""
    meeting = room.entered(proxy.meeting, reason=reason, is_before_opening=True)
    current = saving.locked(Proxy, proxy.pk)
    if current.left_at is not None:
        raise room.quicker(meeting, gettext("This proxy is withdrawn already"), "meeting.proxy_end", proxy=current.pk)
    room.possible(meeting, at, now=now)
    if at <= current.arrived_at:
        raise room.WrongHour(_("A proxy is withdrawn after it was given."))
    saving.change(current, left_at=at)
    data: room.Data = {"proxy": current.pk, "seat": current.giver_id, "holder": current.holder_id}
    journal.record("meeting.proxy_end", obj=meeting, actor=actor, reason=reason, data=data)
    counts.changed(meeting, at, cause=Cause.PROXY)
    return current


def _is_in_room(meeting: Meeting, seat: Seat, at: datetime) -> bool:
    rows = Presence.objects.filter(meeting=meeting, seat=seat, arrived_at__lte=at)
    return rows.filter(Q(left_at__isnull=True) | Q(left_at__gt=at)).exists()
