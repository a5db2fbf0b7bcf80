"""One search over everything that a person may see. Each app names its lists; who may open a list finds its rows here.

A source asks the list's own view: its permission, its rows for this reader, its way of searching. So nothing is found
here that the list would not show, and a list that learns to search in more is searched in more here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import resolve, reverse
from django.utils.functional import Promise

from core import search
from core.lists.filters import FilterForm

SHOWN = 8
MIN_LETTERS = 2


@dataclass(frozen=True)
class Found:
    """One result: what it is called, what tells it apart, its page (empty where there is none for this reader)."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Group:
    """The results of one source; `more_url` leads to the list with the same words, where there are more."""

    label: str
    icon: str
    found: list[Found]
    more_url: str = ""


class Source(Protocol):
    """Where to look."""

    order: int

    def group(self, request: HttpRequest) -> Group | None: ...


@dataclass(frozen=True)
class ListSource:
    """The rows of a list, by its URL name; `show(row)` says one of them."""

    order: int
    list_name: str
    label: str | Promise
    icon: str
    show: Callable[[Any], Found]

    def group(self, request: HttpRequest) -> Group | None:
        """What the list holds of the words in `q`; None where the reader may not open it."""
        url = reverse(self.list_name)
        view_class: Any = resolve(url).func.view_class  # type: ignore[attr-defined]
        if not view_class.permission(request.user):
            return None
        view = view_class()
        view.setup(request)
        filters = view.spec.filters(request)
        rows = filters.narrow(view.get_queryset(), search_field=view.spec.search)
        sort, down = view.spec.sort_named("")
        found = list(rows.order_by(*sort.ordering(down=down))[: SHOWN + 1])
        more = f"{url}?{urlencode({'q': filters.values['q']})}" if len(found) > SHOWN else ""
        return Group(str(self.label), self.icon, [self.show(row) for row in found[:SHOWN]], more)


@dataclass(frozen=True)
class DirectSource:
    """What has no list of its own: `find(user, text)` gives results that this person may see."""

    order: int
    label: str | Promise
    icon: str
    find: Callable[[Any, str], Iterable[Found]]

    def group(self, request: HttpRequest) -> Group | None:
        text = search.clean(request.GET.get("q", ""))
        return Group(str(self.label), self.icon, list(self.find(request.user, text))[:SHOWN])


_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Make a source known; called in `apps.py: ready()`."""
    _sources[name] = source


class FindForm(FilterForm):
    """The one box."""


def is_enough(text: str) -> bool:
    """Whether these words can be searched for at all: two letters or digits somewhere."""
    return max((len(word) for word in search.words(text)), default=0) >= MIN_LETTERS


def everything(request: HttpRequest) -> list[Group]:
    """The groups that hold something, in their order; one query a source."""
    groups = [source.group(request) for source in sorted(_sources.values(), key=lambda source: source.order)]
    return [group for group in groups if group is not None and group.found]
