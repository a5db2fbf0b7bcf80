"""Open sessions, one row each, with their account: whoever loses a right loses the session in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models.user import User

if TYPE_CHECKING:
    from django.contrib.sessions.backends.db import SessionStore


class Session(AbstractBaseSession):
    """Django's session with the columns by which a person, or a rule, finds and ends it. No address is kept."""

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="sessions")
    started_at = models.DateTimeField(_("signed in on"), null=True)
    seen_at = models.DateTimeField(_("last used on"), null=True)
    device = models.CharField(_("device"), max_length=200, blank=True, default="")

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("sign-in session")
        verbose_name_plural = _("sign-in sessions")
        abstract = False

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        return import_string(f"{settings.SESSION_ENGINE}.SessionStore")
