"""How messages leave, against a real mail server that misbehaves (PROMISES rows 12, 14, 15, 16, 18, 20)."""

from __future__ import annotations

import datetime as dt
import re
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.utils import timezone

from core import outbox
from core.enums import MessageState, Outcome
from core.models import Message, PersonalLink, Series
from core.outbox import delivery, lease, tokens, transport
from core.testing.smtp import Sink
from core.tests.outbox.clock import at, states, sweep_until
from core.tests.outbox.conftest import Queue


def test_delivery_sends_a_complete_mail_in_the_readers_language(queue: Queue, sink: Sink) -> None:
    message = queue(name="L’Été & <b>co</b>", email="lectrice@example.org", language="ar", secrets={"code": "738-412"})
    assert delivery.deliver_due() == 1
    [received] = sink.received
    mail = received.mail
    assert mail["Subject"] == "Note: L’Été & <b>co</b>"
    assert str(mail["To"]) == "Lectrice <lectrice@example.org>"
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "ar")
    assert received.message_id == message.message_id
    assert abs(mail["Date"].datetime - timezone.now()) < dt.timedelta(seconds=30)
    assert "L’Été & <b>co</b> / جوان" in received.text
    assert "L’Été &amp; &lt;b&gt;co&lt;/b&gt;" in received.html
    [calendar] = mail.iter_attachments()
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_filename() == "séance.ics"
    assert calendar["Content-Type"].params["method"] == "REQUEST"
    assert calendar.get_content().startswith("BEGIN:VCALENDAR")
    assert all(byte < 128 for byte in received.mail.as_bytes())
    message.refresh_from_db()
    assert (message.state, message.attempts, message.sealed, message.lease_until) == (MessageState.SENT, 1, "", None)
    assert message.sent_at is not None


def test_links_and_secrets_reach_the_reader_and_nobody_else(queue: Queue, sink: Sink) -> None:
    message = queue(secrets={"code": "738-412"})
    before = outbox.preview(message)
    delivery.deliver_due()
    message.refresh_from_db()
    [received] = sink.received
    [token] = set(re.findall(r"http://localhost:\d+/l/([\w-]{22})/", received.text + received.html))
    assert "738-412" in received.text
    assert "738-412" in received.html
    link = PersonalLink.objects.get()
    assert (link.act, link.object_id, link.token_hash) == ("core.note", message.object_id, tokens.hash_of(token))
    for words in (before, outbox.preview(message)):
        shown = words.text + words.html
        assert "[lien personnel]" in shown or "[personal link]" in shown
        assert token not in shown
        assert "738-412" not in shown
        assert "link.invalid" not in shown
    assert token not in str(Message.objects.values().get())


HEADERS = [
    "Séance\r\nBcc: evil@example.org",
    "Séance\nBcc: evil@example.org\n\nCorps",
    "Séance\r\n.\r\nMAIL FROM:<evil@example.org>",
    "Séance\u2028Bcc: evil@example.org",
    "\u202eSéance",
    "=?utf-8?q?=0ABcc=3A_evil=40example=2Eorg?=",
    'Nom" <evil@example.org>, "',
    "é" * 60,
]


@pytest.mark.parametrize("text", HEADERS)
def test_text_from_a_person_never_becomes_a_header(queue: Queue, sink: Sink, text: str) -> None:
    """SECURITY row 11, in the subject and in the recipient's name, as a mail server sees it."""
    message = queue(name=text)
    Message.objects.filter(pk=message.pk).update(to_name=outbox.Recipient("a@example.org", text, "fr").name)
    delivery.deliver_due()
    [received] = sink.received
    assert received.to == message.to_email
    assert [address.addr_spec for address in received.mail["To"].addresses] == [message.to_email]
    assert {name for name in received.mail if name.lower() in {"bcc", "cc", "reply-to"}} == set()
    assert len(received.mail.get_all("Subject")) == len(received.mail.get_all("From")) == 1
    assert "Because of rule 1." in received.text


def test_arabic_domain_is_written_as_mail_servers_take_it(queue: Queue, sink: Sink) -> None:
    queue(email="lectrice@مثال.تونس")
    delivery.deliver_due()
    assert [mail.to for mail in sink.received] == ["lectrice@xn--mgbh0fb.xn--pgbs0dh"]


def test_fault_while_handing_over_blocks_nobody(queue: Queue, sink: Sink) -> None:
    message, other = queue(), queue()
    Message.objects.filter(pk=message.pk).update(to_email="lectrice@مثال.تونس")
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.outcome, message.attempts) == (MessageState.QUEUED, Outcome.BROKEN, 1)
    assert [mail.message_id for mail in sink.received] == [other.message_id]


