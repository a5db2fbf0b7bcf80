"""An export as a background job: the list's own view is asked again, as its author, in the author's language.

So a job passes the same gates, filters and order as the page did, with the rights of the moment: at the run, and once
more when the file is handed out.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, QueryDict
from django.urls import resolve
from django.utils import translation
from django.utils.translation import gettext, pgettext, pgettext_lazy

from core.exports import log
from core.exports.answers import EXPORT, FORMS
from core.exports.sheet import sheet_of
from core.exports.spec import Column, ExportSpec
from core.jobs import JobKind, JobRun, Lane
from core.lists.pages import grouped
from core.models import Job

LANE = Lane("exports", most=2, each=1)


class Writer:
    """Takes the rows into the job's file."""

    def __init__(self, run: JobRun) -> None:
        self.run = run

    def take(self, spec: ExportSpec, columns: list[Column], rows: models.QuerySet[Any]) -> None:
        run, form = self.run, FORMS[self.run.params["form"]]
        total = rows.order_by().count()
        run.progress(0, total)
        sheet = sheet_of(spec, columns, rows)
        with run.result(sheet.file_name(form.ending), form.content_type) as out:
            count = form.write(out, sheet, run.folder, lambda done: run.progress(min(done, total), total))
        run.keep(columns=[column.key for column in columns], rows=count)
        run.progress(total, total)


class Gate:
    """Takes no row: it only sees that the list opens, and which columns its reader may have today."""

    def __init__(self) -> None:
        self.spec: ExportSpec | None = None
        self.columns: set[str] = set()

    def take(self, spec: ExportSpec, columns: list[Column], rows: models.QuerySet[Any]) -> None:
        self.spec = spec
        self.columns = {column.key for column in columns}


def ask(job: Job, sink: Writer | Gate) -> None:
    """Call the list's view as the author of the job. Raises PermissionDenied or Http404 as the page would."""
    request: Any = HttpRequest()
    request.method = "POST"
    request.path = request.path_info = job.params["path"]
    request.GET = QueryDict(job.params["query"])
    request.POST = QueryDict(f"export={job.params['form']}")
    request.user = job.author
    request.export_sink = sink
    with translation.override(job.language):
        match = request.resolver_match = resolve(request.path)
        response = match.func(request, *match.args, **match.kwargs)
    if response.status_code != 204:
        raise PermissionDenied


def opened(job: Job) -> Gate | None:
    """What the author of the job may have of its list today; None: nothing."""
    gate = Gate()
    try:
        ask(job, gate)
    except (PermissionDenied, Http404):
        return None
    return gate


def may(author: Any, job: Job) -> bool:
    """The page still opens, and no column of the file was taken from the author meanwhile."""
    gate = opened(job)
    return gate is not None and gate.columns.issuperset(job.params.get("columns", ()))


def title(job: Job) -> str:
    """Which list, in the reader's language, and in which form."""
    label, form = label_of(job), job.params.get("form", "").upper()
    if not label:
        return pgettext("job", "Export")
    return gettext("Export: %(list)s (%(form)s)") % {"list": label, "form": form}


def label_of(job: Job) -> str:
    """The list's own words; those of the day where its page has gone."""
    try:
        with translation.override(job.language):
            match = resolve(job.params.get("path", ""))
    except Http404:
        return str(job.params.get("label", ""))
    spec = getattr(getattr(match.func, "view_class", None), "export", None)
    return str(spec.label) if isinstance(spec, ExportSpec) else str(job.params.get("label", ""))


def summary(job: Job) -> str:
    rows = job.params.get("rows")
    return "" if rows is None else gettext("%(rows)s rows") % {"rows": grouped(rows)}


def note_download(user: Any, job: Job) -> None:
    """The log says each time who took the file."""
    gate = opened(job)
    if gate is not None and gate.spec is not None:
        query = QueryDict(job.params["query"]).get("q", "") or ""
        log.taken(user=user, spec=gate.spec, form=job.params["form"], rows=job.params.get("rows", 0), query=query)


KIND = JobKind(
    code=EXPORT,
    label=pgettext_lazy("job", "Export"),
    run=lambda run: ask(run.job, Writer(run)),
    may=may,
    title=title,
    summary=summary,
    lane=LANE,
    on_download=note_download,
)
