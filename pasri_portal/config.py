"""The portal's configuration, read once from the environment, typed, and refused loudly when it makes no sense."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
LOCAL_HOSTS = frozenset({"localhost"})


@dataclass(frozen=True)
class Config:
    """One deployment: `production` is true exactly when the portal's own address is https."""

    portal_url: str
    database: dict[str, Any]
    redis_url: str
    state: Path
    secret_key: str
    email_url: str
    from_email: str
    test: bool

    @property
    def production(self) -> bool:
        return self.portal_url.startswith("https://")

    @property
    def host(self) -> str:
        return urlsplit(self.portal_url).hostname or ""


def read(env: Mapping[str, str] = os.environ) -> Config:
    """The configuration found in `env`; raises ImproperlyConfigured with one sentence that says what to set."""
    state = Path(env.get("PORTAL_STATE") or BASE_DIR / "var").resolve()
    return Config(
        portal_url=_portal_url(env),
        database=_database(env.get("DATABASE_URL", "")),
        redis_url=_redis_url(env.get("REDIS_URL", "")),
        state=state,
        secret_key=_secret_key(env, state),
        email_url=env.get("EMAIL_URL", ""),
        from_email=env.get("FROM_EMAIL", "") or f"PASRI <portail@{urlsplit(_portal_url(env)).hostname}>",
        test=env.get("PORTAL_TEST", "") == "1",
    )


def _portal_url(env: Mapping[str, str]) -> str:
    url = env.get("PORTAL_URL") or f"http://localhost:{env.get('PORT') or '8000'}"
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in LOCAL_HOSTS
    if not parts.hostname or not (parts.scheme == "https" or local) or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            f"PORTAL_URL={url!r} is neither https://HOST (production) nor http://localhost[:PORT] (demonstration)."
        )
    return url.rstrip("/")


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL is not set to postgres://USER:PASSWORD@HOST:PORT/NAME; "
            "'./portal' sets it when it starts its own."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "pasri-portal", "options": "-c lock_timeout=5000"},
    }


def _redis_url(url: str) -> str:
    if urlsplit(url).scheme not in {"redis", "rediss", "unix"}:
        raise ImproperlyConfigured(
            "REDIS_URL is not set to redis://:PASSWORD@HOST:PORT/0; './portal' sets it when it starts its own broker."
        )
    return url


def _secret_key(env: Mapping[str, str], state: Path) -> str:
    if env.get("SECRET_KEY"):
        return env["SECRET_KEY"]
    path = state / "secret-key"
    try:
        key = path.read_text().strip()
    except OSError:
        key = ""
    if len(key) < 32:
        raise ImproperlyConfigured(
            f"No secret key: set SECRET_KEY, or let './portal' write {path.name} in the state folder."
        )
    return key
