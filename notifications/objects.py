"""What messages are about, as staff see it: each app says which page shows one of its objects."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps
from django.urls import resolve, reverse

from accounts.models import User
from core.models import Message

_pages: dict[str, str] = {}


@dataclass(frozen=True)
class About:
    """The object of a message: its kind and number in words, and its page where this reader may open it."""

    words: str
    url: str


def register(object_type: str, view_name: str) -> None:
    """`register("trainings.registration", "trainings:registration-detail")`: the view takes `pk`."""
    _pages[object_type] = view_name


def about(message: Message, user: User) -> About:
    """Without a query, so that a list of messages stays quick."""
    try:
        name = apps.get_model(message.object_type)._meta.verbose_name
    except LookupError:
        name = message.object_type
    words = f"{name} {message.object_id}"
    if message.object_type not in _pages:
        return About(words, "")
    url = reverse(_pages[message.object_type], kwargs={"pk": message.object_id})
    permission = getattr(getattr(resolve(url).func, "view_class", None), "permission", None)
    return About(words, url if permission is None or permission(user) else "")
