"""Who may open a personal calendar: the page is everybody's own, the secret address is its own key."""

from __future__ import annotations

from django.utils import timezone

from accounts.tests.factories import make_user
from accounts.tests.matrix import everybody, signed_in
from trainings.domain import feeds


def token() -> list[object]:
    return [feeds.token_of(feeds.make(user=make_user("officer"), now=timezone.now()))]


ACCESS = {
    "trainings:own-calendar": signed_in(),
    "trainings:own-calendar-make": signed_in(302),
    "trainings:own-calendar-stop": signed_in(302),
    "trainings_short:calendar": everybody(args=token),
}
