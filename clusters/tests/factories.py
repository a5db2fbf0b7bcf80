"""Clusters for tests, as they lie in the database: no verb's checks or journal."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

from django.utils import timezone

from clusters.enums import Stage, Track
from clusters.models import Animation, Cluster, Membership, Phase
from directory.models import Governorate, Organisation, Person
from directory.tests.factories import make_organisation, make_person

_numbers = itertools.count(1)


def make_place(code: str = "TN-23", name: str = "Bizerte") -> Governorate:
    values = {"name_fr": name, "name_ar": "بنزرت", "region": "Nord-Est", "district": 1}
    return Governorate.objects.get_or_create(iso_code=code, defaults=values)[0]


def make_cluster(state: str = "draft", *, stage: str = Stage.EMERGENCE, **fields: Any) -> Cluster:
    """A cluster in a state; with `stage`, its first phase too."""
    number = next(_numbers)
    values = {
        "name_fr": f"Cluster {number}",
        "name_ar": f"عنقود {number}",
        "kind": "productive",
        "presentation_fr": "Ce que fait le cluster.",
        "slug": f"cluster-{number}",
        "created_at": timezone.now(),
        **fields,
    }
    values.setdefault("governorate", make_place())
    cluster = Cluster.objects.create(state=state, stage=stage, **values)
    if stage:
        Phase.objects.create(cluster=cluster, track=Track.STAGE, code=stage, starts_on=date(2025, 1, 1))
    return cluster


def make_member(
    cluster: Cluster | None = None,
    *,
    organisation: Organisation | None = None,
    person: Person | None = None,
    starts_on: date = date(2025, 3, 1),
    **fields: Any,
) -> Membership:
    """An organisation (a new one unless one, or an artisan, is given) in a cluster."""
    member = {"person": person} if person is not None else {"organisation": organisation or make_organisation()}
    return Membership.objects.create(cluster=cluster or make_cluster(), starts_on=starts_on, **member, **fields)


def make_animation(cluster: Cluster | None = None, *, person: Person | None = None, **fields: Any) -> Animation:
    values = {"starts_on": date(2025, 3, 1), "share": 50, **fields}
    return Animation.objects.create(cluster=cluster or make_cluster(), person=person or make_person(), **values)
