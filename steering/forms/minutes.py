"""Forms of the minutes: notes, the sending, remarks and what becomes of them, translations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formats.fields import DateTimeField
from core.forms import PortalForm
from steering.domain.notes import tidy
from steering.enums import RemarkState
from steering.models import AgendaItem, Mandate


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class NotesField(forms.CharField):
    """A long text with one kind of line end, so that a browser's own does not count as a change."""

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class NotesForm(PortalForm):
    """What was said in an item, in one language or both."""

    versioned = True

    text_fr = NotesField(
        label=_("Notes in French"), required=False, max_length=20000, widget=_area(8, lang="fr", dir="ltr")
    )
    text_ar = NotesField(
        label=_("Notes in Arabic"), required=False, max_length=20000, widget=_area(8, lang="ar", dir="rtl")
    )


class SendForm(PortalForm):
    """Until when remarks are taken."""

    remarks_until = DateTimeField(
        label=_("Remarks are expected by"),
        help_text=_("Day and hour, for example 18/11/2026 23:59. The founding act gives the least number of days."),
    )


class RemarkForm(PortalForm):
    """A remark of a seat on an item, or on the whole."""

    mandate = forms.ModelChoiceField(
        label=_("In the name of"), queryset=Mandate.objects.none(), empty_label=pgettext_lazy("choice", "Choose")
    )
    item = forms.ModelChoiceField(
        label=_("About"), queryset=AgendaItem.objects.none(), required=False, empty_label=_("The minutes as a whole")
    )
    text = NotesField(label=_("Remark"), max_length=3000, widget=_area(5, dir="auto"))

    def __init__(
        self, *args: Any, mandates: models.QuerySet[Mandate], items: models.QuerySet[AgendaItem], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.extra_kwargs = {"mandates": mandates, "items": items}
        mandate: Any = self.fields["mandate"]
        mandate.queryset = mandates
        mandate.label_from_instance = seat_and_person
        item: Any = self.fields["item"]
        item.queryset = items
        item.empty_label = _("The minutes as a whole")
        item.label_from_instance = numbered
        only = list(mandates[:2])
        if len(only) == 1:
            self.initial.setdefault("mandate", only[0].pk)
            mandate.empty_label = None


def seat_and_person(mandate: Mandate) -> str:
    return f"{mandate.seat.organisation} – {mandate.person}"


def numbered(item: AgendaItem) -> str:
    return f"{item.position}. {item.title}"


class SettleForm(PortalForm):
    """What became of a remark. Nothing is chosen beforehand."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(RemarkState.TAKEN, RemarkState.TAKEN.label), (RemarkState.LEFT, RemarkState.LEFT.label)],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label=_("Answer of the secretariat"),
        required=False,
        max_length=1000,
        help_text=_("Needed where the remark is not taken: the seat reads why."),
        widget=_area(3, dir="auto"),
    )


class TranslationForm(PortalForm):
    """The text in the other language."""

    text = NotesField(label=_("Translation"), max_length=20000, widget=_area(6))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        direction = "rtl" if language == "ar" else "ltr"
        self.fields["text"].widget.attrs.update(lang=language, dir=direction)
        self.fields["text"].label = _("Text in Arabic") if language == "ar" else _("Text in French")
