"""The history of one object on a page of its own: who, when, why, old and new value; older entries a link away."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import Promise
from django.views.generic import TemplateView

from core.changes import Rights
from core.trail import Trail
from core.views.mixins import ScopedObjectMixin


class HistoryMixin(ScopedObjectMixin):
    """What a history page shows: subclasses give `trail` and `rights = staticmethod(...)` beside their permission."""

    trail: ClassVar[Trail]
    rights: ClassVar[Any]
    """`rights(user)`: what this reader may see (`core.changes.Rights`)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("before", "")
        before = int(asked) if asked.isdecimal() and len(asked) < 19 else None
        rights: Rights = self.rights(self.request.user)
        page = self.trail.page(self.object, rights, before=before)
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {"lines": page.lines, "older": page.older, "is_newest": before is None}


class HistoryPage(HistoryMixin, TemplateView):
    """The page of an object that has no tabs; `get_object_url()` is the way back to it."""

    template_name = "core/history.html"
    subject: ClassVar[str | Promise]
    """What kind of thing it is: `_("Person")`."""

    def get_object_url(self) -> str:
        raise NotImplementedError

    def get_subject_name(self) -> str:
        return str(self.object)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = {"subject": self.subject, "subject_name": self.get_subject_name()}
        return super().get_context_data(object_url=self.get_object_url(), **names, **kwargs)
