"""All addresses. Pages carry their language in the path (French without a prefix); short addresses do not."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from pasri_portal.health import healthz
from pasri_portal.views.front import front
from pasri_portal.views.home import home

APPS = ("core", "accounts", "directory", "notifications", "trainings")


def _of_apps(module: str) -> list[URLPattern | URLResolver]:
    """The `module` of every app that has one; each names its own prefixes."""
    return [path("", include(f"{app}.{module}")) for app in APPS if find_spec(f"{app}.{module}")]


urlpatterns = [
    path("healthz", healthz, name="healthz"),
    *_of_apps("short_urls"),
    *i18n_patterns(
        path("", front, name="front"),
        path("home/", home, name="home"),
        *_of_apps("urls"),
        prefix_default_language=False,
    ),
]

if find_spec("core.views.failures"):
    handler400 = "core.views.failures.bad_request"
    handler403 = "core.views.failures.permission_denied"
    handler404 = "core.views.failures.page_not_found"
    handler500 = "core.views.failures.server_error"
