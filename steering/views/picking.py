"""Choosing an institution or a person in the directory: a search, then the form."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from core import search
from directory.domain import choosing
from directory.models import Organisation, Person

ID_DIGITS = 18


def number_in(request: HttpRequest, name: str) -> int:
    """The number that the address gives under `name`; 0 for none."""
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) <= ID_DIGITS else 0


class Picking:
    """What the address has chosen under `name`: `?person=9`, or a search `?q=…`; `kept` goes along."""

    def __init__(self, request: HttpRequest, name: str, *, people: bool, kept: tuple[str, ...] = ()) -> None:
        self.request = request
        self.name = name
        self.people = people
        self.kept = kept

    @cached_property
    def chosen(self) -> Any:
        """The row, or None as long as nobody is chosen. An unknown one is no page."""
        number = number_in(self.request, self.name)
        if not number:
            return None
        user: Any = self.request.user
        rows: Any = Person.objects.visible_to(user) if self.people else Organisation.objects.all()
        return get_object_or_404(rows, pk=number)

    @property
    def before(self) -> str:
        """What was chosen before, as the beginning of a query."""
        pairs = [(name, self.request.GET[name]) for name in self.kept if self.request.GET.get(name)]
        return f"{urlencode(pairs)}&" if pairs else ""

    def context(self) -> dict[str, Any]:
        """The search and what it found, at most fifteen."""
        typed = search.clean(self.request.GET.get("q", ""))
        user: Any = self.request.user
        rows: list[Any] = choosing.people(user, typed) if self.people else list(choosing.bodies(typed))
        return {
            "q": typed,
            "found": rows,
            "chosen": self.chosen,
            "picks": self.name,
            "picks_people": self.people,
            "waiting": f"{self.request.path}?{self.before}{self.name}=",
            "picked_before": self.before,
            "kept_pairs": [(name, self.request.GET[name]) for name in self.kept if self.request.GET.get(name)],
        }
