"""Many at once: lists asked over eight connections, fifty phones that mark, three hundred people who confirm."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from bench import scenes
from bench.client import Answer, Browser
from bench.lines import Report, say
from bench.people import browser_of
from bench.server import Server
from directory.models import Person
from trainings.models import Attendance, Registration

CONNECTIONS = 8
TURNS = 3
MARKS = ("present", "absent")

T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Weights:
    """How much is asked; the short form asks for little."""

    seconds: float = 4.0
    phones: int = 50
    marks: int = 20
    single_marks: int = 60
    rush: int = 300
    places: int = 100
    rush_seconds: float = 60.0


SHORT = Weights(seconds=0.3, phones=4, marks=2, single_marks=3, rush=6, places=2, rush_seconds=0.5)


@dataclass
class Load:
    """The measures under load, each beside the floor's."""

    report: Report
    portal: Server
    floor: Server
    users: dict[str, User]
    rows: int
    weights: Weights

    def measure(self) -> None:
        self._requests_a_second()
        hall = self._hall()
        self._one_mark(hall)
        self._phones(hall)
        self._rush()

    def _requests_a_second(self) -> None:
        """Turn about, so that a busy minute of the machine touches both."""
        path = reverse("trainings:registration-index")
        ours, theirs = [], []
        for _turn in range(TURNS):
            theirs.append(self._pressed(self.floor, "/", None))
            ours.append(self._pressed(self.portal, path, self.users["officer"]))
        base, value = statistics.median(theirs), statistics.median(ours)
        self.report.figure("requests a second, floor, 8 connections", rows=self.rows, value=base, unit="requests/s")
        self.report.figure("requests a second, staff list", rows=self.rows, value=value, unit="requests/s")
        self.report.at_least(
            "requests a second, staff list / floor", rows=self.rows, value=value / base, unit="× floor", goal=0.4
        )

    def _pressed(self, server: Server, path: str, user: User | None) -> float:
        """Requests a second over eight connections."""
        browsers = [browser_of(user, server.port) if user else Browser(server.port) for _ in range(CONNECTIONS)]
        until = time.perf_counter() + self.weights.seconds
        since = time.perf_counter()

        def ask(browser: Browser) -> int:
            count = 0
            while time.perf_counter() < until:
                browser.get(path)
                count += 1
            return count

        counts = _at_once(browsers, ask)
        return sum(counts) / (time.perf_counter() - since)

    def _hall(self) -> scenes.Hall:
        trainer = Person.objects.get(user=self.users["trainer"])
        return scenes.hall(people=self.weights.phones * 10, trainer=trainer, now=timezone.now())

    def _one_mark(self, hall: scenes.Hall) -> None:
        """One phone, mark after mark, against a bare view that inserts one row."""
        phone, bare = self._phone(), Browser(self.floor.port)
        path = reverse("trainings:room-mark", args=[hall.half_day])
        ours, theirs = [], []
        for number, registration in enumerate(hall.registrations[: self.weights.single_marks]):
            theirs.append(bare.post("/insert/", {"half_day": "1", "registration": str(number)}).seconds)
            ours.append(phone.post(path, {"registration": str(registration), "mark": "excused"}).seconds)
        value, base = statistics.median(ours) * 1000, statistics.median(theirs) * 1000
        self.report.figure("one mark posted, p50", rows=self.rows, value=value, unit="ms")
        self.report.at_most(
            "one mark posted / floor that inserts", rows=self.rows, value=value / base, unit="× floor", goal=4
        )

    def _phones(self, hall: scenes.Hall) -> None:
        """Fifty phones in one half-day; afterwards every person bears the last mark that was answered."""
        path = reverse("trainings:room-mark", args=[hall.half_day])
        shares = [hall.registrations[number :: self.weights.phones] for number in range(self.weights.phones)]
        last: dict[int, str] = {}

        def mark(share: list[int]) -> int:
            phone = self._phone()
            for number in range(self.weights.marks):
                registration, word = share[number % len(share)], MARKS[number // len(share) % 2]
                phone.post(path, {"registration": str(registration), "mark": word})
                last[registration] = word
            return self.weights.marks

        self._phone()  # signed in before the clock starts
        since = time.perf_counter()
        count = sum(_at_once(shares, mark))
        seconds = time.perf_counter() - since
        noted = dict(Attendance.objects.filter(half_day=hall.half_day).values_list("registration_id", "mark"))
        lost = sum(noted.get(registration) != word for registration, word in last.items())
        self.report.at_least(
            "marks a second, 50 phones at once", rows=self.rows, value=count / seconds, unit="marks/s", goal=200
        )
        self.report.exactly("marks lost", rows=self.rows, value=lost, unit="marks", goal=0)

    def _phone(self) -> Browser:
        return browser_of(self.users["trainer"], self.portal.port)

    def _rush(self) -> None:
        """The link of each mail is opened and confirmed, evenly over a minute."""
        part, tokens = scenes.rush(people=self.weights.rush, places=self.weights.places, now=timezone.now())
        begun = time.perf_counter()
        step = self.weights.rush_seconds / len(tokens)

        def confirm(case: tuple[int, str]) -> Answer | Exception:
            number, token = case
            time.sleep(max(begun + number * step - time.perf_counter(), 0))
            path = reverse("trainings:registration-confirm", args=[token])
            browser = Browser(self.portal.port)
            try:
                browser.get(path)
                return browser.post(path, {"version": "1"}, expect=302)
            except Exception as error:
                return error
            finally:
                browser.close()

        with ThreadPoolExecutor(32) as pool:
            answers = list(pool.map(confirm, enumerate(tokens)))
        errors = [answer for answer in answers if isinstance(answer, Exception)]
        waits = sorted(answer.seconds for answer in answers if isinstance(answer, Answer)) or [float("inf")]
        self._tell_rush(part.pk, waits[int(len(waits) * 0.95)], errors)

    def _tell_rush(self, part: int, p95: float, errors: list[Exception]) -> None:
        found = Registration.objects.filter(part=part)
        held = found.filter(state="confirmed").count()
        ranks = list(found.exclude(rank=None).order_by("confirmed_at", "rank").values_list("rank", flat=True))
        first = set(found.filter(state="confirmed").values_list("rank", flat=True))
        in_order = sorted(ranks) == list(range(1, self.weights.rush + 1)) and first == set(range(1, held + 1))
        add = self.report
        add.at_most("opening rush, p95 of a confirmation", rows=self.rows, value=p95, unit="s", goal=1)
        add.exactly("opening rush, places given", rows=self.rows, value=held, unit="places", goal=self.weights.places)
        add.exactly("opening rush, ranks out of order", rows=self.rows, value=int(not in_order), unit="", goal=0)
        add.exactly("opening rush, errors", rows=self.rows, value=len(errors), unit="errors", goal=0)
        for error in errors[:3]:
            say(f"rush: {error}")


def _at_once(things: list[T], work: Callable[[T], R]) -> list[R]:
    """`work` on each thing in a thread of its own; all begin together."""
    gate = threading.Barrier(len(things))

    def begin(thing: T) -> R:
        gate.wait()
        return work(thing)

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(begin, things))
