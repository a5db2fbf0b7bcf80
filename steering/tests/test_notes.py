"""Notes of an item: saved while one types, revisions, and two people at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.errors import ObjectGone, StaleObject
from core.testing.queries import assert_flat_queries
from steering.domain import items, notes
from steering.errors import MinutesFrozen
from steering.models import AgendaItem, ItemNote
from steering.tests.factories import make_item, make_meeting
from steering.tests.room import Room

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]
JSON = {"headers": {"accept": "application/json"}}


@pytest.fixture
def item() -> AgendaItem:
    return make_item(make_meeting(state="opened"))


@pytest.fixture
def writer() -> User:
    return make_user("officer", full_name="Écrivain Exemple")


def save(item: AgendaItem, actor: User, fr: str = "", ar: str = "", *, version: int = 1, **how: Any) -> ItemNote:
    return notes.write(
        item=item, text_fr=fr, text_ar=ar, version=version, actor=actor, now=how.pop("now", timezone.now())
    )


def test_saving_keeps_each_text_and_the_same_again_changes_nothing(item: AgendaItem, writer: User) -> None:
    note = save(item, writer, "Un\r\ndeux ")
    assert (note.version, note.text_fr, note.saved_by) == (2, "Un\ndeux", writer)
    again = save(item, writer, "Un\ndeux", version=1)
    assert again.version == 2, "the same text is no conflict, whatever version it began from"
    assert journal.history_of(note).get().verb == "note.save"


def test_nothing_typed_makes_no_row(item: AgendaItem, writer: User) -> None:
    save(item, writer, "  ")
    assert not ItemNote.objects.exists()


def test_saving_is_refused_before_the_opening_and_after_the_approval(writer: User) -> None:
    with pytest.raises(notes.NotOpenedYet):
        save(make_item(make_meeting(state="convened")), writer, "Texte")
    with pytest.raises(MinutesFrozen):
        save(make_item(make_meeting(state="closed")), writer, "Texte")


def test_another_text_of_an_old_version_is_refused_and_nothing_is_lost(item: AgendaItem, writer: User) -> None:
    save(item, writer, "Première version")
    with pytest.raises(StaleObject) as caught:
        save(item, make_user("officer"), "Autre texte", version=1)
    assert caught.value.current.text_fr == "Première version"


def test_an_older_text_is_taken_back_as_a_new_one(item: AgendaItem, writer: User) -> None:
    now = timezone.now()
    first = save(item, writer, "Ancien", now=now)
    second = save(item, writer, "Nouveau", version=first.version, now=now + timedelta(minutes=10))
    old = notes.revisions(item)[0][-1]
    back = notes.take_back(item=item, revision=old.pk, version=second.version, actor=writer, now=timezone.now())
    assert (back.text_fr, back.version) == ("Ancien", 4)
    assert journal.history_of(back).first().verb == "note.restore"
    again = notes.take_back(item=item, revision=old.pk, version=back.version, actor=writer, now=timezone.now())
    assert again.version == 4
    with pytest.raises(ObjectGone):
        notes.take_back(item=item, revision=0, version=4, actor=writer, now=timezone.now())


def test_saves_of_one_person_within_minutes_are_one_revision(item: AgendaItem, writer: User) -> None:
    now, other = timezone.now(), make_user("manager")
    save(item, writer, "Le com", now=now)
    save(item, writer, "Le comité", version=2, now=now + timedelta(seconds=5))
    save(item, other, "Le comité décide", version=3, now=now + timedelta(seconds=9))
    rows, older = notes.revisions(item)
    assert [(row.by, row.text_fr) for row in rows] == [(other, "Le comité décide"), (writer, "Le comité")]
    assert older is None
    assert [(piece.kind, piece.text) for piece in rows[0].changed_fr] == [("same", "Le comité"), ("new", " décide")]


# -- in the browser --------------------------------------------------------------------------------------------------
@pytest.mark.feature(58)
def test_notes_are_saved_while_somebody_types(item: AgendaItem, writer: User, client_for: Browse) -> None:
    browser, url = client_for(writer), reverse("steering:note-edit", args=[item.pk])
    page = browser.get(reverse("steering:note-list", args=[item.meeting_id])).content.decode()
    assert f'action="{url}"' in page and "portal/js/notes.js" in page
    typed = {"version": 1, "text_fr": "Le rapporteur présente", "text_ar": ""}
    said = browser.post(url, typed, **JSON).json()
    assert said["version"] == 2 and said["said"].startswith("enregistré à ")
    said = browser.post(url, typed | {"version": 2, "text_ar": "قدّم المقرر"}, **JSON).json()
    assert (said["version"], said["text_ar"]) == (3, "قدّم المقرر")
    browser.post(url, {"version": 3, "text_fr": "Par le bouton", "text_ar": ""})
    assert ItemNote.objects.get().text_fr == "Par le bouton"


@pytest.mark.feature(58)
def test_two_people_at_once_are_warned_and_lose_nothing(item: AgendaItem, writer: User, client_for: Browse) -> None:
    url = reverse("steering:note-edit", args=[item.pk])
    first, second = client_for(writer), client_for(make_user("manager", full_name="Autre Exemple"))
    first.post(url, {"version": 1, "text_fr": "Texte du premier", "text_ar": ""}, **JSON)
    joined = second.post(url, {"version": 1, "text_fr": "", "text_ar": "نص الثاني"}, **JSON)
    assert joined.status_code == 200, "one wrote French, the other Arabic: both are kept"
    assert (joined.json()["text_fr"], joined.json()["text_ar"]) == ("Texte du premier", "نص الثاني")

    refused = first.post(url, {"version": 2, "text_fr": "Texte du premier", "text_ar": "نص آخر"}, **JSON)
    assert refused.status_code == 409 and "Autre Exemple" in refused.json()["error"]
    sides = first.post(url, {"version": 2, "text_fr": "Texte du premier", "text_ar": "نص آخر"})
    page = sides.content.decode()
    assert sides.status_code == 409 and "نص آخر" in page and "نص الثاني" in page
    chosen = {"version": 3, "text_fr": "Texte du premier", "text_ar": "نص آخر", "pick-text_ar": "mine"}
    assert first.post(url, chosen).status_code == 302
    assert ItemNote.objects.get().text_ar == "نص آخر"
    page = first.get(reverse("steering:note-revisions", args=[item.pk])).content.decode()
    assert "Autre Exemple" in page and "Écrivain Exemple" in page


@pytest.mark.feature(58)
def test_revisions_say_who_wrote_what_and_an_old_text_is_taken_back(
    item: AgendaItem, writer: User, client_for: Browse
) -> None:
    now = timezone.now() - timedelta(hours=1)
    save(item, writer, "Le comité décide", now=now)
    note = save(item, make_user("manager"), "Le comité recommande", version=2, now=now + timedelta(minutes=20))
    browser, url = client_for(writer), reverse("steering:note-revisions", args=[item.pk])
    page = browser.get(url)
    assert "<del>décide</del><ins>recommande</ins>" in page.content.decode()
    old = page.context["rows"][-1]
    restore = reverse("steering:note-restore", args=[item.pk, old.pk])
    told = browser.post(restore, {"version": note.version - 1}, follow=True).content.decode()
    assert "pendant votre saisie" in told, "somebody saved since the page was opened"
    browser.post(restore, {"version": note.version})
    assert ItemNote.objects.get().text_fr == "Le comité décide"


def test_a_refusal_while_typing_says_why(writer: User, client_for: Browse) -> None:
    item = make_item(make_meeting(state="closed"))
    answer = client_for(writer).post(
        reverse("steering:note-edit", args=[item.pk]), {"version": 1, "text_fr": "x", "text_ar": ""}, **JSON
    )
    assert answer.status_code == 422 and "approuvé" in answer.json()["error"]
    answer = client_for(writer).post(
        reverse("steering:note-edit", args=[item.pk]), {"version": 1, "text_fr": "x\u202ey", "text_ar": ""}, **JSON
    )
    assert answer.status_code == 422 and "U+202E" in answer.json()["error"]


def test_pages_ask_as_often_for_three_items_as_for_one(writer: User, client_for: Browse) -> None:
    meeting = make_meeting(state="opened")
    browser = client_for(writer)

    def one() -> None:
        save(make_item(meeting), writer, "Notes")

    assert_flat_queries(browser, reverse("steering:note-list", args=[meeting.pk]), one)


@pytest.mark.feature(58)
def test_notes_of_the_item_under_discussion_are_written_in_the_room(writer: User, client_for: Browse) -> None:
    room = Room(seats=3, items=2)
    room.open(0, 1)
    items.start(item=room.items[0], **room.act(10))
    page = client_for(writer).get(reverse("steering:room", args=[room.meeting.pk])).content.decode()
    assert f'action="{reverse("steering:note-edit", args=[room.items[0].pk])}"' in page and "portal/js/notes.js" in page
    assert reverse("steering:note-edit", args=[room.items[1].pk]) not in page
