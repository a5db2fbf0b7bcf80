"""What an animator leaves open: the clusters animated now or from a later day. See `accounts.domain.leaving`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.leaving import HandOver, Kind, OpenThing
from accounts.models import User
from clusters.domain import animators
from clusters.enums import ClusterState
from clusters.models import Animation, Cluster
from core import journal, saving
from directory.domain.account_files import successor_file
from directory.models import Person


def _rows(user: User, now: datetime) -> models.QuerySet[Animation]:
    rows = Animation.objects.filter(person__user=user).exclude(ends_on__lt=timezone.localdate(now))
    rows = rows.exclude(cluster__state=ClusterState.ARCHIVED)  # ends today at the latest, and takes on nobody
    return rows.select_related("cluster").order_by("starts_on", "id")


def _clusters(user: User, now: datetime) -> Iterable[OpenThing]:
    for row in _rows(user, now):
        yield OpenThing(str(row.cluster), reverse("clusters:cluster-detail", args=[row.cluster.slug]), f"{row.share} %")


@journal.act
def pass_on(*, animation: Animation, to: Person, actor: User, now: datetime) -> None:
    """From today the successor animates the cluster with the same share, until the same day.

    Whoever animates it already goes on as before: the leaver's assignment ends. One that has not begun yet, or begins
    today, changes its person. Locks the cluster; recorded as `cluster.unassign` and `cluster.assign`. Raises Invalid.
    """
    today = timezone.localdate(now)
    cluster = saving.locked(Cluster, animation.cluster_id)
    current = saving.locked(Animation, animation.pk)
    last, share, starts_on = current.ends_on, current.share, max(current.starts_on, today)
    if current.starts_on < today:
        saving.change(current, ends_on=today - timedelta(days=1))
    else:
        current.delete()
    journal.record("cluster.unassign", obj=cluster, actor=actor, data={"animation": animation.pk})
    taken = Animation.objects.filter(cluster=cluster, person=to).exclude(ends_on__lt=starts_on)
    if not taken.exists():
        animators.assign(
            cluster=cluster, person=to, starts_on=starts_on, ends_on=last, share=share, beyond=True, actor=actor
        )


def _take_clusters(act: HandOver) -> None:
    heir = successor_file(act.successor, actor=act.actor)
    for row in _rows(act.leaver, act.now):
        pass_on(animation=row, to=heir, actor=act.actor, now=act.now)


KINDS = (Kind("clusters.animations", _("Clusters to animate"), _clusters, _take_clusters),)
