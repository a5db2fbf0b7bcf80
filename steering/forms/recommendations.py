"""Forms of recommendations: written down, divided, answered."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formats.fields import DateField, OneLineField, formfield
from core.forms import PortalForm, PortalModelForm
from directory.models import Organisation
from steering.domain.recommendations import Part
from steering.forms import choices
from steering.models import AgendaItem, Committee, Decision, Recommendation
from trainings.models import Session

LANGUAGES = {"fr": "ltr", "ar": "rtl", "en": "ltr"}
MOST_PARTS = 8
PART_FIELDS = ("code", "text_fr", "text_ar", "text_en", "closure_fr", "closure_ar")


def dress(form: forms.BaseForm, **lines: int) -> None:
    """A box for a text in French, Arabic or English is written its way; `lines` says how tall each is."""
    for name, field in form.fields.items():
        language = name.rstrip("_0123456789").rpartition("_")[2]
        if language in LANGUAGES and isinstance(field, forms.CharField):
            field.widget.attrs |= {"lang": language, "dir": LANGUAGES[language]}
        for stem, rows in lines.items():
            if name.startswith(stem):
                field.widget.attrs["rows"] = rows


def group(legend: Any, *content: Any) -> Fieldset:
    return Fieldset(legend, *content, css_class="group")


def beside(*names: str) -> Div:
    """Short fields in one line where there is room."""
    return Div(*names, css_class="two-tight")


class RecommendationForm(PortalModelForm):
    """A recommendation as it was given; who moves it and how is said elsewhere."""

    given_on = DateField(label=_("Given on"))

    class Meta:
        model = Recommendation
        formfield_callback = formfield
        fields = (
            *("committee", "code", "given_on", "origin_kind", "session", "item", "reference"),
            *("text_fr", "text_ar", "text_en", "addressee", "priority", "closure_fr", "closure_ar", "parent"),
        )
        help_texts = {
            "code": _("For example R1; its parts are R1a, R1b."),
            "reference": _("The document or the event where it stands, if it is neither a session nor a meeting here."),
            "text_fr": _("Word for word, as it was given."),
            "closure_fr": _("What will prove that it is done: a list, a signed agreement, an official text."),
        }
        labels = {"parent": _("Is a part of")}

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.extra_kwargs = {"user": user}
        one, fields = self.instance, self.fields
        dress(self, text=5, closure=3)
        fields["code"].widget.attrs |= {"dir": "ltr", "class": "in-code", "autocomplete": "off"}
        fields["addressee"].required = True
        choices.offer(self, "session", Session.objects.all(), [(gettext("Sessions"), choices.sessions(one.session_id))])
        choices.offer(self, "item", AgendaItem.objects.all(), choices.items(one.item_id))
        choices.offer(self, "addressee", Organisation.objects.all(), choices.institutions(one.addressee))
        committees: Any = fields["committee"]
        committees.queryset = Committee.objects.visible_to(user).order_by("order_fr", "id")
        if one.pk is None:
            del fields["parent"]
        else:
            del fields["committee"]
            others = [row for row in choices.wholes(one) if row[0] != one.pk or row[0] == one.parent_id]
            choices.offer(self, "parent", Recommendation.objects.all(), [(gettext("Recommendations"), others)])
        self.helper.layout = Layout(
            group(_("What it is"), *(["committee"] if one.pk is None else ["parent"]), beside("code", "given_on")),
            group(_("Where it comes from"), "origin_kind", "session", "item", "reference"),
            group(_("Text"), "text_fr", beside("text_ar", "text_en")),
            group(_("To whom, and how urgent"), beside("addressee", "priority")),
            group(_("Evidence of closure"), beside("closure_fr", "closure_ar")),
            *(["version"] if one.pk is not None else []),
        )

    def validate_unique(self) -> None:
        """The verb says whose the code is."""

    def validate_constraints(self) -> None:
        """The verb says it beside the field."""


class SplitForm(PortalForm):
    """The parts of a composite recommendation in one page; rows that are left empty are no parts."""

    versioned = True

    def __init__(self, *args: Any, rows: int, code: str, known: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = max(1 if known else 2, min(rows, MOST_PARTS))
        self.extra_kwargs = {"rows": self.rows, "code": code, "known": known}
        content: list[Any] = []
        for number in range(1, self.rows + 1):
            proposed = f"{code}{'abcdefghijklmnop'[(known + number - 1) % 16]}"
            self.fields |= self._row(number, proposed)
            names = [f"{name}_{number}" for name in PART_FIELDS]
            heading = _("Part %(n)s") % {"n": known + number}
            content.append(group(heading, names[0], names[1], beside(*names[2:4]), beside(*names[4:6])))
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, initial=self.rows, required=False)
        dress(self, text=3, closure=2)
        self.helper.layout = Layout(*content, "rows", "version")

    def _row(self, number: int, code: str) -> dict[str, forms.Field]:
        area = forms.Textarea
        return {
            f"code_{number}": OneLineField(label=_("Code"), max_length=20, required=False, initial=code),
            f"text_fr_{number}": forms.CharField(
                label=_("Text in French"), max_length=3000, required=False, widget=area
            ),
            f"text_ar_{number}": forms.CharField(
                label=_("Text in Arabic"), max_length=3000, required=False, widget=area
            ),
            f"text_en_{number}": forms.CharField(
                label=_("Text in English"), max_length=3000, required=False, widget=area
            ),
            f"closure_fr_{number}": forms.CharField(
                label=_("Evidence of closure, in French"), max_length=1000, required=False, widget=area
            ),
            f"closure_ar_{number}": forms.CharField(
                label=_("Evidence of closure, in Arabic"), max_length=1000, required=False, widget=area
            ),
        }

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.numbers = [n for n in range(1, self.rows + 1) if self._is_written(cleaned, n)]
        for number in self.numbers:
            for name, words in (
                ("code", _("Give the part its code.")),
                ("text_fr", _("Write the part in French.")),
                ("closure_fr", _("Say what will prove that this part is closed.")),
            ):
                if not cleaned.get(f"{name}_{number}") and f"{name}_{number}" not in self.errors:
                    self.add_error(f"{name}_{number}", words)
        if not self.numbers and not self.errors:
            self.add_error("text_fr_1", _("Write the part in French."))
        return cleaned

    def _is_written(self, cleaned: dict[str, Any], number: int) -> bool:
        return any(cleaned.get(f"{name}_{number}") for name in PART_FIELDS if name != "code")

    def parts(self) -> list[Part]:
        """The parts that were written, in their order."""
        return [Part(**{name: self.cleaned_data[f"{name}_{n}"] for name in PART_FIELDS}) for n in self.numbers]


class SaidForm(PortalForm):
    """A remark or a reason, and the decision of the committee where there is one."""

    note = forms.CharField(label=_("Remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    decision = forms.ModelChoiceField(
        label=_("Decision of the committee"), queryset=Decision.objects.none(), required=False
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Committee.objects.filter(pk=recommendation.committee_id)
        groups = choices.decisions(known)
        if groups:
            choices.offer(self, "decision", Decision.objects.all(), groups)
        else:
            del self.fields["decision"]


class ReasonedForm(SaidForm):
    """The same with a compulsory reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("Reason")
        self.fields["note"].required = True
        self.fields["note"].help_text = _("The history keeps it; the members read it.")


