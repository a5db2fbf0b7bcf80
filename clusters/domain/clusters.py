"""Clusters: entered, corrected, published, archived, confirmed once a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.enums import ClusterState
from clusters.errors import NotReady, OwnMember, StillAnimated
from clusters.models import Cluster
from core import journal, saving
from core.transitions import move
from directory.enums import Origin
from directory.models import Delegation, Governorate, Organisation, Programme, Sector

SLUG_LENGTH = 50


class ClusterFields(TypedDict, total=False):
    name_fr: str
    name_ar: str
    name_en: str
    kind: str
    presentation_fr: str
    presentation_ar: str
    presentation_en: str
    governorate: Governorate
    delegation: Delegation | None
    body: Organisation | None
    programme: Programme | None
    founded_on: date | None
    website: str
    email: str
    source: str
    origin: str


@journal.act
def create(
    *,
    governorates: Iterable[Governorate] = (),
    sectors: Iterable[Sector] = (),
    actor: User | None,
    now: datetime,
    **fields: Unpack[ClusterFields],
) -> Cluster:
    """A cluster has a name in French like no other's, a kind and a seat; it begins as a draft. Raises Invalid."""
    cluster = saving.insert(Cluster(slug=_free_slug(fields["name_fr"]), created_at=now, **fields))
    _place(cluster, governorates, sectors)
    journal.record("cluster.create", obj=cluster, actor=actor)
    return cluster


@journal.act
def update(
    *,
    cluster: Cluster,
    version: int | None,
    governorates: Iterable[Governorate] | None = None,
    sectors: Iterable[Sector] | None = None,
    actor: User | None,
    **fields: Unpack[ClusterFields],
) -> Cluster:
    """Correct a cluster; its address stays what it was. Raises StaleObject, Invalid, OwnMember on the legal body.

    A published one keeps what its public page shows: NotReady beside the text or the sectors that would be gone.
    """
    current = saving.locked(Cluster, cluster.pk, version=version)
    body = fields.get("body")
    if body is not None and current.memberships.filter(organisation=body).exists():
        raise OwnMember(field="body")
    changed = saving.change(current, **fields)
    changed += _place(current, governorates, sectors)
    if changed and current.is_public:
        _keep_public_page(current)
    if changed:
        journal.record("cluster.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    return current


def _keep_public_page(cluster: Cluster) -> None:
    missing = missing_for_publication(cluster)
    if missing:
        words = _("The public page needs %(what)s. Withdraw the cluster from the directory first.")
        field = "sectors" if cluster.presentation_fr else "presentation_fr"
        raise NotReady(words % {"what": ", ".join(missing)}, field=field)


def missing_for_publication(cluster: Cluster) -> list[str]:
    """What the public page needs and this cluster lacks, in words; empty when it may be published."""
    missing = []
    if not cluster.presentation_fr:
        missing.append(str(_("a presentation in French")))
    if not cluster.stage and cluster.origin != Origin.DOCUMENTED:
        missing.append(str(_("an economic stage")))
    if not cluster.sectors.exists():
        missing.append(str(_("a sector")))
    return missing


@journal.act
def publish(*, cluster: Cluster, actor: User | None, now: datetime, reason: str = "") -> Cluster:
    """The public sees the cluster, whose profile counts as confirmed today; a documented one says its source instead.

    Raises NotReady, IllegalMove.
    """
    missing = missing_for_publication(saving.locked(Cluster, cluster.pk))
    if missing:
        words = _("The public page still needs: %(what)s.") % {"what": ", ".join(missing)}
        raise NotReady(words)
    confirmed_on = None if cluster.origin == Origin.DOCUMENTED else timezone.localdate(now)
    return move(cluster, ClusterState.PUBLISHED, actor=actor, reason=reason, confirmed_on=confirmed_on)


@journal.act
def withdraw(*, cluster: Cluster, actor: User | None, reason: str) -> Cluster:
    """Back to a draft: the public does not see it any more. Raises IllegalMove, ReasonRequired."""
    return move(cluster, ClusterState.DRAFT, actor=actor, reason=reason)


@journal.act
def archive(*, cluster: Cluster, actor: User | None, reason: str, today: date) -> Cluster:
    """Out of the directory, kept for the history and the figures; members stay, as facts.

    Locks the cluster. Raises StillAnimated while an assignment has no end or a later one, IllegalMove, ReasonRequired.
    """
    cluster = saving.locked(Cluster, cluster.pk)
    if cluster.animations.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today)).exists():
        raise StillAnimated
    return move(cluster, ClusterState.ARCHIVED, actor=actor, reason=reason)


@journal.act
def confirm(*, cluster: Cluster, actor: User | None, on: date) -> Cluster:
    """Somebody read the profile and says that it is right on that day."""
    current = saving.locked(Cluster, cluster.pk)
    if saving.change(current, confirmed_on=on):
        journal.record("cluster.confirm", obj=current, actor=actor)
    return current


def _place(cluster: Cluster, governorates: Iterable[Governorate] | None, sectors: Iterable[Sector] | None) -> list[str]:
    """Set both lists; which of them really changed. The seat's governorate is not repeated among the others."""
    changed = []
    if governorates is not None:
        wanted = {row.pk for row in governorates} - {cluster.governorate_id}
        if wanted != set(cluster.governorates.values_list("pk", flat=True)):
            cluster.governorates.set(wanted)
            changed.append("governorates")
    if sectors is not None:
        wanted = {row.pk for row in sectors}
        if wanted != set(cluster.sectors.values_list("pk", flat=True)):
            cluster.sectors.set(wanted)
            changed.append("sectors")
    return changed


def _free_slug(name: str) -> str:
    base = slugify(name)[:SLUG_LENGTH].strip("-") or "cluster"
    taken = set(Cluster.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 2
    slug = base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
