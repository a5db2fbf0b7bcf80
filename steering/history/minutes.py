"""The history of minutes in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.changes import Source
from core.trail import Trail
from steering.models import Minutes, MinutesText, Remark

VERBS: dict[str, str | Promise] = {
    "minutes.remarks": pgettext_lazy("history of minutes", "Sent for remarks"),
    "minutes.approved": pgettext_lazy("history of minutes", "Approved by the committee, frozen"),
    "minutes.remark": pgettext_lazy("history of minutes", "A seat remarked"),
    "minutes.settle": pgettext_lazy("history of minutes", "A remark was settled"),
}
SOURCES = (
    Source(Minutes, unsaid=frozenset({"sha256"})),  # it stands on the page of the minutes
    Source(MinutesText, by="minutes_id", unsaid=frozenset({"record", "sha256"})),
    Source(Remark, by="minutes_id"),
)
TRAIL = Trail(VERBS, nobody=_("the portal"), sources=SOURCES)
