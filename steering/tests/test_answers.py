"""Answers to a convocation: by link, signed in, by telephone; the alternate; the newest for the day counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError
from core.models import Message
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries
from notifications import links
from steering.domain import answers, letters, sitting
from steering.enums import MeetingState
from steering.errors import AnswersClosed, NotInOffice, RuleMissing
from steering.models import Answer, Meeting, Seat
from steering.tests.factories import (
    make_committee,
    make_item,
    make_mandate,
    make_meeting,
    make_member_user,
    make_seat,
)
from steering.tests.meetings import in_time, make_convocation

pytestmark = pytest.mark.django_db
Client = Callable[..., StrictClient]


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def called(seats: int = 3, act: dict[str, Any] | None = None) -> Meeting:
    meeting = make_meeting(make_committee(seats=seats, act=act), "convened")
    meeting.answers_until = in_time(meeting)
    meeting.save()
    make_item(meeting, title_fr="Point public")
    make_item(meeting, title_fr="Litige", audience="staff")
    make_convocation(meeting)
    return meeting


def seats_of(meeting: Meeting) -> list[Seat]:
    return list(sitting.seats_on(meeting.committee, on=meeting.day))


def give(meeting: Meeting, seat: Seat, reply: str = "present", **fields: Any) -> Answer:
    values: dict[str, Any] = {"actor": None, "now": timezone.now(), **fields}
    return answers.give(meeting=meeting, seat=seat, reply=reply, **values)


def test_every_answer_is_kept_and_the_newest_counts() -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    give(meeting, seat)
    last = give(meeting, seat, "excused", note="En mission")
    assert give(meeting, seat, "excused", note="En mission") == last, "the same again is the same answer"
    assert meeting.answers.count() == 2
    assert answers.newest(meeting) == {seat.pk: last}
    entry = journal.history_of(meeting).first()
    assert entry is not None and (entry.verb, entry.data["reply"]) == ("meeting.answer", "excused")
    later = timedelta(days=3)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=meeting.starts_at + later, ends_at=meeting.ends_at + later)
    meeting.refresh_from_db()
    assert answers.newest(meeting) == {}, "it was given for another day"
    assert answers.newest_of_any_day(meeting)[seat.pk] == last


def test_members_answer_until_the_deadline_and_staff_until_the_opening() -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    Meeting.objects.filter(pk=meeting.pk).update(answers_until=timezone.now())
    with pytest.raises(AnswersClosed):
        give(meeting, seat)
    give(meeting, seat, by_staff=True)
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.POSTPONED)
    with pytest.raises(AnswersClosed):
        give(meeting, seat, by_staff=True)


def test_a_mandate_that_ended_answers_nothing() -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    mandate = seat.mandates.get()
    mandate.ends_on = meeting.day - timedelta(days=1)
    mandate.save()
    with pytest.raises(NotInOffice):
        give(meeting, seat, person=mandate.person)
    with pytest.raises(NotInOffice):
        give(meeting, make_seat(make_committee()))


def test_an_alternate_comes_only_if_the_act_allows_it() -> None:
    meeting = called()
    seat, other = seats_of(meeting)[:2]
    mine, foreign = make_mandate(seat, kind="alternate"), make_mandate(other, kind="alternate")
    with pytest.raises(DomainError) as unnamed:
        give(meeting, seat, "alternate")
    assert unnamed.value.field == "alternate"
    with pytest.raises(NotInOffice):
        give(meeting, seat, "alternate", alternate=foreign)
    assert give(meeting, seat, "alternate", alternate=mine).alternate == mine
    for value, error in ((None, RuleMissing), (False, DomainError)):
        meeting.committee.acts.update(alternates=value)
        with pytest.raises(error):
            give(meeting, other, "alternate", alternate=foreign)


def test_a_proxy_goes_to_a_voting_seat_and_not_to_too_many() -> None:
    meeting = called(seats=4)
    one, two, three, four = seats_of(meeting)
    guest = make_seat(meeting.committee, rank=9, voice="consultative")
    for holder in (None, one, guest):
        with pytest.raises(DomainError) as refusal:
            give(meeting, one, "proxy", proxy_to=holder)
        assert refusal.value.field == "proxy_to"
    with pytest.raises(DomainError) as voiceless:
        give(meeting, guest, "proxy", proxy_to=one)
    assert voiceless.value.field == "reply"
    give(meeting, one, "proxy", proxy_to=two)
    with pytest.raises(DomainError) as full:
        give(meeting, three, "proxy", proxy_to=two)
    assert full.value.code == "full"
    give(meeting, one)
    give(meeting, three, "proxy", proxy_to=two)
    meeting.committee.acts.update(proxies=False)
    with pytest.raises(DomainError):
        give(meeting, four, "proxy", proxy_to=two)
    meeting.committee.acts.update(proxies=None, proxies_each=None)
    with pytest.raises(RuleMissing):
        give(meeting, four, "proxy", proxy_to=one)


def test_the_alternate_is_asked_when_the_titular_declines_and_told_when_he_comes_after_all() -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    titular, alternate = seat.mandates.get(), make_mandate(seat, kind="alternate")
    give(meeting, seat, "excused", person=titular.person)
    asked = Message.objects.get(kind=letters.ALTERNATE)
    assert asked.to_email == alternate.person.email
    give(meeting, seat, "alternate", person=alternate.person, alternate=alternate)
    assert Message.objects.filter(kind=letters.ALTERNATE).count() == 1, "who answers himself is not asked again"
    Message.objects.filter(pk=asked.pk).update(state="sent", sent_at=timezone.now())
    give(meeting, seat, "present", person=titular.person)
    assert Message.objects.get(kind=letters.RELEASED).to_email == alternate.person.email


def test_a_question_that_has_not_left_is_withdrawn_without_a_word() -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    make_mandate(seat, kind="alternate")
    give(meeting, seat, "excused")
    give(meeting, seat, "present")
    assert Message.objects.get(kind=letters.ALTERNATE).state == "cancelled"
    assert not Message.objects.filter(kind=letters.RELEASED).exists()


def test_what_is_expected_towards_the_quorum() -> None:
    meeting = called(seats=5, act={"quorum_numerator": 2, "quorum_denominator": 3})
    one, two, three, *_rest = seats_of(meeting)
    guest = make_seat(meeting.committee, rank=9, voice="consultative")
    give(meeting, one)
    give(meeting, guest)
    give(meeting, two, "proxy", proxy_to=one)
    give(meeting, three, "excused")
    seats, given = seats_of(meeting), answers.newest(meeting)
    act = meeting.act
    assert act is not None
    found = answers.expected(meeting, act, seats, given)
    assert (found.coming, found.in_office, found.required, found.is_enough) == (1, 5, 4, False)
    act.proxies_in_quorum = True
    assert answers.expected(meeting, act, seats, given).coming == 2
    act.quorum_numerator = None
    assert answers.expected(meeting, act, seats, given).required is None


def page_of(meeting: Meeting, seat: Seat, kind: str = "titular", expires_at: Any = None) -> str:
    mandate = seat.mandates.filter(kind=kind).first()
    convocation = meeting.convocations.get()
    invitee, _new = convocation.invitees.get_or_create(mandate=mandate)
    token = links.make_direct(letters.ANSWER, invitee, expires_at).rstrip("/").rpartition("/")[2]
    return reverse("steering:answer-page", args=[token])


@pytest.mark.feature(119)
@pytest.mark.feature(54)
def test_a_link_shows_whose_it_is_and_answers_without_an_account(client: StrictClient) -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    url = page_of(meeting, seat)
    html = client.get(url).content.decode()
    assert str(seat.mandates.get().person) in html and str(meeting.committee) in html
    assert "Point public" in html and "Litige" not in html and "Point confidentiel" in html
    assert not Answer.objects.exists(), "opening it changes nothing"
    refused = client.post(url, {"reply": "present", "who": "other"})
    assert refused.status_code == 200 and "Écrivez votre nom" in refused.content.decode()
    client.post(url, {"reply": "present", "who": "self", "said_by": "ignored"})
    client.post(url, {"reply": "excused", "who": "other", "said_by": "Personne 9", "said_as": "Chef de cabinet"})
    last, first = Answer.objects.all()
    assert (first.by_link, first.said_by, first.person) == (True, "", seat.mandates.get().person)
    assert (last.said_by, last.said_as) == ("Personne 9", "Chef de cabinet")
    assert "Excusé" in client.get(url).content.decode() or "excus" in client.get(url).content.decode()


@pytest.mark.feature(119)
def test_a_link_opened_by_somebody_else_who_is_signed_in_is_refused(client_for: Client) -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    url = page_of(meeting, seat)
    for stranger in (make_user("officer"), make_member_user()):
        browser = client_for(stranger)
        assert browser.get(url).status_code == 403
        assert browser.post(url, {"reply": "present", "who": "self"}).status_code == 403
    assert not Answer.objects.exists()
    holder = make_member_user()
    person = seat.mandates.get().person
    person.user = holder
    person.save()
    assert client_for(holder).post(url, {"reply": "present", "who": "self"}).status_code == 302


@pytest.mark.feature(119)
def test_a_link_that_is_over_says_so(client: StrictClient) -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    late = page_of(meeting, seat, expires_at=timezone.now() - timedelta(minutes=1))
    assert "links" in client.get(late).url  # type: ignore[attr-defined]
    Meeting.objects.filter(pk=meeting.pk).update(answers_until=timezone.now())
    url = page_of(meeting, seats_of(meeting)[1])
    html = client.get(url).content.decode()
    assert "Le délai de réponse est passé" in html and "<form" not in html.partition("<main")[2]
    assert "délai de réponse" in client.post(url, {"reply": "present", "who": "self"}).content.decode()
    assert not Answer.objects.exists()


def test_a_link_of_an_ended_mandate_answers_nothing(client: StrictClient) -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    url = page_of(meeting, seat)
    seat.mandates.update(ends_on=meeting.day - timedelta(days=1))
    assert "n’a pas de mandat" in client.get(url).content.decode()
    client.post(url, {"reply": "present", "who": "self"})
    assert not Answer.objects.exists()


def test_the_alternates_link_asks_him_himself(client: StrictClient) -> None:
    meeting = called()
    seat = seats_of(meeting)[0]
    alternate = make_mandate(seat, kind="alternate")
    url = page_of(meeting, seat, "alternate")
    assert "à la place du titulaire" in client.get(url).content.decode()
    client.post(url, {"reply": "alternate", "who": "self"})
    assert answers.newest(meeting)[seat.pk].alternate == alternate


@pytest.mark.feature(54)
def test_a_member_answers_for_the_own_seat_alone_and_staff_for_any(client_for: Client) -> None:
    meeting = called()
    mine, other = seats_of(meeting)[:2]
    member = make_member_user()
    person = mine.mandates.get().person
    person.user = member
    person.save()
    browser = client_for(member)
    own, foreign = (reverse("steering:answer-enter", args=[meeting.pk, seat.pk]) for seat in (mine, other))
    assert browser.get(own).status_code == 200
    assert browser.get(foreign).status_code == 403
    browser.post(own, {"reply": "present"})
    assert answers.newest(meeting)[mine.pk].person == person
    staff = client_for(make_user("officer"))
    assert "Indiquée par" in staff.post(foreign, {"reply": "present"}).content.decode()
    staff.post(foreign, {"reply": "excused", "said_by": "Personne 7"})
    assert answers.newest(meeting)[other.pk].said_by == "Personne 7"
    page = browser.get(own)
    assert page.context["form"] is not None and "Salle 1" in page.content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state="cancelled")
    html = browser.get(own).content.decode()
    assert "Cette réunion est annulée." in html and 'name="reply"' not in html


def test_a_vacant_seat_is_not_counted_among_those_that_have_not_answered(client_for: Client) -> None:
    meeting = called(seats=2)
    make_seat(meeting.committee, rank=9)
    context = client_for(make_user("officer")).get(reverse("steering:answer-list", args=[meeting.pk])).context
    assert (len(context["rows"]), context["called"], context["silent"]) == (3, 2, 2)


def test_the_tab_asks_as_often_for_many_seats_and_hides_names_from_auditors(client_for: Client) -> None:
    meeting = called(seats=2)
    name = str(seats_of(meeting)[0].mandates.get().person)
    url = reverse("steering:answer-list", args=[meeting.pk])
    assert name in client_for(make_user("officer")).get(url).content.decode()
    assert name not in client_for(make_user("auditor")).get(url).content.decode()

    def one_more() -> None:
        seat = make_seat(meeting.committee, rank=20)
        make_mandate(seat)
        give(meeting, seat, by_staff=True)

    assert_flat_queries(client_for(make_user("officer")), url, one_more, limit=18)
