"""Postponed: to a day or to be fixed; people, ranks and answers stay; one message each, calendars follow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.tests.factories import make_user
from core import outbox
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.models import JournalEntry, Message
from directory.models import Holiday
from directory.tests.factories import make_person
from trainings import finding
from trainings.domain import attendance, convocations, notices, postponement, registrations
from trainings.models import HalfDay, Registration, Session
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 3, 1)
WORDS = {"reason": "Salle prise", "notice": "La salle n’est pas libre.", "notice_ar": "القاعة غير متاحة."}


@pytest.fixture
def session() -> Session:
    """Two days from a Monday, two confirmed, two waiting."""
    session = make_session("open", days=2, capacity=2, starts_on=MONDAY, trainers=[make_person(email="t@example.tn")])
    part = session.parts.get()
    for state in ("confirmed", "confirmed", "waiting", "waiting"):
        make_registration(part, state)
    return session


def facts(session: Session) -> list[tuple[Any, ...]]:
    rows = Registration.objects.filter(part__session=session).order_by("pk")
    return list(rows.values_list("pk", "state", "rank", "category", "name_latin"))


def postpone(session: Session, to: date | None, **fields: Any) -> Session:
    return postponement.postpone(
        session=session, to=to, actor=make_user("officer"), now=timezone.now(), **{**WORDS, **fields}
    )


def sent(kind: str = notices.POSTPONED) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def files(message: Message) -> list[Any]:
    return [Calendar.from_ical(file.content) for file in outbox.render(message).content.attachments]


def test_a_new_date_moves_the_programme_over_weekend_and_holiday_and_keeps_everybody(session: Session) -> None:
    Holiday.objects.create(name_fr="Fête", name_ar="عيد", name_en="Feast", on=date(2027, 3, 15), kind="fixed")
    before, now_open = facts(session), session.state
    postpone(session, date(2027, 3, 12))  # a Friday: the second day steps over the weekend and Monday's holiday
    session.refresh_from_db()
    assert (session.starts_on, session.ends_on, session.state) == (date(2027, 3, 12), date(2027, 3, 16), now_open)
    days = HalfDay.objects.filter(part__session=session).values_list("on_day", flat=True).distinct()
    assert sorted(set(days)) == [date(2027, 3, 12), date(2027, 3, 16)]
    assert facts(session) == before
    entry = JournalEntry.objects.get(verb="session.postpone")
    assert entry.data == {"from": "2027-03-01", "to": "2027-03-12"} and entry.reason.text == "Salle prise"


def test_everybody_concerned_is_told_once_with_a_calendar_that_replaces_the_old_one(session: Session) -> None:
    postpone(session, date(2027, 3, 12))
    assert len(sent()) == 4 and len(sent(notices.POSTPONED_TRAINER)) == 1
    holder, waiting = sent()[0], sent()[-1]
    [calendar] = files(holder)
    event = next(part for part in calendar.walk("VEVENT"))
    assert (calendar["METHOD"], int(event["SEQUENCE"])) == ("REQUEST", 1)
    assert event["DTSTART"].dt.date() == date(2027, 3, 12)
    assert files(waiting) == []
    assert "La salle n’est pas libre." in outbox.render(holder).true.text


def test_to_be_fixed_takes_the_dates_away_and_the_new_date_brings_them_back(session: Session) -> None:
    before = facts(session)
    postpone(session, None)
    session.refresh_from_db()
    assert (session.state, session.resumes_as) == ("postponed", "open")
    assert "postponée" not in str(registrations.why_closed(part=session.parts.get(), now=timezone.now()))
    assert [calendar["METHOD"] for calendar in files(sent()[0])] == ["CANCEL"]
    later = timezone.now() + timedelta(hours=1)
    postponement.fix_date(session=session, to=date(2027, 4, 5), actor=make_user("officer"), now=later)
    session.refresh_from_db()
    assert (session.state, session.starts_on, session.resumes_as) == ("open", date(2027, 4, 5), "")
    assert facts(session) == before
    newest = Message.objects.filter(kind=notices.POSTPONED, object_id=before[0][0]).latest("pk")
    [calendar] = files(newest)
    assert calendar["METHOD"] == "REQUEST"
    assert int(next(iter(calendar.walk("VEVENT")))["SEQUENCE"]) == 2


def test_while_it_waits_for_a_date_nobody_registers_is_marked_or_convoked(session: Session) -> None:
    postpone(session, None)
    session.refresh_from_db()
    part = session.parts.get()
    assert registrations.why_closed(part=part, now=timezone.now())
    half_day = part.half_days.first()
    person = part.registrations.confirmed().first()
    with pytest.raises(DomainError):
        attendance.mark(
            half_day=half_day,
            entries={person.pk: attendance.Entry("present")},
            actor=make_user("officer"),
            now=timezone.now(),
        )
    week = timezone.make_aware(timezone.datetime(2027, 2, 24, 10))  # type: ignore[attr-defined]
    assert convocations.plan(now=week) == 0


def test_a_postponed_session_convokes_anew() -> None:
    today = timezone.localdate()
    session = make_session("open", starts_on=today + timedelta(days=5))
    make_registration(session.parts.get())
    now = timezone.now().replace(hour=15)
    assert convocations.plan(now=now) == 1
    postpone(session, today + timedelta(days=40))
    assert convocations.plan(now=now) == 0
    assert convocations.plan(now=now + timedelta(days=36)) == 1


@pytest.mark.parametrize(
    ("to", "changes", "error"),
    [
        (date(2027, 3, 12), {"reason": " "}, ReasonRequired),
        (date(2027, 3, 12), {"notice": ""}, DomainError),
        (date(2020, 1, 6), {}, DomainError),
        (MONDAY, {}, DomainError),
        (date(2099, 1, 5), {}, DomainError),
    ],
)
def test_wrong_postponements_are_refused_and_nobody_is_told(
    session: Session, to: date, changes: dict[str, str], error: type[Exception]
) -> None:
    with pytest.raises(error):
        postpone(session, to, **changes)
    session.refresh_from_db()
    assert (session.starts_on, session.postponed_times, len(sent())) == (MONDAY, 0, 0)


def test_a_draft_a_held_half_day_and_a_second_click_are_refused(session: Session) -> None:
    with pytest.raises(IllegalMove):
        postpone(make_session("draft"), None)
    postpone(session, None)
    with pytest.raises(IllegalMove):
        postpone(session, None)
    assert len(sent()) == 4
    held = make_session("closed", starts_on=MONDAY)
    HalfDay.objects.filter(part__session=held).update(state="closed", closed_at=timezone.now())
    with pytest.raises(DomainError):
        postpone(held, None)


def test_pages_postpone_show_and_fix(client: Any, client_for: Callable[..., Any], session: Session) -> None:
    staff = client_for(make_user("officer"))
    url = reverse("trainings:session-postpone", args=[session.slug])
    assert "4 personnes" in staff.get(url).content.decode()
    refused = staff.post(url, {**WORDS, "reason": "", "starts_on": "31/02/2027"})
    assert set(refused.context["form"].errors) == {"reason", "starts_on"}
    assert "La salle n’est pas libre." in refused.content.decode()
    staff.post(url, {**WORDS, "starts_on": ""})
    public = client.get(reverse("trainings:session-public", args=[session.slug])).content.decode()
    assert "reportée" in public and "1er mars 2027" not in public
    arabic = client.get("/ar" + reverse("trainings:session-public", args=[session.slug])).content.decode()
    assert "القاعة غير متاحة." in arabic
    assert session.title in client.get(reverse("trainings:calendar")).content.decode()
    for reader, name in ((client, "trainings:calendar"), (client, "front"), (staff, "trainings:session-list")):
        page = reader.get(reverse(name)).content.decode()
        assert session.title in page and "à fixer" in page and "mars 2027" not in page, name
    assert reverse("trainings:session-ics", args=[session.slug]) not in public
    assert "à fixer" in str(finding.session(Session.objects.get(pk=session.pk)).detail)
    fix = reverse("trainings:session-fix-date", args=[session.slug])
    assert fix in staff.get(reverse("home")).content.decode()
    shown = staff.post(fix, {"starts_on": "10/04/2027", "shown": ""})  # a Saturday
    assert shown.context["shift"].starts_on == date(2027, 4, 12)
    staff.post(fix, {"starts_on": "10/04/2027", "shown": "2027-04-10"})
    session.refresh_from_db()
    assert (session.state, session.starts_on) == ("open", date(2027, 4, 12))


def test_a_new_first_day_is_shown_before_anybody_is_told(client_for: Callable[..., Any], session: Session) -> None:
    staff = client_for(make_user("officer"))
    url = reverse("trainings:session-postpone", args=[session.slug])
    wrong = staff.post(url, {**WORDS, "starts_on": "01/03/2027", "shown": ""})
    assert set(wrong.context["form"].errors) == {"starts_on"}, "the same day is refused before it is shown"
    shown = staff.post(url, {**WORDS, "starts_on": "10/04/2027", "shown": ""})  # a Saturday
    assert shown.context["shift"].starts_on == date(2027, 4, 12)
    page = shown.content.decode()
    assert all(words in page for words in WORDS.values()), "nothing typed is lost"
    assert 'value="2027-04-10"' in page and "4 personnes" in page
    other = staff.post(url, {**WORDS, "starts_on": "13/04/2027", "shown": "2027-04-10"})
    assert other.context["shift"].starts_on == date(2027, 4, 13), "another day is shown anew"
    emptied = staff.post(url, {**WORDS, "reason": "", "starts_on": "13/04/2027", "shown": "2027-04-13"})
    assert emptied.context["form"]["shown"].value() == ""
    session.refresh_from_db()
    assert (session.starts_on, len(sent())) == (MONDAY, 0)
    staff.post(url, {**WORDS, "starts_on": "13/04/2027", "shown": "2027-04-13"})
    session.refresh_from_db()
    assert (session.state, session.starts_on, len(sent())) == ("open", date(2027, 4, 13), 4)
