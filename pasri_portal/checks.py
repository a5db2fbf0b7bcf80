"""What Django's own checks do not look at: the database's promises, the broker's door, the way of the mails.

`./portal up` runs them before the web server starts, and refuses to start on an error; each sentence says what to set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from accounts.models import User
from core.outbox import transport

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
OLDEST_POSTGRESQL = 15
LARGEST_UPLOAD = 10 * 1024 * 1024
MOST_FIELDS = 10_000

Apps = Sequence[AppConfig] | None


@register()
def broker_has_a_password(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Whoever reaches a broker without a password runs tasks as the portal."""
    parts = urlsplit(settings.CELERY_BROKER_URL)
    if parts.scheme == "unix" or parts.password:
        return []
    return [Error("REDIS_URL names a broker without a password: redis://:PASSWORD@HOST:PORT/0.", id="portal.E001")]


@register()
def tasks_speak_json(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A pickled task would run whatever its sender wrote into it."""
    if settings.CELERY_TASK_SERIALIZER == "json" and list(settings.CELERY_ACCEPT_CONTENT) == ["json"]:
        return []
    return [Error("Celery must write and accept JSON alone.", id="portal.E002")]


@register()
def uploads_are_bounded(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """A request without a limit fills memory or disk."""
    limits = {
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_UPLOAD,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": LARGEST_UPLOAD,
        "DATA_UPLOAD_MAX_NUMBER_FIELDS": MOST_FIELDS,
    }
    return [
        Error(f"{name} must be set, to at most {limit}.", id="portal.E003")
        for name, limit in limits.items()
        if not 0 < (getattr(settings, name) or 0) <= limit
    ]


@register()
def one_driver(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Where psycopg 3 is installed Django takes it in silence, and everything here was proved on psycopg2."""
    if not is_installed("psycopg"):
        return []
    return [Error("psycopg 3 is installed beside psycopg2: 'pip uninstall psycopg psycopg-binary'.", id="portal.E004")]


@register()
def hosts_are_named(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Links and limits trust the host's name, so no wildcard may stand for it."""
    if not any(host.startswith((".", "*")) for host in settings.ALLOWED_HOSTS):
        return []
    return [Error("ALLOWED_HOSTS holds a wildcard: name the hosts.", id="portal.E005")]


@register()
def mail_server_is_understood(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """An address that nobody understands is told at the start, not by the first message."""
    try:
        transport.parse(settings.EMAIL_URL)
    except ImproperlyConfigured as error:
        return [Error(str(error), id="portal.E012")]
    return []


@register()
def mail_is_encrypted(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """Invitations and codes do not cross a network in the clear; a mail server on this machine may be plain."""
    parts = urlsplit(settings.EMAIL_URL)
    if not settings.PRODUCTION or parts.scheme != "smtp" or parts.hostname in LOOPBACK:
        return []
    return [Error("EMAIL_URL is not encrypted: smtp+tls:// (STARTTLS) or smtps:// (TLS).", id="portal.E006")]


@register()
def production_sends_mail(app_configs: Apps, **kwargs: Any) -> list[CheckMessage]:
    """People are invited, convened and told by mail: a portal in production that cannot send is none."""
    if not settings.PRODUCTION or settings.EMAIL_URL:
        return []
    return [Error("EMAIL_URL is not set: in production (PORTAL_URL with https) mails must leave.", id="portal.E007")]


@register(Tags.database)
def database_keeps_its_promises(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """The isolation level that every lock was thought for, and a commit that is on disk when it says so."""
    return [message for alias in databases or () for message in _promises(alias)]


@register(Tags.database)
def no_demonstration_in_production(
    app_configs: Apps, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Its passwords have been printed."""
    if (
        not databases
        or not settings.PRODUCTION
        or not _has_accounts()
        or not User.objects.filter(is_demo=True).exists()
    ):
        return []
    words = "A demonstration account exists: './portal manage demo remove', or a database of its own for production."
    return [Error(words, id="portal.E008")]


def refusals() -> list[str]:
    """Why this deployment may not start, as sentences; empty when it may."""
    checks = (production_sends_mail, mail_is_encrypted, broker_has_a_password, no_demonstration_in_production)
    return [str(message.msg) for check in checks for message in check(None, databases=["default"])]


def version_problem(alias: str, server: int) -> str:
    """The sentence for a server (150004 is 15.4) that is too old; empty for one that is not."""
    if server >= OLDEST_POSTGRESQL * 10_000:
        return ""
    return f"Database {alias!r} is PostgreSQL {server // 10_000}; the portal needs {OLDEST_POSTGRESQL} or later."


def is_installed(module: str) -> bool:
    return find_spec(module) is not None


def _promises(alias: str) -> Iterator[CheckMessage]:
    connection = connections[alias]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation'), current_setting('synchronous_commit')")
        isolation, commit = cursor.fetchone()
        cursor.execute("SELECT datctype FROM pg_database WHERE datname = current_database()")
        [ctype] = cursor.fetchone()
    old = version_problem(alias, connection.pg_version)
    if old:
        yield Error(old, id="portal.E009")
    if isolation != "read committed":
        yield Error(f"Database {alias!r} runs at {isolation!r}, not 'read committed'.", id="portal.E010")
    if commit == "off":
        words = "a crash would lose acts that people were told are done"
        yield Error(f"Database {alias!r} has synchronous_commit off: {words}.", id="portal.E011")
    yield from letters_problem(alias, ctype)


def letters_problem(alias: str, ctype: str) -> Iterator[CheckMessage]:
    """Under the character types of C no Arabic letter is one: trigrams hold none, and a search reads every row."""
    if ctype in {"C", "POSIX"}:
        words = "searches in Arabic read whole tables. CREATE DATABASE ... LC_CTYPE 'C.UTF-8' makes one that does not"
        yield Warning(f"Database {alias!r} has LC_CTYPE {ctype}: {words}.", id="portal.W013")


def _has_accounts() -> bool:
    """False before the first migration."""
    return User._meta.db_table in connections["default"].introspection.table_names()
