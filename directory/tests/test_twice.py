"""The same form sent by several hands at the same instant acts once; without the guard, as often as it is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from core.forms import once
from core.testing.client import StrictClient
from core.testing.races import errors_in, race
from directory.models import Person

HANDS = 8


def post_at_once(client_for: Callable[..., StrictClient]) -> list[Any]:
    """As many answers as hands, all to the same form of the same person."""
    user = make_user("officer")
    browsers = [client_for(user) for _hand in range(HANDS)]
    data = {"name_latin": "Amel", "sex": "u", "language": "fr", "another": "on", "once": "a-token-of-this-form"}
    return race(*[lambda browser=b: browser.post(reverse("directory:person-create"), data) for b in browsers])


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_eight_identical_posts_enter_one_person_and_get_one_answer(client_for: Callable[..., StrictClient]) -> None:
    answers = post_at_once(client_for)
    assert not errors_in(answers)
    assert len({answer.url for answer in answers}) == 1 == Person.objects.count()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twin_without_the_guard_enters_several(
    client_for: Callable[..., StrictClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def no_guard(request: Any, *, active: bool = True) -> Iterator[once.Answer]:
        yield once.Answer()

    monkeypatch.setattr(once, "guard", no_guard)
    post_at_once(client_for)
    assert Person.objects.count() == HANDS
