"""Load the demonstration into a database that has reference data and no demonstration yet."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from accounts.domain import demonstration
from accounts.domain.demonstration import DemoAccount
from accounts.enums import Role
from accounts.models import User
from core import outbox
from pasri_portal.demo import clusters, people, season, seminar, steering

ACCOUNTS_FILE = "demo-accounts.json"


class CannotLoad(Exception):
    """The demonstration may not be loaded here; the message is a sentence for the operator."""


@dataclass(frozen=True)
class Loaded:
    """What was made."""

    accounts: list[DemoAccount]
    sessions: int


def load(*, now: datetime) -> Loaded:
    """Make everything in one transaction; the messages of its past are stored "not sent (demo)". Raises CannotLoad."""
    _require_a_place_for_it()
    with transaction.atomic(), outbox.demo_past(), translation.override("fr"):
        accounts = demonstration.create_accounts(today=timezone.localdate(now))
        by_role = {account.role: account.user for account in accounts}
        seminar.load(now=now)
        bodies, officer = people.make_bodies(), by_role[Role.OFFICER]
        sessions = season.load(now=now, officer=officer, trainer=by_role[Role.TRAINER], bodies=bodies)
        clusters.load(now=now, officer=officer, bodies=bodies)
        steering.load(now=now, officer=officer, member=by_role[Role.MEMBER], bodies=bodies)
    _write(accounts)
    return Loaded(accounts, len(sessions) + 1)


def accounts_file() -> Path:
    """Where roles, addresses and passwords of the demonstration lie, for its owner alone."""
    return Path(settings.STATE_DIR) / ACCOUNTS_FILE


def read_accounts() -> list[dict[str, str]]:
    """The rows of that file; empty where there is none."""
    try:
        rows: list[dict[str, str]] = json.loads(accounts_file().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    return rows


def _require_a_place_for_it() -> None:
    if settings.PRODUCTION:
        raise CannotLoad("The demonstration is not loaded in the production profile (PORTAL_URL begins with https).")
    if settings.EMAIL_URL:
        raise CannotLoad("The demonstration is not loaded while EMAIL_URL is set: its messages must not leave.")
    if User.objects.filter(is_demo=True).exists():
        raise CannotLoad("The demonstration is there already: './portal manage demo remove' takes it away.")


def _write(accounts: list[DemoAccount]) -> None:
    path = accounts_file()
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([account.as_row() for account in accounts], file, indent=1)
