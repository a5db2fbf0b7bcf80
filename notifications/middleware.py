"""Whoever has just caused messages to many people is told on the next page that they wait, and where to hold them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

from core import outbox
from core.models import Message, MessageBatch
from notifications.permissions import acts_on_messages

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class BatchNotice:
    """One warning with a link for each batch that this request made and that was committed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with outbox.watched() as made:
            response = self.get_response(request)
        user: Any = getattr(request, "user", None)
        if made and user is not None and acts_on_messages(user):
            for batch in MessageBatch.objects.open().filter(pk__in=made).order_by("id"):
                messages.warning(request, self._words(batch))
        return response

    def _words(self, batch: MessageBatch) -> str:
        count = Message.objects.filter(batch=batch).count()
        words = ngettext(
            "%(count)s message leaves at %(time)s; until then it can be held back.",
            "%(count)s messages leave at %(time)s; until then they can be held back.",
            count,
        ) % {"count": count, "time": f"{timezone.localtime(batch.release_at):%H:%M}"}
        look = gettext("Read and hold back")
        return format_html('{} <a href="{}">{}</a>', words, batch.get_absolute_url(), look)
