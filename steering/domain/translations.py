"""Passages of minutes that have no translation: which they are, and how one is filled in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError, ObjectGone
from steering.domain import freezing
from steering.domain.record import Passage, Record
from steering.models import AgendaItem, Decision, ItemNote, Meeting, Recommendation

LANGUAGES = ("fr", "ar")


@dataclass(frozen=True)
class Kind:
    """Where the passages of one kind lie."""

    model: type[models.Model]
    field: str
    meeting: str

    def row(self, meeting: Meeting, pk: int) -> Any:
        found = self.model._default_manager.filter(pk=pk, **{self.meeting: meeting}).first()
        if found is None:
            raise ObjectGone
        return saving.locked(self.model, found.pk)


KINDS = {
    "place": Kind(Meeting, "place", "pk"),
    "title": Kind(AgendaItem, "title", "meeting"),
    "notes": Kind(ItemNote, "text", "item__meeting"),
    "decision": Kind(Decision, "text", "item__meeting"),
    "recommendation": Kind(Recommendation, "text", "item__meeting"),
}
LABELS = {
    "place": _("Place"),
    "title": _("Title"),
    "notes": _("Notes"),
    "decision": _("Decision"),
    "recommendation": _("Recommendation"),
}


class TranslatedAlready(DomainError):
    """Somebody else was quicker."""

    code = "translated"

    def __init__(self) -> None:
        super().__init__(_("Somebody has written this translation meanwhile: it is shown now."), field="text")


@dataclass(frozen=True)
class Missing:
    """A passage that a reader of `language` finds in the original. `number` is that of its item, 0 outside any."""

    kind: str
    pk: int
    language: str
    original: str
    original_language: str
    number: int = 0

    @property
    def label(self) -> str:
        return str(LABELS[self.kind])


def missing(record: Record) -> list[Missing]:
    """Every passage without translation, in the order of the text. What a seat said in its own words needs none."""
    return [found for each in _passages(record) for found in _lacking(*each)]


def _passages(record: Record) -> Iterator[tuple[str, int, int, Passage]]:
    yield "place", record.meeting_id, 0, record.place
    for item in record.items:
        yield "title", item.id, item.number, item.title
        yield "notes", item.id, item.number, item.notes
        for decision in item.decisions:
            yield "decision", decision.id, item.number, decision.text
        for recommendation in item.recommendations:
            yield "recommendation", recommendation.id, item.number, recommendation.text


def _lacking(kind: str, pk: int, number: int, passage: Passage) -> Iterator[Missing]:
    for language in LANGUAGES:
        said = passage.said(language)
        if said.is_original:
            yield Missing(kind, pk, language, said.text, said.language, number)


@journal.act
def translate(*, meeting: Meeting, kind: str, pk: int, language: str, text: str, actor: User, now: datetime) -> None:
    """Write the translation of a passage that has none; what stands is never changed here.

    `pk` is the row's, for notes the item's. The same text again changes nothing. Records `<model>.translate`. Raises
    MinutesFrozen, ObjectGone, TranslatedAlready.
    """
    if kind not in KINDS or language not in LANGUAGES:
        raise ObjectGone
    freezing.require_unfrozen(meeting)
    if kind == "notes":
        pk = ItemNote.objects.filter(item=pk).values_list("pk", flat=True).first() or 0
    place = KINDS[kind]
    row = place.row(meeting, pk)
    name = f"{place.field}_{language}"
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise DomainError(_("Write the translation."), code="required", field="text")
    if getattr(row, name) == text:
        return
    if getattr(row, name):
        raise TranslatedAlready
    signed = {"saved_at": now, "saved_by": actor} if kind == "notes" else {}
    saving.change(row, **{name: text}, **signed)
    journal.record(f"{row._meta.model_name}.translate", obj=row, actor=actor, data={"language": language})
