"""Remarks of the seats on the minutes that were sent, until the deadline; each is settled with words."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.transitions import illegal
from steering.domain import freezing, sitting
from steering.enums import MinutesState, RemarkState
from steering.errors import NotInOffice
from steering.models import AgendaItem, Mandate, Minutes, Remark
from steering.permissions import can_write


class RemarksClosed(DomainError):
    """The time for remarks is over."""

    code = "remarks_closed"

    def __init__(self, until: datetime) -> None:
        when = date_format(timezone.localtime(until), "DATETIME_FORMAT")
        text = _("The time for remarks ended on %(when)s: raise the point when the committee approves the minutes.")
        super().__init__(text % {"when": when}, field="text")


class NotSent(DomainError):
    """Nothing was sent that could be remarked on."""

    code = "not_sent"

    def __init__(self) -> None:
        super().__init__(_("These minutes are not open for remarks."))


@journal.act
def add(
    *, minutes: Minutes, mandate: Mandate, text: str, item: AgendaItem | None, actor: User, now: datetime
) -> Remark:
    """A seat remarks on the minutes, through the person of a mandate that is in force today.

    A member writes for the own seats, the secretariat for whoever told it. The same words of the same seat again
    change nothing. Records `minutes.remark` on the minutes. Raises MinutesFrozen, NotSent, RemarksClosed, NotInOffice.
    """
    minutes = saving.locked(Minutes, minutes.pk)
    freezing.require_unfrozen(minutes.meeting)
    if minutes.state != MinutesState.REMARKS or minutes.remarks_until is None:
        raise NotSent
    if now > minutes.remarks_until:
        raise RemarksClosed(minutes.remarks_until)
    _require_in_office(minutes, mandate, actor, now)
    if item is not None and item.meeting_id != minutes.meeting_id:
        raise DomainError(_("This item belongs to another meeting."), code="other_meeting", field="item")
    text = text.replace("\r\n", "\n").strip()
    known = minutes.remarks.filter(seat=mandate.seat_id, item=item, text=text, state=RemarkState.OPEN).first()
    if known is not None:
        return known
    remark = saving.insert(Remark(minutes=minutes, item=item, seat=mandate.seat, mandate=mandate, text=text, at=now))
    journal.record("minutes.remark", obj=minutes, actor=actor, data={"remark": remark.pk, "seat": remark.seat_id})
    return remark


@journal.act
def settle(*, remark: Remark, state: str, answer: str, actor: User, now: datetime) -> Remark:
    """The secretariat says what became of a remark; why one is not taken must be said. A second time changes nothing.

    Records `minutes.settle` on the minutes. Raises MinutesFrozen, ReasonRequired and IllegalMove.
    """
    minutes = saving.locked(Minutes, remark.minutes_id)
    freezing.require_unfrozen(minutes.meeting)
    remark = saving.locked(Remark, remark.pk)
    if state not in (RemarkState.TAKEN, RemarkState.LEFT):
        raise IllegalMove(state=remark.get_state_display())
    answer = answer.strip()
    if state == RemarkState.LEFT and not answer:
        raise ReasonRequired(field="answer")
    if (remark.state, remark.answer) == (state, answer):
        return remark
    if remark.state != RemarkState.OPEN:
        raise _settled_already(minutes, remark)
    saving.change(remark, state=state, answer=answer)
    journal.record("minutes.settle", obj=minutes, actor=actor, data={"remark": remark.pk, "to": str(state)})
    return remark


def open_count(minutes: Minutes) -> int:
    return minutes.remarks.filter(state=RemarkState.OPEN).count()


def _require_in_office(minutes: Minutes, mandate: Mandate, actor: User, now: datetime) -> None:
    today = timezone.localdate(now)
    committee = minutes.meeting.committee
    if mandate.seat.committee_id != committee.pk or not mandate.is_in_force(today):
        raise NotInOffice(field="mandate")
    own = sitting.mandates_of(actor, on=today, committee=committee).filter(pk=mandate.pk).exists()
    if not own and not can_write(actor):
        raise NotInOffice(field="mandate")


def _settled_already(minutes: Minutes, remark: Remark) -> IllegalMove:
    """Says who settled it and when."""
    last = journal.history_of(minutes).filter(verb="minutes.settle", data__remark=remark.pk).first()
    if last is None:
        return illegal(remark)
    at = date_format(timezone.localtime(last.at), "SHORT_DATETIME_FORMAT")
    return IllegalMove(state=remark.get_state_display(), by=str(last.actor or ""), at=at)
