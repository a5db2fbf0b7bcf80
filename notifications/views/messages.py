"""Messages, for the agency's staff: every one with its state; send again, stop."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from core import outbox
from core.enums import Outcome
from core.lists import ListView
from core.models import Message, MessageBatch
from core.outbox import Words
from core.views.mixins import DomainFormMixin, PermissionMixin, ScopedObjectMixin
from notifications import exports, history, objects
from notifications.documents.batches import described
from notifications.forms.reasons import MessageReasonForm
from notifications.lists import MESSAGES
from notifications.permissions import acts_on_messages, reads_demo_mail, reads_messages
from notifications.safe_copy import safe_copy

WAITING_SHOWN = 5


class MessageListView(PermissionMixin, ListView):
    """Every message, newest first, and how the outbox is doing."""

    permission = staticmethod(reads_messages)
    spec = MESSAGES
    export = exports.MESSAGES
    template_name = "notifications/message_list.html"

    def get_queryset(self) -> models.QuerySet[Message]:
        return Message.objects.defer("text", "html", "sealed")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = list(context["page"].rows)
        for row, about in zip(rows, objects.owners_of(rows, self.request.user), strict=True):
            row.kind_label = outbox.label_of(row.kind)
            row.about = about
        now, user = timezone.now(), self.request.user
        waiting = MessageBatch.objects.open().order_by("release_at", "id")[:WAITING_SHOWN]
        return {
            **context,
            "batches": described(waiting, user=user, now=now),
            "figures": outbox.figures(at=now),
            "writes_files": reads_demo_mail(user),
        }


class MessagePageMixin(ScopedObjectMixin):
    """A page about one message."""

    permission = staticmethod(reads_messages)
    model = Message

    def get_queryset(self) -> models.QuerySet[Message]:
        return Message.objects.select_related("copy_of", "batch")

    def get_success_url(self) -> str:
        return reverse("notifications:message-detail", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = outbox.label_of(self.object.kind)
        return super().get_context_data(**kwargs, message=self.object, kind_label=kind)  # type: ignore[misc]


class MessageDetailView(MessagePageMixin, TemplateView):
    """One message: its words with personal links hidden, why it is where it is, and what happened to it."""

    reads = "notifications.message"
    template_name = "notifications/message_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        message: Message = self.object
        words = self._words(message)
        return super().get_context_data(
            **kwargs,
            words=words,
            copy=safe_copy(words.html) if words else "",
            right_to_left=translation.get_language_info(message.language)["bidi"],
            language_name=translation.get_language_info(message.language)["name_local"],
            outcome=Outcome(message.outcome).label if message.outcome else "",
            about=objects.about(message, self.request.user),
            copies=list(message.copies.order_by("id")),
            lines=history.lines_of(message),
            may_resend=not outbox.why_not_resend(message),
            may_cancel=outbox.can_cancel(message),
        )

    def _words(self, message: Message) -> Words | None:
        """As they left, or as they would leave now; None where the message can no longer be written."""
        try:
            return outbox.preview(message)
        except Exception:
            return None


class MessageActView(MessagePageMixin, DomainFormMixin, FormView):
    """One act on one message, with its reason."""

    permission = staticmethod(acts_on_messages)
    form_class = MessageReasonForm
    once = True


class MessageResendView(MessageActView):
    """The same message again, written anew, to the same address."""

    template_name = "notifications/message_resend.html"
    success_message = _("The message is on its way again.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, refusal=outbox.why_not_resend(self.object))

    def perform(self, form: MessageReasonForm) -> Message:
        return outbox.resend(message=self.object, actor=self.request.user, now=timezone.now(), **form.changes())

    def get_success_url(self) -> str:
        return reverse("notifications:message-detail", args=[(self.result or self.object).pk])


class MessageCancelView(MessageActView):
    """The message is not sent, or no longer waits to be seen to."""

    template_name = "notifications/message_cancel.html"
    success_message = _("The message is cancelled.")

    def perform(self, form: MessageReasonForm) -> Message:
        return outbox.cancel(message=self.object, actor=self.request.user, **form.changes())
