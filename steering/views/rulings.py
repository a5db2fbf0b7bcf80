"""What is answered to a recommendation, by whom: one page a verb, offered where the state and the reader allow it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.transitions import illegal
from core.views.pages import FormPage
from steering.domain import recommendations, rulings
from steering.domain.actions import ActionFields
from steering.domain.recommendations import PartError
from steering.domain.rulings import Composite, Said
from steering.forms.recommendations import (
    PART_FIELDS,
    AcceptForm,
    SplitForm,
)
from steering.forms.verbs import BY_CODE, VERIFIER, Verb, roles_of
from steering.models import Recommendation
from steering.permissions import can_answer, can_write, is_member
from steering.views.recommendations import RecommendationPage


class RecommendationMove(RecommendationPage, FormPage):
    """One verb. A reader to whom it is never given gets 403; where the state forbids it, it says who was quicker."""

    permission = staticmethod(can_answer)
    template_name = "steering/follow_up/form.html"

    @property
    def verb(self) -> Verb:
        try:
            return BY_CODE[self.kwargs["verb"]]
        except KeyError:
            raise Http404 from None

    def object_permission(self, user: Any, obj: Recommendation) -> bool:
        return bool(self.verb.who & roles_of(obj, user)) or (self.verb.who == VERIFIER and is_member(user))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refusal: DomainError | None = None
        if self.object.parts.exists():
            refusal = Composite(self.object)
        elif not self.verb.fits(self.object.state):
            refusal = illegal(self.object)
        if refusal is not None:
            messages.warning(request, str(refusal))
            return redirect(self.get_success_url())
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> Any:
        return self.verb.form

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = {**super().get_form_kwargs(), "recommendation": self.object}
        if self.verb.form is AcceptForm:
            kwargs["codes"] = ", ".join(
                rulings.open_actions(self.object).order_by("code").values_list("code", flat=True)
            )
        return kwargs

    def perform(self, form: Any) -> Recommendation:
        values = form.cleaned_data
        said = Said(values.get("note", ""), values.get("decision"))
        more: dict[str, Any] = {}
        if "retained" in values:
            more["retained"] = values["retained"]
        if "due_on" in values:
            names = ("title_fr", "title_ar", "owner", "starts_on")
            more = {"first": ActionFields(**{name: values[name] for name in names}), "due_on": values["due_on"]}  # type: ignore[typeddict-item]
        result: Recommendation = self.verb.act(
            recommendation=self.object, said=said, actor=self.request.user, now=timezone.now(), **more
        )
        messages.success(self.request, str(self.verb.done))
        return result

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        verb = self.verb
        words = {"heading": verb.heading, "explanation": verb.explanation, "submit": verb.label}
        return super().get_context_data(**kwargs) | words

    heading = explanation = submit = ""


class RecommendationSplit(RecommendationPage, FormPage):
    """A composite one becomes R1a, R1b, … in one form; one row more keeps what is typed."""

    permission = staticmethod(can_write)
    form_class = SplitForm
    template_name = "steering/follow_up/split.html"
    heading = _("Divide the recommendation")
    explanation = _("Each part has its text and its evidence of closure; the whole then follows its parts.")
    submit = _("Divide it")
    success_message = _("The recommendation is divided.")

    def get_form_kwargs(self) -> dict[str, Any]:
        typed = self.request.POST.get("rows", "") or self.request.GET.get("rows", "")
        rows = int(typed) if typed.isdecimal() and len(typed) < 3 else 2
        if "more" in self.request.POST:
            rows += 1
        known = self.object.parts.count()
        return {**super().get_form_kwargs(), "rows": rows, "code": self.object.code, "known": known}

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.object.version}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if "more" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        form.data = form.data.copy()
        form.data["rows"] = str(form.rows)
        if not form.data.get(f"code_{form.rows}"):
            form.data[f"code_{form.rows}"] = form.fields[f"code_{form.rows}"].initial
        form.is_valid()
        form.errors.clear()
        return self.render_to_response(self.get_context_data(form=form))

    def perform(self, form: SplitForm) -> list[Recommendation]:
        user: Any = self.request.user
        try:
            return recommendations.split(
                recommendation=self.object, parts=form.parts(), version=form.version, actor=user
            )
        except PartError as refusal:
            raise ValidationError(placed(form, refusal)) from refusal


def placed(form: SplitForm, refusal: PartError) -> dict[str, list[str]]:
    """What the verb says of one part, beside the field of that part."""
    number = form.numbers[refusal.number]
    return {
        (f"{field}_{number}" if field in PART_FIELDS else f"text_fr_{number}"): sentences
        for field, sentences in refusal.errors.items()
    }
