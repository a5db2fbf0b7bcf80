"""Batches, for the agency's staff: what waits, its words in each language; hold back, send now, give up."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from core import outbox
from core.enums import MessageState, Outcome
from core.lists import ListView
from core.models import Message, MessageBatch
from core.views.mixins import ActView, DomainFormMixin, PermissionMixin, ScopedObjectMixin
from notifications import history
from notifications.documents.batches import described, previews
from notifications.forms.reasons import MessageReasonForm
from notifications.lists import BATCHES
from notifications.permissions import acts_on_messages, reads_messages

PEOPLE_SHOWN = 20


class BatchListView(PermissionMixin, ListView):
    """Every batch, newest first."""

    permission = staticmethod(reads_messages)
    spec = BATCHES
    template_name = "notifications/batch_list.html"

    def get_queryset(self) -> models.QuerySet[MessageBatch]:
        return MessageBatch.objects.select_related("author")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page"]
        rows = described(page.rows, user=self.request.user, now=timezone.now())
        for row, words in zip(page.rows, rows, strict=True):
            row.words = words
        return context


class BatchPageMixin(ScopedObjectMixin):
    """A page about one batch."""

    permission = staticmethod(reads_messages)
    model = MessageBatch

    def get_queryset(self) -> models.QuerySet[MessageBatch]:
        return MessageBatch.objects.select_related("author")

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        [words] = described([self.object], user=self.request.user, now=timezone.now())
        return super().get_context_data(**kwargs, batch=self.object, words=words)  # type: ignore[misc]


class BatchDetailView(BatchPageMixin, TemplateView):
    """One batch before it leaves, and what became of it."""

    template_name = "notifications/batch_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        batch: MessageBatch = self.object
        mine = Message.objects.filter(batch=batch)
        return super().get_context_data(
            **kwargs,
            previews=previews(batch),
            states=_states(mine),
            people=list(mine.defer("text", "html", "sealed").order_by("id")[:PEOPLE_SHOWN]),
            lines=history.lines_of_batch(batch),
        )


def _states(mine: models.QuerySet[Message]) -> list[dict[str, Any]]:
    """How many are where, and why those that were left out were."""
    counted = mine.values("state", "outcome").annotate(n=Count("pk")).order_by("-n", "state", "outcome")
    return [
        {
            "state": MessageState(line["state"]),
            "why": Outcome(line["outcome"]).label if line["outcome"] else "",
            "count": line["n"],
        }
        for line in counted
    ]


class BatchHoldView(BatchPageMixin, ActView):
    """Nothing more of it leaves."""

    permission = staticmethod(acts_on_messages)
    success_message = _("The messages are held back: nothing leaves until somebody releases them.")

    def perform(self) -> None:
        outbox.hold(batch=self.object, actor=self.request.user)


class BatchReleaseView(BatchPageMixin, ActView):
    """It leaves now."""

    permission = staticmethod(acts_on_messages)
    success_message = _("The messages leave now.")

    def perform(self) -> None:
        outbox.release(batch=self.object, actor=self.request.user, now=timezone.now())


class BatchDropView(BatchPageMixin, DomainFormMixin, FormView):
    """What was held back is never sent."""

    permission = staticmethod(acts_on_messages)
    form_class = MessageReasonForm
    template_name = "notifications/batch_drop.html"
    success_message = _("The messages are given up: none of them is sent.")
    once = True

    def perform(self, form: MessageReasonForm) -> int:
        return outbox.drop(batch=self.object, actor=self.request.user, now=timezone.now(), **form.changes())
