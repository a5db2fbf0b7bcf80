"""Who may read the portal's messages, and act on them."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


def reads_messages(user: User | AnonymousUser) -> bool:
    """The agency's staff see every message and its state; its personal links are hidden from them too."""
    return isinstance(user, User) and user.is_agency_staff


def acts_on_messages(user: User | AnonymousUser) -> bool:
    """Staff stop a message or have it sent again."""
    return reads_messages(user)


def reads_demo_mail(user: User | AnonymousUser) -> bool:
    """In a demonstration, where nothing is sent, its staff read its mails as their readers would, links at work.

    Staff alone: a mail bears names and addresses, which an auditor never reads, and links that open others' accounts.
    """
    return isinstance(user, User) and user.is_agency_staff and user.is_demo and not settings.EMAIL_URL
