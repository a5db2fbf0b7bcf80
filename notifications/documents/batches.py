"""What staff see of a batch before it leaves: who is told of what, how many, and the very words in each language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db.models import Count
from django.utils import translation
from django.utils.safestring import SafeString

from accounts.models import User
from core import outbox
from core.enums import MessageState
from core.formats import listed
from core.models import Message, MessageBatch
from core.outbox import Words
from notifications import objects
from notifications.safe_copy import safe_copy

TRIES = 4
"""So many messages of one kind are asked for an example before it is said that none can be written."""


@dataclass
class Described:
    """One batch in a list: what its messages say, to how many, about what, and how long it still waits."""

    batch: MessageBatch
    kinds: str
    count: int
    about: objects.About
    minutes_left: int


@dataclass(frozen=True)
class Example:
    """The very message to one person of the batch, in one language; `words` is None where it can no longer be written.

    `count` people get it in this language; where none does, it is shown as one of the others would get it.
    """

    language: str
    language_name: str
    right_to_left: bool
    count: int
    to_name: str
    words: Words | None
    copy: SafeString | str
    files: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class KindPreview:
    """One kind of message of a batch."""

    label: str
    count: int
    examples: list[Example]


def _shortest(labels: list[str]) -> list[str]:
    """The labels of one act, without those that say another one and more: "postponed", not "postponed, to trainers"."""
    return [label for label in labels if not any(label != other and label.startswith(other) for other in labels)]


def described(batches: Iterable[MessageBatch], *, user: User, now: datetime) -> list[Described]:
    """For a list: a query for the counts and one for each sort of object, however many batches."""
    rows = list(batches)
    counts: dict[int, dict[str, int]] = {row.pk: {} for row in rows}
    told = Message.objects.filter(batch__in=rows).values("batch", "kind").annotate(n=Count("pk")).order_by("batch")
    for line in told:
        counts[line["batch"]][line["kind"]] = line["n"]
    abouts = objects.about_each([(row.object_type, row.object_id) for row in rows], user)
    return [
        Described(
            batch=row,
            kinds=listed(_shortest([outbox.label_of(kind) for kind in sorted(counts[row.pk])])),
            count=sum(counts[row.pk].values()),
            about=about,
            minutes_left=max(0, -int(-(row.release_at - now).total_seconds() // 60)),
        )
        for row, about in zip(rows, abouts, strict=True)
    ]


def previews(batch: MessageBatch) -> list[KindPreview]:
    """Each kind in each language of the portal, by an example of its own."""
    counts: dict[str, dict[str, int]] = {}
    lines = Message.objects.filter(batch=batch).values("kind", "language").annotate(n=Count("pk"))
    for line in lines.order_by("-n", "kind"):
        counts.setdefault(line["kind"], {})[line["language"]] = line["n"]
    return [
        KindPreview(
            outbox.label_of(kind),
            sum(languages.values()),
            [_example(batch, kind, code, languages.get(code, 0)) for code, _name in settings.LANGUAGES],
        )
        for kind, languages in counts.items()
    ]


def _example(batch: MessageBatch, kind: str, language: str, count: int) -> Example:
    rows = Message.objects.filter(batch=batch, kind=kind).order_by("pk")
    if count:
        rows = rows.filter(language=language)
    if rows.exclude(state=MessageState.CANCELLED).exists():
        rows = rows.exclude(state=MessageState.CANCELLED)
    to_name, words, files = "", None, []
    for message in rows[:TRIES]:
        words, files = _written(message, language)
        if words is not None:
            to_name = message.to_name
            break
    info = translation.get_language_info(language)
    return Example(
        language=language,
        language_name=info["name_local"],
        right_to_left=info["bidi"],
        count=count,
        to_name=to_name,
        words=words,
        copy=safe_copy(words.html) if words else "",
        files=files,
    )


def _written(message: Message, language: str) -> tuple[Words | None, list[str]]:
    """As it left, or as it would leave now; nothing where what it announces no longer holds."""
    if message.text:
        return (outbox.preview(message), []) if message.language == language else (None, [])
    try:
        rendered = outbox.example(message, language=language)
    except Exception:
        return None, []
    return rendered.shown, [file.name for file in rendered.content.attachments]
