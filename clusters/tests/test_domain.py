"""Rules of clusters: publication, dated members, phases in their order, animators."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_user
from clusters.domain import animators, clusters, memberships, phases
from clusters.enums import MOVES, SUPPORT_MOVES, ClusterState, Stage, Support, Track
from clusters.errors import NotReady, OwnMember, TooMuch
from clusters.models import Cluster, Membership
from clusters.tests.factories import make_animation, make_cluster, make_member, make_place
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired, StaleObject
from core.saving import Invalid
from directory.models import Sector
from directory.tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)


def sector() -> Sector:
    return Sector.objects.get_or_create(code="essai", defaults={"name_fr": "Secteur d’essai"})[0]


def verbs_of(cluster: Cluster) -> list[str]:
    return [entry.verb for entry in journal.history_of(cluster)]


def test_create_gives_a_draft_with_an_address_of_its_own() -> None:
    actor = make_user("officer")
    values: dict[str, Any] = {"name_fr": "Grappe de Bizerte", "kind": "craft", "governorate": make_place()}

    first = clusters.create(actor=actor, now=timezone.now(), sectors=[sector()], **values)
    second = clusters.create(actor=actor, now=timezone.now(), **values | {"name_fr": "Grappe de Bizerte !"})

    assert (first.state, first.slug, second.slug) == (ClusterState.DRAFT, "grappe-de-bizerte", "grappe-de-bizerte-2")
    assert list(first.sectors.all()) == [sector()]
    assert verbs_of(first) == ["cluster.create"]


def test_create_refuses_a_name_twice() -> None:
    cluster = make_cluster()
    with pytest.raises(Invalid):
        clusters.create(
            actor=None, now=timezone.now(), name_fr=cluster.name_fr, kind="craft", governorate=cluster.governorate
        )


def test_update_writes_what_changed_once_and_guards_against_stale_forms() -> None:
    cluster = make_cluster()
    other = make_place("TN-31", "Béja")

    changed = clusters.update(cluster=cluster, version=1, governorates=[other], actor=None, website="https://x.tn")

    assert journal.history_of(cluster)[0].data == {"fields": "website governorates"}
    assert list(changed.governorates.all()) == [other]
    with pytest.raises(StaleObject):
        clusters.update(cluster=cluster, version=1, actor=None, website="https://y.tn")
    clusters.update(cluster=cluster, version=changed.version, governorates=[other], actor=None, website="https://x.tn")
    assert verbs_of(cluster) == ["cluster.edit"]


def test_the_governorate_of_the_seat_is_not_repeated() -> None:
    cluster = make_cluster()
    clusters.update(cluster=cluster, version=None, governorates=[cluster.governorate], actor=None)
    assert not cluster.governorates.exists()


@pytest.mark.feature(4)
def test_publish_needs_presentation_stage_and_sector() -> None:
    cluster = make_cluster(stage="", presentation_fr="")
    with pytest.raises(NotReady, match="présentation"):
        clusters.publish(cluster=cluster, actor=None, now=timezone.now())

    clusters.update(cluster=cluster, version=None, sectors=[sector()], actor=None, presentation_fr="Des potiers.")
    phases.enter(cluster=cluster, track=Track.STAGE, code=Stage.GROWTH, on=TODAY, today=TODAY, actor=None)
    cluster.refresh_from_db()
    clusters.publish(cluster=cluster, actor=None, now=timezone.now())

    assert cluster.state == ClusterState.PUBLISHED
    assert cluster.confirmed_on == timezone.now().date()
    with pytest.raises(IllegalMove):
        clusters.publish(cluster=cluster, actor=None, now=timezone.now())


def test_archive_needs_a_reason_and_has_a_way_back() -> None:
    cluster = make_cluster("published")
    cluster.sectors.add(sector())
    with pytest.raises(ReasonRequired):
        clusters.archive(cluster=cluster, actor=None, reason=" ", today=TODAY)
    clusters.archive(cluster=cluster, actor=None, reason="Fin du soutien", today=TODAY)
    assert not Cluster.objects.public().exists()
    clusters.publish(cluster=cluster, actor=None, now=timezone.now())
    assert list(Cluster.objects.public()) == [cluster]
    clusters.withdraw(cluster=cluster, actor=None, reason="À revoir")
    assert cluster.state == ClusterState.DRAFT


def test_confirm_twice_on_a_day_writes_once() -> None:
    cluster = make_cluster("published")
    for _time in range(2):
        clusters.confirm(cluster=cluster, actor=None, on=TODAY)
    assert verbs_of(cluster) == ["cluster.confirm"]


@pytest.mark.feature(2)
def test_an_organisation_belongs_to_several_clusters_with_dates() -> None:
    firm = make_organisation()
    one, two = make_cluster(), make_cluster()

    first = memberships.join(cluster=one, organisation=firm, starts_on=TODAY, actor=None)
    memberships.join(cluster=two, organisation=firm, starts_on=TODAY, role="founder", actor=None)
    memberships.correct(
        membership=first, version=1, role="member", starts_on=TODAY, ends_on=TODAY + timedelta(days=9), actor=None
    )
    again = memberships.join(cluster=one, organisation=firm, starts_on=TODAY + timedelta(days=10), actor=None)

    in_force = Membership.objects.in_force(on=TODAY + timedelta(days=9)).filter(organisation=firm)
    assert set(in_force.values_list("cluster", flat=True)) == {one.pk, two.pk}
    assert again.pk != first.pk
    assert verbs_of(one) == ["cluster.join", "cluster.leave", "cluster.join"]


@pytest.mark.feature(2)
def test_an_artisan_belongs_without_an_organisation() -> None:
    artisan, cluster = make_person(), make_cluster(kind="craft")
    membership = memberships.join(cluster=cluster, person=artisan, starts_on=TODAY, actor=None)
    assert membership.member == artisan


def test_join_refuses_overlapping_days_ends_before_starts_and_neither_or_both() -> None:
    firm, cluster = make_organisation(), make_cluster()
    memberships.join(cluster=cluster, organisation=firm, starts_on=TODAY, actor=None)

    for values in (
        {"organisation": firm, "starts_on": TODAY + timedelta(days=30)},
        {"organisation": make_organisation(), "starts_on": TODAY, "ends_on": TODAY - timedelta(days=1)},
        {"starts_on": TODAY},
        {"organisation": make_organisation(), "person": make_person(), "starts_on": TODAY},
    ):
        with pytest.raises(Invalid):
            memberships.join(cluster=cluster, actor=None, **values)


def test_a_cluster_is_not_its_own_member() -> None:
    body = make_organisation()
    cluster = make_cluster(body=body)
    with pytest.raises(OwnMember):
        memberships.join(cluster=cluster, organisation=body, starts_on=TODAY, actor=None)

    member = make_member()
    with pytest.raises(OwnMember):
        clusters.update(cluster=member.cluster, version=None, body=member.organisation, actor=None)


def test_remove_needs_a_reason_and_acts_once() -> None:
    member = make_member()
    with pytest.raises(ReasonRequired):
        memberships.remove(membership=member, actor=None, reason="")
    for _time in range(2):
        memberships.remove(membership=member, actor=None, reason="Saisi deux fois")
    assert verbs_of(member.cluster) == ["cluster.remove"]


@pytest.mark.feature(4)
def test_stage_and_administrative_state_are_two_histories() -> None:
    cluster = make_cluster(stage="")
    for track, code, on in (
        (Track.STAGE, Stage.INCUBATION, date(2025, 1, 1)),
        (Track.SUPPORT, Support.CANDIDATE, date(2025, 2, 1)),
        (Track.STAGE, Stage.EMERGENCE, date(2025, 9, 1)),
    ):
        phases.enter(cluster=cluster, track=track, code=code, on=on, today=TODAY, actor=None)

    cluster.refresh_from_db()
    then = phases.in_force(cluster, Track.STAGE, on=date(2025, 8, 31))
    assert (cluster.stage, cluster.support) == (Stage.EMERGENCE, Support.CANDIDATE)
    assert then is not None and then.code == Stage.INCUBATION


@pytest.mark.parametrize("before", list(Support))
@pytest.mark.parametrize("after", list(Support))
def test_support_moves_only_as_the_table_says(before: Support, after: Support) -> None:
    cluster = make_cluster(stage="", support=before)
    cluster.phases.create(track=Track.SUPPORT, code=before, starts_on=date(2025, 1, 1))

    def enter() -> None:
        phases.enter(
            cluster=cluster, track=Track.SUPPORT, code=after, on=TODAY, today=TODAY, note="Décision", actor=None
        )

    if SUPPORT_MOVES.allows(before, after):
        enter()
        cluster.refresh_from_db()
        assert cluster.support == after
    else:
        with pytest.raises(DomainError):
            enter()


def test_phase_refuses_the_future_the_wrong_order_and_a_missing_reason() -> None:
    cluster = make_cluster()
    for values, code in (
        ({"code": Stage.GROWTH, "on": TODAY + timedelta(days=1)}, "future"),
        ({"code": Stage.GROWTH, "on": date(2024, 12, 31)}, "order"),
        ({"code": Stage.MATURITY, "on": TODAY}, "illegal_move"),
        ({"code": Stage.INCUBATION, "on": TODAY}, "reason_required"),
    ):
        with pytest.raises(DomainError) as refused:
            phases.enter(cluster=cluster, track=Track.STAGE, today=TODAY, actor=None, **values)
        assert refused.value.code == code


def test_undo_takes_back_the_newest_phase_alone() -> None:
    cluster = make_cluster()
    first = cluster.phases.get()
    phases.enter(cluster=cluster, track=Track.STAGE, code=Stage.GROWTH, on=TODAY, today=TODAY, actor=None)

    with pytest.raises(DomainError):
        phases.undo(phase=first, actor=None, reason="Erreur")
    newest = cluster.phases.first()
    assert newest is not None
    with pytest.raises(ReasonRequired):
        phases.undo(phase=newest, actor=None, reason=" ")
    phases.undo(phase=newest, actor=None, reason="Erreur de date")

    cluster.refresh_from_db()
    assert cluster.stage == Stage.EMERGENCE
    assert verbs_of(cluster)[0] == "cluster.phase_undo"


def test_a_published_cluster_keeps_its_only_stage() -> None:
    cluster = make_cluster("published")
    with pytest.raises(DomainError):
        phases.undo(phase=cluster.phases.get(), actor=None, reason="Erreur")


def test_choices_after_follow_the_table() -> None:
    cluster = make_cluster()
    offered = {code for code, _label in phases.choices_after(cluster, Track.STAGE)}
    assert offered == MOVES[Track.STAGE].targets(Stage.EMERGENCE)


@pytest.mark.feature(8)
def test_animator_is_handed_over_without_a_gap() -> None:
    first, second, cluster = make_person(), make_person(), make_cluster()
    animation = animators.assign(cluster=cluster, person=first, starts_on=TODAY, share=60, actor=None)

    handed = animators.hand_over(
        animation=animation, version=1, to=second, on=TODAY + timedelta(days=30), share=40, actor=None
    )

    animation.refresh_from_db()
    assert animation.ends_on == handed.starts_on - timedelta(days=1)
    assert verbs_of(cluster) == ["cluster.assign", "cluster.unassign", "cluster.assign"]
    assert animators.load_of(first, on=TODAY + timedelta(days=30)) == 0


@pytest.mark.feature(8)
def test_more_than_the_whole_time_is_let_through_only_when_confirmed() -> None:
    person = make_person()
    make_animation(person=person, share=70)
    cluster = make_cluster()
    with pytest.raises(TooMuch) as refused:
        animators.assign(cluster=cluster, person=person, starts_on=TODAY, share=40, actor=None)
    assert "110" in str(refused.value)
    animators.assign(cluster=cluster, person=person, starts_on=TODAY, share=40, beyond=True, actor=None)
    assert animators.load_of(person, on=TODAY) == 110


def test_hand_over_refuses_the_same_person_and_a_day_before() -> None:
    animation = make_animation()
    for to, on in ((animation.person, TODAY), (make_person(), animation.starts_on)):
        with pytest.raises(DomainError):
            animators.hand_over(animation=animation, version=None, to=to, on=on, share=10, actor=None)
    animation.refresh_from_db()
    assert animation.ends_on is None
