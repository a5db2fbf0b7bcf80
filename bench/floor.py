"""The floor: a Django project as `startproject` makes it, with one page of 50 rows and one page that inserts a row.

`DJANGO_SETTINGS_MODULE=bench.floor` makes it run, on the database of the bench and under the same gunicorn.
"""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

_URL = urlsplit(os.environ.get("DATABASE_URL", ""))
SECRET_KEY = "only-for-the-floor-of-the-bench"  # noqa: S105  (nothing is signed with it)
ALLOWED_HOSTS = ["localhost"]
ROOT_URLCONF = "bench.floor"
USE_TZ = True
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _URL.path.lstrip("/"),
        "USER": _URL.username,
        "PASSWORD": _URL.password,
        "HOST": _URL.hostname,
        "PORT": _URL.port,
        "CONN_MAX_AGE": 600,
    }
}
TABLE = "bench_floor"
ROWS = "SELECT id, name, email, phone, place, state, asked_at, day, code, note FROM bench_floor ORDER BY id LIMIT 50"
INSERT = "INSERT INTO bench_floor_marks (half_day, registration, mark, marked_at) VALUES (%s, %s, 'present', now())"

_PAGE = Engine().from_string(
    "<!doctype html><html lang='fr'><head><title>Liste</title></head><body><table>"
    "{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    "</table></body></html>"
)


def table(request: HttpRequest) -> HttpResponse:
    """One indexed query of 50 rows of ten columns, as a table."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        rows = cursor.fetchall()
    return HttpResponse(_PAGE.render(Context({"rows": rows})))


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """One inserted row."""
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [request.POST["half_day"], request.POST["registration"]])
    return HttpResponse("ok")


urlpatterns = [path("", table), path("insert/", insert)]


def application(environ: dict[str, object], start_response: object) -> object:
    """The floor as gunicorn calls it; made at the first request, when the settings are read."""
    global _application
    if _application is None:
        _application = get_wsgi_application()
    return _application(environ, start_response)


_application = None
