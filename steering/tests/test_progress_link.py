"""The personal link of an action: one act, one person, until a day; every answer is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core import journal, outbox
from core.errors import DomainError, IllegalMove, NotAllowed
from core.models import Message, PersonalLink
from core.outbox import tokens
from core.testing.papers import PDF
from steering.domain import progress, reports, verification
from steering.models import Action
from steering.tests.factories import make_person
from steering.tests.follow_up import World, make_world, part_of

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]
TOKEN = "abcdefghijklmnopqrstuv"


@pytest.fixture
def world(settings: Any, tmp_path: Any) -> World:
    settings.MEDIA_ROOT = tmp_path
    return make_world()


@pytest.fixture
def action(world: World) -> Action:
    return world.action(owner_person=world.owner_member.person, due_in=-7)


def asked(action: Action, world: World, *, expires_in: int = 30) -> PersonalLink:
    """The message was sent: its link exists."""
    message = reports.ask(action=action, actor=world.staff, now=timezone.now())
    now = timezone.now()
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=now)
    return PersonalLink.objects.create(
        message=message,
        place="progress",
        act=reports.ACT,
        object_type="steering.action",
        object_id=action.pk,
        token_hash=tokens.hash_of(TOKEN),
        created_at=now,
        expires_at=now + timedelta(days=expires_in),
    )


def page() -> str:
    return reverse("steering:progress-page", args=[TOKEN])


# -- asking ----------------------------------------------------------------------------------------------------------
@pytest.mark.feature(71)
def test_the_person_in_charge_is_written_to_once_an_hour(world: World, action: Action, client_for: Browse) -> None:
    staff = client_for(world.staff)
    url = reverse("steering:action-ask", args=[action.pk])
    assert "lien personnel" in staff.post(url, follow=True).content.decode()
    message = Message.objects.get(kind=reports.KIND)
    assert message.to_email == world.owner_member.person.email
    again = staff.post(url, follow=True).content.decode()
    assert "dernière heure" in again and Message.objects.filter(kind=reports.KIND).count() == 1
    assert journal.history_of(action).filter(verb="action.ask").count() == 1
    Message.objects.update(created_at=timezone.now() - timedelta(hours=2))
    staff.post(url)
    assert Message.objects.filter(kind=reports.KIND).count() == 2


def test_whom_one_cannot_ask(world: World, action: Action) -> None:
    def refusal(row: Action, actor: Any = None) -> DomainError:
        with pytest.raises(DomainError) as refused:
            reports.ask(action=row, actor=actor or world.staff, now=timezone.now())
        return refused.value

    assert refusal(world.action()).code == "nobody"
    mute = make_person(email=None)
    assert refusal(world.action(owner_person=mute)).code == "no_address"
    assert isinstance(refusal(world.action(state="declared")), IllegalMove)
    assert isinstance(refusal(action, world.owner_member), NotAllowed)
    part_of(action)
    assert isinstance(refusal(action), progress.HasParts)


def test_the_message_says_what_is_late_and_is_useless_once_it_is_closed(world: World, action: Action) -> None:
    message = reports.ask(action=action, actor=world.staff, now=timezone.now())
    text = outbox.render(message).shown.text
    assert action.code in text and "nous permettons" in text and str(world.owner) in text
    verification.drop(action=action, reason="x", actor=world.staff)
    with pytest.raises(outbox.Useless):
        outbox.kind_of(message).build(message)


# -- answering -------------------------------------------------------------------------------------------------------
@pytest.mark.feature(119)
def test_opening_changes_nothing_and_says_whose_link_it_is_and_a_post_acts_once(
    world: World, action: Action, client: Any
) -> None:
    asked(action, world)
    for _time in range(2):
        html = client.get(page()).content.decode()
        assert str(world.owner_member.person) in html and action.title in html and "7 jours de retard" in html
    assert not action.declarations.exists() and PersonalLink.objects.get().used_at is None

    bare = client.post(page(), {"percent": "60", "note": ""})
    assert set(bare.context["form"].errors) == {"note"} and PersonalLink.objects.get().used_at is None
    wrong = client.post(page(), {"percent": "60", "note": "x", "file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert set(wrong.context["form"].errors) == {"file"} and PersonalLink.objects.get().used_at is None
    values = {
        "percent": "60",
        "note": "Deux étapes faites.",
        "file": SimpleUploadedFile("a.pdf", PDF),
        "label": "Liste",
    }
    done = client.post(page(), values, follow=True).content.decode()
    assert "60\u00a0%" in done or "60 %" in done
    row = action.declarations.get()
    assert (row.by_link, row.by, row.person, row.percent) == (True, None, world.owner_member.person, 60)
    assert row.evidence is not None and row.evidence.label == "Liste"
    again = client.post(page(), {"percent": "90", "note": "Encore."}, follow=True).content.decode()
    assert "Deux étapes faites." in again and action.declarations.count() == 1
    assert Action.objects.get(pk=action.pk).progress == 60


@pytest.mark.feature(119)
def test_it_is_refused_when_somebody_else_is_signed_in(world: World, action: Action, client_for: Browse) -> None:
    asked(action, world)
    for user in (world.staff, world.other_member):
        other = client_for(user)
        for answer in (other.get(page()), other.post(page(), {"percent": "1", "note": "x"})):
            assert answer.status_code == 403
            assert action.title not in answer.content.decode()
    assert not action.declarations.exists()
    mine = client_for(world.owner_member)
    assert mine.get(page()).status_code == 200
    mine.post(page(), {"percent": "10", "note": "x"})
    assert action.declarations.get().by_link


@pytest.mark.feature(119)
def test_an_expired_link_leads_to_the_way_to_a_new_one(world: World, action: Action, client: Any) -> None:
    link = asked(action, world, expires_in=-1)
    answer = client.get(page())
    assert answer.status_code == 302 and "/links/" in answer.url
    dead = client.get(answer.url)
    assert dead.status_code == 410
    client.post(answer.url)
    assert Message.objects.filter(copy_of=link.message).count() == 1
    assert client.post(page(), {"percent": "1", "note": "x"}).status_code == 302
    assert not action.declarations.exists()


@pytest.mark.feature(119)
def test_a_link_dies_with_the_charge_of_its_person_and_with_the_action(
    world: World, action: Action, client: Any
) -> None:
    asked(action, world)
    Action.objects.filter(pk=action.pk).update(owner_person=make_person())
    assert client.get(page()).status_code == 403
    Action.objects.filter(pk=action.pk).update(owner_person=world.owner_member.person, state="dropped")
    assert client.get(page()).status_code == 410
    assert client.post(page(), {"percent": "1", "note": "x"}).status_code == 410
    assert not action.declarations.exists()


def test_two_posts_at_once_act_once(world: World, action: Action) -> None:
    link = asked(action, world)
    reports.answer(link=link, percent=5, note="Un.", user=None, now=timezone.now())
    with pytest.raises(DomainError) as refused:
        reports.answer(link=link, percent=6, note="Deux.", user=None, now=timezone.now())
    assert refused.value.code == "link_used" and action.declarations.count() == 1


def test_an_address_that_is_no_link_says_so(client: Any) -> None:
    assert client.get(page(), follow=True).status_code == 404
