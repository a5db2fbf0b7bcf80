"""Choosing a member or an animator: a search in the directory, then the days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from core import search
from directory.domain import choosing
from directory.models import Organisation, Person


class Picking:
    """What the address has chosen so far: `?organisation=7`, `?person=9`, or a search `?q=...`."""

    def __init__(self, request: HttpRequest, *, organisations: bool) -> None:
        self.request = request
        self.with_organisations = organisations

    @cached_property
    def organisation(self) -> Organisation | None:
        chosen = self._chosen("organisation") if self.with_organisations else 0
        return get_object_or_404(Organisation, pk=chosen) if chosen else None

    @cached_property
    def person(self) -> Person | None:
        chosen = self._chosen("person")
        people = Person.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return get_object_or_404(people, pk=chosen) if chosen else None

    @property
    def is_made(self) -> bool:
        return bool(self.organisation or self.person)

    def context(self) -> dict[str, Any]:
        """The search and what it found, at most fifteen of each."""
        typed = search.clean(self.request.GET.get("q", ""))
        user: Any = self.request.user
        return {
            "q": typed,
            "chosen": self.organisation or self.person,
            "organisations": choosing.bodies(typed) if self.with_organisations else [],
            "people": choosing.people(user, typed),
            "with_organisations": self.with_organisations,
            "shown": choosing.SHOWN,
        }

    def _chosen(self, name: str) -> int:
        text = self.request.GET.get(name, "")
        return int(text) if text.isdecimal() and len(text) < 19 else 0
