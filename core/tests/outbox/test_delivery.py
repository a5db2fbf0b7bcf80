"""How messages leave, against a real mail server that misbehaves (PROMISES rows 12, 14, 15, 16, 18, 20)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from core import outbox
from core.enums import MessageState, Outcome
from core.models import Message, PersonalLink, Series
from core.outbox import delivery, lease, tokens, transport
from core.testing.races import race
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue


def at(moment: dt.datetime) -> Callable[[], dt.datetime]:
    return lambda: moment


def states() -> dict[str, int]:
    counts: dict[str, int] = {}
    for state in Message.objects.order_by("id").values_list("state", flat=True):
        counts[state] = counts.get(state, 0) + 1
    return counts


def sweep_until(until: dt.datetime, *, start: dt.datetime, step: dt.timedelta) -> None:
    """The scheduler's sweeps on a clock that runs faster; the breaker's few seconds pass between two of them."""
    moment = start
    while moment <= until:
        cache.delete(delivery.AWAY)
        delivery.deliver_due(clock=at(moment))
        moment += step


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


def test_bad_recipient_in_a_batch_harms_nobody_else(queue: Queue, sink: Sink) -> None:
    """Row 15: one bad of 100, refused for good or for now."""
    sink.answers = {"bad@example.org": "550 5.1.1 No such user", "grey@example.org": "450 4.2.0 Greylisted"}
    bad, grey = queue(email="bad@example.org"), queue(email="grey@example.org")
    for _ in range(98):
        queue()
    delivery.deliver_due()
    assert states() == {"failed": 1, "queued": 1, "sent": 98}
    assert sink.connections == 1
    bad.refresh_from_db()
    grey.refresh_from_db()
    assert (bad.outcome, bad.last_error) == (Outcome.REFUSED, "550 5.1.1 No such user")
    assert (grey.outcome, grey.last_error) == (Outcome.DEFERRED, "450 4.2.0 Greylisted")
    sink.answers.clear()
    delivery.deliver_due(clock=at(grey.next_try_at))
    assert len(sink.to("grey@example.org")) == 1


@pytest.mark.parametrize("code", ["450", "451", "452"])
def test_temporary_refusal_is_tried_later_and_later_then_set_aside(queue: Queue, sink: Sink, code: str) -> None:
    sink.answers["grey@example.org"] = f"{code} later"
    message, tries, moment = queue(email="grey@example.org"), [], timezone.now()
    for _ in range(10):
        delivery.deliver_due(clock=at(moment))
        message.refresh_from_db()
        if message.state != MessageState.QUEUED:
            break
        tries.append(int((message.next_try_at - moment).total_seconds() // 60))
        moment = message.next_try_at
    assert tries == [1, 5, 30, 120, 480]
    assert (message.state, message.outcome, message.attempts) == (MessageState.FAILED, Outcome.DEFERRED, 6)


def test_mail_server_away_for_three_days_loses_nothing(queue: Queue, sink: Sink) -> None:
    """Row 14, in sweeps of six hours: no try is lost while it is away, and all leave at the first sweep after it."""
    start = timezone.now()
    for _ in range(30):
        queue(now=start)
    sink.stop()
    sweep_until(start + dt.timedelta(hours=72), start=start, step=dt.timedelta(hours=6))
    assert states() == {"queued": 30}
    assert not Message.objects.exclude(attempts=0).exists()
    figures = outbox.figures(at=start + dt.timedelta(hours=72))
    assert figures.is_slow
    assert figures.oldest_unsent == dt.timedelta(hours=72)
    assert "refused" in figures.mail_server_away
    assert "refused" in Message.objects.order_by("id")[0].last_error
    sink.start()
    cache.clear()
    delivery.deliver_due(clock=at(start + dt.timedelta(hours=73)))
    assert states() == {"sent": 30}
    assert len({mail.message_id for mail in sink.received}) == len(sink.received) == 30


def test_while_the_mail_server_is_away_workers_do_not_queue_for_it(queue: Queue, sink: Sink) -> None:
    message = queue()
    sink.stop()
    delivery.deliver_due()
    sink.start()
    assert delivery.deliver(message.pk) == 0
    assert sink.connections == 0
    cache.delete(delivery.AWAY)
    assert delivery.deliver(message.pk) == 1


@pytest.mark.parametrize("phase", ["mail", "rcpt"])
def test_cut_before_data_costs_no_try_and_makes_no_double(queue: Queue, sink: Sink, phase: str) -> None:
    """Row 16, before DATA: 0 duplicates."""
    message = queue()
    sink.cut(phase)
    delivery.deliver_due()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.deferrals) == (MessageState.QUEUED, 0, 1)
    cache.clear()
    delivery.deliver_due(clock=at(message.next_try_at))
    assert [mail.message_id for mail in sink.received] == [message.message_id]


def test_cut_after_data_makes_at_most_one_double_with_the_same_id(queue: Queue, sink: Sink) -> None:
    """Row 16, after DATA and before 250: the try counts, the mail may come twice, its Message-ID tells."""
    messages = [queue() for _ in range(3)]
    sink.cut("data")
    delivery.deliver_due()
    messages[0].refresh_from_db()
    assert (messages[0].state, messages[0].attempts) == (MessageState.QUEUED, 1)
    delivery.deliver_due(clock=at(messages[0].next_try_at))
    assert states() == {"sent": 3}
    ids = [mail.message_id for mail in sink.received]
    assert len(ids) == 4
    assert set(ids) == {message.message_id for message in messages}
    assert len({mail.text for mail in sink.to(messages[0].to_email)}) == 1


def test_server_that_always_cuts_after_data_is_not_fed_for_ever(queue: Queue, sink: Sink) -> None:
    start = timezone.now()
    message = queue(now=start)
    sink.cut("data", times=100)
    sweep_until(start + dt.timedelta(days=2), start=start, step=dt.timedelta(minutes=30))
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert len(sink.received) == 6


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


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_send_each_message_once(queue: Queue, sink: Sink) -> None:
    """Row 13: the schedule fires twice, on four workers."""
    for _ in range(40):
        queue()
    handled = race(*[delivery.deliver_due] * 4)
    assert sum(int(str(count)) for count in handled) == 40
    assert len({mail.message_id for mail in sink.received}) == len(sink.received) == 40


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_sweeps_without_the_claim_send_doubles(queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: a claim that looks instead of updating."""

    def look(message_id: int, *, at: dt.datetime) -> Message | None:
        message = Message.objects.due(at=at).filter(pk=message_id).first()
        if message is not None:
            Message.objects.filter(pk=message_id).update(lease_until=at, claim=message.uid, state=MessageState.SENDING)
            message.claim = message.uid
        return message

    for _ in range(40):
        queue()
    sink.delay = 0.01
    monkeypatch.setattr(lease, "claim", look)
    race(*[delivery.deliver_due] * 4)
    assert len(sink.received) > 40


