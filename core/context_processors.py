"""What every page is given beside its own data: the theme that its reader chose."""

from __future__ import annotations

from django.http import HttpRequest

THEME_COOKIE = "theme"
THEMES = frozenset({"light", "dark"})


def page(request: HttpRequest) -> dict[str, object]:
    """The theme of the cookie; without one, the system's choice holds."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    return {"theme": theme if theme in THEMES else ""}
