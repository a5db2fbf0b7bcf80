"""What a home page is made of. The functions that fill it are in the modules beside this one; they only read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Task:
    """One thing that waits for this person: what, where, what it belongs to, until when, and the verb on its button."""

    what: Words
    url: str
    act: Words
    meta: Words = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Group:
    """Tasks of one urgency, the most urgent group first."""

    title: Words
    tasks: tuple[Task, ...]
    tone: Literal["", "late", "soon"] = ""


@dataclass(frozen=True)
class Event:
    """A day to come."""

    on: date
    what: Words
    url: str = ""
    lines: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A number with its words; the link leads to the list whose length it is."""

    label: Words
    value: int
    total: int | None = None
    url: str = ""


@dataclass(frozen=True)
class Readable:
    """Something that a role may read: its name, one sentence on it, its address."""

    name: Words
    text: Words
    url: str


@dataclass(frozen=True)
class News:
    """One thing that happened since a while: the day, what, the code and the title of the thing, and its page."""

    on: date
    what: Words
    about: Words
    url: str = ""
    code: str = ""


@dataclass(frozen=True)
class Door:
    """What this person may begin here at any time: a button in the head of the page."""

    label: Words
    url: str
    icon: str = "plus"


@dataclass
class Home:
    """The page of one role, or of several once they are added up."""

    groups: list[Group] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    readables: list[Readable] = field(default_factory=list)
    doors: list[Door] = field(default_factory=list)
    news: list[News] = field(default_factory=list)

    @property
    def task_count(self) -> int:
        return sum(len(group.tasks) for group in self.groups)


def added_up(homes: Iterable[Home]) -> Home:
    """One page of several: tasks of one tone together under the first title, days in order, nothing twice."""
    total = Home()
    groups: dict[str, Group] = {}
    for home in homes:
        for group in home.groups:
            known = groups.get(group.tone)
            tasks = (*known.tasks, *group.tasks) if known else group.tasks
            groups[group.tone] = Group(known.title if known else group.title, tuple(dict.fromkeys(tasks)), group.tone)
        total.events += home.events
        total.figures += home.figures
        total.readables += home.readables
        total.doors += home.doors
        total.news += home.news
    total.groups = [groups[tone] for tone in ("late", "soon", "") if tone in groups and groups[tone].tasks]
    total.events = sorted(dict.fromkeys(total.events), key=lambda event: event.on)
    total.figures = list(dict.fromkeys(total.figures))
    total.readables = list(dict.fromkeys(total.readables))
    total.doors = list(dict.fromkeys(total.doors))
    total.news = list(dict.fromkeys(total.news))
    return total
