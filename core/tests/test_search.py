"""Search by key: fragments, beginnings, LIKE's own signs, and what people paste."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from django.db import connection

from core import search


def names(thing: Any, text: str) -> list[str]:
    return sorted(search.matching(thing.objects.all(), text).values_list("name", flat=True))


@pytest.fixture
def things(thing: Any) -> Any:
    for n, name in enumerate(
        ["Amel Ben Salah", "Béchir Amri", "مُحَمَّد بن صالح", "100 % coton", "a_b", "Sfax-Sud", "abord"]
    ):
        thing.objects.create(name=name, on=dt.date(2014, 5, 6), code=str(n))
    return thing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sala", ["Amel Ben Salah"]),
        ("SALAH amel", ["Amel Ben Salah"]),  # every word, in any order
        ("bechir", ["Béchir Amri"]),
        ("محمد", ["مُحَمَّد بن صالح"]),
        ("مُحَمَّد", ["مُحَمَّد بن صالح"]),
        ("am", ["Amel Ben Salah", "Béchir Amri"]),  # two letters begin a word
        ("al", []),  # and are not looked for inside one
        ("sfax-su", ["Sfax-Sud"]),
        ("100 %", ["100 % coton"]),
        ("%%%", []),
        ("a\\b", []),
        ("zzz", []),
    ],
)
def test_search_finds_by_key(things: Any, text: str, found: list[str]) -> None:
    assert names(things, text) == found


def test_search_takes_like_signs_literally(things: Any) -> None:
    assert names(things, "%") == ["100 % coton"]
    assert names(things, "a_b") == ["a_b"]  # not "abord", nor any letter for the sign


@pytest.mark.parametrize("text", ["", "   ", "\u202e", "\x00\x01"])
def test_search_for_nothing_keeps_all(things: Any, text: str) -> None:
    assert len(names(things, text)) == 7


def test_clean_drops_what_is_not_seen_and_cuts() -> None:
    assert search.clean("  Ben\x00\u202e \n Salah ") == "Ben Salah"
    assert len(search.clean("x" * 50_000)) == search.MAX_LENGTH


@pytest.mark.parametrize(
    "text", ["%" * 50_000, "\\" * 50_000, "a " * 25_000, "\u064e" * 50_000, "(" * 50_000, "\ud800" * 9]
)
def test_search_survives_hostile_text_within_a_second(things: Any, text: str) -> None:
    started = time.monotonic()
    names(things, text)
    assert time.monotonic() - started < 1


def test_search_by_fragment_uses_the_trigram_index(thing: Any) -> None:
    rows = [thing(name=f"Nom {n} {n * 7919 % 1000}", on=dt.date(2014, 5, 6), code=str(n)) for n in range(3000)]
    thing.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX thing_trgm ON core_thing USING gin (key gin_trgm_ops)")
        cursor.execute("ANALYZE core_thing")
    for text in ("nom 2999", "29"):
        assert "thing_trgm" in search.matching(thing.objects.all(), text).explain()
