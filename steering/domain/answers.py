"""Answers to a convocation: one seat, one newest answer; every one is kept with the day for which it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.models import Person
from steering.domain import letters, quorum, rules, sitting
from steering.enums import MandateKind, MeetingState, Reply, Voice, Voters
from steering.errors import AnswersClosed, NotInOffice, RuleMissing
from steering.models import Answer, Convocation, FoundingAct, Mandate, Meeting, Seat

SAME = ("reply", "alternate_id", "proxy_to_id", "note", "said_by", "said_as", "person_id", "for_on")


def newest(meeting: Meeting) -> dict[int, Answer]:
    """The newest answer of each seat, by the seat's id: only what was given for the day that the meeting has now."""
    if meeting.has_no_date:
        return {}
    return _newest(meeting.answers.filter(for_on=meeting.day))


def newest_of_any_day(meeting: Meeting) -> dict[int, Answer]:
    """The same with what was given for a day from which the meeting was put off."""
    return _newest(meeting.answers.all())


def _newest(rows: object) -> dict[int, Answer]:
    ordered = rows.order_by("seat_id", "-id").distinct("seat_id")  # type: ignore[attr-defined]
    related = ordered.select_related("alternate__person", "proxy_to__organisation", "person")
    return {answer.seat_id: answer for answer in related}


@dataclass(frozen=True)
class Options:
    """What a seat may answer; `act` is the founding act that holds for the meeting."""

    replies: list[str]
    alternates: list[Mandate]
    proxies: list[Seat]


def options(meeting: Meeting, seat: Seat) -> Options:
    """The answers that the act lets this seat give. What the act does not say is not offered."""
    act = meeting.act
    alternates = sitting.alternates_of(seat, on=meeting.day) if act and act.alternates else []
    voting = [row for row in sitting.seats_on(meeting.committee, on=meeting.day) if act and votes(act, row)]
    holders = [row for row in voting if row.pk != seat.pk]
    replies = [Reply.PRESENT]
    if alternates:
        replies.append(Reply.ALTERNATE)
    if act and act.proxies and holders and any(row.pk == seat.pk for row in voting):
        replies.append(Reply.PROXY)
    else:
        holders = []
    return Options([*replies, Reply.EXCUSED], alternates, holders)


@journal.act
def give(
    *,
    meeting: Meeting,
    seat: Seat,
    reply: str,
    person: Person | None = None,
    alternate: Mandate | None = None,
    proxy_to: Seat | None = None,
    note: str = "",
    said_by: str = "",
    said_as: str = "",
    by_link: bool = False,
    by_staff: bool = False,
    actor: User | None,
    now: datetime,
) -> Answer:
    """Keep what a seat answers, in the name of `person`; the alternate is told what follows for him.

    The same answer again changes nothing. Members answer until `answers_until`; staff write down what was said until
    the meeting opens. Locks the meeting. Raises AnswersClosed, NotInOffice, RuleMissing, DomainError, Invalid.
    """
    current = saving.locked(Meeting, meeting.pk)
    check_open(current, now=now, by_staff=by_staff)
    _check_seat(current, seat, person)
    alternate = alternate if reply == Reply.ALTERNATE else None
    proxy_to = proxy_to if reply == Reply.PROXY else None
    act = current.act
    if reply == Reply.ALTERNATE:
        _check_alternate(act, current, seat, alternate)
    if reply == Reply.PROXY:
        _check_proxy(act, current, seat, proxy_to)
    before = newest(current).get(seat.pk)
    answer = Answer(
        meeting=current,
        seat=seat,
        for_on=current.day,
        person=person,
        reply=reply,
        alternate=alternate,
        proxy_to=proxy_to,
        note=note.strip(),
        said_by=said_by.strip(),
        said_as=said_as.strip(),
        by_link=by_link,
        at=now,
    )
    if before is not None and all(getattr(before, name) == getattr(answer, name) for name in SAME):
        return before
    saving.insert(answer)
    data: dict[str, str | int | bool | None] = {"seat": seat.pk, "reply": str(reply), "answer": answer.pk}
    journal.record("meeting.answer", obj=current, actor=actor, data={**data, "link": by_link})
    _tell_alternates(current, seat, answer, before, now=now)
    return answer


def check_open(meeting: Meeting, *, now: datetime, by_staff: bool = False) -> None:
    """Raises AnswersClosed once nobody is expected to answer any more."""
    if meeting.state == MeetingState.CANCELLED:
        raise AnswersClosed(_("This meeting is cancelled."))
    if meeting.state != MeetingState.CONVENED:
        raise AnswersClosed(_("Only a meeting that is convened is answered; this one is not, or not any more."))
    if not by_staff and meeting.answers_until is not None and now >= meeting.answers_until:
        raise AnswersClosed(_("Answers were expected before. Tell the secretariat of the committee what has changed."))


def _check_seat(meeting: Meeting, seat: Seat, person: Person | None) -> None:
    in_office = sitting.seats_on(meeting.committee, on=meeting.day)
    if not in_office.filter(pk=seat.pk).exists():
        raise NotInOffice
    mandates = seat.mandates.in_force(on=meeting.day)
    if person is not None and not mandates.filter(person=person).exists():
        raise NotInOffice


