"""Members of a cluster: organisations and artisans, from a day to a day."""

from __future__ import annotations

from datetime import date

from accounts.models import User
from clusters.enums import MemberRole
from clusters.errors import OwnMember
from clusters.models import Cluster, Membership
from core import journal, saving
from core.errors import ReasonRequired
from directory.models import Organisation, Person


@journal.act
def join(
    *,
    cluster: Cluster,
    organisation: Organisation | None = None,
    person: Person | None = None,
    role: str = MemberRole.MEMBER,
    starts_on: date,
    ends_on: date | None = None,
    actor: User | None,
) -> Membership:
    """An organisation, or an artisan, belongs to the cluster. Locks the cluster.

    Raises OwnMember, and Invalid when the days overlap those of the same member or end before they start.
    """
    current = saving.locked(Cluster, cluster.pk)
    if organisation is not None and organisation.pk == current.body_id:
        raise OwnMember
    membership = saving.insert(
        Membership(
            cluster=current, organisation=organisation, person=person, role=role, starts_on=starts_on, ends_on=ends_on
        )
    )
    journal.record("cluster.join", obj=current, actor=actor, data={"membership": membership.pk, "role": str(role)})
    return membership


@journal.act
def correct(
    *, membership: Membership, version: int | None, role: str, starts_on: date, ends_on: date | None, actor: User | None
) -> Membership:
    """Correct role and days; an end makes the membership a past one. Raises StaleObject, Invalid."""
    cluster = saving.locked(Cluster, membership.cluster_id)
    current = saving.locked(Membership, membership.pk, version=version)
    had_ended = current.ends_on is not None
    changed = saving.change(current, role=role, starts_on=starts_on, ends_on=ends_on)
    if changed:
        verb = "cluster.leave" if ends_on is not None and not had_ended else "cluster.membership"
        fields = " ".join(changed)
        journal.record(verb, obj=cluster, actor=actor, data={"membership": current.pk, "fields": fields})
    return current


@journal.act
def remove(*, membership: Membership, actor: User | None, reason: str) -> None:
    """Take back what was entered by mistake; who really left has an end instead. Raises ReasonRequired."""
    cluster = saving.locked(Cluster, membership.cluster_id)
    if not reason.strip():
        raise ReasonRequired
    gone = Membership.objects.filter(pk=membership.pk).first()
    if gone is None:
        return
    gone.delete()
    journal.record("cluster.remove", obj=cluster, actor=actor, reason=reason, data={"membership": membership.pk})
