"""What happened to a message, in words: how it went on its way, and what staff did with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import journal
from core.enums import BatchState, MessageState, Outcome
from core.models import Message, MessageBatch

VERBS: dict[str, str | Promise] = {
    "message.cancelled": pgettext_lazy("message", "Cancelled"),
    "message.resend": gettext_lazy("Sent again as a new message"),
    "messagebatch.held": gettext_lazy("The batch was held back"),
    "messagebatch.released": gettext_lazy("The batch was released"),
    "messagebatch.dropped": gettext_lazy("The batch was given up"),
    "messagebatch.take_over": gettext_lazy("The batch passed to whoever took over"),
}
SHOWN = 60


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    at: datetime
    words: str
    by: str = ""
    detail: str = ""
    server: str = ""


def lines_of(message: Message) -> list[Line]:
    """Newest first: the states that the message passed, and the acts of people with their reasons."""
    acts = [*_acts(message), *(_acts(message.batch) if message.batch else [])]
    return sorted([*acts, *_states(message)], key=lambda line: line.at, reverse=True)


def lines_of_batch(batch: MessageBatch) -> list[Line]:
    """Newest first: what people did with the messages together, and that they left by themselves."""
    lines = _acts(batch)
    lines.append(Line(batch.created_at, _("Saved with the act that they announce")))
    if batch.state == BatchState.RELEASED and batch.settled_at and not _was_released(batch):
        lines.append(Line(batch.settled_at, _("Released by the portal after ten minutes")))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _was_released(batch: MessageBatch) -> bool:
    return journal.history_of(batch).filter(verb="messagebatch.released").exists()


def _acts(obj: Message | MessageBatch) -> list[Line]:
    lines = []
    for entry in journal.history_of(obj)[:SHOWN]:
        reason = getattr(entry, "reason", None)
        by = str(entry.actor) if entry.actor_id else _("its reader, who asked for a new link")
        lines.append(Line(entry.at, str(VERBS.get(entry.verb, entry.verb)), by, reason.text if reason else ""))
    return lines


def _states(message: Message) -> list[Line]:
    """One line a change of state or of what hinders; a step that changed neither is left out."""
    events = apps.get_model("core", "MessageEvent").objects.filter(pgh_obj_id=message.pk).order_by("-pgh_id")
    rows = list(events.values("pgh_created_at", "state", "outcome", "last_error", "handed_at")[:SHOWN])
    lines: list[Line] = []
    before: tuple[object, ...] = ()
    for row in reversed(rows):
        step = (row["state"], row["outcome"], row["last_error"], row["handed_at"])
        if step == before or (row["state"] == MessageState.CANCELLED and row["outcome"] == Outcome.STOPPED):
            continue
        before = step
        words = _("Given to the mail server") if row["handed_at"] and row["state"] == MessageState.SENDING else ""
        hinders = row["state"] not in {MessageState.SENDING, MessageState.SENT, MessageState.WRITTEN}
        lines.append(
            Line(
                row["pgh_created_at"],
                words or str(MessageState(row["state"]).label),
                detail=str(Outcome(row["outcome"]).label) if hinders and row["outcome"] else "",
                server=row["last_error"] if hinders else "",
            )
        )
    return lines[::-1]
