"""The opinion of a seat on a plan: one verdict and one remark for each action, and for the whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formats.validators import no_hidden_signs
from core.forms import PortalForm
from steering.domain.reviews import NO_REMARK, Opinion
from steering.enums import Verdict
from steering.models import PlanEntry, Review

WHOLE = "plan"


@dataclass
class Block:
    """The two fields of one action, or of the whole plan."""

    entry: PlanEntry | None
    verdict: BoundField
    comment: BoundField
    said: Review | None

    @property
    def has_errors(self) -> bool:
        return bool(self.verdict.errors or self.comment.errors)


class ReviewForm(PortalForm):
    """Nothing is chosen beforehand but what the seat itself has said before."""

    def __init__(
        self, *args: Any, entries: Iterable[PlanEntry], said: Mapping[int | None, Review], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.entries = list(entries)
        self.said = said
        for entry in [*self.entries, None]:
            place = str(entry.action_id) if entry else WHOLE
            about = entry.action.code if entry else gettext("the whole plan")
            before = said.get(entry.action_id if entry else None)
            self.fields[f"verdict_{place}"] = forms.ChoiceField(
                label=gettext("Your opinion on %(about)s") % {"about": about},
                choices=Verdict.choices,
                required=False,
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                initial=before.verdict if before else None,
            )
            self.fields[f"comment_{place}"] = forms.CharField(
                label=gettext("Remark on %(about)s") % {"about": about},
                max_length=3000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
                validators=[no_hidden_signs],
                initial=before.comment if before else "",
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = 0
        for entry in [*self.entries, None]:
            place = str(entry.action_id) if entry else WHOLE
            verdict, comment = data.get(f"verdict_{place}"), data.get(f"comment_{place}")
            chosen += bool(verdict)
            if comment and not verdict and f"verdict_{place}" not in self.errors:
                self.add_error(f"verdict_{place}", _("Say what your remark means: choose one of the answers."))
            if verdict and verdict not in NO_REMARK and not comment and f"comment_{place}" not in self.errors:
                words = _("Say what should change, what you remark, or what you lack.")
                self.add_error(f"comment_{place}", words)
        if not chosen and not self.errors:
            self.add_error(f"verdict_{WHOLE}", _("Choose an answer for one action or for the whole plan."))
        return data

    def opinions(self) -> list[Opinion]:
        """What was answered; what was left open is not an opinion."""
        found = []
        for entry in [*self.entries, None]:
            place = str(entry.action_id) if entry else WHOLE
            verdict = self.cleaned_data.get(f"verdict_{place}")
            if verdict:
                comment = self.cleaned_data.get(f"comment_{place}", "")
                found.append(Opinion(entry.action if entry else None, verdict, comment))
        return found

    def blocks(self) -> Iterator[Block]:
        """The blocks of the actions, in the order of the entries."""
        for entry in self.entries:
            yield self._block(entry, str(entry.action_id))

    @property
    def whole(self) -> Block:
        return self._block(None, WHOLE)

    def _block(self, entry: PlanEntry | None, place: str) -> Block:
        said = self.said.get(entry.action_id if entry else None)
        return Block(entry, self[f"verdict_{place}"], self[f"comment_{place}"], said)
