"""Who animates a cluster: assigned with dates and a share of the working time, handed over, ended."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.enums import ClusterState
from clusters.errors import Archived, TooMuch
from clusters.models import Animation, Cluster
from core import journal, saving
from core.errors import DomainError
from directory.models import Person

WHOLE = 100


def load_of(person: Person, *, on: date) -> int:
    """The shares of a person's assignments on a day, added up, in per cent."""
    rows = Animation.objects.in_force(on=on).filter(person=person)
    total: int | None = rows.aggregate(total=Sum("share"))["total"]
    return total or 0


@journal.act
def assign(
    *,
    cluster: Cluster,
    person: Person,
    starts_on: date,
    ends_on: date | None = None,
    share: int,
    beyond: bool = False,
    actor: User | None,
) -> Animation:
    """The person animates the cluster from a day on. Locks the cluster.

    More than the whole working time is refused once (TooMuch) and let through with `beyond`. Raises Archived, and
    Invalid on days.
    """
    current = saving.locked(Cluster, cluster.pk)
    if current.state == ClusterState.ARCHIVED:
        raise Archived
    load = load_of(person, on=starts_on) + share
    if load > WHOLE and not beyond:
        words = _("With this assignment the person gives %(load)s per cent of the working time.") % {"load": load}
        raise TooMuch(words, field="share")
    animation = saving.insert(
        Animation(cluster=current, person=person, starts_on=starts_on, ends_on=ends_on, share=share)
    )
    journal.record("cluster.assign", obj=current, actor=actor, data={"animation": animation.pk, "share": share})
    return animation


@journal.act
def end(*, animation: Animation, version: int | None, ends_on: date, actor: User | None) -> Animation:
    """The last day of an assignment. Raises StaleObject, Invalid."""
    cluster = saving.locked(Cluster, animation.cluster_id)
    current = saving.locked(Animation, animation.pk, version=version)
    if saving.change(current, ends_on=ends_on):
        journal.record("cluster.unassign", obj=cluster, actor=actor, data={"animation": current.pk})
    return current


@journal.act
def hand_over(
    *,
    animation: Animation,
    version: int | None,
    to: Person,
    on: date,
    share: int,
    beyond: bool = False,
    actor: User | None,
) -> Animation:
    """From the day `on` another person animates the cluster: one assignment ends the day before, the next starts."""
    if to.pk == animation.person_id:
        raise DomainError(_("This person animates the cluster already."), code="same", field="person")
    if on <= animation.starts_on:
        raise DomainError(_("The hand-over comes after the first day."), code="order", field="starts_on")
    end(animation=animation, version=version, ends_on=on - timedelta(days=1), actor=actor)
    return assign(cluster=animation.cluster, person=to, starts_on=on, share=share, beyond=beyond, actor=actor)
