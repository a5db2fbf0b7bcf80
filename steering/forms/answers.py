"""The answer of a seat to a convocation: by link, signed in, or as the secretariat heard it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.formats.fields import OneLineField
from core.forms import PortalForm
from steering.domain import answers
from steering.enums import MandateKind, Reply
from steering.models import Mandate, Meeting, Seat

MYSELF, FOR_ANOTHER = "self", "other"
SPOKEN: dict[str, str | Promise] = {
    Reply.PRESENT: _("I come"),
    Reply.ALTERNATE: _("The alternate comes"),
    Reply.PROXY: _("I give a proxy to another seat"),
    Reply.EXCUSED: _("I am excused"),
}
OF_ALTERNATE: dict[str, str | Promise] = {
    Reply.ALTERNATE: _("I come in the place of the titular"),
    Reply.EXCUSED: _("I cannot come"),
}


class MandateChoice(forms.ModelChoiceField):
    """A person by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person)


class AnswerForm(PortalForm):
    """What a seat answers. What the founding act does not allow is not offered."""

    reply = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    alternate = MandateChoice(
        label=_("Alternate who comes"),
        queryset=Mandate.objects.none(),
        required=False,
        help_text=_("Only if the alternate comes."),
    )
    proxy_to = forms.ModelChoiceField(
        label=_("Seat to which the proxy is given"),
        queryset=Seat.objects.none(),
        required=False,
        help_text=_("Only if a proxy is given."),
    )
    note = OneLineField(
        label=_("Note for the secretariat"),
        max_length=500,
        required=False,
        help_text=_("Read by the secretariat alone."),
    )

    def __init__(self, *args: Any, meeting: Meeting, seat: Seat, mandate: Mandate | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = answers.options(meeting, seat)
        self.mandate = mandate
        self.is_alternate = mandate is not None and mandate.kind == MandateKind.ALTERNATE
        replies: Any = self.fields["reply"]
        alternates: Any = self.fields["alternate"]
        holders: Any = self.fields["proxy_to"]
        alternates.queryset = Mandate.objects.filter(pk__in=[row.pk for row in offered.alternates]).select_related(
            "person"
        )
        holders.queryset = (
            Seat.objects.filter(pk__in=[row.pk for row in offered.proxies])
            .select_related("organisation")
            .order_by("rank", "id")
        )
        replies.choices = self._choices(offered.replies)
        if Reply.ALTERNATE not in offered.replies or self.is_alternate:
            del self.fields["alternate"]
        if Reply.PROXY not in offered.replies or self.is_alternate:
            del self.fields["proxy_to"]

    def _choices(self, replies: list[str]) -> list[tuple[str, str | Promise]]:
        if self.is_alternate:
            return [(code, words) for code, words in OF_ALTERNATE.items() if code in replies]
        words = SPOKEN if self.mandate is not None else dict(Reply.choices)
        return [(code, words[code]) for code in replies]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reply = cleaned.get("reply")
        if reply == Reply.ALTERNATE and self.is_alternate:
            cleaned["alternate"] = self.mandate
        elif reply == Reply.ALTERNATE and not cleaned.get("alternate") and "alternate" not in self.errors:
            self.add_error("alternate", _("Say which alternate comes."))
        if reply == Reply.PROXY and not cleaned.get("proxy_to") and "proxy_to" not in self.errors:
            self.add_error("proxy_to", _("Name the seat to which the proxy is given."))
        return cleaned


class LinkAnswerForm(AnswerForm):
    """The same behind a personal link: it says who is answering."""

    who = forms.ChoiceField(label=_("Who is answering?"), widget=forms.RadioSelect)
    said_by = OneLineField(label=_("Your name"), max_length=200, required=False)
    said_as = OneLineField(label=_("Your function"), max_length=200, required=False)
    field_order = ("reply", "alternate", "proxy_to", "who", "said_by", "said_as", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        name = str(self.mandate.person) if self.mandate is not None else ""
        who.choices = [
            (MYSELF, _("It is I, %(name)s") % {"name": name}),
            (FOR_ANOTHER, _("I answer for this person")),
        ]
        for field in ("said_by", "said_as"):
            self.fields[field].help_text = _("Only if you answer for this person.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("who") == FOR_ANOTHER:
            if not cleaned.get("said_by") and "said_by" not in self.errors:
                self.add_error("said_by", _("Write your name: the secretariat sees who answered."))
            if not cleaned.get("said_as") and "said_as" not in self.errors:
                self.add_error("said_as", _("Write your function."))
        else:
            cleaned["said_by"] = cleaned["said_as"] = ""
        return cleaned

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in super().changes().items() if name != "who"}


class StaffAnswerForm(AnswerForm):
    """What somebody said by telephone or wrote on paper."""

    said_by = OneLineField(label=_("Told by (name)"), max_length=200)
    said_as = OneLineField(label=_("Function of that person"), max_length=200, required=False)
    field_order = ("reply", "alternate", "proxy_to", "said_by", "said_as", "note")
