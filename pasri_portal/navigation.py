"""The menus. An entry exists only when its page does, and shows only to those whom the page lets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Entry:
    """A page that the menu names: its URL name, its words and its icon."""

    name: str
    label: str | Promise
    icon: str = ""


@dataclass(frozen=True)
class Shown:
    """An entry as one person sees it on one page."""

    url: str
    label: str | Promise
    icon: str
    current: bool
    count: int = 0


STAFF = (
    Entry("home", _("Today"), "today"),
    Entry("trainings:room-home", _("Attendance"), "check"),
    Entry("trainings:session-list", _("Sessions"), "cal"),
    Entry("trainings:registration-index", _("Registrations"), "clip"),
    Entry("trainings:training-list", _("Trainings"), "plan"),
    Entry("steering:own-seat", _("My seat"), "pin"),
    Entry("steering:committee-list", _("Committees"), "committee"),
    Entry("steering:meeting-list", _("Meetings"), "table"),
    Entry("steering:plan-list", _("Action plans"), "plan"),
    Entry("steering:action-list", _("Actions"), "flag"),
    Entry("steering:thread", _("Traceability"), "fil"),
    Entry("clusters:cluster-list", _("Clusters"), "fil"),
    Entry("directory:person-list", _("People"), "people"),
    Entry("directory:organisation-list", _("Organisations"), "pin"),
    Entry("directory:programme-list", _("Programmes"), "clip"),
    Entry("notifications:message-list", _("Messages"), "mail"),
    Entry("notifications:demo-mail-list", _("Mails of the demonstration"), "inbox"),
    Entry("accounts:user-list", _("Accounts"), "lock"),
)
PUBLIC = (
    Entry("clusters:directory", _("Clusters")),
    Entry("trainings:calendar", _("Calendar")),
    Entry("trainings:certificate-check", pgettext_lazy("menu", "Check a certificate")),
)
FOOTER: tuple[Entry, ...] = (Entry("steering:accountability-list", _("What became of the decisions")),)


@dataclass(frozen=True)
class Page:
    """Where a page is and whom it lets in, as its view says it."""

    url: str
    is_public: bool
    permission: Callable[[Any], bool] | None


def menu(entries: tuple[Entry, ...], request: HttpRequest) -> list[Shown]:
    """The entries that exist and that this person may open; current is the one whose address is nearest to the page."""
    found = []
    user = getattr(request, "user", None) or AnonymousUser()
    for entry in entries:
        page = page_named(entry.name, get_language() or settings.LANGUAGE_CODE)
        if page is not None and may_open(page, user):
            found.append((entry, page.url))
    path = request.path
    near = [url for entry, url in found if path == url or (entry.name != "home" and path.startswith(url))]
    here = max(near, key=len, default="")
    return [Shown(url, entry.label, entry.icon, url == here) for entry, url in found]


def may_open(page: Page, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the page itself lets this person in: the menu has no rules of its own."""
    if not user.is_authenticated:
        return page.is_public
    return page.permission is None or bool(page.permission(user))


@cache
def page_named(name: str, language: str) -> Page | None:
    """The page of that URL name in the language that is active, which is `language`; None where there is none."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return None
    view = resolve(url).func
    permission = getattr(getattr(view, "view_class", None), "permission", None)
    return Page(url, not getattr(view, "login_required", True), permission)