def test_dead_process_leaves_nothing_behind(queue: Queue, sink: Sink) -> None:
    """Row 9 in small: the claim of a process that died comes back when its lease ends, not before."""
    start = timezone.now()
    message = queue(now=start)
    assert lease.claim(message.pk, at=start) is not None
    assert delivery.deliver_due(clock=at(start + lease.LEASE / 2)) == 0
    assert delivery.deliver_due(clock=at(start + lease.LEASE)) == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 2)


def test_dead_process_without_the_sweep_leaves_its_message_stuck(
    queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: nobody takes leases back."""
    monkeypatch.setattr(lease, "release_abandoned", lambda *, at: 0)
    start = timezone.now()
    message = queue(now=start)
    lease.claim(message.pk, at=start)
    sweep_until(start + dt.timedelta(days=1), start=start, step=dt.timedelta(hours=1))
    message.refresh_from_db()
    assert message.state == MessageState.SENDING
    assert sink.received == []


def test_message_that_kills_its_process_is_set_aside(queue: Queue, sink: Sink) -> None:
    message, moment = queue(), timezone.now()
    for _ in range(lease.MAX_INTERRUPTIONS):
        assert lease.claim(message.pk, at=moment) is not None
        moment += lease.LEASE
        lease.release_abandoned(at=moment)
    message.refresh_from_db()
    assert (message.state, message.outcome) == (MessageState.FAILED, Outcome.INTERRUPTED)


def test_process_that_lost_its_claim_marks_nothing(queue: Queue, sink: Sink) -> None:
    start = timezone.now()
    slow = lease.claim(queue(now=start).pk, at=start)
    assert slow is not None
    delivery.deliver_due(clock=at(start + lease.LEASE))
    assert not lease.finish(slow, state=MessageState.FAILED, outcome=Outcome.REFUSED)
    assert states() == {"sent": 1}


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
