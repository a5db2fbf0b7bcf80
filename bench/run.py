"""One run: the database is made and grows; at each size the pages, at one of them also the load and the long work."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from bench import data, people, resources
from bench.lines import Line, Report
from bench.load import SHORT as SHORT_LOAD
from bench.load import Load, Weights
from bench.pages import Pages
from bench.server import Server, serving
from bench.work import SHORT as SHORT_WORK
from bench.work import Amounts, Work

START = 2.5


@dataclass
class Bench:
    """The order of the measures; `heavy` is the size at which those under load are taken.

    It is the last one: their scenes take the next numbers of the rows, so that nothing can grow afterwards.
    """

    sizes: tuple[int, ...]
    heavy: int
    short: bool = False
    report: Report = field(default_factory=Report)
    users: dict[str, User] = field(default_factory=dict)

    def run(self) -> list[Line]:
        """Every line is printed as it comes; gives back those that missed their goal."""
        resources.migrate(self.report)
        call_command("prepare", verbosity=0)
        now = timezone.now()
        data.base(now)
        data.grow(was=0, to=self.sizes[0], now=now)
        data.floor_tables()
        self.users = {role: people.made(role) for role in ("officer", "trainer")}
        with serving(floor=True) as floor, serving() as portal:
            self.report.at_most("start to first response", rows=0, value=portal.started_in, unit="s", goal=START)
            self._at_each_size(portal, floor)
            self._memory(portal)
        return self.report.missed

    def _at_each_size(self, portal: Server, floor: Server) -> None:
        pages = Pages(self.report, self.users, times=1 if self.short else 5)
        was = self.sizes[0]
        for rows in self.sizes:
            data.grow(was=was, to=rows, now=timezone.now()) if rows > was else None
            pages.measure(portal, floor, rows=rows, last=rows == self.sizes[-1])
            if rows == self.heavy:
                Load(self.report, portal, floor, self.users, rows, SHORT_LOAD if self.short else Weights()).measure()
                Work(self.report, self.users, rows, SHORT_WORK if self.short else Amounts()).measure()
            was = rows

    def _memory(self, portal: Server) -> None:
        rows = self.sizes[-1]
        resources.weight(self.report, portal, rows=rows)
        few = {"requests": 40, "first": 20} if self.short else {}
        resources.Memory(self.report, self.users, rows, **few).measure(portal)
