"""Messages to more than five people wait ten minutes together; a person can hold them back, send or drop them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal, outbox
from core.enums import BatchState, MessageState, Outcome
from core.errors import IllegalMove, ReasonRequired
from core.models import JournalEntry, Message, MessageBatch, Series
from core.outbox import batches, delivery, gathering, lease
from core.outbox.gathering import MORE_THAN, WAIT
from core.testing.races import race
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue

Act = Callable[..., list[Message]]
MANY = MORE_THAN + 1


@pytest.fixture
def act(queue: Queue) -> Act:
    """`act(n)`: one verb of the journal that writes to n people."""

    @journal.act
    def write(count: int = MANY, *, actor: User | None = None, **more: object) -> list[Message]:
        told = [queue(name="Séance", **more) for _ in range(count)]
        about = Series.objects.get(name="Séance")
        journal.record("series.tell", obj=about, actor=actor)
        return told

    return write


def states() -> list[str]:
    return sorted(Message.objects.values_list("state", flat=True))


def later(seconds: float = 0) -> Callable[[], datetime]:
    return lambda: timezone.now() + WAIT + dt.timedelta(seconds=seconds)


@pytest.mark.parametrize("count", [1, MORE_THAN])
def test_few_messages_leave_at_once(act: Act, sink: Sink, count: int) -> None:
    act(count)
    assert not MessageBatch.objects.exists()
    delivery.deliver_due()
    assert len(sink.received) == count


def test_many_messages_wait_ten_minutes_and_leave_by_themselves(act: Act, sink: Sink) -> None:
    author = make_user("officer")
    act(actor=author)
    batch = MessageBatch.objects.get()
    assert (batch.state, batch.author, batch.about()) == (BatchState.WAITING, author, Series.objects.get())
    assert set(Message.objects.values_list("batch", "due_at", "next_try_at")) == {
        (batch.pk, batch.release_at, batch.release_at)
    }
    assert batch.release_at - batch.created_at == WAIT
    delivery.deliver_due()
    assert sink.received == []
    delivery.deliver_due(clock=later())
    delivery.deliver_due(clock=later(5))
    batch.refresh_from_db()
    assert len(sink.received) == MANY
    assert batch.state == BatchState.RELEASED


def test_messages_leave_even_if_nothing_looks_at_their_batch(act: Act, sink: Sink) -> None:
    messages = act()
    delivery.deliver(messages[0].pk, clock=later())
    assert len(sink.received) == MANY
    assert MessageBatch.objects.get().state == BatchState.WAITING


def test_act_that_fails_leaves_neither_messages_nor_a_batch(act: Act) -> None:
    @journal.act
    def fails() -> None:
        act()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert not MessageBatch.objects.exists()
    assert not Message.objects.exists()


def test_messages_that_were_rolled_back_inside_the_act_do_not_count(act: Act, queue: Queue) -> None:
    @journal.act
    def partly() -> None:
        with pytest.raises(ZeroDivisionError):
            half()
        for _ in range(MORE_THAN):
            queue()

    @journal.act
    def half() -> None:
        queue()
        raise ZeroDivisionError

    partly()
    assert Message.objects.count() == MORE_THAN
    assert not MessageBatch.objects.exists()


def test_urgent_ones_and_those_due_later_never_wait(act: Act, monkeypatch: pytest.MonkeyPatch) -> None:
    day = timezone.now() + dt.timedelta(days=1)
    act(due_at=day)
    monkeypatch.setattr(gathering, "is_urgent", lambda kind: True)
    act()
    assert not MessageBatch.objects.exists()
    assert Message.objects.filter(due_at=day).count() == MANY


def test_held_messages_do_not_leave_until_they_are_released_and_then_once(act: Act, sink: Sink) -> None:
    act()
    batch, officer = MessageBatch.objects.get(), make_user("officer")
    assert outbox.hold(batch=batch, actor=officer) == MANY
    with pytest.raises(IllegalMove):
        outbox.hold(batch=batch, actor=officer)
    delivery.deliver_due(clock=later(3600))
    assert (sink.received, states()) == ([], [MessageState.HELD] * MANY)
    now = timezone.now()
    assert outbox.release(batch=batch, actor=officer, now=now) == MANY
    with pytest.raises(IllegalMove):
        outbox.release(batch=batch, actor=officer, now=now)
    delivery.deliver_due()
    delivery.deliver_due(clock=later())
    assert len(sink.received) == MANY
    verbs = JournalEntry.objects.filter(object_type="core.messagebatch").order_by("id").values_list("verb", "actor")
    assert list(verbs) == [("messagebatch.held", officer.pk), ("messagebatch.released", officer.pk)]


def test_release_before_its_time_sends_once(act: Act, sink: Sink) -> None:
    act()
    outbox.release(batch=MessageBatch.objects.get(), actor=make_user("officer"), now=timezone.now())
    delivery.deliver_due()
    delivery.deliver_due(clock=later())
    assert len(sink.received) == MANY


def test_hold_stops_what_a_worker_claimed_and_not_what_it_hands_over(act: Act, sink: Sink) -> None:
    first, second, third, *_rest = act()
    at = later()()
    claimed, handed, gone = (lease.claim(one.pk, at=at) for one in (first, second, third))
    assert claimed and handed and gone
    lease.begin(handed, at=at)
    lease.finish(gone, state=MessageState.SENT, outcome=Outcome.NONE, sent_at=at)
    assert outbox.hold(batch=MessageBatch.objects.get(), actor=make_user("officer")) == MANY - 2
    assert not lease.begin(claimed, at=at)
    assert states() == [*[MessageState.HELD] * (MANY - 2), MessageState.SENDING, MessageState.SENT]


def test_hold_comes_too_late_when_all_have_left(act: Act, sink: Sink) -> None:
    messages = act()
    delivery.deliver(messages[0].pk, clock=later())
    batch = MessageBatch.objects.get()
    with pytest.raises(outbox.AllGone):
        outbox.hold(batch=batch, actor=make_user("officer"))
    batch.refresh_from_db()
    assert batch.state == BatchState.WAITING


def test_drop_needs_a_reason_and_each_message_can_still_be_sent_again(act: Act, sink: Sink) -> None:
    messages = act()
    batch, officer = MessageBatch.objects.get(), make_user("officer")
    with pytest.raises(IllegalMove):
        outbox.drop(batch=batch, actor=officer, reason="r", now=timezone.now())
    outbox.hold(batch=batch, actor=officer)
    with pytest.raises(ReasonRequired):
        outbox.drop(batch=batch, actor=officer, reason=" ", now=timezone.now())
    assert outbox.drop(batch=batch, actor=officer, reason="Mauvaise salle.", now=timezone.now()) == MANY
    assert set(Message.objects.values_list("state", "outcome")) == {(MessageState.CANCELLED, Outcome.STOPPED)}
    entry = JournalEntry.objects.get(verb="messagebatch.dropped")
    assert entry.reason.text == "Mauvaise salle."
    copy = outbox.resend(message=messages[0], actor=officer, reason="Elle, si.", now=timezone.now())
    delivery.deliver_due(clock=later())
    assert [mail.message_id for mail in sink.received] == [copy.message_id]


def test_what_is_withdrawn_meanwhile_is_not_sent_held_or_not(act: Act, queue: Queue, sink: Sink) -> None:
    act()
    outbox.hold(batch=MessageBatch.objects.get(), actor=make_user("officer"))
    assert outbox.withdraw(obj=Series.objects.get()) == MANY
    delivery.deliver_due()
    assert MessageBatch.objects.get().state == BatchState.DROPPED
    act()
    assert outbox.withdraw(obj=Series.objects.get()) == MANY
    delivery.deliver_due(clock=later())
    assert sink.received == []


def test_batch_of_which_everything_was_withdrawn_ends_before_its_time(act: Act) -> None:
    told = act()
    batch = MessageBatch.objects.get()
    assert batches.settle_due(at=timezone.now()) == 0
    Message.objects.filter(pk__in=[message.pk for message in told]).update(state=MessageState.CANCELLED)
    assert batches.settle_due(at=timezone.now()) == 1
    batch.refresh_from_db()
    assert (batch.state, batches.settle_due(at=later(1)())) == (BatchState.DROPPED, 0)


def test_what_no_longer_holds_when_it_leaves_is_left_out(act: Act, sink: Sink) -> None:
    messages = act()
    Message.objects.filter(pk=messages[0].pk).update(params={"mode": "useless"})
    Message.objects.filter(pk=messages[1].pk).update(object_id=0)
    delivery.deliver_due(clock=later())
    assert len(sink.received) == MANY - 2
    left_out = Message.objects.filter(state=MessageState.CANCELLED).order_by("id").values_list("outcome", flat=True)
    assert list(left_out) == [Outcome.USELESS, Outcome.GONE]


def one_by_one(queue: Queue, count: int, *, author: User | None = None, key: str = "job:1") -> None:
    """Several acts that are one for the person who asked for them."""
    now = timezone.now()
    about = Series.objects.get_or_create(name="Séance")[0]
    with outbox.together(key=key, author=author, about=about):
        for _ in range(count):
            journal.act(queue)(now=now)


def test_several_acts_are_one_batch(queue: Queue, sink: Sink) -> None:
    author = make_user("officer")
    one_by_one(queue, MANY, author=author)
    batch = MessageBatch.objects.get()
    assert (batch.author, batch.about(), batch.messages.count()) == (author, Series.objects.get(name="Séance"), MANY)
    delivery.deliver_due()
    assert sink.received == []
    delivery.deliver_due(clock=later(1))
    assert len(sink.received) == MANY


def test_several_acts_that_tell_few_leave_no_batch(queue: Queue, sink: Sink) -> None:
    one_by_one(queue, MORE_THAN)
    assert not MessageBatch.objects.exists()
    delivery.deliver_due()
    assert len(sink.received) == MORE_THAN


def test_work_taken_up_again_joins_its_batch_even_when_that_is_held(queue: Queue) -> None:
    def dies() -> None:
        now = timezone.now()
        with outbox.together(key="job:1", author=None, about=None):
            for _ in range(MANY):
                journal.act(queue)(now=now)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        dies()
    batch = MessageBatch.objects.get()
    outbox.hold(batch=batch, actor=make_user("officer"))
    one_by_one(queue, 2)
    assert batch.messages.count() == MANY + 2
    assert set(states()) == {MessageState.HELD}
    one_by_one(queue, 2, key="job:2")
    assert MessageBatch.objects.count() == 1


def test_process_that_dies_between_loses_nothing(queue: Queue, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "_close_work", lambda key, now: None)
    one_by_one(queue, 2)
    assert MessageBatch.objects.get().messages.count() == 2
    delivery.deliver_due(clock=later(1))
    assert len(sink.received) == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_and_two_workers_send_each_once(act: Act, sink: Sink) -> None:
    act(20)
    batch, officer = MessageBatch.objects.get(), make_user("officer")
    now = timezone.now()
    results = race(*[lambda: outbox.release(batch=batch, actor=officer, now=now)] * 4)
    assert sorted(str(type(result).__name__) for result in results) == ["IllegalMove"] * 3 + ["int"]
    race(*[delivery.deliver_due] * 3)
    delivery.deliver_due()
    assert sorted(mail.message_id for mail in sink.received) == sorted(
        Message.objects.values_list("message_id", flat=1)
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_hold_and_the_end_of_the_ten_minutes_at_once_send_each_once_or_not(act: Act, sink: Sink) -> None:
    act(20)
    batch, officer = MessageBatch.objects.get(), make_user("officer")
    race(lambda: delivery.deliver_due(clock=later()), lambda: outbox.hold(batch=batch, actor=officer))
    sent = Message.objects.filter(state=MessageState.SENT).count()
    assert len(sink.received) == len({mail.message_id for mail in sink.received}) == sent
    assert sent + Message.objects.filter(state=MessageState.HELD).count() == 20


@pytest.mark.django_db(transaction=True)
def test_page_of_the_author_learns_of_a_batch_once_it_is_committed(act: Act, queue: Queue) -> None:
    with outbox.watched() as made:
        act(1)
        assert made == []
        act()
        one_by_one(queue, MANY)
    assert made == list(MessageBatch.objects.order_by("id").values_list("pk", flat=True))
    assert len(made) == 2
