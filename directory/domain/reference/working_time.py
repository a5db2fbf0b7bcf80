"""Public holidays of fixed and lunar date, and the working-time regimes with their hours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta

from directory.domain.reference.rows import Tally, bring, day, lines
from directory.enums import HolidayKind, HolidayStatus, RegimeKind
from directory.models import Holiday, Regime, Sitting

FIRST_YEAR, LAST_YEAR = 2014, 2028
NEAR = timedelta(days=10)
"""A feast that staff confirmed stands within so many days of its estimate, and is not estimated again."""

RAMADAN = "ramadan"


def load_holidays() -> Tally:
    """Fixed ones for every year in which they hold; lunar ones as estimated, unless they are known already."""
    existing = {(row.on, row.name_fr): row for row in Holiday.objects.all()}
    tally = bring(existing, (((row.on, row.name_fr), row) for row in _fixed()))
    lunar = [row for row in existing.values() if row.kind == HolidayKind.LUNAR]
    new = [row for row in _lunar() if not any(k.name_fr == row.name_fr and abs(k.on - row.on) <= NEAR for k in lunar)]
    tally.added += bring(existing, (((row.on, row.name_fr), row) for row in new)).added
    return tally


def _fixed() -> Iterator[Holiday]:
    for r in lines("holidays_fixed.csv"):
        month, number = (int(part) for part in r["month_day"].split("-"))
        first = max(FIRST_YEAR, int(r["valid_from_year"] or FIRST_YEAR))
        last = min(LAST_YEAR, int(r["valid_to_year"] or LAST_YEAR))
        for year in range(first, last + 1):
            yield Holiday(
                on=date(year, month, number),
                name_fr=r["name_fr"],
                name_ar=r["name_ar"],
                name_en=r["name_en"],
                kind=HolidayKind.FIXED,
                status=HolidayStatus.CONFIRMED,
                source=r["source"],
            )


def _lunar() -> Iterator[Holiday]:
    names = {r["code"]: r for r in lines("lunar_names.csv")}
    for r in lines("holidays_lunar.csv"):
        name, feast = names.get(r["code"]), day(r["date"])
        if name is None or feast is None:
            continue
        first = feast + timedelta(days=int(name["first_day"]))
        for n in range(int(r["official_days"])):
            yield Holiday(
                on=first + timedelta(days=n),
                name_fr=name["name_fr"],
                name_ar=name["name_ar"],
                name_en=name["name_en"],
                kind=HolidayKind.LUNAR,
                status=r["status"],
                source="calcul (calendrier Umm al-Qura) ; nombre de jours : décret 2011-317",
            )


def load_regimes() -> Tally:
    """Regimes of the file, and one for each Ramadan between its estimated first day and the feast that ends it."""
    existing = {(row.kind, row.starts_on): row for row in Regime.objects.all()}
    hours = list(lines("sittings.csv"))

    def with_hours(regime: Regime) -> None:
        for r in hours:
            if r["kind"] == regime.kind:
                Sitting.objects.create(
                    regime=regime,
                    weekday_from=int(r["weekday_from"]),
                    weekday_to=int(r["weekday_to"]),
                    half=r["half"],
                    starts_at=time.fromisoformat(r["starts_at"]),
                    ends_at=time.fromisoformat(r["ends_at"]),
                )

    wanted = (((row.kind, row.starts_on), row) for row in [*_regimes(), *_ramadans()])
    return bring(existing, wanted, added=with_hours)


def _regimes() -> Iterator[Regime]:
    for r in lines("regimes.csv"):
        yield Regime(**{**r, "starts_on": day(r["starts_on"]), "ends_on": day(r["ends_on"])})


def _ramadans() -> Iterator[Regime]:
    """In 2014 the summer's single sitting began with Ramadan: no regime of its own."""
    dates = [(r["code"], day(r["date"])) for r in lines("holidays_lunar.csv")]
    feasts = [on for code, on in dates if code == "fitr" and on is not None]
    for code, on in dates:
        if code == RAMADAN and on is not None and on.year != FIRST_YEAR:
            end = min(feast for feast in feasts if feast > on) - timedelta(days=1)
            yield Regime(
                kind=RegimeKind.RAMADAN,
                name_fr=f"Ramadan {on.year}",
                name_ar=f"رمضان {on.year}",
                name_en=f"Ramadan {on.year}",
                starts_on=on,
                ends_on=end,
                status=HolidayStatus.ESTIMATED,
                source="dates : calcul (calendrier Umm al-Qura) ; horaires de 2021 : kapitalis.com 10/04/2021",
            )
