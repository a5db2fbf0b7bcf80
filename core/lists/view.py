"""The view of a list page."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse
from django.views.generic import TemplateView

from core import reads
from core.exports import ExportSpec, answers
from core.lists.pages import Page, page_of
from core.lists.spec import ListSpec


class ListView(TemplateView):
    """One list. Subclasses give `spec`, `template_name` and `get_queryset()` (what this reader may see)."""

    spec: ClassVar[ListSpec]
    export: ExportSpec | None = None
    """What the list gives as a file; its columns are the reader's own."""

    def get_queryset(self) -> models.QuerySet[Any]:
        """`visible_to(user)` where the model has it; a list that needs more overrides this."""
        rows: models.QuerySet[Any] = self.spec.model._default_manager.all()
        return rows.visible_to(self.request.user) if hasattr(rows, "visible_to") else rows

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The list as a file, with the filters and the order of the URL."""
        return HttpResponseNotAllowed(["GET", "HEAD"]) if self.export is None else answers.answer(self)

    def export_rows(self) -> models.QuerySet[Any]:
        """Every row that the page's URL finds, in its order."""
        filters = self.spec.filters(self.request)
        rows = filters.narrow(self.get_queryset(), search_field=self.spec.search)
        sort, down = self.spec.sort_named(self.request.GET.get("sort", ""))
        return rows.order_by(*sort.ordering(down=down))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = self.spec.filters(self.request)
        rows = filters.narrow(self.get_queryset(), search_field=self.spec.search)
        page = page_of(rows, self.spec, self.request)
        for note in page.notes:
            messages.info(self.request, note)
        if self.export is not None and self.export.people:
            about = getattr(self, "object", None)
            user, query = self.request.user, self.request.GET
            reads.note(
                user=user, what=self.export.name, object_id=about.pk if about else 0, query=query, rows=len(page.rows)
            )
        return super().get_context_data(
            **kwargs,
            page=page,
            filters=filters,
            chips=list(filters.chips()),
            has_errors=bool(filters.errors),
            hidden_query=self._hidden(filters, page),
            export_is_big=page.count >= answers.BIG,
            may_export=self.export is not None and page.count > 0,
            **self._empty(),
        )

    def _hidden(self, filters: Any, page: Page) -> list[tuple[str, str]]:
        """What the URL holds beside the filters and must survive a new filter: the order."""
        return [("sort", page.sort)] if "sort" in self.request.GET else []

    def _empty(self) -> dict[str, Any]:
        empty = self.spec.empty
        url = reverse(empty.url_name) if empty.url_name and self.may_create() else ""
        return {"empty": empty, "empty_url": url, "empty_action": empty.action if url else ""}

    def may_create(self) -> bool:
        """Whether the empty list offers its next step to this reader."""
        return True
