"""The list of messages as a file: what was sent to whom and when, never the words of a message."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core import outbox
from core.enums import MessageState, Outcome
from core.exports import Choice, Column, ExportSpec, Kind

MESSAGES = ExportSpec(
    "messages",
    _("Messages"),
    [
        Column(_("Message"), "kind", value=outbox.label_of, width=34),
        Column(_("Subject"), "subject", width=44),
        Column(_("Recipient"), "to_name", width=28),
        Column(_("E-mail address"), "to_email", width=30),
        Choice(_("Language"), "language", Language, width=12),
        Choice(_("State"), "state", MessageState),
        Choice(_("Why"), "outcome", Outcome, width=34),
        Column(_("Due on"), "due_at", kind=Kind.DATETIME),
        Column(_("Sent on"), "sent_at", kind=Kind.DATETIME),
        Column(_("Tries"), "attempts", kind=Kind.INT, width=8),
        Column(_("Words of the mail server"), "last_error", width=34),
    ],
    fictional=Q(demo=True),
    people=True,
)
