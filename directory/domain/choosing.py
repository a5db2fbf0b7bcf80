"""Whom a form speaks of: what a search in the directory finds, at most fifteen of a kind, to choose from."""

from __future__ import annotations

from typing import Any

from django.db import models

from accounts.models import User
from core import search
from core.formats import parse_tax_number
from directory.models import Organisation, Person

SHOWN = 15


def bodies(typed: str) -> list[Organisation]:
    """Organisations by name, or by tax number where one is typed."""
    try:
        numbered = list(Organisation.objects.with_tax_number(parse_tax_number(typed)))
    except ValueError:
        numbered = []
    return numbered or _found(Organisation.objects.all(), typed)


def people(user: User, typed: str) -> list[Person]:
    """Persons by name or function, among those whom the reader sees."""
    return _found(Person.objects.visible_to(user), typed)


def _found(rows: models.QuerySet[Any], typed: str) -> list[Any]:
    return list(search.matching(rows, typed).order_by("key", "id")[:SHOWN]) if typed else []