class VerifiedForm(ReasonedForm):
    """What was seen in the evidence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("What was checked")


class ReopenedForm(ReasonedForm):
    """What is new."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].label = _("New fact")


class PartlyForm(ReasonedForm):
    """What is retained, and why not the rest."""

    retained = forms.CharField(
        label=_("Part that is retained"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ["retained", "note", "decision"]


class AcceptForm(SaidForm):
    """Accepted: with its first action, where none is entered yet."""

    title_fr = OneLineField(label=_("Title of the action in French"), max_length=300)
    title_ar = OneLineField(label=_("Title of the action in Arabic"), max_length=300, required=False)
    owner = forms.ModelChoiceField(label=_("Institution in charge"), queryset=Organisation.objects.none())
    starts_on = DateField(label=_("Starts on"))
    due_on = DateField(label=_("Due date"))

    ACTION = ("title_fr", "title_ar", "owner", "starts_on", "due_on")

    def __init__(self, *args: Any, recommendation: Recommendation, codes: str, **kwargs: Any) -> None:
        super().__init__(*args, recommendation=recommendation, **kwargs)
        rest = [name for name in ("note", "decision") if name in self.fields]
        if codes:
            for name in self.ACTION:
                del self.fields[name]
            words = format_html('<p class="mb-3">{} <bdi>{}</bdi></p>', gettext("Answered by the actions:"), codes)
            self.helper.layout = Layout(HTML(words), *rest)
            return
        choices.offer(self, "owner", Organisation.objects.all(), choices.institutions(recommendation.addressee))
        self.initial |= {"owner": recommendation.addressee_id, "starts_on": timezone.localdate()}
        dress(self)
        action = group(
            _("The action that answers it"), beside("title_fr", "title_ar"), "owner", beside("starts_on", "due_on")
        )
        self.helper.layout = Layout(action, *rest)
