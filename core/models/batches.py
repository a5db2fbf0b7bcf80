"""Batches: messages to more than a few people, caused by one act, which wait together so that somebody can look."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.enums import BATCH_MOVES, BATCH_OPEN, BatchState, StateLook
from core.history import snapshots
from core.moves import Moves


class MessageBatchQuerySet(models.QuerySet["MessageBatch"]):
    def open(self) -> MessageBatchQuerySet:
        """Not gone and not given up: a person can still stop or send them."""
        return self.filter(state__in=BATCH_OPEN)

    def due(self, *, at: datetime) -> MessageBatchQuerySet:
        """Nobody held them back, and their ten minutes are over."""
        return self.filter(state=BatchState.WAITING, release_at__lte=at)


@snapshots()
class MessageBatch(models.Model):
    """The messages of one act. `key` names the act: its snapshot context, or the work of several transactions.

    `object_type` and `object_id` say what the act was about. The messages bear their own due dates, equal to
    `release_at`: they leave even if nothing ever looks at this row again.
    """

    key = models.CharField(max_length=80, db_index=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    object_type = models.CharField(max_length=80, blank=True, default="")
    object_id = models.BigIntegerField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=BatchState.choices, default=BatchState.WAITING)
    created_at = models.DateTimeField(_("queued on"))
    release_at = models.DateTimeField(_("leaves at"))
    settled_at = models.DateTimeField(_("settled on"), null=True, blank=True)

    objects = MessageBatchQuerySet.as_manager()
    MOVES = Moves(BATCH_MOVES, reasons={BatchState.DROPPED})

    class Meta:
        verbose_name = _("batch of messages")
        verbose_name_plural = _("batches of messages")
        indexes = [
            models.Index(fields=["created_at", "id"], name="batch_created"),
            models.Index(fields=["release_at"], name="batch_open", condition=Q(state__in=("waiting", "held"))),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("released", "dropped"), settled_at__isnull=False)
                | Q(state__in=("waiting", "held"), settled_at__isnull=True),
                name="batch_settled_iff_date",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("notifications:batch-detail", args=[self.pk])

    @property
    def state_look(self) -> StateLook:
        return BatchState(self.state).look

    @property
    def is_open(self) -> bool:
        return self.state in BATCH_OPEN

    @property
    def is_held(self) -> bool:
        return self.state == BatchState.HELD

    def about(self) -> models.Model | None:
        """What the act was about; None where it no longer exists."""
        if not self.object_type:
            return None
        model: Any = apps.get_model(self.object_type)
        found: models.Model | None = model._base_manager.filter(pk=self.object_id).first()
        return found
