"""The staff pages of batches: who is told what in each language; hold back, send now, give up."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts.tests.factories import make_user
from core import journal
from core.enums import BatchState, MessageState, Outcome
from core.models import Message, MessageBatch, Series
from core.outbox import delivery
from core.outbox.gathering import MORE_THAN, WAIT
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue

Make = Callable[..., MessageBatch]


@pytest.fixture
def officer(client_for: Callable[..., StrictClient]) -> StrictClient:
    return client_for(make_user("officer", full_name="Chargée de programme"))


@pytest.fixture
def make(queue: Queue) -> Make:
    """`make("fr", "ar", …)`: one act that writes to a person in each language, and to readers of French beside."""

    def save(*languages: str, **more: object) -> MessageBatch:
        tell(queue, languages, **more)
        return MessageBatch.objects.latest("pk")

    return save


@journal.act
def tell(queue: Queue, languages: tuple[str, ...], **more: object) -> None:
    for language in (*languages, *["fr"] * (MORE_THAN + 1 - len(languages))):
        queue(name="Séance", language=language, **more)
    journal.record("series.tell", obj=Series.objects.get(name="Séance"), actor=None)


@pytest.mark.feature(93)
def test_page_shows_the_words_in_each_language_in_its_direction(make: Make, officer: StrictClient) -> None:
    batch = make("ar", "ar")
    page = officer.get(f"/messages/batches/{batch.pk}/").content.decode()
    examples = re.findall(r"<details.*?</details>", page, re.DOTALL)
    assert [re.findall(r'<bdi lang="(\w+)">', one)[0] for one in examples] == ["fr", "ar", "en"]
    assert ['dir="rtl"' in one for one in examples] == [False, True, False]
    assert all("Séance" in one and "séance.ics" in one and "Because of rule 1." in one for one in examples)
    assert ['<details class="sheet sheet-pad" open>' in one for one in examples] == [True, True, False]
    assert "link.invalid" not in page
    assert page.count("@example.org") == MORE_THAN + 1


def test_page_says_what_can_no_longer_be_written(make: Make, officer: StrictClient) -> None:
    batch = make(mode="useless")
    page = officer.get(f"/messages/batches/{batch.pk}/")
    assert page.status_code == 200
    words = gettext("This message can no longer be written: what it announces no longer holds.")
    assert page.content.decode().count(words) == 3


def test_page_counts_those_that_were_left_out(make: Make, officer: StrictClient, sink: Sink) -> None:
    batch = make()
    Message.objects.filter(pk=batch.messages.first().pk).update(params={"mode": "useless"})
    delivery.deliver_due(clock=lambda: timezone.now() + WAIT)
    page = officer.get(f"/messages/batches/{batch.pk}/").content.decode()
    assert str(Outcome.USELESS.label) in page
    assert gettext("Released by the portal after ten minutes") in page
    assert "/hold/" not in page


def test_hold_release_and_give_up_by_the_buttons(make: Make, officer: StrictClient, sink: Sink) -> None:
    batch = make()
    url = f"/messages/batches/{batch.pk}/"
    page = officer.get(url).content.decode()
    assert f"{url}hold/" in page
    assert f"{url}drop/" not in page
    officer.post(f"{url}hold/")
    page = officer.get(url).content.decode()
    assert f"{url}drop/" in page
    assert "Chargée de programme" in page.split('id="history"')[1]
    empty = officer.post(f"{url}drop/", {"reason": " "})
    assert "error-summary" in empty.content.decode()
    officer.post(f"{url}drop/", {"reason": "Mauvaise date."})
    assert "Mauvaise date." in officer.get(url).content.decode()
    one = batch.messages.first()
    assert "Mauvaise date." in officer.get(f"/messages/{one.pk}/").content.decode()
    late = officer.post(f"{url}release/", follow=True).content.decode()
    assert "Chargée de programme" in late.split("<main")[1]
    assert set(batch.messages.values_list("state", flat=True)) == {MessageState.CANCELLED}


def test_release_by_two_clicks_sends_once(make: Make, officer: StrictClient, sink: Sink) -> None:
    batch = make()
    for _ in range(2):
        officer.post(f"/messages/batches/{batch.pk}/release/")
    delivery.deliver_due()
    assert len(sink.received) == MORE_THAN + 1
    batch.refresh_from_db()
    assert batch.state == BatchState.RELEASED


def test_lists_show_what_waits_and_for_how_long(make: Make, officer: StrictClient, queue: Queue) -> None:
    batch = make()
    MessageBatch.objects.update(release_at=timezone.now() + dt.timedelta(minutes=7, seconds=30))
    queue(email="seule@example.org")
    for url in ("/messages/", "/messages/batches/"):
        page = officer.get(url).content.decode()
        assert f"/messages/batches/{batch.pk}/" in page
        assert ngettext("in %(n)s minute", "in %(n)s minutes", 8) % {"n": 8} in page
    assert f"/messages/batches/{batch.pk}/" in officer.get("/home/").content.decode()
    filtered = officer.get(f"/messages/?batch={batch.pk}").content.decode()
    assert filtered.count("@example.org") == MORE_THAN + 1
    assert "seule" not in filtered
    assert "seule" in officer.get("/messages/?batch=x").content.decode()


def test_list_of_batches_asks_as_much_for_three_as_for_one(make: Make, officer: StrictClient) -> None:
    assert assert_flat_queries(officer, "/messages/batches/", make) <= 12


def test_list_of_messages_asks_as_much_for_three_batches_as_for_one(make: Make, officer: StrictClient) -> None:
    make()
    assert assert_flat_queries(officer, "/messages/", make) <= 12
