"""Forms that move a session: postponed, given its new date, copied, sent back; and what a trainer proposes."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, formfield
from core.forms import PortalForm, PortalModelForm
from trainings.forms import layout
from trainings.models import Session, Training


class PostponeForm(PortalForm):
    """Until when, why, and what everybody reads; `shown` is the day for which the page has shown what follows."""

    starts_on = DateField(
        label=_("New first day"),
        help_text=_("The whole programme moves with it, over weekends and holidays. Left empty: to be fixed later."),
        required=False,
    )
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept in the history of the agency; nobody outside reads it."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    notice = OneLineField(
        label=_("Public notice"),
        help_text=_("One sentence: it stands on the public page and in the messages."),
        max_length=300,
    )
    notice_ar = OneLineField(label=_("Public notice in Arabic"), max_length=300, required=False)
    notice_en = OneLineField(label=_("Public notice in English"), max_length=300, required=False)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layout.mark_languages(self)


class FirstDayForm(PortalForm):
    """On which day a session begins; `shown` is the day for which the page has shown what follows."""

    starts_on = DateField(label=_("New first day"), help_text=layout.DAY_HINT)
    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class SendBackForm(PortalForm):
    """What whoever proposed the session should mend."""

    comment = forms.CharField(
        label=_("Comment"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}), required=False
    )

    def __init__(self, *args: Any, is_required: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["comment"]
        field.required = is_required
        field.help_text = _("Whoever proposed the session reads it in a message.") if is_required else ""


class ProposalForm(PortalModelForm):
    """A session as a trainer proposes it: what, when, where, for whom. Staff see to the rest."""

    PART = ("starts_on", "ends_on", "audience_fr", "capacity")

    starts_on = DateField(label=_("First day"), help_text=layout.DAY_HINT)
    ends_on = DateField(label=_("Last day"), help_text=layout.DAY_HINT)
    audience_fr = OneLineField(label=_("Audience in French"), max_length=300, required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)

    class Meta:
        model = Session
        formfield_callback = formfield
        fields = ("training", "kind", "title_fr", "title_ar", "presentation_fr", "governorate", "venue_fr")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_fr"].required = False
        self.fields["training"].queryset = Training.objects.order_by("title_fr")
        self.fields["training"].empty_label = _("Choose a training")
        self.fields["governorate"].empty_label = _("To be announced")
        layout.mark_languages(self)
        layout.short(self, "capacity")
        layout.rows(self, "presentation_fr", lines=4)
        if self.instance.pk:
            del self.fields["training"]
        what = [name for name in ("training",) if name in self.fields]
        self.helper.layout = Layout(
            layout.group(
                _("What"),
                *what,
                "kind",
                layout.note(_("Title"), _("Left empty, the titles of the training are taken.")),
                "title_fr",
                "title_ar",
                "presentation_fr",
            ),
            layout.group(_("When"), layout.side_by_side("starts_on", "ends_on")),
            layout.group(_("Where"), layout.side_by_side("governorate", "venue_fr")),
            layout.group(_("For whom"), "audience_fr", "capacity"),
            *(["version"] if "version" in self.fields else []),
        )

    def validate_unique(self) -> None:
        """The verb says it."""

    def validate_constraints(self) -> None:
        """The verb says it beside the field."""

    def changes(self) -> dict[str, Any]:
        """The session's own values."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}

    def part(self) -> dict[str, Any]:
        """Those of its part."""
        return {name: self.cleaned_data[name] for name in self.PART}
