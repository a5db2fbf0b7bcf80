"""What messages are about, as staff see it: each app says which page shows one of its objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import resolve, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from accounts.models import User
from core.models import Message
from core.ui import links

_pages: dict[str, str] = {}
_owners: dict[str, str] = {}
_slugs: dict[str, str] = {}


@dataclass(frozen=True)
class About:
    """The object of a message: its kind and number in words, and its page where this reader may open it."""

    words: str
    url: str

    def __str__(self) -> SafeString:
        """As a template shows it."""
        return format_html('<a href="{}">{}</a>', self.url, self.words) if self.url else escape(self.words)


def register(object_type: str, view_name: str) -> None:
    """`register("trainings.registration", "trainings:registration-detail")`: the view takes `pk`."""
    _pages[object_type] = view_name


def register_owner(object_type: str, path: str) -> None:
    """`register_owner("trainings.halfday", "part__session")`: what staff know the object by is what it belongs to."""
    _owners[object_type] = path


def register_slug(object_type: str, view_name: str) -> None:
    """Like `register()`, for a page that is addressed by the object's slug."""
    _slugs[object_type] = view_name


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


def about_each(names: Sequence[tuple[str, int | None]], user: User) -> list[About]:
    """Objects by type and number, each by the name of what it belongs to; one query a type."""
    wanted: dict[str, set[int]] = {}
    for object_type, pk in names:
        if object_type and pk is not None:
            wanted.setdefault(object_type, set()).add(pk)
    found = {object_type: _load(object_type, pks) for object_type, pks in wanted.items()}
    return [_about(found.get(object_type, {}).get(pk or 0), user) for object_type, pk in names]


def owners_of(messages: Sequence[Message], user: User) -> list[About]:
    """What each message is about; by the name of the meeting, plan or session it belongs to. One query a type."""
    names = [(row.object_type if row.object_type in _owners else "", row.object_id) for row in messages]
    named = about_each(names, user)
    return [known if known.words else about(row, user) for row, known in zip(messages, named, strict=True)]


def _load(object_type: str, pks: set[int]) -> dict[int, models.Model]:
    try:
        model: Any = apps.get_model(object_type)
    except LookupError:
        return {}
    path = _owners.get(object_type, "")
    rows = model._base_manager.filter(pk__in=pks)
    loaded: dict[int, models.Model] = {}
    for row in rows.select_related(path) if path else rows:
        owner = row
        for step in path.split("__") if path else ():
            owner = getattr(owner, step)
        loaded[row.pk] = owner
    return loaded


def _about(obj: Any, user: User) -> About:
    if obj is None:
        return About("", "")
    name = obj._meta.label_lower
    view_name = _slugs.get(name) or _pages.get(name)
    if view_name is None:
        return About(str(obj), "")
    url = reverse(view_name, args=[obj.slug if name in _slugs else obj.pk])
    permission = getattr(getattr(resolve(url).func, "view_class", None), "permission", None)
    return About(str(obj), url if permission is None or permission(user) else "")
