"""Personal links: followed, used, expired, asked for again."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.enums import MessageState
from core.models import JournalEntry, Message, PersonalLink, Series
from core.outbox import delivery
from core.testing.client import StrictClient
from core.testing.races import errors_in, race
from core.testing.smtp import Sink
from core.tests.outbox.conftest import Queue
from notifications import links
from notifications.domain import links as registry
from notifications.domain import renewal
from notifications.errors import CannotRenew
from notifications.views.links import masked

ACT = "core.note"


@pytest.fixture(autouse=True)
def act(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample's act leads to a page that exists and takes a token."""
    monkeypatch.setitem(registry._acts, ACT, registry.Act(ACT, "accounts:invitation-accept"))


def sent_link(queue: Queue, sink: Sink, **more: Any) -> tuple[str, PersonalLink]:
    queue(**more)
    delivery.deliver_due()
    found = re.findall(r"/l/([\w-]{22})/", sink.received[-1].text)
    return found[0], PersonalLink.objects.order_by("-id")[0]


def test_short_address_leads_to_the_act_in_the_readers_language(queue: Queue, sink: Sink, client: StrictClient) -> None:
    for language, prefix in (("fr", ""), ("ar", "/ar"), ("en", "/en")):
        token, _link = sent_link(queue, sink, language=language)
        response = client.get(f"/l/{token}/")
        assert (response.status_code, response.url) == (302, f"{prefix}/accounts/invitation/{token}/")


def test_following_a_link_changes_nothing(queue: Queue, sink: Sink, client: StrictClient) -> None:
    token, link = sent_link(queue, sink)
    PersonalLink.objects.filter(pk=link.pk).update(used_at=timezone.now())
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/l/{token}/")
        client.get(f"/links/{token}/")
    assert captured.captured_queries
    assert not [q["sql"] for q in captured.captured_queries if re.match(r"INSERT|UPDATE|DELETE", q["sql"])]


def test_resolve_gives_the_link_once_used_then_says_so(queue: Queue, sink: Sink) -> None:
    token, link = sent_link(queue, sink)
    assert links.resolve(token, ACT) == link
    links.mark_used(link)
    with pytest.raises(links.LinkUsed) as caught:
        links.resolve(token, ACT)
    assert caught.value.url == f"/links/{token}/"
    with pytest.raises(links.LinkUsed):
        links.mark_used(link)


def test_resolve_refuses_another_act_and_unknown_tokens(queue: Queue, sink: Sink) -> None:
    token, _link = sent_link(queue, sink)
    for wrong, act in ((token, "core.other"), ("x" * 22, ACT), ("", ACT)):
        with pytest.raises(links.LinkUnknown):
            links.resolve(wrong, act)


def test_link_expires_at_its_minute(queue: Queue, sink: Sink) -> None:
    token, link = sent_link(queue, sink)
    now = timezone.now()
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=now)
    assert links.resolve(token, ACT, now=now - dt.timedelta(seconds=1)) == link
    with pytest.raises(links.LinkExpired):
        links.resolve(token, ACT, now=now)


def test_direct_link_opens_its_object(db: None) -> None:
    series = Series.objects.create(name="direct")
    url = links.make_direct(ACT, series, timezone.now() + dt.timedelta(days=1), language="ar")
    token = url.split("/")[-2]
    link = links.resolve(token, ACT)
    assert (link.object_type, link.object_id, link.message, link.language) == ("core.series", series.pk, None, "ar")
    assert token not in str(PersonalLink.objects.values().get())


def dead_link(queue: Queue, sink: Sink) -> tuple[str, PersonalLink]:
    token, link = sent_link(queue, sink, email="lectrice@domaine.tn")
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    PersonalLink.objects.filter(pk=link.pk).update(expires_at=hour_ago)
    Message.objects.update(created_at=hour_ago)
    link.refresh_from_db()
    return token, link


