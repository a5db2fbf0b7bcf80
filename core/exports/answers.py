"""The answer to "export this list": the file itself, or the job that makes it when there are many rows."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import models
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from core import jobs, limits
from core.errors import DomainError
from core.exports import log, table, workbook
from core.exports.sheet import Sheet, sheet_of
from core.exports.spec import Column, ExportSpec

BIG = 5_000
"""From so many rows on, an export is a background job."""
EXPORT = "core.export"

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Form:
    """A form of file: how it ends, what it is, who writes it."""

    ending: str
    content_type: str
    write: Callable[[BinaryIO, Sheet, Path, Tick], int]


FORMS = {
    "xlsx": Form(
        "xlsx",
        workbook.CONTENT_TYPE,
        lambda out, sheet, folder, tick: workbook.write(out, sheet, folder=folder, tick=tick),
    ),
    "csv": Form("csv", table.CONTENT_TYPE, lambda out, sheet, folder, tick: table.write(out, sheet, tick=tick)),
}


class Exportable(Protocol):
    """What is asked of a list view."""

    request: HttpRequest

    @property
    def export(self) -> ExportSpec | None: ...

    def export_rows(self) -> models.QuerySet[Any]: ...


class Sink(Protocol):
    """Where a job wants the rows of a list: see `core.exports.work`."""

    def take(self, spec: ExportSpec, columns: list[Column], rows: models.QuerySet[Any]) -> None: ...


def answer(view: Exportable) -> HttpResponseBase:
    """Answer the POST of the list's own form. The page's own gates were passed already."""
    request = view.request
    spec, form = view.export, FORMS.get(request.POST.get("export", ""))
    if spec is None or form is None:
        raise BadRequest
    columns = spec.columns_for(request.user)
    rows = view.export_rows()
    sink: Sink | None = getattr(request, "export_sink", None)
    if sink is not None:
        sink.take(spec, columns, rows)
        return HttpResponse(status=204)
    if not limits.allows(request, "export", key=str(request.user.pk)):
        return _refused(request, gettext("That is many exports in a short time: wait a minute, and try again."))
    if rows.order_by().values("pk")[:BIG].count() >= BIG:
        try:
            return redirect(_asked(request, spec, form))
        except DomainError as error:
            return _refused(request, str(error))
    return _at_once(view, spec, form, sheet_of(spec, columns, rows))


def _refused(request: HttpRequest, words: str) -> HttpResponse:
    messages.error(request, words)
    return redirect(request.get_full_path())


def _asked(request: HttpRequest, spec: ExportSpec, form: Form) -> jobs.Job:
    params = {
        "list": spec.name,
        "label": str(spec.label),
        "path": request.path,
        "query": request.GET.urlencode(),
        "form": form.ending,
    }
    key = hashlib.sha256("\n".join([request.path, params["query"], form.ending]).encode()).hexdigest()
    author: Any = request.user
    return jobs.start(
        kind=EXPORT,
        params=params,
        author=author,
        now=timezone.now(),
        once_key=key,
        back_url=request.get_full_path(),
    )


def _at_once(view: Exportable, spec: ExportSpec, form: Form, sheet: Sheet) -> FileResponse:
    file: Any = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    with tempfile.TemporaryDirectory() as folder:
        count = form.write(file, sheet, Path(folder), lambda done: None)
    file.seek(0)
    obj = getattr(view, "object", None)
    query = view.request.GET.get("q", "")
    log.taken(user=view.request.user, spec=spec, form=form.ending, rows=count, obj=obj, query=query)
    response = FileResponse(file, as_attachment=True, filename=sheet.file_name(form.ending))
    response["Content-Type"] = form.content_type
    return response
