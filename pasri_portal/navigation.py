"""The menus. An entry exists only when its page does, and shows only to those whom the page lets in."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    Entry("trainings:training-list", _("Trainings"), "plan"),
    Entry("directory:person-list", _("People"), "people"),
    Entry("directory:organisation-list", _("Organisations"), "committee"),
    Entry("directory:programme-list", _("Programmes"), "clip"),
    Entry("notifications:message-list", _("Messages"), "mail"),
    Entry("notifications:demo-mail-list", _("Mails of the demonstration"), "inbox"),
    Entry("accounts:user-list", _("Accounts"), "lock"),
)
PUBLIC = (
    Entry("trainings:calendar", _("Calendar")),
    Entry("trainings:certificate-check", pgettext_lazy("menu", "Check a certificate")),
)
FOOTER: tuple[Entry, ...] = ()


def menu(entries: tuple[Entry, ...], request: HttpRequest) -> list[Shown]:
    """The entries that exist and that this person may open."""
    shown = []
    user = getattr(request, "user", None) or AnonymousUser()
    for entry in entries:
        url = _address(entry.name)
        if url and may_open(url, user):
            current = request.path == url or (entry.name != "home" and request.path.startswith(url))
            shown.append(Shown(url, entry.label, entry.icon, current))
    return shown


def may_open(url: str, user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether the page itself lets this person in: the menu has no rules of its own."""
    view = resolve(url).func
    if not user.is_authenticated:
        return not getattr(view, "login_required", True)
    permission = getattr(getattr(view, "view_class", None), "permission", None)
    return permission is None or bool(permission(user))


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
