"""What the search over everything shows of messages and accounts."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import finding, outbox
from core.finding import Found, ListSource
from core.formats import listed, plain_date
from core.models import Message


def message(row: Message) -> Found:
    detail = listed([row.to_email, plain_date(timezone.localdate(row.due_at)), row.get_state_display()])
    return Found(
        row.subject or outbox.label_of(row.kind), detail, reverse("notifications:message-detail", args=[row.pk])
    )


def account(row: User) -> Found:
    return Found(str(row), row.email, reverse("accounts:user-detail", args=[row.pk]))


def register() -> None:
    """Called when the app is ready."""
    finding.register("messages", ListSource(70, "notifications:message-list", _("Messages"), "mail", message))
    finding.register("accounts", ListSource(90, "accounts:user-list", _("Accounts"), "lock", account))