def test_without_a_mail_server_messages_are_written_to_files(queue: Queue, settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_URL, settings.STATE_DIR = "", tmp_path
    message = queue()
    delivery.deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.WRITTEN
    path = transport.file_of(message)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert mail["Message-ID"] == message.message_id
    assert list(path.parent.iterdir()) == [path]


def test_delivery_twice_sends_once(queue: Queue, sink: Sink) -> None:
    message = queue()
    delivery.deliver_due()
    assert delivery.deliver_due() == 0
    assert delivery.deliver(message.pk) == 0
    assert len(sink.received) == 1


def test_deliver_sends_the_rest_on_the_same_connection(queue: Queue, sink: Sink) -> None:
    messages = [queue() for _ in range(5)]
    assert delivery.deliver(messages[3].pk) == 5
    assert sink.connections == 1
    assert sink.received[0].message_id == messages[3].message_id


def test_message_due_later_waits(queue: Queue, sink: Sink) -> None:
    now = timezone.now()
    queue(due_at=now + dt.timedelta(hours=1))
    assert delivery.deliver_due() == 0
    assert delivery.deliver_due(clock=at(now + dt.timedelta(hours=1))) == 1


def test_poison_is_set_aside_within_ten_minutes_and_blocks_nobody(queue: Queue, sink: Sink) -> None:
    """Row 20, with 1 of 60."""
    start = timezone.now()
    poison = queue(mode="poison", now=start)
    for _ in range(59):
        queue(now=start)
    delivery.deliver_due(clock=at(start))
    assert states() == {"queued": 1, "sent": 59}
    sweep_until(start + dt.timedelta(minutes=10), start=start, step=dt.timedelta(seconds=5))
    poison.refresh_from_db()
    assert (poison.state, poison.attempts, poison.outcome) == (MessageState.FAILED, 5, Outcome.BROKEN)
    assert poison.last_error == "ZeroDivisionError: poison"
    assert outbox.figures(at=start).failed == 1


def test_message_about_a_thing_that_vanished_is_cancelled(queue: Queue, sink: Sink) -> None:
    message = queue(name="gone")
    Series.objects.filter(name="gone").delete()
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.CANCELLED, Outcome.GONE)
    assert sink.received == []


def test_message_that_no_longer_holds_is_cancelled(queue: Queue, sink: Sink) -> None:
    message = queue(mode="useless")
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.CANCELLED, Outcome.USELESS)
    assert sink.received == []


def test_scheduler_down_for_a_day_sends_only_what_is_still_of_use(queue: Queue, sink: Sink) -> None:
    """Row 12: no reminder for yesterday."""
    start = timezone.now()
    useful = queue(now=start, useless_after=(start + dt.timedelta(hours=48)).isoformat())
    late = queue(now=start, useless_after=(start + dt.timedelta(hours=23)).isoformat())
    for _ in range(2):
        delivery.deliver_due(clock=at(start + dt.timedelta(hours=24)))
    late.refresh_from_db()
    assert (late.state, late.outcome) == (MessageState.MISSED, Outcome.TOO_LATE)
    assert late.useless_after == start + dt.timedelta(hours=23)
    assert [mail.message_id for mail in sink.received] == [useful.message_id]


def test_withdrawal_between_claim_and_handing_over_sends_nothing(queue: Queue, sink: Sink) -> None:
    """Row 18: the message is taken back while a worker is writing it."""
    message, other = queue(name="withdrawn"), queue(name="other")
    claimed = lease.claim(message.pk, at=timezone.now())
    assert claimed is not None
    assert outbox.withdraw(obj=Series.objects.get(name="withdrawn")) == 1
    with transport.carrier() as line:
        delivery.send(claimed, line, clock=timezone.now)
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.CANCELLED, Outcome.WITHDRAWN)
    assert [mail.message_id for mail in sink.received] == [other.message_id]


def test_fictional_address_never_reaches_a_mail_server(queue: Queue, sink: Sink) -> None:
    fictional, visitor = queue(email="a@demo.invalid", demo=True), queue(email="visitor@example.org", demo=True)
    delivery.deliver_due()
    fictional.refresh_from_db()
    assert (fictional.state, fictional.outcome) == (MessageState.NOT_SENT, Outcome.DEMO_ADDRESS)
    assert [mail.message_id for mail in sink.received] == [visitor.message_id]


def test_our_own_address_refused_fails_no_message(queue: Queue, sink: Sink, settings: Any) -> None:
    settings.EMAIL_URL = sink.url.replace("smtp://", "smtp://user:wrong@")
    message = queue()
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.outcome) == (MessageState.QUEUED, 0, Outcome.UNREACHABLE)


@pytest.mark.parametrize("scheme", ["smtp+tls", "smtps"])
def test_server_without_the_encryption_asked_for_gets_nothing(
    queue: Queue, sink: Sink, settings: Any, scheme: str
) -> None:
    settings.EMAIL_URL, settings.EMAIL_TIMEOUT = sink.url.replace("smtp", scheme, 1), 1
    message = queue()
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.QUEUED, Outcome.UNREACHABLE)
    assert sink.received == []


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", None),
        ("smtp://127.0.0.1:2525", transport.Server("127.0.0.1", 2525, "", "", "smtp")),
        (
            "smtp+tls://u%40x:p%3Aw@mail.example.org",
            transport.Server("mail.example.org", 587, "u@x", "p:w", "smtp+tls"),
        ),
        ("smtps://mail.example.org", transport.Server("mail.example.org", 465, "", "", "smtps")),
    ],
)
def test_email_url_is_understood(url: str, server: transport.Server | None) -> None:
    assert transport.parse(url) == server


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://u:secret@h:port"])
def test_email_url_that_makes_no_sense_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(Exception, match="EMAIL_URL") as caught:
        transport.parse(url)
    assert "secret" not in str(caught.value)
