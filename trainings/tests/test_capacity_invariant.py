"""Whatever people and staff do in whatever order: never more people than places, and no free place while one waits."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.tests.factories import make_user
from core.errors import DomainError
from trainings.domain import by_hand, moderation, parts, promotion, withdrawal
from trainings.models import Registration, SessionPart
from trainings.tests.factories import make_category, make_part, make_session
from trainings.tests.requests import enter, make_data

ACTS = ["enter", "enter", "enter", "by_hand", "cancel", "refuse", "accept", "review", "expire", "enlarge", "reduce"]
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 30)), min_size=4, max_size=12)


class Part:
    """A part of three places, one of them for ministries and two for interface structures, and what happens in it."""

    def __init__(self) -> None:
        self.now: datetime = timezone.now()
        self.staff = make_user("manager")
        self.categories = [make_category("interface"), make_category("ministry")]
        session = make_session("open", starts_on=timezone.localdate() + timedelta(days=300))
        places = {"interface": 2, "ministry": 1}
        self.part: SessionPart = make_part(session, position=2, capacity=3, categories=places, half_days=False)

    def one_of(self, number: int) -> Registration | None:
        rows = list(self.part.registrations.active().order_by("id"))
        return rows[number % len(rows)] if rows else None

    def do(self, act: str, number: int) -> None:
        category = self.categories[number % 2]
        one = self.one_of(number)
        if act == "enter":
            enter(self.part, now=self.now, category=category)
        elif act == "by_hand":
            data = make_data(email="", category=category)
            by_hand.register(part=self.part, data=data, actor=self.staff, now=self.now)
        elif act == "review":
            with_review = type(self.part.session).objects.filter(pk=self.part.session_id)
            with_review.update(is_moderated=not with_review.get().is_moderated)
            self.part = SessionPart.objects.get(pk=self.part.pk)
        elif act == "expire":
            self.now += timedelta(hours=number)
            promotion.expire(now=self.now)
        elif act in ("enlarge", "reduce"):
            self.part.refresh_from_db()
            places = self.part.capacity + (1 if act == "enlarge" else -1)
            quotas = {self.categories[0]: max(places - 1, 0), self.categories[1]: 1}
            parts.update(
                part=self.part, version=None, categories=quotas, actor=self.staff, now=self.now, capacity=places
            )
        elif one is not None:
            verb = {"cancel": withdrawal.cancel, "refuse": withdrawal.refuse, "accept": self.accept}[act]
            extra = {} if act == "cancel" else {"actor": self.staff}
            verb(registration=one, now=self.now, **extra, **({"reason": "Motif"} if act == "refuse" else {}))

    def accept(self, *, registration: Registration, actor: object, now: datetime) -> None:
        """The next step of this registration: staff accept it, or the person accepts the offer."""
        if registration.state == "offered":
            promotion.accept_offer(registration=registration, now=now)
        else:
            moderation.accept(registration=registration, actor=self.staff, now=now)

    def check(self) -> None:
        self.part.refresh_from_db()
        held = self.part.registrations.holding()
        assert self.part.taken == held.count() <= (self.part.capacity or 0)
        for row in self.part.categories.all():
            assert row.taken == held.filter(category=row.category).count() <= row.capacity
            waits = self.part.registrations.waiting().filter(category=row.category).exists()
            assert not (waits and self.part.free and row.free), "a place is free while somebody waits for it"
        ranks = self.part.registrations.exclude(rank=None).order_by("id").values_list("rank", flat=True)
        assert len(set(ranks)) == len(ranks) == self.part.last_rank


@pytest.mark.django_db
@pytest.mark.feature(24)
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_counters_and_queue_hold_under_any_sequence_of_acts(steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        part = Part()
        for act, number in steps:
            try:
                with transaction.atomic():
                    part.do(act, number)
            except DomainError:
                pass  # refused by a rule: nothing may have changed
            part.check()
        transaction.set_rollback(True)