def _check_alternate(act: FoundingAct | None, meeting: Meeting, seat: Seat, alternate: Mandate | None) -> None:
    if act is None or act.alternates is None:
        raise RuleMissing(rules.label_of("alternates"))
    if not act.alternates:
        words = _("The founding act allows no alternates.")
        raise DomainError(words, code="no_alternates", field="reply")
    if alternate is None:
        raise DomainError(_("Say which alternate comes."), code="required", field="alternate")
    known = {mandate.pk for mandate in sitting.alternates_of(seat, on=meeting.day)}
    if alternate.pk not in known or alternate.kind != MandateKind.ALTERNATE:
        raise NotInOffice(field="alternate")


def _check_proxy(act: FoundingAct | None, meeting: Meeting, seat: Seat, holder: Seat | None) -> None:
    if act is None:
        raise RuleMissing(rules.label_of("proxies"))
    allowed, most, _voters = rules.needed(act, "proxies", "proxies_each", "voters")
    if not allowed:
        raise DomainError(_("The founding act allows no proxies."), code="no_proxies", field="reply")
    if not votes(act, seat):
        raise DomainError(_("This seat does not vote: it has no voice to give."), code="no_voice", field="reply")
    if holder is None:
        raise DomainError(_("Name the seat to which the proxy is given."), code="required", field="proxy_to")
    if holder.pk == seat.pk:
        raise DomainError(_("A seat does not give a proxy to itself."), code="itself", field="proxy_to")
    voting = sitting.seats_on(meeting.committee, on=meeting.day).filter(pk=holder.pk).first()
    if voting is None or not votes(act, voting):
        raise DomainError(_("A proxy is given to a voting seat of the committee."), code="no_seat", field="proxy_to")
    held = [one for pk, one in newest(meeting).items() if one.proxy_to_id == holder.pk and pk != seat.pk]
    if len(held) >= most:
        words = _("This seat holds as many proxies as the founding act allows. Choose another one.")
        raise DomainError(words, code="full", field="proxy_to")


def votes(act: FoundingAct, seat: Seat) -> bool:
    return act.voters == Voters.ALL or (act.voters == Voters.DELIBERATIVE and seat.voice == Voice.DELIBERATIVE)


def _tell_alternates(meeting: Meeting, seat: Seat, answer: Answer, before: Answer | None, *, now: datetime) -> None:
    """An alternate is asked when the titular declines or sends him, and told when he is needed no longer."""
    convocation = Convocation.objects.filter(meeting=meeting).order_by("sent_at", "id").last()
    act = meeting.act
    if convocation is None or act is None or not act.alternates:
        return
    alternates = sitting.alternates_of(seat, on=meeting.day)
    speaks_himself = {mandate.pk for mandate in alternates if mandate.person_id == answer.person_id}
    asked = _asked(answer, alternates)
    asked_before = _asked(before, alternates) if before is not None else []
    known = {mandate.pk for mandate in asked_before}
    new = [mandate for mandate in asked if mandate.pk not in known | speaks_himself]
    letters.tell_alternates(convocation, new, now=now)
    still = {mandate.pk for mandate in asked}
    if answer.reply in (Reply.PRESENT, Reply.ALTERNATE):
        gone = [mandate for mandate in asked_before if mandate.pk not in still | speaks_himself]
        letters.release_alternates(convocation, gone, now=now)


def _asked(answer: Answer, alternates: list[Mandate]) -> list[Mandate]:
    """Whom an answer asks to come: the alternate whom it names, or all of them where the titular is excused."""
    if answer.reply == Reply.ALTERNATE:
        return [mandate for mandate in alternates if mandate.pk == answer.alternate_id]
    return alternates if answer.reply == Reply.EXCUSED else []


@dataclass(frozen=True)
class Expected:
    """How many voting seats are expected towards the quorum; `required` is None where the act does not say it."""

    coming: int
    in_office: int
    required: int | None
    missing: tuple[str, ...] = ()

    @property
    def is_enough(self) -> bool:
        return self.required is not None and self.coming >= self.required


def expected(meeting: Meeting, act: FoundingAct | None, seats: list[Seat], given: dict[int, Answer]) -> Expected:
    """What the answers let expect: voting seats whose titular or alternate comes; proxies if the act counts them."""
    if act is None:
        return Expected(0, 0, None)
    second = meeting.second_call_of_id is not None
    names = ("second_numerator", "second_denominator") if second else ("quorum_numerator", "quorum_denominator")
    missing = tuple(rules.label_of(name) for name in ("voters", *names) if not rules.is_set(act, name))
    voting = [seat for seat in seats if votes(act, seat)]
    there = {
        seat.pk for seat in voting if seat.pk in given and given[seat.pk].reply in (Reply.PRESENT, Reply.ALTERNATE)
    }
    through = [seat for seat in voting if seat.pk in given and given[seat.pk].proxy_to_id in there]
    coming = len(there) + (len(through) if act.proxies_in_quorum else 0)
    if missing:
        return Expected(coming, len(voting), None, missing)
    numerator, denominator = (getattr(act, name) for name in names)
    fraction = quorum.Rules(numerator, denominator, alternates=True, proxies=True, proxies_in_quorum=True)
    return Expected(coming, len(voting), quorum.required(len(voting), fraction))
