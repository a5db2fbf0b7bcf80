"""What every page knows of the portal: its menus, whether it is a demonstration, what the reader may be called."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import pgettext

from accounts.enums import Role
from pasri_portal import navigation
from pasri_portal.demonstration import is_demonstration


def portal(request: HttpRequest) -> dict[str, object]:
    """`nav`, `public_nav`, `footer_nav`, `user_roles`, `is_demo`; worked out only where a template asks."""
    return {
        "nav": SimpleLazyObject(lambda: navigation.menu(navigation.STAFF, request)),
        "public_nav": SimpleLazyObject(lambda: navigation.menu(navigation.PUBLIC, request)),
        "footer_nav": SimpleLazyObject(lambda: navigation.menu(navigation.FOOTER, request)),
        "user_roles": SimpleLazyObject(lambda: roles_in_words(request)),
        "search_url": SimpleLazyObject(lambda: _search_url(request)),
        "is_demo": SimpleLazyObject(is_demonstration),
    }


def _search_url(request: HttpRequest) -> str:
    """The search over everything, for whoever is signed in."""
    user = getattr(request, "user", None)
    return reverse("search") if user is not None and user.is_authenticated else ""


def roles_in_words(request: HttpRequest) -> str:
    """The reader's roles today, in the order of the enum and in the page's language."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ""
    # Translators: the comma between words of a list
    return pgettext("list", ", ").join(str(role.label) for role in Role if role in user.roles)
