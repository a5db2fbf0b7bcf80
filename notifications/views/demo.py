"""The mailbox of a demonstration: nothing is sent, so its mails are read here exactly as they would have left."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from django.db import models
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views import View
from django.views.generic import TemplateView

from core import outbox
from core.enums import MessageState
from core.lists import ListView
from core.models import Message
from core.outbox.transport import file_of
from core.views.mixins import PermissionMixin, ScopedObjectMixin
from notifications.lists import DEMO_MAIL
from notifications.permissions import reads_demo_mail
from notifications.safe_copy import safe_copy


def demo_mail() -> models.QuerySet[Message]:
    """Only what belongs to the demonstration and lies in a file."""
    return Message.objects.filter(demo=True, state=MessageState.WRITTEN)


class DemoMailListView(PermissionMixin, ListView):
    """Every mail of the demonstration, newest first."""

    permission = staticmethod(reads_demo_mail)
    spec = DEMO_MAIL
    template_name = "notifications/demo_mail_list.html"

    def get_queryset(self) -> models.QuerySet[Message]:
        return demo_mail().defer("text", "html")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for row in context["page"].rows:
            row.kind_label = outbox.label_of(row.kind)
        return context


class DemoMailMixin(ScopedObjectMixin):
    """One mail of the demonstration, read from its file."""

    permission = staticmethod(reads_demo_mail)
    model = Message
    mail: EmailMessage

    def get_queryset(self) -> models.QuerySet[Message]:
        return demo_mail()

    def get_object(self) -> Message:
        message: Message = super().get_object()
        try:
            self.mail = message_from_bytes(file_of(message).read_bytes(), policy=default)
        except OSError as error:
            raise Http404 from error
        return message


class DemoMailDetailView(DemoMailMixin, TemplateView):
    """The mail as its reader would see it, its personal links at work."""

    template_name = "notifications/demo_mail_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text, html = self.mail.get_body(("plain",)), self.mail.get_body(("html",))
        return super().get_context_data(
            **kwargs,
            message=self.object,
            headers=[(name, str(self.mail[name])) for name in ("From", "To", "Date", "Subject")],
            text=text.get_content() if text else "",
            copy=safe_copy(html.get_content(), with_links=True) if html else "",
            right_to_left=self.object.language == "ar",
            files=[part.get_filename() for part in self.mail.iter_attachments()],
        )


class DemoMailFileView(DemoMailMixin, View):
    """A file that the mail carries."""

    def get(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        files = list(self.mail.iter_attachments())
        if kwargs["number"] >= len(files):
            raise Http404
        part = files[kwargs["number"]]
        content = part.get_content()
        body = content.encode() if isinstance(content, str) else content
        response = HttpResponse(body, content_type=part.get_content_type())
        name = part.get_filename() or "file"
        response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
        return response
