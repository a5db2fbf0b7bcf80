"""Rows by COPY: a model's own defaults, overridden by constants or by a function of the row's number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

Maker = Callable[[int], Any]
CHUNK = 20_000


def copy(model: type[models.Model], numbers: range, values: dict[str, Any | Maker]) -> None:
    """One row a number, whose primary key is the number; `values` by attribute name (`part_id`)."""
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    pieces: list[Maker] = []
    for field in fields:
        given = values.get(field.attname, values.get(field.name)) if not field.primary_key else (lambda i: i)
        missing = field.attname not in values and field.name not in values and not field.primary_key
        pieces.append(_piece(field, field.get_default() if missing else given))
    columns = ", ".join(f'"{field.column}"' for field in fields)
    lines = ("\t".join([piece(number) for piece in pieces]) + "\n" for number in numbers)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor:
        cursor.cursor.copy_expert(statement, _Lines(lines))
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [model._meta.db_table, max(numbers.stop - 1, 1)]
        )


INDEXES = """
SELECT tablename, indexname, indexdef FROM pg_indexes i
WHERE tablename = ANY(%s) AND indexdef NOT LIKE 'CREATE UNIQUE%%'
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)
"""
FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, c.conname, pg_get_constraintdef(c.oid) FROM pg_constraint c
WHERE c.contype = 'f' AND c.conrelid = ANY(%s::regclass[])
"""


@contextmanager
def unindexed(*tables: str) -> Iterator[None]:
    """Without triggers, foreign keys and secondary indexes, as a restore loads; all of it back at the end.

    The owner of the tables may do all this: the portal's own role is no superuser.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(INDEXES, [list(tables)])
        indexes = cursor.fetchall()
        cursor.execute(FOREIGN_KEYS, [list(tables)])
        keys = cursor.fetchall()
        for table in tables:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        for table, name, _definition in keys:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        for _table, name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _table, _name, definition in indexes:
                cursor.execute(definition)
            for table, name, definition in keys:
                cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
            for table in tables:
                cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def _piece(field: models.Field[Any, Any], value: Any) -> Maker:
    if callable(value):
        return lambda number: _text(field, value(number))
    text = _text(field, value)
    return lambda number: text


def _text(field: models.Field[Any, Any], value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return str(connection.ops.adapt_json_value(value, None).dumps(value))
    text = str(value)
    return text.replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n") if "\\" in text or "\n" in text else text


class _Lines:
    """A file of lines that are made while it is read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size:
            block = "".join([line for _number, line in zip(range(CHUNK), self._lines, strict=False)])
            if not block:
                break
            self._rest += block.encode()
        taken, self._rest = self._rest[:size], self._rest[size:]
        return taken
