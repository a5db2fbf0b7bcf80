"""A state machine of one part: people ask, wait, are offered places, staff change whatever they may change.

`QueueMachine` does acts in any order on real rows and looks at the whole part before and after each: what changed must
be what the act means, and nothing else. An act that a rule refuses must have changed nothing at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.tests.factories import make_user
from core.errors import DomainError
from trainings.domain import (
    by_hand,
    cancellation,
    confirmation,
    lapse,
    letters,
    moderation,
    notices,
    parts,
    postponement,
    promotion,
    queue,
    registrations,
    sessions,
    withdrawal,
)
from trainings.models import Registration
from trainings.tests.factories import make_category, make_part, make_registration, make_session
from trainings.tests.queue_picture import HOLDING, Picture, Row
from trainings.tests.requests import make_consent_text, make_data

ALIVE = {"unconfirmed", "review", "waiting", "offered", "confirmed"}
KINDS = {
    "confirmed": letters.CONFIRMED,
    "waiting": letters.WAITING,
    "review": letters.REVIEW,
    "offered": letters.OFFER,
    "refused": letters.REFUSED,
    "unconfirmed": letters.CONFIRM_ADDRESS,
}
PLACE_OR_TURN = {"confirmed", "waiting"}
BEGIN = datetime(2027, 3, 1, 9, tzinfo=UTC)
"""The same hour at every run: what the clock says must not decide which acts are possible."""
YES_NO = st.booleans()
NUMBERS = st.integers(0, 30)


WORLD: dict[Any, Any] = {}
STARTS = ("full", "full", "free", "empty")


def make_world() -> None:
    """The parts with which sequences begin, made once: each sequence is rolled back to here.

    With places by category or without, moderated or not; and empty, or full with three who wait (one place is offered
    until the afternoon), or postponed to no date with a place that nobody was offered. Who asked first waits longest.
    """
    categories = [make_category("interface"), make_category("ministry")]
    WORLD.update(staff=make_user("manager"), categories=categories, consent=make_consent_text())
    for quotas, moderated, start in product((False, True), (False, True), sorted(set(STARTS))):
        kept = {"interface": 2, "ministry": 1} if quotas else {}
        state: Any = {"state": "postponed", "resumes_as": "open"} if start == "free" else {"state": "open"}
        first = BEGIN.date() + timedelta(days=6)
        session = make_session(**state, starts_on=first, ends_on=first, is_moderated=moderated, parts=0)
        part = WORLD[quotas, moderated, start] = make_part(session, capacity=3, half_days=False, categories=kept)
        until: Any = {"offer_expires_at": BEGIN + timedelta(hours=5), "offered_at": BEGIN - timedelta(hours=1)}
        third = ("offered", 0, until) if start == "full" else ("cancelled", 0, {})
        people: list[Any] = [("confirmed", 0, {}), ("confirmed", 1, {}), third]
        people += [("waiting", number % 2, {"rank": 6 - number}) for number in range(3)]
        for one, number, facts in people if start != "empty" else []:
            make_registration(part, one, category=categories[number] if quotas else None, **facts)


class QueueMachine(RuleBasedStateMachine):
    """Three places, two of them kept to interface structures and one to ministries, or none kept to anybody."""

    def __init__(self) -> None:
        super().__init__()
        # Every act may come in every sequence: by itself Hypothesis leaves many out of each, and many then end at once.
        self._rules_strategy.enabled_rules_strategy = st.just(SimpleNamespace(is_enabled=lambda name: True))
        self.outside = transaction.savepoint()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.outside)

    @initialize(quotas=YES_NO, moderated=YES_NO, start=st.sampled_from(STARTS), late=YES_NO)
    def begin(self, quotas: bool, moderated: bool, start: str, late: bool) -> None:
        """`late`: the time of the offer is just over, and no task has run since."""
        self.now, self.quotas = BEGIN + timedelta(hours=6 if late else 0), quotas
        self.staff, self.categories = WORLD["staff"], WORLD["categories"]
        self.part = WORLD[quotas, moderated, start]
        self.seen = Picture(self.part, now=self.now)

    def category(self, number: int) -> Any:
        return self.categories[number % 2] if self.quotas else None

    def one(self, number: int, *states: str) -> Row:
        """One of those in such a state, or else anybody: then a rule refuses the act, and nothing may change."""
        rows = [row for row in self.seen.rows.values() if row.state in states] or list(self.seen.rows.values())
        return rows[number % len(rows)]

    def known(self, row: Row) -> Registration:
        """A registration as a page that was opened long ago knows it: the verbs read it anew."""
        return Registration(pk=row.pk, part=self.part)

    def act(
        self,
        verb: Callable[[], Any],
        *,
        becomes: dict[int, Collection[str]] | None = None,
        newcomer: str | Collection[str] = "",
        cancelled_by: str = "",
        told: Collection[Row] = (),
        capacity: int | None = None,
        must: bool | None = None,
        reorders: bool = False,
    ) -> bool:
        """Do one act, and compare. `becomes` says who ends in which state, `told` whom it tells of a postponement,
        `capacity` what it changes that to; `must` that it is allowed (True) or refused (False)."""
        before, done = self.seen, True
        try:
            with transaction.atomic():
                verb()
        except DomainError as refusal:
            done = False
            assert must is not True, f"refused: {refusal}"
        assert must is not False or not done, "done, where a rule forbids it"
        after = self.seen = Picture(self.part, now=self.now)
        if not done:
            assert after == before, "refused, and yet something changed"
            return False
        assert after.capacity == (capacity or before.capacity), "the number of places changed"
        expected = Counter((row.pk, notices.POSTPONED) for row in told)
        for pk, row in after.rows.items():
            old = before.rows.get(pk)
            if old is None:
                assert newcomer and row.state in newcomer, f"{row} came from nowhere"
                expected[pk, KINDS[row.state]] += bool(row.email)
                continue
            self.compare(old, row, becomes or {}, reorders=reorders)
            if old.state != row.state and row.email:
                kind = self.kind(old, row, cancelled_by)
                expected[pk, kind] += bool(kind)
        assert after.rows.keys() >= before.rows.keys(), "somebody is lost"
        assert after.told - before.told == +expected, "not one message an event"
        self.compare_order(before, after)
        return True

    def compare(self, old: Row, new: Row, becomes: dict[int, Collection[str]], *, reorders: bool) -> None:
        assert old.typed == new.typed, "what was typed changed"
        if old.rank is not None:
            assert reorders or old.rank == new.rank, "a rank changed"
        wanted = becomes.get(new.pk)
        served = self.seen.offers and old.state == "waiting" and new.state == "offered"
        if wanted is not None:
            assert new.state in wanted or served, f"{new} should be {wanted}"
        else:
            assert old.state == new.state or served, f"{old} became {new.state}"

    def kind(self, old: Row, new: Row, cancelled_by: str) -> str:
        if new.state == "cancelled":
            return "" if old.state == "unconfirmed" else cancelled_by
        if new.state == "lapsed":
            return letters.OFFER_LAPSED if old.state == "offered" else ""
        return KINDS[new.state]

    def compare_order(self, before: Picture, after: Picture) -> None:
        """Nobody who got a place stood behind somebody who waits on and could have had it."""
        if not after.offers or sum(row.state == "lapsed" for row in after.rows.values()) - before.lapsed > 1:
            return
        for row in after.rows.values():
            earlier = before.rows.get(row.pk)
            if row.state not in HOLDING or (earlier is not None and earlier.state in HOLDING):
                continue
            for other in after.waiting:
                passed = row.state == "confirmed" or (other.rank or 0) < (row.rank or 0)
                assert not passed or after.is_kept_out(other, row), f"{row} overtook {other}"

    @invariant()
    def nothing_is_amiss(self) -> None:
        if hasattr(self, "seen"):
            self.seen.check()

    # What people do

    @precondition(lambda self: len(self.seen.rows) < 14)
    @rule(number=NUMBERS, confirms=YES_NO)
    def come(self, number: int, confirms: bool) -> None:
        """Somebody asks for a place, or confirms having asked."""
        if confirms and self.seen.any("unconfirmed"):
            self.confirm(self.one(number, "unconfirmed"))
            return
        data = make_data(category=self.category(number), function=f"Fonction {number}", consent_text=WORLD["consent"])
        work = lambda: registrations.request(part=self.fresh(), data=data, now=self.now)  # noqa: E731
        self.act(work, newcomer={"unconfirmed"}, must=self.seen.is_open(self.now))

    def confirm(self, row: Row) -> None:
        work = lambda: confirmation.confirm(registration=self.known(row), now=self.now)  # noqa: E731
        ends = {"review"} if self.seen.moderated else PLACE_OR_TURN
        must = self.seen.is_open(self.now) and not row.is_late(self.now)
        if self.act(work, becomes={row.pk: ends}, must=must):
            assert self.seen.rows[row.pk].rank == self.seen.last_rank, "not the next rank"

    @precondition(lambda self: self.seen.any("offered"))
    @rule(number=NUMBERS, takes=YES_NO)
    def answer(self, number: int, takes: bool) -> None:
        row = self.one(number, "offered")
        if not takes:
            self.give_up(row)
            return
        work = lambda: promotion.accept_offer(registration=self.known(row), now=self.now)  # noqa: E731
        self.act(work, becomes={row.pk: {"confirmed"}}, must=not row.is_late(self.now))

    @precondition(lambda self: self.seen.rows)
    @rule(number=NUMBERS, by_staff=YES_NO)
    def leave(self, number: int, by_staff: bool) -> None:
        row = self.one(number, "confirmed", "waiting")
        if not by_staff:
            self.give_up(row)
            return
        self.act(
            lambda: withdrawal.cancel_by_staff(
                registration=self.known(row), actor=self.staff, reason="Motif", now=self.now
            ),
            becomes={row.pk: {"cancelled"}},
            cancelled_by=letters.CANCELLED_BY_STAFF,
            must=row.state in ALIVE,
        )

    def give_up(self, row: Row) -> None:
        self.act(
            lambda: withdrawal.cancel(registration=self.known(row), now=self.now),
            becomes={row.pk: {"cancelled"}},
            cancelled_by=letters.CANCELLED_BY_PERSON,
            must=self.now < self.seen.starts if row.state in ALIVE else None,
        )

    @rule(hours=st.integers(1, 60), sweeps=st.sampled_from((True, True, False)))
    def wait(self, hours: int, sweeps: bool) -> None:
        """Time passes, and the task of each minute runs, or has not yet."""
        self.now += timedelta(hours=hours)
        late = {row.pk for row in self.seen.rows.values() if row.is_late(self.now)}

        def sweep() -> None:
            lapse.lapse_unconfirmed(now=self.now)
            promotion.expire(now=self.now)

        if sweeps:
            self.act(sweep, becomes={pk: {"lapsed"} for pk in late}, must=True)
        else:
            self.seen = Picture(self.part, now=self.now)

    # What staff do

    @precondition(lambda self: len(self.seen.rows) < 14)
    @rule(number=NUMBERS, writes=YES_NO)
    def enter_by_hand(self, number: int, writes: bool) -> None:
        data = make_data(
            category=self.category(number), consent_text=WORLD["consent"], **({} if writes else {"email": ""})
        )
        work = lambda: by_hand.register(part=self.part, data=data, actor=self.staff, now=self.now)  # noqa: E731
        self.act(work, newcomer=PLACE_OR_TURN, must=self.seen.runs and self.now < self.seen.ends)

    @precondition(lambda self: self.seen.rows)
    @rule(number=NUMBERS, takes=YES_NO)
    def decide(self, number: int, takes: bool) -> None:
        """Staff accept who awaits that, or refuse somebody."""
        if takes and self.seen.any("review"):
            row = self.one(number, "review")
            work = lambda: moderation.accept(registration=self.known(row), actor=self.staff, now=self.now)  # noqa: E731
            self.act(work, becomes={row.pk: PLACE_OR_TURN}, must=self.seen.runs and self.now < self.seen.ends)
            return
        row = self.one(number, "review", "waiting", "confirmed")
        self.act(
            lambda: withdrawal.refuse(registration=self.known(row), actor=self.staff, reason="Motif", now=self.now),
            becomes={row.pk: {"refused"}},
            must=row.state in {"review", "waiting", "confirmed"},
        )

    @rule(more=st.sampled_from((1, 2, 1, -1, -2)), kept=st.integers(0, 2))
    def change_places(self, more: int, kept: int) -> None:
        """More or fewer places; fewer than people hold is refused, and nobody is cancelled behind their back."""
        places = max((self.seen.capacity or 0) + more, 1)
        wanted = dict(zip(self.categories, (max(places - kept, 0), min(kept, places)), strict=True))
        quotas = wanted if self.quotas else None
        enough = places >= self.seen.taken and (
            not quotas or all(n >= self.seen.held(category.pk) for category, n in quotas.items())
        )
        self.act(
            lambda: parts.update(
                part=self.part, version=None, categories=quotas, actor=self.staff, now=self.now, capacity=places
            ),
            capacity=places,
            must=enough and self.seen.state != "cancelled",
        )

    @precondition(lambda self: self.seen.any("waiting"))
    @rule(number=NUMBERS, position=st.integers(1, 4))
    def move(self, number: int, position: int) -> None:
        row, before = self.one(number, "waiting"), [one.pk for one in self.seen.waiting]
        wanted = [pk for pk in before if pk != row.pk]
        wanted.insert(position - 1, row.pk)
        may = row.pk in before and position <= len(before) and wanted != before and self.seen.state != "cancelled"
        work = lambda: queue.move(  # noqa: E731
            registration=self.known(row), position=position, actor=self.staff, reason="Motif"
        )
        if self.act(work, must=may, reorders=True):
            assert [one.pk for one in self.seen.waiting] == wanted, "not the order that was asked for"

    # What becomes of the session

    @precondition(lambda self: self.seen.state != "cancelled")
    @rule(days=st.one_of(st.none(), st.integers(-3, 12)))
    def postpone(self, days: int | None) -> None:
        """To another day, or to none yet; then a new date is fixed."""
        if self.seen.state == "postponed":
            self.fix_date(abs(days or 0) + 1)
            return
        to = None if days is None else self.seen.first_day + timedelta(days=days)
        told, sequence = self.seen.concerned, self.seen.sequence
        work = lambda: postponement.postpone(  # noqa: E731
            session=self.session(), to=to, actor=self.staff, now=self.now, reason="Panne", notice="Reportée"
        )
        may = self.seen.runs and (to is None or (to > timezone.localdate(self.now) and days != 0))
        if self.act(work, told=told, must=may if days is None or may is False else None):
            assert self.seen.sequence == sequence + 1
            assert self.seen.state == "postponed" if to is None else self.seen.first_day >= to

    def fix_date(self, days: int) -> None:
        to, told = timezone.localdate(self.now) + timedelta(days=days), self.seen.concerned
        work = lambda: postponement.fix_date(session=self.session(), to=to, actor=self.staff, now=self.now)  # noqa: E731
        self.act(work, told=told, must=True)
        assert self.seen.state in {"open", "closed"}

    @precondition(lambda self: self.seen.runs)
    @rule()
    def open_or_close(self) -> None:
        if self.seen.state == "open":
            self.act(lambda: sessions.close_registration(session=self.session(), actor=self.staff), must=True)
        else:
            self.act(lambda: sessions.open_registration(session=self.session(), actor=self.staff, now=self.now))

    @precondition(lambda self: len(self.seen.rows) > 5 and self.seen.state != "cancelled")
    @rule()
    def cancel_session(self) -> None:
        alive = [row.pk for row in self.seen.rows.values() if row.state in ALIVE]
        self.act(
            lambda: cancellation.cancel(
                session=self.session(), actor=self.staff, now=self.now, reason="Panne", notice="Annulée"
            ),
            becomes={pk: {"cancelled"} for pk in alive},
            cancelled_by=notices.CANCELLATION,
            must=True,
        )
        assert self.seen.state == "cancelled" and not self.seen.taken

    def fresh(self) -> Any:
        """The part as a view would load it now."""
        return type(self.part).objects.select_related("session__training__programme").get(pk=self.part.pk)

    def session(self) -> Any:
        return type(self.part.session).objects.select_related("training__programme").get(pk=self.part.session_id)
