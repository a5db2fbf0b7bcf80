"""Forms of the agenda: an item, a document, a recurring point."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import files
from core.formats.fields import OneLineField, formfield
from core.forms import PortalForm, PortalModelForm
from directory.models import Organisation
from steering.domain import sitting
from steering.enums import Audience
from steering.forms.meetings import ARABIC, FRENCH
from steering.models import AgendaItem, Meeting, RecurringItem, Seat

TITLES = {"title_fr": forms.TextInput(attrs=FRENCH), "title_ar": forms.TextInput(attrs=ARABIC)}


class SeatChoices(forms.ModelMultipleChoiceField):
    """Seats by the name of their institution."""

    widget = forms.CheckboxSelectMultiple


class ItemForm(PortalModelForm):
    """One item: what it is, who reports, what is asked of the committee, how long, who may read it."""

    readers = SeatChoices(
        label=_("Named seats"),
        queryset=Seat.objects.none(),
        required=False,
        help_text=_("Only where the item is for named seats: the others see its number and “confidential item”."),
    )

    class Meta:
        model = AgendaItem
        fields = ["title_fr", "title_ar", "rapporteur", "expected", "duration", "audience"]
        labels = {"title_fr": _("Title in French"), "title_ar": _("Title in Arabic")}
        widgets = TITLES
        formfield_callback = formfield

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra_kwargs = {"meeting": meeting}
        self.initial.setdefault(
            "readers", [row.seat_id for row in self.instance.reader_rows.all()] if self.instance.pk else []
        )
        seats = sitting.seats_on(meeting.committee, on=meeting.day)
        readers: Any = self.fields["readers"]
        readers.queryset = seats
        named = Q(pk__in=seats.values("organisation_id")) | Q(pk=self.instance.rapporteur_id or 0)
        if meeting.committee.secretariat_id:
            named |= Q(pk=meeting.committee.secretariat_id)
        rapporteur: Any = self.fields["rapporteur"]
        rapporteur.queryset = Organisation.objects.filter(named).order_by("order_fr", "id")
        duration: Any = self.fields["duration"]
        duration.min_value = 1
        duration.widget.attrs.update({"min": 1, "max": 600})

    def clean_duration(self) -> int:
        minutes: int = self.cleaned_data["duration"]
        if not 1 <= minutes <= 600:
            raise forms.ValidationError(_("Between 1 and 600 minutes."), code="range")
        return minutes

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("audience") == Audience.NAMED and not cleaned.get("readers") and "readers" not in self.errors:
            self.add_error("readers", _("Name at least one seat that may read the item."))
        return cleaned


class DocumentForm(PortalForm):
    """A document of an item."""

    label = OneLineField(label=_("Title of the document"), max_length=200)
    file = forms.FileField(
        label=_("File"),
        max_length=200,
        help_text=_("PDF, picture (PNG, JPEG), Word (.docx) or Excel (.xlsx), 10 MB at most."),
        widget=forms.FileInput(attrs={"accept": files.ACCEPT}),
    )


class RecurringForm(PortalModelForm):
    """A point of every agenda."""

    class Meta:
        model = RecurringItem
        fields = ["title_fr", "title_ar", "expected", "duration"]
        labels = {"title_fr": _("Title in French"), "title_ar": _("Title in Arabic")}
        widgets = TITLES
        formfield_callback = formfield

    def clean_duration(self) -> int:
        minutes: int = self.cleaned_data["duration"]
        if not 1 <= minutes <= 600:
            raise forms.ValidationError(_("Between 1 and 600 minutes."), code="range")
        return minutes
