"""The staff pages of messages: list, one message, send again, stop; the mailbox of a demonstration."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from core import outbox
from core.enums import MessageState, Outcome
from core.errors import IllegalMove, ReasonRequired
from core.models import JournalEntry, Message
from core.outbox import delivery, lease
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue
from notifications import objects
from notifications.permissions import acts_on_messages, reads_demo_mail, reads_messages

ClientFor = Callable[..., StrictClient]


@pytest.fixture
def officer(client_for: ClientFor) -> StrictClient:
    return client_for(make_user("officer", full_name="Chargée de programme"))


@pytest.mark.parametrize(
    ("role", "reads"),
    [("manager", True), ("officer", True), ("trainer", False), ("auditor", False), ("member", False), (None, False)],
)
def test_messages_are_for_the_staff(db: None, role: str | None, reads: bool) -> None:
    user = make_user(role)
    assert reads_messages(user) is acts_on_messages(user) is reads


def test_list_shows_every_message_and_its_state(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    sink.answers["refusee@example.org"] = "550 5.1.1 Boîte inconnue"
    queue(email="refusee@example.org")
    queue(email="envoyee@example.org", name="Été")
    delivery.deliver_due()
    queue(email="attente@example.org")
    page = officer.get("/messages/").content.decode()
    for email, state in (("refusee", MessageState.FAILED), ("envoyee", MessageState.SENT), ("attente", "queued")):
        row = re.search(rf"<tr>(?:(?!</tr>).)*{email}@example\.org.*?</tr>", page, re.DOTALL)
        assert row
        assert str(MessageState(state).label) in row[0]
    assert "Note: Été" in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?state=failed", {"refusee"}),
        ("?state=undelivered", {"refusee"}),
        ("?state=unsent", {"attente"}),
        ("?state=sent&kind=core.note", {"envoyee"}),
        ("?q=ete", {"envoyee"}),
        ("?q=ATTENTE", {"attente"}),
        ("?q=att", {"attente"}),
        ("?kind=accounts.invitation", set()),
    ],
)
def test_list_is_filtered_by_state_kind_and_text(
    queue: Queue, sink: Sink, officer: StrictClient, query: str, expected: set[str]
) -> None:
    sink.answers["refusee@example.org"] = "550 5.1.1 unknown"
    queue(email="refusee@example.org")
    queue(email="envoyee@example.org", name="Été")
    delivery.deliver_due()
    queue(email="attente@example.org")
    page = officer.get(f"/messages/{query}").content.decode()
    assert set(re.findall(r"(\w+)@example\.org", page)) == expected


def test_list_asks_as_much_for_three_rows_as_for_one(queue: Queue, officer: StrictClient) -> None:
    assert assert_flat_queries(officer, "/messages/", queue) <= 12


def test_list_says_how_the_outbox_is_doing(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    queue(now=timezone.now() - dt.timedelta(hours=1))
    sink.stop()
    delivery.deliver_due()
    page = officer.get("/messages/").content.decode()
    assert 'class="is-late"' in page
    assert "refused" in page


def test_detail_shows_the_words_without_the_personal_link(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    message = queue(name="Été & <script>", language="ar", secrets={"code": "738-412"})
    before = officer.get(f"/messages/{message.pk}/").content.decode()
    delivery.deliver_due()
    after = officer.get(f"/messages/{message.pk}/").content.decode()
    token = re.findall(r"/l/([\w-]{22})/", sink.received[0].text)[0]
    for page in (before, after):
        assert "Été &amp; &lt;script&gt;" in page
        assert token not in page
        assert "738-412" not in page
        assert "link.invalid" not in page
        assert "Because of rule 1." in page
    assert str(MessageState.SENT.label) in after


def test_detail_of_a_message_that_cannot_be_written_still_opens(queue: Queue, officer: StrictClient) -> None:
    message = queue(mode="poison")
    page = officer.get(f"/messages/{message.pk}/")
    assert page.status_code == 200
    assert message.to_email in page.content.decode()


def test_detail_tells_each_try_with_the_servers_words(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    sink.answers["grise@example.org"] = "451 4.7.1 Revenez plus tard"
    message = queue(email="grise@example.org")
    delivery.deliver_due()
    message.refresh_from_db()
    sink.answers.clear()
    delivery.deliver_due(clock=lambda: message.next_try_at)
    page = officer.get(f"/messages/{message.pk}/").content.decode()
    history = page.split('id="history"')[1]
    assert "451 4.7.1 Revenez plus tard" in history
    assert history.index(str(MessageState.SENT.label)) < history.index("451 4.7.1")


@pytest.mark.feature(95)
def test_resend_makes_a_new_message_to_the_same_address(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    sink.answers["pleine@example.org"] = "552 5.2.2 Mailbox full"
    message = queue(email="pleine@example.org")
    delivery.deliver_due()
    assert outbox.figures(at=timezone.now()).failed == 1
    sink.answers.clear()
    answer = officer.post(f"/messages/{message.pk}/resend/", {"reason": "La boîte a été vidée."})
    copy = Message.objects.get(copy_of=message)
    assert answer.url == f"/messages/{copy.pk}/"
    delivery.deliver_due()
    assert [mail.message_id for mail in sink.received] == [copy.message_id]
    assert copy.message_id != message.message_id
    assert outbox.figures(at=timezone.now()).failed == 0
    entry = JournalEntry.objects.get(verb="message.resend", object_id=message.pk)
    assert (entry.reason.text, entry.data, str(entry.actor)) == (
        "La boîte a été vidée.",
        {"copy": copy.pk},
        "Chargée de programme",
    )
    assert "La boîte a été vidée." in officer.get(f"/messages/{message.pk}/").content.decode()


def test_resend_without_a_reason_keeps_the_form(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    message = queue()
    delivery.deliver_due()
    page = officer.post(f"/messages/{message.pk}/resend/", {"reason": "  "})
    assert page.status_code == 200
    assert "error-summary" in page.content.decode()
    assert Message.objects.count() == 1


def test_resend_of_a_message_that_waits_is_refused(queue: Queue, officer: StrictClient) -> None:
    message, actor = queue(), make_user()
    with pytest.raises(outbox.CannotResend):
        outbox.resend(message=message, actor=actor, reason="r", now=timezone.now())
    with pytest.raises(ReasonRequired):
        outbox.resend(message=message, actor=actor, reason=" ", now=timezone.now())
    assert "<textarea" not in officer.get(f"/messages/{message.pk}/resend/").content.decode()


def test_cancel_stops_a_message_and_keeps_the_reason(queue: Queue, sink: Sink, officer: StrictClient) -> None:
    message = queue()
    officer.post(f"/messages/{message.pk}/cancel/", {"reason": "Adresse erronée."})
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.outcome, sink.received) == (MessageState.CANCELLED, Outcome.STOPPED, [])
    page = officer.get(f"/messages/{message.pk}/").content.decode()
    assert "Adresse erronée." in page
    assert "Chargée de programme" in page
    again = officer.post(f"/messages/{message.pk}/cancel/", {"reason": "encore"}).content.decode()
    assert "Chargée de programme" in again.split("<main")[1]


@pytest.mark.parametrize("state", [MessageState.SENDING, MessageState.SENT])
def test_cancel_comes_too_late(queue: Queue, sink: Sink, state: MessageState) -> None:
    message = queue()
    if state == MessageState.SENDING:
        lease.claim(message.pk, at=timezone.now())
    else:
        delivery.deliver_due()
    with pytest.raises(IllegalMove):
        outbox.cancel(message=message, actor=make_user(), reason="r")
    message.refresh_from_db()
    assert message.state == state


def test_object_of_a_message_is_linked_where_its_page_opens(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    message = queue()
    assert objects.about(message, make_user()).url == ""
    monkeypatch.setitem(objects._pages, "core.series", "accounts:user-detail")
    assert objects.about(message, make_user("manager")).url == f"/accounts/users/{message.object_id}/"
    assert objects.about(message, make_user("officer")).url == ""


@pytest.fixture
def files(settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_URL, settings.STATE_DIR = "", tmp_path


def test_mailbox_of_the_demonstration_shows_the_mail_with_its_link_at_work(
    queue: Queue, files: None, client_for: ClientFor
) -> None:
    message, own = queue(name="Séance", email="visiteuse@example.org", demo=True), queue(email="vraie@example.org")
    delivery.deliver_due()
    client = client_for(make_user("officer", is_demo=True))
    page = client.get("/messages/demo/").content.decode()
    assert "visiteuse@example.org" in page
    assert "vraie@example.org" not in page
    mail = client.get(f"/messages/demo/{message.pk}/").content.decode()
    [link] = set(re.findall(r'href="(http://localhost:\d+/l/[\w-]{22}/)"', mail))
    assert mail.count(link) == 3
    assert client.get(f"/messages/demo/{own.pk}/").status_code == 404
    file = client.get(f"/messages/demo/{message.pk}/files/0/")
    assert file["Content-Type"] == "text/calendar"
    assert file["Content-Disposition"] == "attachment; filename*=utf-8''s%C3%A9ance.ics"
    assert file.content.startswith(b"BEGIN:VCALENDAR")
    assert client.get(f"/messages/demo/{message.pk}/files/1/").status_code == 404


def test_mailbox_is_only_of_a_demonstration(db: None, settings: Any, files: None) -> None:
    assert reads_demo_mail(make_user("officer", is_demo=True))
    assert not any(reads_demo_mail(make_user(role, is_demo=True)) for role in ("trainer", "member", "auditor"))
    assert not reads_demo_mail(make_user("manager"))
    settings.EMAIL_URL = "smtp://127.0.0.1:1"
    assert not reads_demo_mail(make_user("manager", is_demo=True))
