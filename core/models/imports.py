"""Lists of people that somebody pasted or gave as a file: checked first, entered as one piece, undone as one piece."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.enums import IMPORT_MOVES, IMPORT_OPEN, ImportState, StateLook
from core.moves import Moves

UNDO_WITHIN = timedelta(days=7)
NOTHING_PERSONAL: dict[str, Any] = {"grid": {}, "choices": {}, "file_name": "", "trouble": ""}
"""What is left of a list once it is entered, given up or forgotten: no word of it."""


class ImportQuerySet(models.QuerySet["Import"]):
    def of(self, author: AbstractBaseUser | AnonymousUser) -> ImportQuerySet:
        """Those that one person has pasted."""
        return self.filter(author_id=author.pk)

    def forgotten(self, *, at: datetime) -> ImportQuerySet:
        """Neither confirmed nor given up, and their day is over."""
        return self.filter(state__in=IMPORT_OPEN, expires_at__lte=at)


class Import(models.Model):
    """One list. `grid` is what was read, corrections included; `choices` what becomes of the lines that ask.

    Both are gone once it is entered: `made` then holds, line by line, the ids of what it made, and nothing personal.
    `digest` is the SHA-256 of what was pasted or of the file, so that the same list is known again.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=80)
    params = models.JSONField(default=dict, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("pasted by"), on_delete=models.CASCADE, related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=200, blank=True, default="")
    digest = models.CharField(max_length=64)
    grid = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    agreed = models.BooleanField(default=False)
    trouble = models.CharField(max_length=500, blank=True, default="")

    state = models.CharField(_("state"), max_length=10, choices=ImportState.choices, default=ImportState.STAGED)
    figures = models.JSONField(default=dict, blank=True)
    made = models.JSONField(default=list, blank=True)
    kept = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(_("pasted on"))
    expires_at = models.DateTimeField(_("kept until"), null=True, blank=True)
    applied_at = models.DateTimeField(_("entered on"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ImportQuerySet.as_manager()
    MOVES = Moves(IMPORT_MOVES)

    class Meta:
        verbose_name = _("pasted list")
        verbose_name_plural = _("pasted lists")
        indexes = [
            models.Index(fields=["author", "-id"], name="import_author"),
            models.Index(fields=["kind", "digest"], name="import_digest"),
            models.Index(fields=["expires_at"], name="import_expires", condition=Q(state__in=("staged", "applying"))),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("staged", "applying")) | Q(grid={}, choices={}, file_name="", trouble=""),
                name="import_settled_holds_no_words",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("applied", "undone"), applied_at__isnull=False)
                | (~Q(state__in=("applied", "undone")) & Q(applied_at__isnull=True, made=[])),
                name="import_applied_iff_date",
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | (~Q(state="undone") & Q(undone_at__isnull=True)),
                name="import_undone_iff_date",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def get_absolute_url(self) -> str:
        return reverse("core:import-detail", args=[self.uid])

    @property
    def state_look(self) -> StateLook:
        return ImportState(self.state).look

    @property
    def undo_until(self) -> datetime | None:
        """Until when the whole can be undone by one act."""
        return self.applied_at + UNDO_WITHIN if self.applied_at else None

    @property
    def rows_made(self) -> list[dict[str, Any]]:
        """What was entered, line by line: `row` is the line, the rest are ids."""
        return list(self.made)
