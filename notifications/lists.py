"""What the lists of messages show, and by what they are filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core import outbox
from core.enums import BatchState, MessageState
from core.lists import Empty, FilterForm, ListSpec, Sort
from core.lists.filters import ANY
from core.models import Message, MessageBatch
from core.models.outbox import MessageQuerySet

UNDELIVERED = "undelivered"
UNSENT = "unsent"


def _kinds() -> list[tuple[str, Any]]:
    return [("", ANY), *((kind.code, kind.label) for kind in outbox.kinds())]


class MessageFilter(FilterForm):
    """By state, by kind, and by a piece of the recipient or of the subject."""

    search_label = _("Recipient or subject")

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            ("", ANY),
            (UNDELIVERED, _("Not delivered, to be seen to")),
            (UNSENT, _("Due and not sent yet")),
            *MessageState.choices,
        ],
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_kinds)
    batch = forms.IntegerField(label=_("Batch"), min_value=1, max_value=2**62, widget=forms.HiddenInput)

    def filter_state(self, rows: MessageQuerySet, value: str) -> MessageQuerySet:
        if value == UNDELIVERED:
            return rows.undelivered()
        if value == UNSENT:
            return rows.unsent(at=timezone.now())
        return rows.filter(state=value)


MESSAGES = ListSpec(
    model=Message,
    sorts=[Sort("due", _("Due on"), "-due_at")],
    filters=MessageFilter,
    count=ngettext_lazy("%(shown)s message", "%(shown)s messages", "n"),
    empty=Empty(
        _("No message yet"),
        _("A message is saved here with the act that it announces, before it leaves."),
        icon="mail",
    ),
    search="search_key",
)


class BatchFilter(FilterForm):
    """By state."""

    searchable = False

    state = forms.ChoiceField(label=_("State"), choices=[("", ANY), *BatchState.choices])


BATCHES = ListSpec(
    model=MessageBatch,
    sorts=[Sort("queued", _("Queued on"), "-created_at")],
    filters=BatchFilter,
    count=ngettext_lazy("%(shown)s batch", "%(shown)s batches", "n"),
    empty=Empty(
        _("No batch of messages"),
        _("When one act writes to more than five people, its messages wait here for ten minutes."),
        icon="inbox",
    ),
)


class DemoMailFilter(FilterForm):
    """By a piece of the recipient or of the subject."""

    search_label = _("Recipient or subject")


DEMO_MAIL = ListSpec(
    model=Message,
    sorts=[Sort("due", _("Due on"), "-due_at")],
    filters=DemoMailFilter,
    count=ngettext_lazy("%(shown)s message", "%(shown)s messages", "n"),
    empty=Empty(
        _("No mail yet"),
        _("A registration, a convocation or a request for progress makes one appear: the mail that would have left."),
        icon="mail",
    ),
    search="search_key",
)
