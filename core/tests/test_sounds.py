"""The sound of a name, asked of PostgreSQL: found again in the other script, and how much else is caught with it."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db import connection

from core.tests.sounds import FAMILY_NAMES, FIRST_NAMES

pytestmark = pytest.mark.django_db


def sounds(names: Iterable[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT x, f_sound(x) FROM unnest(%s::text[]) x", [list(names)])
        return dict(cursor.fetchall())


def sound(name: str) -> str:
    return sounds([name])[name]


def measured(names: dict[str, tuple[str, ...]]) -> tuple[float, float]:
    """Recall: Latin spellings that sound like their Arabic name. Precision: pairs that sound alike and are one name."""
    known = sounds([name for arabic, latin in names.items() for name in (arabic, *latin)])
    pairs = [(one, other, latin) for one in names for other, spellings in names.items() for latin in spellings]
    alike = [one == other for one, other, latin in pairs if known[one] == known[latin]]
    return sum(alike) / sum(map(len, names.values())), sum(alike) / len(alike)


@pytest.mark.feature(107)
def test_spellings_of_a_name_sound_like_it_in_the_other_script() -> None:
    """130 names in 302 Latin spellings.

    First names: 98.6 % found again, 86.6 % of what is found is the same name (Mohamed and Mahmoud, Sana and Sonia are
    the usual confusions); family names 98.9 % and 95.8 %. Among people of one family name the confusions of the first
    names remain: 87 %, before `directory.domain.duplicates` compares letters. The rules were mended on these very
    names, so unseen ones will do less well."""
    recall, precision = measured(FIRST_NAMES)
    assert recall >= 0.98 and precision >= 0.86
    recall, precision = measured(FAMILY_NAMES)
    assert recall >= 0.98 and precision >= 0.95
    firsts, lasts = list(FIRST_NAMES.items())[::3], list(FAMILY_NAMES.items())[::3]
    whole = {
        f"{first} {last}": tuple(f"{one} {two}" for one in spelt[:2] for two in written[:2])
        for first, spelt in firsts
        for last, written in lasts
    }
    recall, precision = measured(whole)
    assert recall >= 0.96 and precision >= 0.85, (recall, precision)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohamed Ben Ali", "محمد بن علي"),
        ("Mohammed BEN ALY", "محمد بن علي"),
        ("Trabelsi Sami", "سامي الطرابلسي"),  # the family name first
        ("Bensalah Amel", "أمل بن صالح"),
        ("Abd El Kader Kchaou", "عبد القادر القشو"),
        ("Nour-Eddine Jlassi", "نورالدين الجلاصي"),
        ("Khélil", "خليل"),
        ("الحاج علي", "Hadj Ali"),
        ("عبدالله", "عبد الله"),
        ("مُحَمَّد", "محمد"),
        ("Faiçal", "Faycel"),
        ("Ben Salah", "bensalah"),
    ],
)
def test_one_name_in_two_spellings_has_one_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmed", "Mohamed"),
        ("Amira Gharbi", "Amel Gharbi"),
        ("سامي", "سمير"),
        ("Ali Ben Salah", "Ali"),
        ("Khaled", "Kaled"),
    ],
)
def test_two_names_have_two_sounds(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_f_sound_of_what_is_no_name_is_empty_and_nothing_breaks_it() -> None:
    for text in ("", " ", "123", "!?", "\u200f", "中文"):
        assert sound(text) == "", text
    long = "Mohamed " * 25
    assert sound(long).split() == ["MHMD"] * 25


def test_f_sound_is_immutable_strict_parallel_safe_and_needs_no_search_path() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT provolatile, proparallel, proisstrict FROM pg_proc WHERE proname = 'f_sound'")
        assert cursor.fetchall() == [("i", "s", True)]
        cursor.execute("SET LOCAL search_path TO ''")
        cursor.execute("SELECT public.f_sound('Sami Trabelsi')")
        assert cursor.fetchone() == ("SM TRBLS",)
