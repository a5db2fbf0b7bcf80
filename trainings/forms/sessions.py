"""The forms of a session: made in one page with its first part, then changed; cancelled with its reasons."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, formfield
from core.forms import PortalForm, PortalModelForm
from trainings.forms import layout
from trainings.forms.categories import NOTE, CategoriesMixin
from trainings.models import Session

NOTICES = ("notice", "notice_ar", "notice_en")
RULES = ("registration_closes_at", "offer_hours", "attendance_threshold", "is_moderated")
PLACE = ("governorate", "venue_fr", "venue_ar")
TITLES = ("title_fr", "title_ar", "title_en")
PRESENTATIONS = ("presentation_fr", "presentation_ar", "presentation_en")


class SessionFormBase(PortalModelForm):
    """What both forms share; uniqueness and constraints are left to the verb, which says them better."""

    def dress(self) -> None:
        layout.mark_languages(self)
        self.fields["code"].widget.attrs |= {"dir": "ltr", "class": "in-code", "autocomplete": "off"}
        self.fields["registration_closes_at"].help_text = _(
            "Day and hour in Tunisia, such as 28/04/2026 17:00. Left empty: until the part begins."
        )
        layout.short(self, "attendance_threshold", "offer_hours")
        self.fields["governorate"].empty_label = _("To be announced")
        self.fields["attendance_threshold"].help_text = _("Share of the half-days of a part that must be attended.")
        self.fields["offer_hours"].help_text = _("Then the place falls to the next person on the waiting list.")

    def rules(self) -> Any:
        return layout.group(
            _("Rules of registration and attendance"),
            "registration_closes_at",
            layout.side_by_side("offer_hours", "attendance_threshold"),
            "is_moderated",
        )

    def validate_unique(self) -> None:
        """The verb says whose the code is."""

    def validate_constraints(self) -> None:
        """The verb says it beside the field."""


class SessionForm(SessionFormBase):
    """What is changed of a session beside its parts."""

    class Meta:
        model = Session
        formfield_callback = formfield
        fields = ("kind", "code", *TITLES, *PRESENTATIONS, *PLACE, *RULES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()
        layout.rows(self, *PRESENTATIONS, lines=5)
        self.helper.layout = Layout(
            layout.group(_("Kind and code"), layout.side_by_side("kind", "code")),
            layout.group(_("Title"), layout.languages("title")),
            layout.group(_("Presentation"), layout.languages("presentation")),
            layout.group(_("Place"), layout.side_by_side(*PLACE)),
            self.rules(),
            "version",
        )


class SessionCreateForm(CategoriesMixin, SessionFormBase):
    """A session and its first part in one page."""

    PART = ("starts_on", "ends_on", "audience_fr", "audience_ar", "audience_en", "capacity")

    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))
    audience_fr = OneLineField(label=_("Audience in French"), max_length=300, required=False)
    audience_ar = OneLineField(label=_("Audience in Arabic"), max_length=300, required=False)
    audience_en = OneLineField(label=_("Audience in English"), max_length=300, required=False)
    capacity = forms.IntegerField(label=_("Places"), min_value=1, max_value=5000)
    with_half_days = forms.BooleanField(
        label=_("Fill these days with half-days at once, after the working hours in force"),
        required=False,
        initial=True,
    )

    class Meta:
        model = Session
        formfield_callback = formfield
        fields = ("training", "kind", "code", *TITLES, *PLACE, *RULES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_fr"].required = self.fields["code"].required = False
        categories = self.add_categories()
        self.dress()
        layout.short(self, "capacity", *categories)
        self.fields["starts_on"].help_text = self.fields["ends_on"].help_text = layout.DAY_HINT
        self.fields["training"].empty_label = _("Choose a training")
        self.fields["code"].help_text = _("Left empty, the next one of the kind and the year is given: SEM-2026-03.")
        self.helper.layout = Layout(
            layout.group(
                _("What"),
                "training",
                layout.side_by_side("kind", "code"),
                layout.note(_("Title"), _("Left empty, the titles of the training are taken.")),
                layout.languages("title"),
            ),
            layout.group(_("When"), layout.side_by_side("starts_on", "ends_on"), "with_half_days"),
            layout.group(_("Where"), layout.side_by_side(*PLACE)),
            layout.group(
                _("For whom"),
                layout.languages("audience"),
                layout.side_by_side("capacity"),
                layout.note(_("Places by category"), NOTE),
                layout.side_by_side(*categories),
            ),
            self.rules(),
        )

    def changes(self) -> dict[str, Any]:
        """The session's own values."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def part(self) -> dict[str, Any]:
        """The first part's values."""
        return {name: self.cleaned_data[name] for name in self.PART}


class CancelForm(PortalForm):
    """Why a session is cancelled, for the history; and what everybody reads."""

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

    def __init__(self, *args: Any, is_known: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_known:
            for name in NOTICES:
                del self.fields[name]
        layout.mark_languages(self)
