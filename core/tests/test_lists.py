"""Keyset pages: no row lost, none twice, whatever the order, the way and the cursor."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import parse_qs

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.translation import ngettext_lazy

from core.lists import Empty, FilterForm, ListSpec, Sort, cursors, pages
from core.lists.pages import Page, page_of

FIRST = dt.date(2014, 5, 1)


class ThingFilters(FilterForm):
    since = forms.DateField(label="Since")
    shade = forms.ChoiceField(label="Shade", choices=[("", "All"), ("dark", "Dark one")])

    def filter_since(self, rows: Any, value: dt.date) -> Any:
        return rows.filter(on__gte=value)

    def filter_shade(self, rows: Any, value: str) -> Any:
        return rows.filter(note=value)


def spec_of(thing: Any, **changes: Any) -> ListSpec:
    given: dict[str, Any] = {
        "model": thing,
        "sorts": [Sort("name", "Name", "key"), Sort("date", "Date", "-on")],
        "count": ngettext_lazy("%(shown)s thing", "%(shown)s things", "n"),
        "empty": Empty("No thing yet"),
        "filters": ThingFilters,
        "rows": 4,
    }
    return ListSpec(**{**given, **changes})


def make(thing: Any, n: int) -> None:
    """Things with many equal names and dates, so that only the id tells them apart."""
    thing.objects.bulk_create(
        thing(name=f"Nom {i % 3}", on=FIRST + dt.timedelta(days=i % 2), code=str(i)) for i in range(n)
    )


def page(spec: ListSpec, query: str = "") -> Page:
    request = RequestFactory().get(f"/things/{query}")
    filters = spec.filters(request)
    return page_of(filters.narrow(spec.model.objects.all(), search_field="key"), spec, request)  # type: ignore[attr-defined]


def walk(spec: ListSpec, query: str) -> list[list[int]]:
    """The ids of every page, forwards; checks on the way that the way back shows the same pages."""
    forwards, url = [], query
    here = page(spec, url)
    while True:
        forwards.append([row.pk for row in here.rows])
        if not here.next_url:
            break
        here = page(spec, here.next_url)
    backwards = [forwards[-1]]
    while here.previous_url:
        here = page(spec, here.previous_url)
        backwards.insert(0, [row.pk for row in here.rows])
    assert backwards == forwards
    return forwards


@pytest.mark.parametrize(("query", "order"), [
    ("", ["key", "id"]),
    ("?sort=-name", ["-key", "-id"]),
    ("?sort=date", ["on", "id"]),
    ("?sort=-date", ["-on", "-id"]),
    ("?sort=nonsense", ["key", "id"]),
    ("?sort=--name", ["key", "id"]),
])  # fmt: skip
@pytest.mark.parametrize("n", [0, 1, 4, 5, 8, 23])
def test_pages_show_every_row_once_in_order(thing: Any, query: str, order: list[str], n: int) -> None:
    make(thing, n)
    found = walk(spec_of(thing), query)
    assert [pk for rows in found for pk in rows] == list(thing.objects.order_by(*order).values_list("pk", flat=True))
    assert all(len(rows) == 4 for rows in found[:-1])


def test_pages_never_use_offset_and_use_the_index(thing: Any) -> None:
    make(thing, 3000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE core_thing")
    spec = spec_of(thing)
    second = page(spec).next_url
    with CaptureQueriesContext(connection) as captured:
        page(spec, second)
    sql = captured.captured_queries[-1]["sql"]
    assert "OFFSET" not in " ".join(q["sql"] for q in captured.captured_queries)
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN " + sql)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "Index Cond: (ROW(key, id) > ROW(" in plan and "Sort" not in plan


def test_page_stays_in_place_when_rows_come_and_go(thing: Any) -> None:
    make(thing, 12)
    spec = spec_of(thing, sorts=[Sort("id", "Id", "code")])
    first = page(spec)
    thing.objects.create(name="early", on=FIRST, code="0000")
    thing.objects.filter(pk=first.rows[0].pk).delete()
    second = page(spec, first.next_url)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    everything = list(thing.objects.order_by("code", "id"))
    after = everything.index(first.rows[-1]) + 1
    assert second.rows == everything[after : after + 4]


@pytest.mark.parametrize("forge", [
    lambda good: "x" + good,
    lambda good: good[:-1] + ("a" if good[-1] != "a" else "b"),
    lambda good: "1",
    lambda good: "é" * 400,
    lambda good: "\x00",
    lambda good: cursors.write(model="core.other", order="name", pk=1),
    lambda good: cursors.write(model="core.thing", order="-name", pk=1),  # the cursor of another order
    lambda good: cursors.write(model="core.thing", order="name", pk=10**9),  # a row that is gone
])  # fmt: skip
def test_wrong_cursor_gives_the_first_page_and_says_so(thing: Any, forge: Any) -> None:
    make(thing, 9)
    spec = spec_of(thing)
    good = parse_qs(page(spec).next_url[1:])["after"][0]
    request = RequestFactory().get("/things/", {"after": forge(good)})
    got = page_of(thing.objects.all(), spec, request)
    assert got.rows == page(spec).rows
    assert len(got.notes) == 1


def test_cursor_holds_no_name(thing: Any) -> None:
    make(thing, 9)
    assert cursors.signing.loads(
        parse_qs(page(spec_of(thing)).next_url[1:])["after"][0], salt=cursors.SALT
    ) == ["core.thing", "name", page(spec_of(thing)).rows[-1].pk]  # fmt: skip


def test_filters_and_sort_stay_in_every_link(thing: Any) -> None:
    make(thing, 20)
    got = page(spec_of(thing), "?q=nom&sort=-name&since=01/05/2014")
    query = parse_qs(got.next_url[1:])
    assert (query["q"], query["sort"], query["since"]) == (["nom"], ["-name"], ["01/05/2014"])


def test_count_is_exact_to_the_limit_then_stops(thing: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make(thing, 12)
    assert page(spec_of(thing)).count_text == "12 things"
    monkeypatch.setattr(pages, "COUNT_LIMIT", 11)
    with CaptureQueriesContext(connection) as captured:
        got = page(spec_of(thing))
    assert got.count_text == "11+ things"
    assert "LIMIT 12" in captured.captured_queries[0]["sql"]
    assert pages.grouped(10_000) == "10\u00a0000"


def test_filters_narrow_and_show_as_chips(thing: Any) -> None:
    make(thing, 6)
    thing.objects.filter(code="3").update(note="dark")
    spec = spec_of(thing)
    request = RequestFactory().get("/things/", {"q": "nom", "shade": "dark", "sort": "name", "after": "x"})
    filters = ThingFilters(request)
    assert [row.code for row in filters.narrow(thing.objects.all(), search_field="key")] == ["3"]
    assert [(chip.label.split()[-1], chip.url) for chip in filters.chips()] == [
        ("nom", "?shade=dark&sort=name"),
        ("one", "?q=nom&sort=name"),
    ]
    assert page(spec, "?shade=dark").count == 1


def test_wrong_filter_says_so_and_filters_nothing(thing: Any) -> None:
    make(thing, 3)
    filters = ThingFilters(RequestFactory().get("/", {"since": "31/06/2014", "shade": "pink", "q": "nom 1"}))
    assert set(filters.errors) == {"since", "shade"}
    assert filters.values == {"q": "nom 1"}
    assert filters.narrow(thing.objects.all(), search_field="key").count() == 1


def test_search_of_fifty_kilobytes_is_refused_and_not_repeated(thing: Any) -> None:
    filters = ThingFilters(RequestFactory().get("/", {"q": "x" * 50_000}))
    assert "q" in filters.errors and not filters.is_active
    assert len(str(filters)) < 3_000


@pytest.mark.parametrize("sorts", [
    [],
    [Sort(str(n), "", "key") for n in range(6)],
    [Sort("note", "", "note")],  # may be NULL
    [Sort("name", "", "name")],  # no index
    [Sort("two", "", "key", "on")],  # no index in that order
])  # fmt: skip
def test_spec_refuses_a_sort_that_would_lose_rows_or_be_slow(thing: Any, sorts: list[Sort]) -> None:
    with pytest.raises(ImproperlyConfigured):
        spec_of(thing, sorts=sorts)


def test_sort_refuses_mixed_directions() -> None:
    with pytest.raises(ImproperlyConfigured):
        Sort("mixed", "", "key", "-on")
