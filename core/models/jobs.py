"""Background jobs: long work that a person asked for, with its progress and its result."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.enums import JOB_MOVES, JOB_OPEN, JobFault, JobState, StateLook
from core.moves import Moves


class JobQuerySet(models.QuerySet["Job"]):
    def of(self, user: Any) -> JobQuerySet:
        """The author's own: nobody else opens a job or its file."""
        return self.filter(author_id=user.pk)

    def open(self) -> JobQuerySet:
        return self.filter(state__in=JOB_OPEN)

    def silent(self, *, since: datetime) -> JobQuerySet:
        """Running by name, but their process has said nothing since an instant: it died."""
        return self.filter(state=JobState.RUNNING, heartbeat_at__lt=since)

    def expired(self, *, at: datetime) -> JobQuerySet:
        """Ended, and the day in which their file is kept is over."""
        return self.filter(expires_at__lte=at).exclude(state__in=JOB_OPEN)


class Job(models.Model):
    """One piece of work. `claim` says which process does it; `once_key` makes the same request twice one job.

    `deaths` counts the processes that stopped while they did it. The file of the result lies in the private folder of
    `core.jobs.files` under `uid`; `result` is its name there and `result_name` the one that its reader saves.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    params = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked for by"), on_delete=models.CASCADE, related_name="+"
    )
    language = models.CharField(_("language"), max_length=2, default="fr")
    once_key = models.CharField(max_length=64, blank=True, default="")
    back_url = models.CharField(max_length=500, blank=True, default="")

    state = models.CharField(_("state"), max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True, default="")
    fault = models.CharField(max_length=20, choices=JobFault.choices, blank=True, default=JobFault.NONE)
    error = models.CharField(max_length=1000, blank=True, default="")
    deaths = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True, editable=False)
    cancel_asked = models.BooleanField(default=False)

    created_at = models.DateTimeField(_("asked for on"))
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("finished on"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)

    result = models.CharField(max_length=120, blank=True, default="")
    result_name = models.CharField(max_length=200, blank=True, default="")
    result_type = models.CharField(max_length=120, blank=True, default="")
    result_size = models.PositiveBigIntegerField(default=0)

    objects = JobQuerySet.as_manager()
    MOVES = Moves(JOB_MOVES)

    class Meta:
        verbose_name = _("background job")
        verbose_name_plural = _("background jobs")
        indexes = [
            models.Index(fields=["author", "-id"], name="job_author"),
            models.Index(fields=["state", "id"], name="job_open", condition=Q(state__in=("queued", "running"))),
            models.Index(fields=["expires_at"], name="job_expires"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "kind", "once_key"],
                condition=Q(state__in=("queued", "running")) & ~Q(once_key=""),
                name="job_once_while_open",
                violation_error_message=_("This work is under way already."),
            ),
            models.CheckConstraint(
                condition=Q(state="running", claim__isnull=False, heartbeat_at__isnull=False)
                | (~Q(state="running") & Q(claim__isnull=True)),
                name="job_running_iff_claimed",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        return reverse("core:job-detail", args=[self.uid])

    @property
    def state_look(self) -> StateLook:
        return JobState(self.state).look

    @property
    def is_open(self) -> bool:
        return self.state in JOB_OPEN

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def fault_in_words(self) -> str:
        """The rule's own sentence where there is one, else what the fault means."""
        return self.error if self.fault == JobFault.REFUSED and self.error else str(JobFault(self.fault).label)
