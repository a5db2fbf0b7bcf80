"""Forms of actions: entered, corrected, reported on, proved, moved, verified."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import files
from core.formats.fields import DateField, OneLineField, formfield
from core.forms import PortalForm, PortalModelForm
from directory.models import Organisation, Person
from steering.domain.evidence import Given
from steering.forms import choices
from steering.forms.recommendations import beside, dress, group
from steering.models import Action, Committee, Decision, Recommendation, Seat

CREATED = ("starts_on", "due_on")
WORDS = ("title_fr", "title_ar", "details_fr", "details_ar")
WHO = ("owner", "owner_person")


class ActionFormBase(PortalModelForm):
    """What both forms share; what rows around say is left to the verb, which says it better."""

    def dress(self) -> None:
        dress(self, details=4)
        self.fields["weight"].widget.attrs["class"] = "in-date"
        self.fields["weight"].help_text = _(
            "From 1 to 100: what it counts for beside the other parts of the same whole."
        )

    def validate_unique(self) -> None:
        """The verb gives the code."""

    def validate_constraints(self) -> None:
        """The verb says it beside the field."""


class ActionForm(ActionFormBase):
    """A new action; its code is given by its committee. A part takes what its whole answers."""

    starts_on = DateField(label=_("Starts on"))
    due_on = DateField(label=_("Due date"))

    class Meta:
        model = Action
        formfield_callback = formfield
        fields = ("committee", "recommendation", "decision", *WORDS, *WHO, *CREATED, "weight")

    def __init__(self, *args: Any, committees: Any, parent: Action | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra_kwargs = {"committees": committees, "parent": parent}
        self.dress()
        today = timezone.localdate()
        choices.offer(self, "owner", Organisation.objects.all(), choices.institutions())
        choices.offer(self, "owner_person", Person.objects.all(), choices.holders(committees, on=today))
        self.fields["owner_person"].help_text = _(
            "Somebody else of the institution is named afterwards, under “Correct”."
        )
        if parent is None:
            fields: Any = self.fields
            fields["committee"].queryset = committees
            recommendations, decisions = choices.recommendations(committees), choices.decisions(committees)
            choices.offer(self, "recommendation", Recommendation.objects.all(), recommendations)
            choices.offer(self, "decision", Decision.objects.all(), decisions)
            answers = [group(_("What it answers"), "committee", "recommendation", "decision")]
        else:
            for name in ("committee", "recommendation", "decision"):
                del self.fields[name]
            answers = []
        self.helper.layout = Layout(
            *answers,
            group(_("What is done"), beside("title_fr", "title_ar"), beside("details_fr", "details_ar")),
            group(_("Who does it"), beside(*WHO)),
            group(_("When, and its weight"), beside("starts_on", "due_on", "weight")),
        )


class ActionEditForm(ActionFormBase):
    """Everything but the code and the due date, which moves with its reason alone."""

    stands_for = {"due_on": "starts_on"}
    starts_on = DateField(label=_("Starts on"))

    class Meta:
        model = Action
        formfield_callback = formfield
        fields = ("recommendation", "decision", *WORDS, *WHO, "starts_on", "weight", "verifier")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dress()
        one, today = self.instance, timezone.localdate()
        known = Committee.objects.filter(pk=one.committee_id)
        people = choices.people(one.owner, on=today)
        if one.owner_person is not None and one.owner_person_id not in {pk for pk, _words in people}:
            people = [*people, (one.owner_person_id, str(one.owner_person))]
        choices.offer(self, "owner", Organisation.objects.all(), choices.institutions(one.owner))
        choices.offer(self, "owner_person", Person.objects.all(), [(str(one.owner), people)])
        choices.offer(
            self, "verifier", Seat.objects.all(), [(gettext("Seats"), choices.seats(one.committee, on=today))]
        )
        answers = []
        if one.parent_id is None:
            offered = choices.recommendations(known, one.recommendation_id)
            choices.offer(self, "recommendation", Recommendation.objects.all(), offered)
            choices.offer(self, "decision", Decision.objects.all(), choices.decisions(known, one.decision_id))
            answers = [group(_("What it answers"), "recommendation", "decision")]
        else:
            for name in ("recommendation", "decision"):
                del self.fields[name]
        self.helper.layout = Layout(
            *answers,
            group(_("What is done"), beside("title_fr", "title_ar"), beside("details_fr", "details_ar")),
            group(_("Who does it"), beside(*WHO), "verifier"),
            group(_("When, and its weight"), beside("starts_on", "weight")),
            "version",
        )


def _file_field(label: Any, *, required: bool) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        max_length=200,
        help_text=_("PDF, PNG, JPEG, Word or Excel, 10 MB at most. Nothing of the camera stays in a picture."),
        widget=forms.FileInput(attrs={"accept": files.ACCEPT}),
    )


class WithFile(PortalForm):
    """A form that may bring a piece of evidence."""

    def given(self) -> Given | None:
        """The file as the domain takes it; None where none was chosen."""
        upload = self.cleaned_data.get("file")
        return Given(upload.name, upload.read(), self.cleaned_data.get("label", "")) if upload else None


class EvidenceForm(WithFile):
    """One file, and what it proves."""

    label = OneLineField(label=_("What it proves"), max_length=200)
    file = _file_field(_("File"), required=True)


class Spoken(WithFile):
    """What somebody of the institution says; staff may name who told it."""

    note = forms.CharField(label=_("What was done"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    file = _file_field(_("Evidence (a file)"), required=False)
    label = OneLineField(label=_("What the file proves"), max_length=200, required=False)
    person = forms.ModelChoiceField(
        label=_("Told by"),
        queryset=Person.objects.none(),
        required=False,
        help_text=_("Who of the institution told it, by telephone or in a letter."),
    )

    def __init__(self, *args: Any, action: Action, for_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = choices.people(action.owner, on=timezone.localdate()) if for_staff else []
        if people:
            choices.offer(self, "person", Person.objects.all(), [(str(action.owner), people)])
        else:
            del self.fields["person"]


class ProgressForm(Spoken):
    """How far the action is, with what was done: never a percentage alone."""

    percent = forms.IntegerField(label=_("Done, in per cent"), min_value=0, max_value=100)
    field_order = ["percent", "note", "file", "label", "person"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["percent"].widget.attrs["class"] = "in-date"


class DoneForm(Spoken):
    """The action is done: what was done, and the proof where none is attached yet."""

    def __init__(self, *args: Any, has_proof: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = not has_proof
        if has_proof:
            self.fields["file"].label = _("Another piece of evidence (a file)")


class SlipForm(PortalForm):
    """A later due date, or an earlier one, with its reason."""

    versioned = True

    to_on = DateField(label=_("New due date"))
    reason = OneLineField(label=_("Reason"), max_length=1000, help_text=_("Kept beside the date; the members read it."))
    decision = forms.ModelChoiceField(
        label=_("Decision of the committee"), queryset=Decision.objects.none(), required=False
    )

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra_kwargs = {"action": action}
        groups = choices.decisions(Committee.objects.filter(pk=action.committee_id))
        if groups:
            choices.offer(self, "decision", Decision.objects.all(), groups)
        else:
            del self.fields["decision"]


class NoteForm(PortalForm):
    """What was checked in the evidence, or why it comes back."""

    note = forms.CharField(label=_("What was checked"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class WhyForm(PortalForm):
    """Why: the history keeps it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The history keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
