"""An animator leaves: the clusters pass to another from today on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.domain import leaving
from accounts.models import User
from accounts.tests.factories import make_user
from clusters.models import Animation
from clusters.tests.factories import make_animation, make_cluster
from directory.models import Person
from directory.tests.factories import make_person

pytestmark = pytest.mark.django_db


def animator() -> tuple[User, Person]:
    user = make_user("animator")
    return user, make_person(user=user)


def test_clusters_pass_from_today_with_their_share() -> None:
    today = timezone.localdate()
    user, person = animator()
    heir, other = animator()
    running = make_animation(person=person, starts_on=today - timedelta(days=90), share=40)
    later = make_animation(person=person, starts_on=today + timedelta(days=9), ends_on=today + timedelta(days=99))
    over = make_animation(person=person, starts_on=today - timedelta(days=90), ends_on=today - timedelta(days=1))
    both = make_cluster()
    make_animation(both, person=other, starts_on=today - timedelta(days=5))
    make_animation(both, person=person, starts_on=today - timedelta(days=5))
    groups = {g.kind.code: g for g in leaving.open_of(user, now=timezone.now())}
    assert len(groups["clusters.animations"].things) == 3
    leaving.leave(user=user, successor=heir, actor=make_user("manager"), reason="départ", now=timezone.now())
    assert not Animation.objects.filter(person=person).exclude(ends_on__lt=today).exists()
    taken = {row.cluster_id: row for row in Animation.objects.filter(person=other)}
    assert (taken[running.cluster_id].starts_on, taken[running.cluster_id].share) == (today, 40)
    assert taken[later.cluster_id].starts_on == later.starts_on
    assert taken[later.cluster_id].ends_on == later.ends_on
    assert taken[both.pk].starts_on == today - timedelta(days=5)
    assert over.cluster_id not in taken
