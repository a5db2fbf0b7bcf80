"""What messages are about, as staff see it: each app says which page shows one of its objects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.urls import resolve, reverse
from django.utils.html import escape, format_html

from accounts.models import User
from core.models import Message
from core.ui import links

_pages: dict[str, str] = {}


@dataclass(frozen=True)
class About:
    """The object of a message: its kind and number in words, and its page where this reader may open it."""

    words: str
    url: str

    def __html__(self) -> str:
        """As a template shows it."""
        return format_html('<a href="{}">{}</a>', self.url, self.words) if self.url else escape(self.words)


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
    name, permission = _pages[message.object_type], _permission(_pages[message.object_type])
    may_open = permission is None or permission(user)
    return About(words, links.address(name, message.object_id) if may_open else "")


@cache
def _permission(view_name: str) -> Callable[[User], bool] | None:
    """Who may open the page, as its view says it."""
    view_class = getattr(resolve(reverse(view_name, args=[1])).func, "view_class", None)
    permission: Callable[[User], bool] | None = getattr(view_class, "permission", None)
    return permission
