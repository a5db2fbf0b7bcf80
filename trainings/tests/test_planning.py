"""What is odd about a plan is said, with hours that would fit; a copy shifts every date over days nobody works."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from directory.models import Governorate, Holiday
from directory.tests.factories import make_person
from trainings.domain import cloning, planning
from trainings.models import HalfDay, Session
from trainings.tests.factories import make_half_day, make_part, make_question, make_session

pytestmark = pytest.mark.django_db
MONDAY = date(2027, 5, 3)


@pytest.fixture(autouse=True)
def reference() -> None:
    """Working hours as the reference data give them."""
    call_command("reference", verbosity=0)


def codes(session: Session) -> list[str]:
    return [one.code for one in planning.warnings(session, now=timezone.now())]


def at_usual_hours(session: Session) -> None:
    """Nothing is odd about the hours of its half-days."""
    for half_day in HalfDay.objects.filter(part__session=session):
        for sitting in planning.WorkingDays(half_day.on_day, half_day.on_day).half_days(half_day.on_day):
            if sitting.half == half_day.half:
                HalfDay.objects.filter(pk=half_day.pk).update(starts_at=sitting.starts_at, ends_at=sitting.ends_at)


@pytest.mark.feature(21)
def test_a_trainer_used_twice_at_the_same_time_is_named_with_the_other_session() -> None:
    person = make_person(name_latin="Salma Trabelsi")
    one = make_session("draft", starts_on=MONDAY, trainers=[person])
    other = make_session("open", starts_on=MONDAY, trainers=[person])
    at_usual_hours(one)
    found = planning.warnings(one, now=timezone.now())
    assert {warned.code for warned in found} == {"trainer"}
    assert found[0].other == other
    assert "Salma Trabelsi" in found[0].text and other.title in found[0].text
    Session.objects.filter(pk=other.pk).update(state="cancelled")
    assert codes(one) == []


def test_half_days_of_their_own_trainers_and_other_hours_do_not_clash() -> None:
    person, colleague = make_person(), make_person()
    one = make_session("draft", starts_on=MONDAY, trainers=[person, colleague], half_days=False)
    other = make_session("open", starts_on=MONDAY, trainers=[person], half_days=False)
    mine = make_half_day(one.parts.get(), half="morning")
    make_half_day(other.parts.get(), half="morning")
    at_usual_hours(one)
    assert codes(one) == ["trainer"]
    mine.trainers.set([colleague])
    assert codes(one) == []
    mine.trainers.set([person])
    HalfDay.objects.filter(part__session=other).update(starts_at=time(15), ends_at=time(17))
    assert codes(one) == []


def test_a_room_used_twice_is_told_however_it_is_written() -> None:
    place = Governorate.objects.get(iso_code="TN-71")
    one = make_session("draft", starts_on=MONDAY, governorate=place, venue_fr="Pôle de Gafsa")
    make_session("open", starts_on=MONDAY, governorate=place, venue_fr="pôle  de gafsa")
    elsewhere = make_session("open", starts_on=MONDAY, governorate=place, venue_fr="Hôtel")
    at_usual_hours(one)
    assert set(codes(one)) == {"room"}
    assert codes(elsewhere) == [code for code in codes(elsewhere) if code == "hours"]


@pytest.mark.feature(21)
def test_a_holiday_a_weekend_and_hours_outside_the_regime_propose_what_would_fit() -> None:
    Holiday.objects.create(name_fr="Fête locale", name_ar="عيد", name_en="Feast", on=MONDAY, kind="fixed")
    session = make_session("draft", starts_on=MONDAY, half_days=False)
    make_half_day(session.parts.get(), half="morning")
    [warned] = planning.warnings(session, now=timezone.now())
    assert warned.code == "closed" and "Fête locale" in warned.text
    assert warned.slot is not None and warned.slot.on == MONDAY + timedelta(days=1)
    late = make_session("draft", starts_on=MONDAY + timedelta(days=1), half_days=False)
    half_day = make_half_day(late.parts.get(), half="morning")
    HalfDay.objects.filter(pk=half_day.pk).update(starts_at=time(6), ends_at=time(13, 45))
    [warned] = planning.warnings(late, now=timezone.now())
    usual = planning.WorkingDays(late.starts_on, late.starts_on).half_days(late.starts_on)[0]
    assert (warned.code, warned.slot.starts_at, warned.slot.ends_at) == ("hours", usual.starts_at, usual.ends_at)


def test_an_afternoon_under_a_single_sitting_is_told() -> None:
    summer = date(2027, 7, 12)
    session = make_session("draft", starts_on=summer, half_days=False)
    make_half_day(session.parts.get(), half="afternoon")
    [warned] = planning.warnings(session, now=timezone.now())
    assert warned.code == "hours"
    assert warned.slot is not None and warned.slot.half == "morning"


def test_pages_show_the_warnings_and_take_the_proposed_hours(client_for: Callable[..., Any]) -> None:
    session = make_session("draft", starts_on=MONDAY, half_days=False)
    half_day = make_half_day(session.parts.get(), half="morning")
    HalfDay.objects.filter(pk=half_day.pk).update(starts_at=time(6), ends_at=time(7))
    staff = client_for(make_user("officer"))
    assert "hx-get" in staff.get(reverse("trainings:session-detail", args=[session.slug])).content.decode()
    url = reverse("trainings:session-check", args=[session.slug])
    assert "1 point à vérifier" in staff.get(url).content.decode()
    staff.post(reverse("trainings:half-day-fit", args=[half_day.pk]))
    assert "1 point à vérifier" not in staff.get(url).content.decode()
    again = staff.post(reverse("trainings:half-day-fit", args=[half_day.pk]), follow=True)
    assert "plus rien à changer" in again.content.decode()


@pytest.mark.feature(19)
def test_a_copy_shifts_every_date_over_holidays_and_brings_nobody_along() -> None:
    person = make_person()
    original = make_session("held", parts=2, days=2, starts_on=MONDAY, trainers=[person], venue_fr="Salle")
    at_usual_hours(original)
    make_question(original)
    first = original.parts.first()
    HalfDay.objects.filter(part=first, half="morning").update(starts_at=time(10), ends_at=time(11))
    Holiday.objects.create(name_fr="Fête", name_ar="عيد", name_en="Feast", on=date(2027, 4, 8), kind="fixed")
    copy = cloning.clone(session=original, to=date(2027, 4, 7), actor=make_user("officer"), now=timezone.now())
    days = sorted(set(HalfDay.objects.filter(part__session=copy).values_list("on_day", flat=True)))
    # Wednesday; Thursday 8 and Friday 9 April are holidays (ours, and Martyrs' Day), then the weekend.
    assert days == [date(2027, 4, 7), date(2027, 4, 12), date(2027, 4, 13), date(2027, 4, 14)]
    assert (copy.state, copy.starts_on, copy.ends_on) == ("draft", days[0], days[-1])
    assert copy.code != original.code and copy.title == original.title
    assert [part.capacity for part in copy.parts.all()] == [part.capacity for part in original.parts.all()]
    assert list(copy.trainers.values_list("person", flat=True)) == [person.pk]
    assert copy.questions.count() == 1
    chosen = HalfDay.objects.filter(part__session=copy, half="morning").order_by("on_day").first()
    assert (chosen.starts_at, chosen.ends_at) == (time(10), time(11))


def test_a_copy_into_summer_takes_the_hours_of_summer() -> None:
    original = make_session("held", starts_on=MONDAY, half_days=False)
    make_half_day(original.parts.get(), half="morning")
    at_usual_hours(original)
    copy = cloning.clone(session=original, to=date(2027, 7, 12), actor=None, now=timezone.now())
    half_day = HalfDay.objects.get(part__session=copy)
    usual = planning.WorkingDays(half_day.on_day, half_day.on_day).half_days(half_day.on_day)[0]
    assert (half_day.starts_at, half_day.ends_at) == (usual.starts_at, usual.ends_at)


def test_the_page_shows_where_the_days_would_fall_before_it_copies(client_for: Callable[..., Any]) -> None:
    session = make_session("open", starts_on=MONDAY)
    make_part(session, position=2, starts_on=MONDAY + timedelta(days=1))
    staff = client_for(make_user("officer"))
    url = reverse("trainings:session-clone", args=[session.slug])
    shown = staff.post(url, {"starts_on": "04/10/2027", "shown": ""})
    assert shown.status_code == 200 and Session.objects.count() == 1
    assert shown.context["days"][0][1] == date(2027, 10, 4)
    changed = staff.post(url, {"starts_on": "05/10/2027", "shown": "2027-10-04"})
    assert changed.context["wanted"] == date(2027, 10, 5) and Session.objects.count() == 1
    wrong = staff.post(url, {"starts_on": "demain", "shown": ""})
    assert "starts_on" in wrong.context["form"].errors
    staff.post(url, {"starts_on": "05/10/2027", "shown": "2027-10-05"})
    assert Session.objects.count() == 2
