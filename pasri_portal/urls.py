"""All addresses. Pages carry their language in the path (French without a prefix); short addresses do not."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from pasri_portal.health import healthz
from pasri_portal.views.front import front
from pasri_portal.views.home import home
from pasri_portal.views.programme import ProgrammeState
from pasri_portal.views.reads import ReadList
from pasri_portal.views.search import Search

# Each app names its own prefixes.
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("notifications.short_urls")),
    path("", include("trainings.short_urls")),
    *i18n_patterns(
        path("", front, name="front"),
        path("home/", home, name="home"),
        path("home/programme/", ProgrammeState.as_view(), name="programme-state"),
        path("search/", Search.as_view(), name="search"),
        path("readings/", ReadList.as_view(), name="read-list"),
        path("", include("core.urls")),
        path("", include("accounts.urls")),
        path("", include("directory.urls")),
        path("", include("notifications.urls")),
        path("", include("clusters.urls")),
        path("", include("trainings.urls")),
        path("", include("steering.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "core.views.failures.bad_request"
handler403 = "core.views.failures.permission_denied"
handler404 = "core.views.failures.page_not_found"
handler500 = "core.views.failures.server_error"
