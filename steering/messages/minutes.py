"""The message that brings minutes to the members."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from core import files, outbox
from core.formats import plain_date
from core.models import Message
from steering.domain import minutes
from steering.enums import MinutesState
from steering.models import MinutesText


def sent(message: Message) -> outbox.Content:
    """The minutes are open for remarks until a deadline; the paper that every member may read comes with it."""
    rows = MinutesText.objects.select_related("minutes__meeting__committee")
    text = rows.get(pk=message.object_id)
    meeting = text.minutes.meeting
    newest = minutes.newest_text(text.minutes)
    if text.remarks_until is None or newest != text or text.minutes.state != MinutesState.REMARKS:
        raise outbox.Useless
    until = date_format(timezone.localtime(text.remarks_until), "DATETIME_FORMAT")
    paper = minutes.paper_for(text, language=message.language, whole=False)
    return outbox.Content(
        template="steering/email/minutes",
        context={
            "name": message.to_name,
            "committee": meeting.committee.name,
            "number": meeting.number,
            "is_again": text.number > 1,
            "facts": [
                (gettext("Committee"), meeting.committee.name),
                (pgettext("of a committee", "Meeting"), meeting.title),
                (gettext("Date"), plain_date(meeting.day)),
                (gettext("Remarks until"), until),
            ],
            "until": until,
            "url": settings.PORTAL_URL + reverse("steering:minutes", args=[meeting.pk]),
        },
        why=_(
            "You hold a mandate in this committee: its minutes are sent to the members before the committee approves "
            "them. Without a remark of yours nothing more is asked."
        ),
        attachments=[outbox.Attachment(paper.name, files.content_of(paper), files.PDF)] if paper else [],
        useless_after=text.remarks_until,
    )


KINDS = (outbox.MessageKind(minutes.SENT, _("Minutes sent for remarks"), sent),)
