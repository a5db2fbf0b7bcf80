"""Reference data: complete, documented, and loaded as often as one likes."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import journal, saving
from directory.domain import calendar, organisations, reference
from directory.domain.reference import working_time
from directory.domain.reference.rows import Tally
from directory.enums import HolidayStatus, RegimeKind
from directory.models import ConsentText, FormerName, Governorate, Holiday, Organisation, Regime, Sector, Sitting

pytestmark = pytest.mark.django_db


def load() -> str:
    out = io.StringIO()
    call_command("reference", stdout=out)
    return out.getvalue()


def test_reference_loads_everything_once() -> None:
    first = load()
    assert "governorates: 24 added" in first and "organisations: 56 added" in first
    counts = [m.objects.count() for m in (Governorate, Sector, Organisation, Holiday, Sitting, ConsentText)]
    with CaptureQueriesContext(connection) as captured:
        assert load() == "Reference data: up to date\n"
    assert counts == [m.objects.count() for m in (Governorate, Sector, Organisation, Holiday, Sitting, ConsentText)]
    assert len([q for q in captured.captured_queries if "SELECT" in q["sql"]]) < 30  # a warm start waits for it


def test_governorates_are_24_with_three_names_region_and_district() -> None:
    load()
    rows = list(Governorate.objects.order_by("iso_code"))
    assert len(rows) == 24
    assert all(r.name_fr and r.name_ar and r.name_en and r.region and 1 <= r.district <= 5 for r in rows)
    assert len({r.region for r in rows}) == 7
    assert Governorate.objects.get(iso_code="TN-34").region == "Nord-Ouest"  # Siliana: district 3, region Nord-Ouest
    assert Governorate.objects.get(iso_code="TN-34").district == 3


def test_every_organisation_and_holiday_names_its_source() -> None:
    load()
    assert not Organisation.objects.filter(source="").exists()
    assert not Holiday.objects.filter(source="").exists()


def test_former_name_is_the_one_of_its_day() -> None:
    load()
    wood = Organisation.objects.get(acronym="CETIBA")
    assert wood.former_names.get().acronym == "CTBA"
    assert wood.former_names.get().valid_to >= date(2014, 5, 9)


def test_what_staff_changed_stays() -> None:
    load()
    body = Organisation.objects.get(acronym="APII")
    organisations.update(organisation=body, version=body.version, actor=None, name_ar="اسم آخر")
    industry = Organisation.objects.get(acronym="MIEM")
    organisations.rename(
        organisation=industry, version=1, on=date(2015, 3, 1), actor=None, name_fr="Ministère d’essai", acronym="ME"
    )
    assert load() == "Reference data: up to date\n"
    assert Organisation.objects.get(acronym="APII").name_ar == "اسم آخر"
    assert Organisation.objects.count() == 56


def test_confirmed_feast_is_not_estimated_again() -> None:
    load()
    first = Holiday.objects.filter(name_fr="Aïd el-Fitr", on__year=2026).earliest("on")
    calendar.confirm(holiday=first, on=date(2026, 3, 20), source="Avis de la présidence", actor=None)
    assert load() == "Reference data: up to date\n"
    days = Holiday.objects.filter(name_fr="Aïd el-Fitr", on__year=2026).order_by("on")
    assert [h.on.day for h in days] == [20, 21, 22]
    assert {h.status for h in days} == {HolidayStatus.CONFIRMED}


def test_spelling_follows_the_file() -> None:
    load()
    Governorate.objects.filter(iso_code="TN-11").update(name_en="Wrong")
    assert "governorates: 0 added, 1 changed" in load()
    assert Governorate.objects.get(iso_code="TN-11").name_en == "Tunis"


def test_reference_is_in_the_journal_and_the_snapshots() -> None:
    load()
    body = Organisation.objects.get(acronym="ANPR")
    entry = journal.history_of(body).get()
    assert (entry.verb, entry.actor, entry.data) == ("organisation.create", None, {"reference": True})
    assert body.events.get().pgh_context_id == entry.context_id


def test_another_app_registers_its_own_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reference, "_pieces", dict(reference._pieces))
    reference.register("categories", lambda: Tally(added=3))
    assert "categories: 3 added" in load()


def test_revolution_day_moved_in_2021() -> None:
    load()
    assert calendar.holidays_on(date(2014, 1, 14)) and not calendar.holidays_on(date(2022, 1, 14))
    assert calendar.holidays_on(date(2022, 12, 17)) and not calendar.holidays_on(date(2014, 12, 17))


@pytest.mark.parametrize(
    ("day", "kind", "hours"),
    [
        (date(2014, 5, 6), RegimeKind.DOUBLE, ["08:30-12:30", "13:30-17:30"]),
        (date(2014, 5, 9), RegimeKind.DOUBLE, ["08:00-13:00", "14:30-17:30"]),  # a Friday
        (date(2014, 7, 1), RegimeKind.SINGLE, ["07:30-14:00"]),  # summer, and Ramadan too
        (date(2014, 9, 1), RegimeKind.DOUBLE, ["08:30-12:30", "13:30-17:30"]),
        (date(2026, 2, 19), RegimeKind.RAMADAN, ["08:00-14:30"]),
        (date(2026, 2, 20), RegimeKind.RAMADAN, ["07:30-13:00"]),
        (date(2027, 7, 15), RegimeKind.SINGLE, ["07:30-14:00"]),
    ],
)
def test_half_days_follow_the_regime_of_the_day(day: date, kind: str, hours: list[str]) -> None:
    working_time.load_holidays()
    working_time.load_regimes()
    regime = calendar.regime_on(day)
    assert regime is not None and regime.kind == kind
    assert [f"{h.starts_at:%H:%M}-{h.ends_at:%H:%M}" for h in calendar.half_days(day)] == hours


def test_seminar_of_may_2014_has_eight_half_days() -> None:
    load()
    assert sum(len(calendar.half_days(date(2014, 5, day))) for day in range(6, 10)) == 8


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2014, 5, 10), "fin de semaine"),
        (date(2014, 5, 1), "Fête du travail"),
        (date(2026, 3, 20), "Aïd el-Fitr (date estimée), Fête de l’indépendance"),
        (date(2026, 5, 27), "Aïd el-Idha (date estimée)"),
        (date(2012, 5, 8), "aucun régime horaire n’est connu pour ce jour"),
        (date(2014, 5, 6), ""),
    ],
)
def test_nothing_is_proposed_on_a_day_off_and_the_reason_is_said(day: date, why: str) -> None:
    working_time.load_holidays()
    working_time.load_regimes()
    assert calendar.why_closed(day) == why
    assert bool(calendar.half_days(day)) == (why == "")


def test_every_row_keeps_the_rules_of_its_model() -> None:
    load()
    for model in (Governorate, Sector, Organisation, FormerName, Holiday, Regime, Sitting, ConsentText):
        for row in model.objects.order_by("pk"):
            saving.check(row)
