"""What the messages of the accounts say to their readers, links and codes included."""

from __future__ import annotations

import re
from datetime import datetime

from django.db import models
from django.utils import timezone

from core.models import Message
from core.outbox import delivery, render

LINK = re.compile(r"https?://\S+/l/([A-Za-z0-9_-]+)/")


def messages_to(email: str, kind: str) -> models.QuerySet[Message]:
    return Message.objects.filter(to_email=email, kind=kind).order_by("id")


def sent_text(email: str, kind: str, *, now: datetime | None = None) -> str:
    """The newest message of a kind, as its reader gets it, after it was sent."""
    message = messages_to(email, kind).last()
    assert message is not None, f"no {kind} to {email}"
    text = render(message).true.text
    delivery.deliver(message.pk, clock=lambda: now or timezone.now())
    return text


def token_in(text: str) -> str:
    """The token of the personal link in a message."""
    found = LINK.findall(text)
    assert len(found) == 1, text
    return found[0]
