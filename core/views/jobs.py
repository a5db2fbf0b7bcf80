"""Background jobs on a page: how far, stop, go on, the file. Only the author opens one."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from core import jobs
from core.enums import JobState
from core.jobs import files
from core.jobs.kinds import kind_of
from core.lists.pages import grouped
from core.models import Job
from core.views.mixins import ActView, PermissionMixin, ScopedObjectMixin

SHOWN = 30
RESUMABLE = (JobState.FAILED, JobState.CANCELLED)
PARTIAL = "core/partials/job.html"


def has_account(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whoever signs in may have asked for work."""
    return user.is_authenticated


def described(job: Job) -> Job:
    """The job with its title, in the words of its kind."""
    job.title = kind_of(job).title_of(job)  # type: ignore[attr-defined]
    return job


class JobList(PermissionMixin, TemplateView):
    """The reader's own, the newest first."""

    permission = staticmethod(has_account)  # type: ignore[assignment]
    template_name = "core/job_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [described(job) for job in Job.objects.of(self.request.user).order_by("-id")[:SHOWN]]
        return super().get_context_data(jobs=rows, **kwargs)


class OfJob(ScopedObjectMixin):
    """A page about one of the reader's own jobs."""

    permission = staticmethod(has_account)  # type: ignore[assignment]
    model = Job
    lookup = "uid"

    def get_queryset(self) -> models.QuerySet[Job]:
        return Job.objects.of(self.request.user).select_related("author")

    def get_success_url(self) -> str:
        return str(self.object.get_absolute_url())


class JobDetail(OfJob, TemplateView):
    """How far the work is; htmx asks for the inner part again while it goes on, a link does the same without script."""

    template_name = "core/job.html"

    def get_template_names(self) -> list[str]:
        return [PARTIAL] if self.request.headers.get("HX-Request") == "true" else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = described(self.object)
        ahead = Job.objects.filter(state=JobState.QUEUED, pk__lt=job.pk, kind=job.kind).count()
        return super().get_context_data(
            job=job,
            ahead=ahead if job.state == JobState.QUEUED else 0,
            summary=kind_of(job).summary_of(job),
            counted={"done": grouped(job.done), "total": grouped(job.total)},
            may_resume=bool(job.params) and job.state in RESUMABLE,
            **kwargs,
        )


class JobFile(OfJob, View):
    """The file, for its author alone, for a day, and only while the author still may have it. By POST: it is logged."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(self.object)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        job, kind = self.object, kind_of(self.object)
        if not job.result or job.expires_at is None or job.expires_at <= timezone.now():
            raise Http404
        if not kind.may(request.user, job):
            raise PermissionDenied
        try:
            content = (files.folder_of(job) / job.result).open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        if kind.on_download is not None:
            kind.on_download(request.user, job)
        response = FileResponse(content, as_attachment=True, filename=job.result_name)
        response["Content-Type"] = job.result_type
        return response


class JobCancel(OfJob, ActView):
    """Stop it."""

    success_message = _("The work is being stopped.")

    def perform(self) -> None:
        author: Any = self.request.user
        jobs.cancel(job=self.object, actor=author, now=timezone.now())


class JobResume(OfJob, ActView):
    """Have it done after all."""

    success_message = _("The work goes on.")

    def perform(self) -> None:
        author: Any = self.request.user
        self.object = jobs.resume(job=self.object, actor=author, now=timezone.now())
