"""The room in a browser: the secretariat notes, members and auditors read, what is refused is said in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from accounts.tests.factories import make_user
from core.testing.queries import assert_flat_queries
from directory.models import Person
from steering.domain import items, presence
from steering.models import Answer, Guest, ItemReader, Meeting, Presence, QuorumCount
from steering.tests.factories import make_item, make_mandate, make_member_user, make_seat
from steering.tests.room import Room, lifted, opened, read, url, words

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


# -- presence and quorum --------------------------------------------------------------------------------------------
@pytest.mark.feature(56)
@pytest.mark.feature(57)
def test_one_click_notes_an_arrival_and_the_meeting_opens_once_enough_are_there(officer: Any) -> None:
    room = Room()
    page = read(officer, room)
    assert "disabled" in page and "Quorum non atteint" in page
    for index in range(3):
        answer = officer.post(url("room-arrive", room.meeting.pk, room.titular(index).pk))
        assert answer.url == f"{url('room', room.meeting.pk)}#seat-{room.seats[index].pk}"
    page = words(read(officer, room))
    assert "Quorum atteint : 3 requis" in page and "Titulaire : 3, Non pointé : 2" in page
    officer.post(url("room-open", room.meeting.pk))
    assert room.fresh().state == "opened"
    assert f"présidée par {room.titular(0).person}" in words(read(officer, room))
    leave = url("room-depart", Presence.objects.get(seat=room.seats[2]).pk)
    officer.post(leave)
    assert "Quorum non atteint : 3 requis" in words(read(officer, room))
    assert QuorumCount.objects.filter(meeting=room.meeting, cause="departure").count() == 1


@pytest.mark.feature(56)
def test_of_two_browsers_the_second_is_told_who_and_when(officer: Any, client_for: Browse) -> None:
    room = Room()
    other = client_for(make_user("manager", full_name="Responsable Exemple"))
    arrive = url("room-arrive", room.meeting.pk, room.titular(0).pk)
    other.post(arrive)
    page = officer.post(arrive, follow=True).content.decode()
    assert "est déjà en séance (Responsable Exemple" in page and "Rien n’a été modifié" in page
    assert Presence.objects.count() == 1


def test_the_part_that_changes_comes_alone_to_htmx(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    part = read(officer, room, **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div id="live"') and "<html" not in part
    assert 'hx-trigger="every 10s"' in read(officer, room)


def test_an_hour_is_corrected_beside_its_field(officer: Any) -> None:
    room = Room()
    (row,) = room.arrive(0)
    form = url("presence-correct", row.pk)
    wrong = officer.post(form, {"arrived_at": "25:00", "left_at": ""})
    assert "arrived_at" in wrong.context["form"].errors and 'value="25:00"' in wrong.content.decode()
    earlier = timezone.localtime(room.t(-20))
    officer.post(form, {"arrived_at": f"{earlier:%H:%M}", "left_at": ""})
    row.refresh_from_db()
    assert row.arrived_at == room.t(-20)
    before = timezone.localtime(room.t(-30))
    refused = officer.post(form, {"arrived_at": f"{earlier:%H:%M}", "left_at": f"{before:%H:%M}"})
    assert "left_at" in refused.context["form"].errors
    officer.post(url("presence-remove", row.pk), {"reason": "Erreur de personne"})
    assert not Presence.objects.exists()


def test_what_was_announced_stands_beside_the_seat(officer: Any) -> None:
    room = Room()
    values = {"meeting": room.meeting, "at": timezone.now(), "for_on": room.meeting.day}
    Answer.objects.create(seat=room.seats[3], reply="excused", **values)
    Answer.objects.create(seat=room.seats[4], reply="proxy", proxy_to=room.seats[0], **values)
    page = words(read(officer, room))
    assert "Excusé" in page and "annoncé : pouvoir à" in page
    room.arrive(0)
    form = officer.get(url("proxy-give", room.meeting.pk, room.seats[4].pk)).context["form"]
    assert form.initial["holder"] == room.seats[0].pk, "the announced proxy is proposed"


@pytest.mark.feature(55)
def test_a_proxy_is_given_and_withdrawn(officer: Any) -> None:
    room = Room()
    room.arrive(0)
    give = url("proxy-give", room.meeting.pk, room.seats[1].pk)
    empty = officer.post(give, {"holder": "", "hour": ""})
    assert "holder" in empty.context["form"].errors
    officer.post(give, {"holder": room.seats[0].pk, "hour": ""})
    page = words(read(officer, room))
    assert "Pouvoir" in page and "Retirer le pouvoir" in page
    third = officer.post(url("proxy-give", room.meeting.pk, room.seats[2].pk), {"holder": room.seats[0].pk, "hour": ""})
    assert "autant de pouvoirs" in third.content.decode()


def test_guests_stand_apart(officer: Any) -> None:
    room = Room()
    add = url("guest-add", room.meeting.pk)
    assert "name" in officer.post(add, {"name": ""}).context["form"].errors
    officer.post(add, {"name": "Personne 7", "institution": "Institution Exemple", "arrived_at": "", "left_at": ""})
    guest = Guest.objects.get()
    assert "attendu" in words(read(officer, room))
    hour = f"{timezone.localtime(room.t(1)):%H:%M}"
    officer.post(url("guest-edit", guest.pk), {"name": "Personne 8", "arrived_at": hour, "left_at": ""})
    officer.post(url("guest-leave", guest.pk), {"hour": ""})
    guest.refresh_from_db()
    assert guest.name == "Personne 8" and guest.left_at is not None
    officer.post(url("guest-remove", guest.pk), {"reason": "Erreur"})
    assert not Guest.objects.exists()


# -- readers --------------------------------------------------------------------------------------------------------
def as_member(room: Room, index: int) -> Any:
    user = make_member_user()
    Person.objects.filter(pk=room.titular(index).person_id).update(user=user)
    return user


@pytest.mark.feature(117)
def test_a_member_reads_the_room_and_only_the_items_that_are_open_to_the_seat(client_for: Browse) -> None:
    room = Room(items=3)
    room.items[1].audience = "named"
    room.items[1].title_fr = "Point réservé"
    room.items[1].save()
    room.items[2].audience, room.items[2].title_fr = "staff", "Point interne"
    room.items[2].save()
    ItemReader.objects.create(item=room.items[1], seat=room.seats[0])
    opened(room, 0, 1, 2)
    first, second = client_for(as_member(room, 0)), client_for(as_member(room, 1))
    page = read(first, room)
    assert str(room.titular(2).person) in page and "Point réservé" in page and "Point interne" not in page
    assert "Arrivée<" not in page and "Lever la séance" not in page
    page = read(second, room)
    assert "Point réservé" not in page and "Point confidentiel" in page
    assert client_for(make_member_user()).get(url("room", room.meeting.pk)).status_code == 404
    assert first.post(url("room-lift", room.meeting.pk)).status_code == 403


def test_an_auditor_reads_institutions_without_names(client_for: Browse, officer: Any) -> None:
    room = Room()
    lifted(room, officer)
    Guest.objects.create(meeting=room.meeting, name="Invitée Cachée", institution="Institution Exemple")
    page = read(client_for(make_user("auditor")), room)
    assert str(room.seats[0]) in page and "Institution Exemple" in page
    names = [str(room.titular(index).person) for index in range(5)]
    assert not [name for name in [*names, "Invitée Cachée"] if name in page]


def test_the_history_says_who_noted_what(officer: Any) -> None:
    room = Room()
    lifted(room, officer)
    page = words(officer.get(url("meeting-history", room.meeting.pk)).content.decode())
    for said in ("Arrivée", "Point 1 ouvert", "Décision D-", "Vote d’un siège sur D-"):
        assert said in page, said


def test_the_page_is_in_arabic(officer: Any) -> None:
    room = opened(Room(), 0, 1, 2)
    with translation.override("ar"):
        page = read(officer, room)
    assert 'dir="rtl"' in page and "النصاب مكتمل" in page and "أصلي" in page


# -- flat -----------------------------------------------------------------------------------------------------------
def test_the_page_asks_as_often_for_three_seats_as_for_one(officer: Any) -> None:
    room = Room()
    room.open(0, 1, 2)

    def another() -> None:
        mandate = make_mandate(make_seat(room.committee, rank=9))
        presence.arrive(meeting=room.meeting, mandate=mandate, at=room.now, actor=room.actor, now=room.now)

    assert_flat_queries(officer, url("room", room.meeting.pk), another, limit=40)


def test_the_page_asks_as_often_for_three_items_as_for_one(officer: Any) -> None:
    room = Room(items=0)
    room.open(0, 1, 2)

    def another() -> None:
        item = make_item(Meeting.objects.get(pk=room.meeting.pk), expected="decide")
        items.start(item=item, at=room.now, actor=room.actor, now=room.now)
        officer.post(url("decision-prepare", item.pk), {"mode": "consensus", "text_fr": "Texte"})
        officer.post(url("decision-decide", item.decisions.get().pk))
        officer.post(url("item-treat", item.pk))

    assert_flat_queries(officer, url("room", room.meeting.pk), another, limit=40)


def test_before_the_day_nobody_is_noted_and_the_room_says_when(officer: Any) -> None:
    room = Room()
    later = timezone.now() + timedelta(days=28)
    Meeting.objects.filter(pk=room.meeting.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    page = read(officer, room)
    assert "La présence se note le jour de la réunion, le" in words(page)
    assert url("room-arrive", room.meeting.pk, room.titular(0).pk) not in page
    assert url("room-no-quorum", room.meeting.pk) not in page
    Meeting.objects.filter(pk=room.meeting.pk).update(starts_at=room.start, ends_at=room.start + timedelta(hours=4))
    assert url("room-arrive", room.meeting.pk, room.titular(0).pk) in read(officer, room)


def test_a_vacant_seat_is_not_absent(officer: Any) -> None:
    room = Room()
    make_seat(room.committee, rank=9)
    assert "Siège vacant" in words(read(officer, room)) and ">Absent<" not in read(officer, room)
    room.open(0, 1, 2)
    assert [line.quality for line in presence.sheet(room.meeting).lines][3:] == ["absent", "absent", "vacant"]


def test_a_meeting_that_is_not_convened_shows_why_the_room_is_empty(officer: Any) -> None:
    room = Room(state="planned")
    later = timezone.now() + timedelta(days=3)
    Meeting.objects.filter(pk=room.meeting.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
    page = read(officer, room)
    assert "Personne n’est en séance" in page and "Saisir d’après" not in page
