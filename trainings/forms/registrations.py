"""The forms of registration: what the public fills in, what staff fill in for somebody, and reasons."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import HTML, Layout
from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.lookups import Exact
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Language
from core.formats.fields import ArabicNameField, EmailField, LatinNameField, OneLineField, PhoneField
from core.forms import PortalForm
from core.keys import FKey
from directory.enums import Origin, Sex
from directory.models import ConsentText, Governorate, Organisation
from trainings.domain.intake import LONG, SHORT, RegistrationData
from trainings.enums import QuestionKind
from trainings.forms import layout
from trainings.models import PublicCategory, Question, SessionPart

YES, NO = "yes", "no"
ORGANISATION_NAMES = ("name_fr", "name_ar", "name_en", "acronym")
MOST_SUGGESTED = 300
ORDER = ("sex", "category", "organisation", "function", "governorate", "email", "phone", "language")
"""As the page shows them, so that the summary of errors is read from top to bottom."""


class RegistrationFormBase(PortalForm):
    """What one person says of themselves, and the session's questions."""

    name_latin = LatinNameField(
        label=_("Name in Latin letters"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "lang": "fr", "dir": "ltr"}),
    )
    name_ar = ArabicNameField(
        label=_("Name in Arabic letters"),
        max_length=200,
        required=False,
        help_text=_("The certificate prints both scripts: without this name it cannot be issued."),
    )
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[(Sex.FEMALE, Sex.FEMALE.label), (Sex.MALE, Sex.MALE.label)],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("For the figures of the programme only."),
    )
    function = OneLineField(
        label=pgettext_lazy("of a person", "Function"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    organisation = OneLineField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        help_text=_("Choose it in the list if it is there, or write its name."),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "organization"}),
    )
    governorate = forms.ModelChoiceField(
        label=_("Governorate"), queryset=Governorate.objects.all(), required=False, empty_label=_("Choose")
    )
    email = EmailField(label=_("E-mail address"), max_length=254)
    phone = PhoneField(label=_("Telephone"), required=False, help_text=_("Eight digits, or + and the country code."))
    category = forms.ModelChoiceField(
        label=_("Category of public"), queryset=PublicCategory.objects.none(), empty_label=_("Choose")
    )
    language = forms.ChoiceField(
        label=_("Language of the messages"), choices=Language.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, part: SessionPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.fields["name_latin"].mark_optional = False  # type: ignore[attr-defined]
        self._offer_categories()
        self.questions = list(part.session.questions.all())
        for question in self.questions:
            self.fields[field_of(question)] = _answer_field(question)
        names = ["name_latin", "name_ar"]
        if (get_language() or "").startswith("ar"):
            names.reverse()
        self.order_fields([*names, *ORDER, *self.asked, "consent_version", "consent"])

    def _offer_categories(self) -> None:
        kept = [row.category_id for row in self.part.categories.all()]
        if kept:
            self.fields["category"].queryset = PublicCategory.objects.filter(pk__in=kept)  # type: ignore[attr-defined]
        else:
            del self.fields["category"]

    @property
    def names(self) -> list[str]:
        """The two names in the order of the page's language."""
        return [name for name in self.fields if name in ("name_latin", "name_ar")]

    @property
    def asked(self) -> list[str]:
        return [field_of(question) for question in self.questions]

    def data_of(self, **more: Any) -> RegistrationData:
        """What was typed, as the domain takes it."""
        typed = self.cleaned_data
        known = organisation_named(typed["organisation"], part=self.part)
        return RegistrationData(
            email=typed["email"],
            name_latin=typed["name_latin"],
            name_ar=typed["name_ar"],
            sex=typed["sex"] or Sex.UNKNOWN,
            phone=typed["phone"],
            function=typed["function"],
            organisation=known,
            organisation_text="" if known else typed["organisation"],
            governorate=typed["governorate"],
            category=typed.get("category"),
            language=typed["language"],
            answers={q.pk: typed[field_of(q)] for q in self.questions if typed[field_of(q)] not in ("", None)},
            **more,
        )


class RegistrationForm(RegistrationFormBase):
    """The public form: everything above, and the consent to the text that the page shows."""

    consent_version = forms.IntegerField(widget=forms.HiddenInput)
    consent = forms.BooleanField(
        label=_("I have read this text and I agree"),
        error_messages={"required": _("Without your consent the agency may not keep your registration.")},
    )

    def __init__(self, *args: Any, part: SessionPart, consent_text: ConsentText | None, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.consent_text = consent_text
        self.initial |= {"language": (get_language() or "fr")[:2]}
        self.initial |= {"consent_version": consent_text.number if consent_text else 0}
        self.fields["email"].help_text = _("The link by which you confirm goes to this address.")
        category = ["category"] if "category" in self.fields else []
        self.helper.layout = Layout(
            layout.group(_("Your name"), *self.names, "sex"),
            layout.group(_("Your work"), *category, "organisation", "function", "governorate"),
            layout.group(_("How to reach you"), "email", "phone", "language"),
            *([layout.group(_("Questions of this session"), *self.asked)] if self.asked else []),
            layout.group(
                _("Your consent"),
                HTML('{% include "trainings/registrations/consent.html" %}'),
                "consent_version",
                "consent",
            ),
        )

    def clean(self) -> dict[str, Any]:
        """A text that changed since the page was opened is shown again, to be read."""
        cleaned: dict[str, Any] = super().clean() or {}
        current = self.consent_text.number if self.consent_text else 0
        if "consent_version" in cleaned and cleaned["consent_version"] != current:
            self.add_error("consent", _("The text to which you consent has changed: read it again."))
            self.data = self.data.copy()
            self.data["consent_version"] = str(current)
            self.data.pop("consent", None)
        return cleaned

    def request(self) -> RegistrationData:
        return self.data_of(consent_text=self.consent_text)


class ByHandForm(RegistrationFormBase):
    """Staff fill in for somebody; an address is not needed, nor answers; consent may have been given on paper."""

    consent = forms.BooleanField(
        label=_("The person has agreed to the consent text, on paper or by word"), required=False
    )

    def __init__(self, *args: Any, part: SessionPart, consent_text: ConsentText | None, **kwargs: Any) -> None:
        super().__init__(*args, part=part, **kwargs)
        self.consent_text = consent_text
        self.fields["email"].required = False
        self.fields["email"].help_text = _("Without an address nothing is sent: tell the person yourself.")
        for name in self.asked:
            self.fields[name].required = False
        self.initial.setdefault("language", "fr")
        category = ["category"] if "category" in self.fields else []
        consent = [HTML('{% include "trainings/registrations/consent.html" %}'), "consent"] if consent_text else []
        if not consent_text:
            del self.fields["consent"]
        self.helper.layout = Layout(
            layout.group(_("Name"), *self.names, "sex"),
            layout.group(_("Work"), *category, "organisation", "function", "governorate"),
            layout.group(_("How to reach the person"), "email", "phone", "language"),
            *([layout.group(_("Questions of this session"), *self.asked)] if self.asked else []),
            *([layout.group(_("Consent"), *consent)] if consent else []),
        )

    def entry(self) -> RegistrationData:
        agreed = self.cleaned_data.get("consent")
        return self.data_of(consent_text=self.consent_text if agreed else None)


class EndForm(PortalForm):
    """Why staff refuse or cancel: the history keeps it, and the person reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The person reads it in the message, and the history keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MoveForm(PortalForm):
    """Where on the waiting list, and why."""

    position = forms.IntegerField(label=_("New place on the list"), min_value=1, max_value=100_000)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("The history keeps it: every change of the order has its reason."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def field_of(question: Question) -> str:
    """The name of a question's field, as the domain names it in its errors."""
    return f"question_{question.pk}"


def suggested(part: SessionPart) -> list[str]:
    """Names of known organisations, for the box in which one is typed."""
    rows = _organisations(part).order_by("key", "id")[:MOST_SUGGESTED]
    return [row.name for row in rows]


def organisation_named(text: str, *, part: SessionPart) -> Organisation | None:
    """The organisation that bears this name or acronym, whatever the accents and the case."""
    if not text:
        return None
    same = [Q(Exact(FKey(F(name)), FKey(Value(text)))) for name in ORGANISATION_NAMES]
    found = _organisations(part).filter(same[0] | same[1] | same[2] | same[3]).order_by("id")[:2]
    return found[0] if len(found) == 1 else None


def _organisations(part: SessionPart) -> QuerySet[Organisation]:
    """Real ones for a real session, fictional ones for a fictional one."""
    if part.session.is_fictional:
        return Organisation.objects.filter(origin=Origin.FICTIONAL)
    return Organisation.objects.exclude(origin=Origin.FICTIONAL)


def _answer_field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.label, "required": question.is_required}
    if question.kind == QuestionKind.YES_NO:
        return forms.TypedChoiceField(
            choices=[(YES, _("Yes")), (NO, _("No"))],
            coerce=lambda value: value == YES,
            empty_value=None,
            widget=forms.RadioSelect,
            **common,
        )
    if question.kind == QuestionKind.CHOICE:
        choices = [("", _("Choose")), *((line, line) for line in question.choice_list)]
        return forms.ChoiceField(choices=choices, **common)
    if question.kind == QuestionKind.LONG:
        return forms.CharField(max_length=LONG, widget=forms.Textarea(attrs={"rows": 4}), **common)
    return OneLineField(max_length=SHORT, **common)
