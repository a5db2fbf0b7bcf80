"""The sort and search key and the sound of a name: two immutable SQL functions, and generated columns made with them.

`f_key(text)` lowers, strips accents and Arabic vowel signs, and folds the Arabic letter forms that people type
interchangeably, so that "Été" sorts beside "ete" and "مُحَمَّد" is found by "محمد" on every PostgreSQL alike.

`f_sound(text)` gives a name's consonants, word by word in alphabetical order, the same ones in Latin and in Arabic
script: "Mohamed Ben Salah", "BENSALAH Mohammed" and "محمد بن صالح" are one. It is a net, not a proof: "Mohamed" and
"Mahmoud" fall into the same one (how many do is measured in `core/tests/test_sounds.py`).
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Coalesce, Concat, NullIf


class FKey(Func):
    """`f_key(text)` in a query."""

    function = "f_key"
    output_field = models.TextField(db_collation="C")


class FSound(Func):
    """`f_sound(text)` in a query."""

    function = "f_sound"
    output_field = models.TextField(db_collation="C")


def sound_field(column: str) -> models.GeneratedField:
    """A stored column with the sound of a name: equal for one name in both scripts; empty where there is no letter."""
    output_field = models.TextField(db_collation="C")
    return models.GeneratedField(expression=FSound(models.F(column)), output_field=output_field, db_persist=True)


def key_field(*columns: str) -> models.GeneratedField:
    """A stored column that holds the key of `columns`, joined by blanks; compare and sort by it, never by the text."""
    parts: list[Any] = []
    for column in columns:
        parts += [models.F(column), Value(" ")]
    expression = (
        FKey(Concat(*parts[:-1], output_field=models.TextField())) if len(columns) > 1 else FKey(models.F(columns[0]))
    )
    return models.GeneratedField(
        expression=expression, output_field=models.TextField(db_collation="C"), db_persist=True
    )


def order_field(first: str, otherwise: str) -> models.GeneratedField:
    """A stored column with the key of `first`, or of `otherwise` where it is empty: the order of what is shown."""
    shown = Coalesce(NullIf(models.F(first), Value("")), models.F(otherwise))
    output_field = models.TextField(db_collation="C")
    return models.GeneratedField(expression=FKey(shown), output_field=output_field, db_persist=True)


def trigram_index(name: str, field: str = "key") -> GinIndex:
    """The index that makes a search by a fragment of the key quick."""
    return GinIndex(OpClass(field, name="gin_trgm_ops"), name=name)
