"""A committee's data, and the rules of its founding act with "not documented" as an answer of its own."""

from __future__ import annotations

from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.formats.fields import DateField, formfield
from core.forms import PortalModelForm
from directory.models import Organisation
from steering.domain import blocked, rules
from steering.models import Committee, FoundingAct

NOT_DOCUMENTED = pgettext_lazy("rule", "Not documented")
YES, NO = pgettext_lazy("rule", "Yes"), pgettext_lazy("rule", "No")
FRENCH = {"lang": "fr", "dir": "ltr"}
ARABIC = {"lang": "ar", "dir": "rtl"}
ENGLISH = {"lang": "en", "dir": "ltr"}


class CommitteeForm(PortalModelForm):
    """The data of a committee; rules and seats have forms of their own."""

    class Meta:
        model = Committee
        fields = ["name_fr", "name_ar", "name_en", "parent", "programme", "secretariat", "verifier", "source"]
        labels = {"name_fr": _("Name in French"), "name_ar": _("Name in Arabic"), "name_en": _("Name in English")}
        widgets = {
            "name_fr": forms.TextInput(attrs=FRENCH),
            "name_ar": forms.TextInput(attrs=ARABIC),
            "name_en": forms.TextInput(attrs=ENGLISH),
        }
        help_texts = {"source": _("Where this is documented, if it is.")}
        formfield_callback = formfield

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents, bodies, seats = (self.fields[name] for name in ("parent", "secretariat", "verifier"))
        parents.queryset = Committee.objects.order_by("order_fr", "id")  # type: ignore[attr-defined]
        bodies.queryset = Organisation.objects.order_by("order_fr", "id")  # type: ignore[attr-defined]
        if self.instance.pk is None:
            del self.fields["verifier"]
            return
        parents.queryset = parents.queryset.exclude(pk=self.instance.pk)  # type: ignore[attr-defined]
        seats.queryset = self.instance.seats.select_related("organisation").order_by("rank", "id")  # type: ignore[attr-defined]


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not documented: three answers, none of them taken for granted."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs["choices"] = [("True", YES), ("False", NO), ("", NOT_DOCUMENTED)]
        super().__init__(coerce=lambda text: text == "True", empty_value=None, required=False, **kwargs)
        self.mark_optional = False

    def prepare_value(self, value: Any) -> Any:
        return "" if value is None else str(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or ""))


YES_NO = ("casting_vote", "alternates", "proxies", "proxies_in_quorum", "written_procedure")
CHOICES = ("power", "notice_count", "majority", "voters", "chair_substitute", "language", "silence")
NUMBERS = {
    "meetings_a_year": (1, 60),
    "notice_days": (0, 365),
    "quorum_numerator": (1, 100),
    "quorum_denominator": (1, 100),
    "second_call_days": (0, 365),
    "second_numerator": (0, 100),
    "second_denominator": (1, 100),
    "proxies_each": (1, 20),
    "minutes_days": (1, 365),
}
EMPTY = _("Empty: not documented.")


class FoundingActForm(PortalModelForm):
    """One version of the rules, in groups as an act is read."""

    signed_on = DateField(label=_("Signed on"), required=False)
    in_force_from = DateField(label=_("In force from"))

    class Meta:
        model = FoundingAct
        fields = ["title_fr", "title_ar", "signed_on", "in_force_from", "source", *rules.RULES]
        widgets = {"title_fr": forms.TextInput(attrs=FRENCH), "title_ar": forms.TextInput(attrs=ARABIC)}
        formfield_callback = formfield

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in YES_NO:
            self.fields[name] = YesNoField(label=capfirst(rules.label_of(name)))
        for name in CHOICES:
            field: Any = self.fields[name]
            field.choices = [("", NOT_DOCUMENTED), *FoundingAct._meta.get_field(name).flatchoices]  # type: ignore[union-attr]
            field.mark_optional = False
        for name, (least, most) in NUMBERS.items():
            label = capfirst(rules.label_of(name))
            number = forms.IntegerField(label=label, min_value=least, max_value=most, required=False)
            number.widget.attrs["class"] = "in-date"
            number.help_text = FoundingAct._meta.get_field(name).help_text or EMPTY  # type: ignore[union-attr]
            self.fields[name] = number
        self.helper.layout = self.layout()

    def layout(self) -> Layout:
        """The text first, then its rules chapter by chapter, as the page shows them."""
        text = Fieldset(
            _("The text"),
            Div("title_fr", "title_ar", css_class="two-tight"),
            Div("signed_on", "in_force_from", css_class="two-tight"),
            "source",
            css_class="group",
        )
        chapters = [Fieldset(title, *self._lines(names), css_class="group") for title, names in blocked.CHAPTERS]
        rest = [name for name in ("reason", "version") if name in self.fields]
        return Layout(text, *chapters, *rest)

    def _lines(self, names: tuple[str, ...]) -> list[Any]:
        """The two numbers of a fraction, and a count of days with its way of counting, stand in one line."""
        lines: list[Any] = []
        for name in names:
            if name in blocked.FRACTIONS:
                lines.append(Div(name, blocked.FRACTIONS[name], css_class="two-tight"))
            elif name == "notice_days":
                lines.append(Div("notice_days", "notice_count", css_class="two-tight"))
            elif name != "notice_count":
                lines.append(name)
        return lines


class FoundingActCorrectForm(FoundingActForm):
    """The same, with the reason that the history keeps."""

    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=500,
        help_text=_("The history shows it, with the old and the new rules."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
