"""Pages that several apps share: a form in the staff's frame with its heading, its button and the way back."""

from __future__ import annotations

from typing import Any, ClassVar

from django.forms import ModelForm
from django.utils.functional import Promise
from django.views.generic import FormView

from core.views.mixins import DomainFormMixin

Text = str | Promise


class FormPage(DomainFormMixin, FormView):  # type: ignore[misc, type-arg]
    """A form in the staff's frame. The object, where there is one, is what the form starts from."""

    template_name = "core/form_page.html"
    heading: ClassVar[Text]
    explanation: ClassVar[Text] = ""
    submit: ClassVar[Text]

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        obj = getattr(self, "object", None)
        if obj is not None and issubclass(self.get_form_class(), ModelForm):
            kwargs["instance"] = obj
        return kwargs

    def get_cancel_url(self) -> str:
        """Where one goes on without saving."""
        return str(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"heading": self.heading, "explanation": self.explanation, "submit": self.submit}
        obj = getattr(self, "object", None)
        return super().get_context_data(**kwargs, **words, subject=obj or "", cancel_url=self.get_cancel_url())
