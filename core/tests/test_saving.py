"""Rows are written whole: rules in words, stale forms refused, who comes a moment late is told why."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import OperationalError, connection, models, transaction

from core import saving
from core.errors import Busy, ObjectGone

DAY = dt.date(2014, 5, 6)


@pytest.mark.django_db
def test_a_lock_that_does_not_come_is_said_in_words() -> None:
    too_long = "DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '55P03'; END $$"
    with pytest.raises(Busy), saving.patient(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(too_long)
    with pytest.raises(OperationalError), saving.patient():
        raise OperationalError


def test_insert_says_every_wrong_field_at_once(thing: Any) -> None:
    with pytest.raises(saving.Invalid) as refused:
        saving.insert(thing(name="x" * 301, on=None, code=""))
    assert set(refused.value.errors) == {"name", "on", "code"}
    assert not thing.objects.exists()


@pytest.mark.parametrize("name", ["Amel\u202eneB", "a\u200bb", "a\x07b", "two\nlines"])
def test_insert_refuses_signs_that_are_not_seen(thing: Any, name: str) -> None:
    with pytest.raises(saving.Invalid) as refused:
        saving.insert(thing(name=name, on=DAY, code="1"))
    assert set(refused.value.errors) == {"name"}


def test_unique_code_is_said_beside_its_field_even_when_found_at_the_last_moment(
    thing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    saving.insert(thing(name="one", on=DAY, code="1"))
    with pytest.raises(saving.Invalid, match="Code"):
        saving.insert(thing(name="two", on=DAY, code="1"))
    monkeypatch.setattr(models.Model, "full_clean", lambda self, exclude=None: None)  # both looked before either wrote
    with pytest.raises(saving.Invalid) as refused:
        saving.insert(thing(name="two", on=DAY, code="1"))
    assert set(refused.value.errors) == {"code"}
    assert thing.objects.count() == 1


def test_change_writes_only_what_differs(thing: Any) -> None:
    one = saving.insert(thing(name="one", on=DAY, code="1"))
    assert saving.change(one, name="one", code="1") == []
    assert saving.change(one, name="two", code="1") == ["name"]
    assert thing.objects.get().name == "two"


def test_insert_keeps_text_of_both_scripts_as_it_is(thing: Any) -> None:
    name = "Amel Ben Salah, L’Ariana / مُحَمَّد بن صالح"
    assert saving.insert(thing(name=name, on=DAY, code="1")).name == name


def test_what_somebody_removed_meanwhile_is_refused_in_words(thing: Any) -> None:
    row = saving.insert(thing(name="a", on=DAY, code="1"))
    thing.objects.all().delete()
    with pytest.raises(ObjectGone) as refused:
        saving.locked(thing, row.pk)
    assert refused.value.code == "gone"
