"""Reviews by seat: every answer kept, the newest counts, nobody answers after the deadline or the mandate."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from core import journal
from core.models import Message
from steering.domain import plans, review_requests, review_summary, reviews
from steering.domain.reviews import Opinion
from steering.enums import Verdict
from steering.errors import NotInOffice, NotReady, RemarkNeeded, ReviewClosed, WrongChoice
from steering.models import Mandate, PlanVersion, Review
from steering.tests.factories import make_action, make_committee, make_mandate, make_member_user, make_seat
from steering.tests.plan_factories import make_plan

pytestmark = pytest.mark.django_db


def under_review(**fields: object) -> tuple[PlanVersion, Mandate]:
    version = make_plan(state="review", **fields)  # type: ignore[arg-type]
    return version, Mandate.objects.filter(seat__committee=version.plan.committee).order_by("seat__rank").first()  # type: ignore[return-value]


def give(version: PlanVersion, mandate: Mandate, *opinions: Opinion) -> list[Review]:
    return reviews.give(plan_version=version, mandate=mandate, opinions=opinions, actor=None, now=timezone.now())


def test_every_answer_is_kept_and_the_newest_counts() -> None:
    version, mandate = under_review()
    action = version.entries.first().action
    give(version, mandate, Opinion(action, Verdict.APPROVE), Opinion(None, Verdict.COMMENT, "Bien"))
    give(version, mandate, Opinion(action, Verdict.CHANGES, "L’échéance est trop courte"))
    newest = reviews.newest(version)
    assert newest[mandate.seat_id, action.pk].verdict == Verdict.CHANGES
    assert newest[mandate.seat_id, None].comment == "Bien"
    assert version.reviews.count() == 3
    entries = journal.history_of(version).filter(verb="planversion.opinion")
    assert [entry.data["count"] for entry in entries] == [1, 2]


def test_same_answer_twice_is_written_once() -> None:
    version, mandate = under_review()
    assert len(give(version, mandate, Opinion(None, Verdict.APPROVE))) == 1
    assert give(version, mandate, Opinion(None, Verdict.APPROVE)) == []
    assert version.reviews.count() == 1


@pytest.mark.parametrize("verdict", [Verdict.CHANGES, Verdict.COMMENT, Verdict.LACKING])
def test_whoever_neither_approves_nor_recuses_says_why(verdict: str) -> None:
    version, mandate = under_review()
    action = version.entries.first().action
    with pytest.raises(RemarkNeeded) as refusal:
        give(version, mandate, Opinion(None, Verdict.APPROVE), Opinion(action, verdict, "  "))
    assert refusal.value.field == f"comment_{action.pk}"
    assert not version.reviews.exists()
    give(version, mandate, Opinion(action, Verdict.RECUSE))


def test_opinion_on_what_the_version_does_not_hold_is_refused() -> None:
    version, mandate = under_review()
    with pytest.raises(WrongChoice):
        give(version, mandate, Opinion(make_action(version.plan.committee), Verdict.APPROVE))


def test_nobody_answers_before_or_after_the_review() -> None:
    version, mandate = under_review()
    late = timezone.now() + timedelta(days=8)
    with pytest.raises(ReviewClosed):
        reviews.give(
            plan_version=version, mandate=mandate, opinions=[Opinion(None, Verdict.APPROVE)], actor=None, now=late
        )
    for state in ("draft", "adopted"):
        with pytest.raises(ReviewClosed):
            give(make_plan(state=state), mandate, Opinion(None, Verdict.APPROVE))


def test_person_without_mandate_of_today_in_this_committee_is_refused() -> None:
    version, mandate = under_review()
    Mandate.objects.filter(pk=mandate.pk).update(ends_on=timezone.localdate() - timedelta(days=1))
    mandate.refresh_from_db()
    foreign = make_mandate(make_seat(make_committee()))
    gone = make_mandate(make_seat(version.plan.committee, rank=9, ends_on=timezone.localdate() - timedelta(days=1)))
    for wrong in (mandate, foreign, gone):
        with pytest.raises(NotInOffice):
            give(version, wrong, Opinion(None, Verdict.APPROVE))


def test_answers_of_an_earlier_round_do_not_count() -> None:
    version, mandate = under_review()
    give(version, mandate, Opinion(None, Verdict.APPROVE))
    plans.back_to_draft(plan_version=version, reason="Corrections", actor=None)
    now = timezone.now()
    plans.send_to_review(plan_version=version, until=now + timedelta(days=5), actor=None, now=now)
    assert reviews.newest(version) == {} and version.reviews.count() == 1


def test_summary_says_who_has_answered_how_much() -> None:
    version, mandate = under_review(actions=2, seats=3)
    second = Mandate.objects.exclude(pk=mandate.pk).filter(seat__committee=version.plan.committee).first()
    give(version, mandate, Opinion(None, Verdict.APPROVE))
    give(version, second, Opinion(version.entries.first().action, Verdict.CHANGES, "Autre échéance"))  # type: ignore[arg-type]
    summary = review_summary.of(version, now=timezone.now())
    assert sorted(line.given for line in summary.by_seat) == ["full", "none", "part"]
    assert summary.answered == 1 and len(summary.missing) == 2
    make_seat(version.plan.committee, rank=9)
    with_vacant = review_summary.of(version, now=timezone.now())
    assert len(with_vacant.by_seat) == 4 and (with_vacant.asked, with_vacant.answered) == (3, 1)
    assert len(with_vacant.missing) == 2
    assert summary.by_action[0].counts == [(Verdict.CHANGES, 1)] and summary.whole.counts == [(Verdict.APPROVE, 1)]
    assert [review.comment for review in summary.by_action[0].remarks] == ["Autre échéance"]


def test_reminder_goes_to_those_who_have_not_answered_and_not_twice_in_an_hour() -> None:
    version, mandate = under_review(seats=3)
    give(version, mandate, Opinion(None, Verdict.APPROVE))
    now = timezone.now()
    asked = review_requests.remind(plan_version=version, actor=None, now=now)
    assert asked.count == 2
    reminded = Message.objects.filter(kind=review_requests.REMIND)
    assert mandate.person.email not in reminded.values_list("to_email", flat=True) and reminded.count() == 2
    with pytest.raises(NotReady):
        review_requests.remind(plan_version=version, actor=None, now=now + timedelta(minutes=5))
    review_requests.remind(plan_version=version, actor=None, now=now + timedelta(hours=2))
    assert reminded.count() == 4
    assert journal.history_of(version).filter(verb="planversion.remind").count() == 2


def test_one_seat_alone_is_reminded() -> None:
    version, mandate = under_review(seats=3)
    review_requests.remind(plan_version=version, seat=mandate.seat, actor=None, now=timezone.now())
    assert [message.to_email for message in Message.objects.all()] == [mandate.person.email]
    give(version, mandate, Opinion(None, Verdict.APPROVE))
    with pytest.raises(NotReady):
        review_requests.remind(plan_version=version, seat=mandate.seat, actor=None, now=timezone.now())
    with pytest.raises(ReviewClosed):
        review_requests.remind(plan_version=make_plan(), actor=None, now=timezone.now())


def test_member_finds_what_waits_for_the_seat() -> None:
    user = make_member_user()
    committee = make_committee(seats=1)
    mandate = make_mandate(make_seat(committee, rank=2), user=user)
    version = make_plan(committee, "review")
    make_plan(state="review")
    found = reviews.waiting_for(user, now=timezone.now())
    assert [(row, row.answered) for row in found] == [(version, 0)]  # type: ignore[attr-defined]
    give(version, mandate, Opinion(None, Verdict.APPROVE))
    assert reviews.waiting_for(user, now=timezone.now())[0].answered == 1  # type: ignore[attr-defined]
    assert reviews.waiting_for(make_member_user(), now=timezone.now()) == []


def test_seat_reads_the_actions_of_its_own_institution_first() -> None:
    version, mandate = under_review(actions=2)
    own = make_action(version.plan.committee, owner=mandate.seat.organisation)
    version.state = "draft"
    version.save()
    plans.choose(plan_version=version, actions=[e.action for e in version.entries.all()] + [own], actor=None)
    assert reviews.in_order(version.entries.all(), mandate.seat)[0].action == own
