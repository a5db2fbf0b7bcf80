"""The history of an account or an invitation, in words: who did what, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from core import journal
from core.models import JournalEntry

VERBS: dict[str, str | Promise] = {
    "account.create": gettext_lazy("Account opened by its owner"),
    "account.demo": gettext_lazy("Account made with the demonstration"),
    "account.update": gettext_lazy("Names or language changed"),
    "account.deactivate": gettext_lazy("Account closed"),
    "account.reactivate": gettext_lazy("Account opened again"),
    "account.password_change": gettext_lazy("Password changed"),
    "account.password_reset": gettext_lazy("Password replaced by a link"),
    "account.password_reset_request": gettext_lazy("Link for a new password asked for"),
    "account.login_code": gettext_lazy("Sign-in code asked for"),
    "account.sessions_end": gettext_lazy("Sessions on other devices closed"),
    "role.grant": gettext_lazy("Role given: %(role)s"),
    "role.revoke": gettext_lazy("Role ended: %(role)s"),
    "invitation.invite": gettext_lazy("Invited as: %(role)s"),
    "invitation.link": gettext_lazy("Link made to be handed over"),
    "invitation.resend": gettext_lazy("Invitation sent again"),
    "invitation.withdraw": gettext_lazy("Invitation withdrawn"),
    "invitation.accept": gettext_lazy("Invitation accepted as: %(role)s"),
}
SHOWN = 50


@dataclass(frozen=True)
class Line:
    """One entry as a manager reads it."""

    at: datetime
    words: str
    by: str
    reason: str


def lines_of(obj: models.Model) -> Iterator[Line]:
    """The newest entries of one object, newest first."""
    for entry in journal.history_of(obj)[:SHOWN]:
        yield Line(entry.at, words_of(entry), _actor(entry), _reason(entry))


def words_of(entry: JournalEntry) -> str:
    """The act in the page's language; its code where no words are known."""
    words = str(VERBS.get(entry.verb, entry.verb))
    role = entry.data.get("role", "")
    return words % {"role": Role(role).label} if role in Role.values else words


def _actor(entry: JournalEntry) -> str:
    return str(entry.actor) if entry.actor_id else _("the portal, or somebody not signed in")


def _reason(entry: JournalEntry) -> str:
    reason = getattr(entry, "reason", None)
    return reason.text if reason else ""