def test_expired_link_offers_a_new_one_to_the_same_address(queue: Queue, sink: Sink, client: StrictClient) -> None:
    token, _link = dead_link(queue, sink)
    page = client.get(f"/l/{token}/", follow=True)
    text = page.content.decode()
    assert page.redirect_chain == [(f"/links/{token}/", 302)]
    assert page.status_code == 410
    assert "l…@d….tn" in text
    assert "lectrice@domaine.tn" not in text
    answer = client.post(f"/links/{token}/")
    assert answer.status_code == 200
    assert "lectrice@domaine.tn" not in answer.content.decode()
    delivery.deliver_due()
    assert [mail.to for mail in sink.received] == ["lectrice@domaine.tn"] * 2
    new = re.findall(r"/l/([\w-]{22})/", sink.received[-1].text)[0]
    assert new != token
    assert links.resolve(new, ACT).message_id == Message.objects.order_by("-id")[0].pk
    assert JournalEntry.objects.filter(verb="message.resend", actor=None).count() == 1


def test_new_link_asked_for_many_times_is_one_message(queue: Queue, sink: Sink, client: StrictClient) -> None:
    token, _link = dead_link(queue, sink)
    for _ in range(5):
        assert client.post(f"/links/{token}/").status_code == 200
    assert Message.objects.count() == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_new_link_asked_for_by_many_at_once_is_one_message(queue: Queue, sink: Sink) -> None:
    _token, link = dead_link(queue, sink)
    now = timezone.now()
    assert errors_in(race(*[lambda: renewal.renew(link=link, now=now)] * 8)) == []
    assert Message.objects.count() == 2


def test_new_link_three_times_a_day_and_no_more(queue: Queue, sink: Sink) -> None:
    _token, link = dead_link(queue, sink)
    start = timezone.now()
    for number in range(3):
        renewal.renew(link=link, now=start + dt.timedelta(minutes=11 * number))
        Message.objects.filter(state=MessageState.QUEUED).update(
            created_at=start + dt.timedelta(minutes=11 * number), state=MessageState.MISSED
        )
    with pytest.raises(CannotRenew):
        renewal.renew(link=link, now=start + dt.timedelta(minutes=40))
    renewal.renew(link=link, now=start + dt.timedelta(hours=25))
    assert Message.objects.count() == 5


def test_live_link_is_not_renewed(queue: Queue, sink: Sink, client: StrictClient) -> None:
    token, link = sent_link(queue, sink)
    with pytest.raises(CannotRenew):
        renewal.renew(link=link, now=timezone.now())
    assert client.get(f"/links/{token}/").url == f"/accounts/invitation/{token}/"


def test_link_to_what_is_gone_offers_nothing(queue: Queue, sink: Sink, client: StrictClient) -> None:
    token, _link = dead_link(queue, sink)
    Series.objects.all().delete()
    page = client.get(f"/links/{token}/").content.decode()
    assert "<form" not in page.split("<main")[1]
    assert client.post(f"/links/{token}/").status_code == 410
    assert Message.objects.count() == 1


def test_act_with_its_own_renewal_is_asked(
    queue: Queue, sink: Sink, client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    own = registry.Act(ACT, "accounts:invitation-accept", renew=lambda link, now: asked.append(link.pk))
    monkeypatch.setitem(registry._acts, ACT, own)
    token, link = dead_link(queue, sink)
    client.post(f"/links/{token}/")
    assert asked == [link.pk]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("path", ["", "/ar", "/en"])
def test_unknown_link_says_so(db: None, client: StrictClient, path: str) -> None:
    page = client.get(f"{path}/links/{'x' * 22}/")
    assert page.status_code == 404
    assert '<form method="post"' not in page.content.decode().split("<main")[1]
    assert client.get(f"/l/{'x' * 22}/").status_code == 302


@pytest.mark.parametrize(
    ("email", "hint"),
    [("amina@domaine.tn", "a…@d….tn"), ("a@b.c.org", "a…@b….org"), ("x@localhost", "x…@….localhost"), ("", "")],
)
def test_address_is_only_hinted_at(email: str, hint: str) -> None:
    assert masked(email) == hint
