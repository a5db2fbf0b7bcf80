"""The list of meetings as a file: no person is named in it."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from core.exports import Choice, Column, ExportSpec, Kind, Localized
from directory.enums import Origin
from steering.enums import MeetingKind, MeetingState
from steering.models import AgendaItem, Convocation, Meeting


def _with_figures(rows: models.QuerySet[Meeting]) -> models.QuerySet[Meeting]:
    """How many items the agenda has, and the number of the last letter."""
    items = AgendaItem.objects.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    letters = Convocation.objects.filter(meeting=OuterRef("pk")).order_by("-sent_at", "-id")
    return rows.annotate(
        item_count=Subquery(items.annotate(n=Count("pk")).values("n")), letter=Subquery(letters.values("number")[:1])
    )


MEETINGS = ExportSpec(
    "meetings",
    _("Meetings"),
    [
        Localized(_("Committee"), "committee__name", width=40),
        Column(_("Number"), "number", kind=Kind.INT, width=10),
        Choice(_("Kind"), "kind", MeetingKind),
        Choice(_("State"), "state", MeetingState),
        Column(_("Begins"), "starts_at", kind=Kind.DATETIME),
        Column(_("Planned end"), "ends_at", kind=Kind.DATETIME),
        Column(_("Date to be fixed"), "has_no_date", kind=Kind.YESNO, width=14),
        Localized(_("Place"), "place", english=False, width=30),
        Column(_("Convened on"), "convened_at", kind=Kind.DATETIME),
        Column(_("Last letter"), "letter", width=18),
        Column(_("Items on the agenda"), "item_count", kind=Kind.INT, width=14),
        Column(_("Opened"), "opened_at", kind=Kind.DATETIME),
        Column(_("Lifted"), "lifted_at", kind=Kind.DATETIME),
        Column(_("Entered afterwards from paper"), "from_paper", kind=Kind.YESNO, width=14),
    ],
    annotate=_with_figures,
    fictional=Q(origin=Origin.FICTIONAL),
)
