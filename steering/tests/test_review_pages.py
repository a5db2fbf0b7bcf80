"""The opinion of a seat through the pages: signed in, or by the personal link of one person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core.models import Message, PersonalLink
from core.outbox import tokens
from notifications import links
from steering.domain import plans, review_requests
from steering.models import Mandate, PlanVersion, Review, ReviewRequest
from steering.tests.factories import make_action, make_committee, make_mandate, make_member_user, make_person, make_seat
from steering.tests.plan_factories import add_entry, make_plan

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


def asked(**fields: Any) -> tuple[PlanVersion, ReviewRequest, str]:
    """A version under review, the request to one titular, and the address behind the personal link."""
    version = make_plan(state="review", **fields)
    mandate = Mandate.objects.filter(seat__committee=version.plan.committee).order_by("seat__rank", "id").first()
    request = ReviewRequest.objects.create(plan_version=version, mandate=mandate, asked_at=timezone.now())
    url = links.make_direct(review_requests.ACT, request, version.review_until)
    token = url.rstrip("/").rpartition("/")[2]
    return version, request, reverse("steering:review-page", args=[token])


def test_successor_reads_who_answered_for_the_seat_before(client: Any) -> None:
    _version, request, url = asked()
    client.post(url, {"verdict_plan": "approve"})
    assert "Vous avez répondu le" in client.get(url).content.decode()
    before, after = request.mandate.person, make_person()
    Mandate.objects.filter(pk=request.mandate_id).update(person=after)
    html = client.get(url).content.decode()
    assert f"<bdi>{before}</bdi> a répondu au nom de ce siège" in html and "Vous avez répondu le" not in html


@pytest.mark.feature(119)
def test_link_shows_whose_it_is_and_only_a_post_answers(client: Any) -> None:
    version, request, url = asked()
    action = version.entries.first().action
    page = client.get(url)
    html = page.content.decode()
    assert str(request.mandate.seat) in html and request.mandate.person.name in html
    assert "checked" not in html
    assert not Review.objects.exists()
    client.post(
        url, {f"verdict_{action.pk}": "changes", f"comment_{action.pk}": "Trop court", "verdict_plan": "approve"}
    )
    given = Review.objects.order_by("id")
    assert [(row.verdict, row.by_link, row.person) for row in given] == [
        ("changes", True, request.mandate.person),
        ("approve", True, request.mandate.person),
    ]
    client.post(url, {"verdict_plan": "lacking", "comment_plan": "Le budget manque"})
    assert Review.objects.count() == 3
    assert "Le budget manque" in client.get(url).content.decode()


def test_wrong_answers_are_said_beside_their_field_and_nothing_is_lost(client: Any) -> None:
    version, _request, url = asked()
    action = version.entries.first().action
    page = client.post(url, {f"verdict_{action.pk}": "changes", "comment_plan": "Une remarque sans réponse"})
    errors = page.context["form"].errors
    assert set(errors) == {f"comment_{action.pk}", "verdict_plan"}
    assert "Une remarque sans réponse" in page.content.decode()
    empty = client.post(url, {})
    assert "verdict_plan" in empty.context["form"].errors
    forged = client.post(url, {"verdict_plan": "maybe"})
    assert "verdict_plan" in forged.context["form"].errors
    assert not Review.objects.exists()


def test_link_opened_while_another_person_is_signed_in_is_refused(client_for: Browser) -> None:
    _version, request, url = asked()
    officer = client_for(make_user("officer"))
    for answer in (officer.get(url), officer.post(url, {"verdict_plan": "approve"})):
        assert answer.status_code == 403
    assert not Review.objects.exists()
    own = make_member_user()
    type(request.mandate.person).objects.filter(pk=request.mandate.person_id).update(user=own)
    assert client_for(own).post(url, {"verdict_plan": "approve"}).status_code == 302
    assert Review.objects.count() == 1


def test_link_ends_at_the_deadline_and_with_the_mandate(client: Any) -> None:
    _version, request, url = asked()
    Mandate.objects.filter(pk=request.mandate_id).update(ends_on=timezone.localdate() - timedelta(days=1))
    assert client.get(url).context["closed"]
    assert client.post(url, {"verdict_plan": "approve"}).status_code == 200
    PersonalLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    assert "review" not in client.get(url).url
    assert not Review.objects.exists()


def test_version_back_in_draft_takes_no_answer_through_an_old_link(client: Any) -> None:
    version, _request, url = asked()
    plans.back_to_draft(plan_version=version, reason="Corrections", actor=None)
    page = client.get(url)
    assert page.context["closed"] and 'type="radio"' not in page.content.decode()
    client.post(url, {"verdict_plan": "approve"})
    assert not Review.objects.exists()


def test_link_of_the_message_opens_the_page(client: Any) -> None:
    version = make_plan(seats=1)
    plans.send_to_review(plan_version=version, until=timezone.now() + timedelta(days=3), actor=None, now=timezone.now())
    message = Message.objects.get()
    token = tokens.token_for(message, "review")
    request = version.requests.get()
    PersonalLink.objects.create(
        message=message,
        place="review",
        act=review_requests.ACT,
        object_type=request._meta.label_lower,
        object_id=request.pk,
        token_hash=tokens.hash_of(token),
        created_at=timezone.now(),
        expires_at=version.review_until,
    )
    assert client.get(f"/l/{token}/", follow=True).status_code == 200


def test_member_answers_for_the_own_seat_and_reads_own_actions_first(client_for: Browser) -> None:
    user = make_member_user()
    committee = make_committee(seats=1)
    seat = make_seat(committee, rank=2)
    make_mandate(seat, user=user)
    version = make_plan(committee, "review")
    own = make_action(committee, owner=seat.organisation)
    add_entry(version, own, position=9)
    url = reverse("steering:review", args=[version.plan.slug, 1])
    browser = client_for(user)
    page = browser.get(url)
    assert [item["entry"].action for item in page.context["own"]] == [own]
    assert len(page.context["others"]) == 2
    browser.post(url, {f"verdict_{own.pk}": "recuse"})
    assert Review.objects.get().seat == seat and not Review.objects.get().by_link
    assert client_for(make_member_user()).get(url).status_code == 404
    assert client_for(make_user("officer")).get(url).status_code == 403


def test_secretariat_sees_who_has_not_answered_and_reminds_by_hand(client_for: Browser) -> None:
    version, request, _url = asked(seats=3)
    browser = client_for(make_user("officer"))
    page = browser.get(reverse("steering:version-detail", args=[version.plan.slug, 1]))
    assert len(page.context["summary"].missing) == 3
    remind = reverse("steering:version-remind", args=[version.plan.slug, 1])
    browser.post(remind, {"seat": request.mandate.seat_id})
    assert Message.objects.filter(kind=review_requests.REMIND).count() == 1
    browser.post(remind)
    assert Message.objects.filter(kind=review_requests.REMIND).count() == 3
    assert browser.post(remind, {"seat": "x"}).status_code == 404


def test_auditor_reads_the_version_without_names(client_for: Browser) -> None:
    version, request, _url = asked()
    html = (
        client_for(make_user("auditor"))
        .get(reverse("steering:version-detail", args=[version.plan.slug, 1]))
        .content.decode()
    )
    assert request.mandate.person.name not in html
