"""The page of a member: whoever takes a mandate over finds what the institution promised before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from core.testing.queries import queries_of
from steering.domain import inheritance, mandates
from steering.models import Answer, Mandate, Review
from steering.tests.factories import (
    make_action,
    make_committee,
    make_mandate,
    make_meeting,
    make_member_user,
    make_person,
    make_recommendation,
    make_seat,
)

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]
URL = "steering:own-seat"


def succeeded(user: Any) -> Mandate:
    """A mandate that began yesterday, after another person's."""
    old = make_mandate(make_seat(make_committee()))
    yesterday = timezone.localdate() - timedelta(days=1)
    person = make_person(user=user)
    return mandates.replace(mandate=old, version=None, person=person, on=yesterday, actor=None)


@pytest.mark.feature(51)
def test_the_successor_finds_what_began_before(client_for: Browse) -> None:
    user = make_member_user()
    mandate = succeeded(user)
    committee, body = mandate.seat.committee, mandate.seat.organisation
    late = make_action(committee, owner=body, due_in=-5, title_fr="Note attendue")
    make_action(committee, owner=body, title_fr="Recensement", starts_on=timezone.localdate())
    others = make_action(committee, title_fr="Action d’autrui")
    elsewhere = make_action(owner=body, title_fr="Action d’un autre comité")
    make_recommendation(committee, addressee=body, text_fr="Recommandation adressée")
    plan = committee.plans.create(name_fr="Plan en revue", slug="plan-en-revue")
    version = plan.versions.create(number=1, state="review")
    meeting = make_meeting(committee, "convened")
    html = client_for(user).get(reverse(URL)).content.decode()
    for words in ("Note attendue", "Recensement", "Recommandation adressée", "Plan en revue", meeting.title):
        assert words in html
    assert html.count("d’avant votre mandat") == 2, "in the lead, and beside the one action that began before"
    assert "1 en retard" in html and "Pas encore de réponse" in html
    assert reverse("steering:answer-enter", args=[meeting.pk, mandate.seat_id]) in html
    assert others.title_fr not in html and elsewhere.title_fr not in html

    Answer.objects.create(meeting=meeting, seat=mandate.seat, reply="present", for_on=meeting.day, at=timezone.now())
    Review.objects.create(
        plan_version=version,
        seat=mandate.seat,
        mandate=mandate,
        person=mandate.person,
        verdict="approve",
        at=timezone.now(),
    )
    late.state = "verified"
    late.verified_at = timezone.now()
    late.save()
    html = client_for(user).get(reverse(URL)).content.decode()
    assert "Le titulaire vient" in html and "Plan en revue" not in html and "Note attendue" not in html


def test_a_member_without_a_mandate_is_told_whom_to_ask(client_for: Browse) -> None:
    user = make_member_user()
    ended = make_mandate(make_seat(make_committee()), user=user, ends_on=timezone.localdate() - timedelta(days=1))
    html = client_for(user).get(reverse(URL)).content.decode()
    assert "Vous n’avez pas de mandat aujourd’hui" in html and str(ended.seat.organisation) not in html


def test_who_leaves_before_the_meeting_is_not_asked_to_answer_it(client_for: Browse) -> None:
    user = make_member_user()
    mandate = make_mandate(make_seat(make_committee()), user=user, ends_on=timezone.localdate())
    meeting = make_meeting(mandate.seat.committee, "convened")
    html = client_for(user).get(reverse(URL)).content.decode()
    assert meeting.title in html and "Répondre à la convocation" not in html


def test_the_other_one_in_the_seat_is_named(client_for: Browse) -> None:
    user = make_member_user()
    mandate = make_mandate(make_seat(make_committee()), user=user)
    other = make_mandate(mandate.seat, kind="alternate")
    html = client_for(user).get(reverse(URL)).content.decode()
    assert str(other.person) in html and "À vos côtés dans ce siège" in html


def test_a_long_list_is_cut_and_says_how_many_there_are(client_for: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inheritance, "MOST", 2)
    user = make_member_user()
    mandate = make_mandate(make_seat(make_committee()), user=user)
    for _number in range(3):
        make_action(mandate.seat.committee, owner=mandate.seat.organisation)
    assert "2 actions sur 3" in client_for(user).get(reverse(URL)).content.decode()


def test_the_page_asks_as_often_for_three_actions_as_for_one(client_for: Browse) -> None:
    user = make_member_user()
    mandate = make_mandate(make_seat(make_committee()), user=user)
    browser = client_for(user)
    make_action(mandate.seat.committee, owner=mandate.seat.organisation)
    one = queries_of(browser, reverse(URL))
    for _number in range(2):
        make_action(mandate.seat.committee, owner=mandate.seat.organisation)
    assert len(queries_of(browser, reverse(URL))) == len(one) <= 20
