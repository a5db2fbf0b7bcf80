"""What wrong input gets on the pages of clusters: a sentence beside its field, in French, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from clusters.domain import animators, clusters
from clusters.errors import Archived, NotReady, StillAnimated
from clusters.models import Cluster
from clusters.tests.factories import make_animation, make_cluster, make_member, make_place
from clusters.tests.test_domain import TODAY, sector
from core import journal
from directory.tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


def fields_of(cluster: Cluster, **values: Any) -> dict[str, Any]:
    """What the form of a cluster posts."""
    return {
        "name_fr": cluster.name_fr,
        "name_ar": cluster.name_ar,
        "kind": cluster.kind,
        "governorate": cluster.governorate_id,
        "sectors": [row.pk for row in cluster.sectors.all()],
        "presentation_fr": cluster.presentation_fr,
        "version": cluster.version,
        **values,
    }


def published() -> Cluster:
    cluster = make_cluster("published")
    cluster.sectors.add(sector())
    return cluster


@pytest.mark.feature(2)
@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"starts_on": "01/05/1814"}, "starts_on", "entre 1900 et 2199"),
        ({"starts_on": "01/05/2190"}, "starts_on", "plus de dix ans"),
        ({"ends_on": "31/12/2099"}, "ends_on", "plus de dix ans"),
        ({"starts_on": "30/02/2026"}, "starts_on", "n’existe pas"),
        ({"starts_on": "hier"}, "starts_on", "jour/mois/année"),
        ({"ends_on": "30/04/2026"}, "ends_on", "le jour où elle commence"),
        ({"role": "chief"}, "role", "chief"),
    ],
)
def test_a_member_with_wrong_days_is_refused_beside_the_field(
    officer: Any, typed: dict[str, str], field: str, words: str
) -> None:
    cluster, firm = make_cluster(), make_organisation()
    url = f"{reverse('clusters:member-add', args=[cluster.slug])}?organisation={firm.pk}"
    page = officer.post(url, {"role": "member", "starts_on": "01/05/2026", "ends_on": "", **typed})
    assert words in str(page.context["form"].errors[field])
    if field != "role":
        assert f'value="{typed[field]}"' in page.content.decode()
    assert not cluster.memberships.exists()


@pytest.mark.feature(2)
def test_days_that_overlap_are_refused_when_a_membership_is_corrected(officer: Any) -> None:
    firm = make_organisation()
    first = make_member(organisation=firm, ends_on="2025-12-31")
    second = make_member(first.cluster, organisation=firm, starts_on=TODAY)
    url = reverse("clusters:member-edit", args=[second.pk])
    page = officer.post(url, {"role": "member", "starts_on": "31/12/2025", "ends_on": "", "version": "1"})
    assert "déjà membre" in str(page.context["form"].errors["starts_on"])
    assert 'value="31/12/2025"' in page.content.decode()
    officer.post(url, {"role": "member", "starts_on": "01/01/2026", "ends_on": "", "version": "1"})
    second.refresh_from_db()
    assert f"{second.starts_on:%d/%m/%Y}" == "01/01/2026"


def test_a_body_that_is_a_member_does_not_become_the_cluster(officer: Any) -> None:
    member = make_member(published())
    url = reverse("clusters:cluster-edit", args=[member.cluster.slug])
    page = officer.post(url, fields_of(member.cluster, body=member.organisation_id))
    assert "son propre membre" in str(page.context["form"].errors["body"])


def test_a_cluster_is_not_founded_tomorrow(officer: Any) -> None:
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"
    values = {"name_fr": "Grappe", "kind": "craft", "governorate": make_place().pk, "founded_on": tomorrow}
    page = officer.post(reverse("clusters:cluster-create"), values)
    assert set(page.context["form"].errors) == {"founded_on"}
    assert f'value="{tomorrow}"' in page.content.decode()
    assert not Cluster.objects.exists()


@pytest.mark.feature(1)
def test_a_draft_without_its_texts_is_not_published_and_is_told_why(officer: Any) -> None:
    cluster = make_cluster(stage="", presentation_fr="")
    page = officer.post(reverse("clusters:cluster-publish", args=[cluster.slug]), follow=True).content.decode()
    for words in ("une présentation en français", "un stade économique", "un secteur"):
        assert words in page
    cluster.refresh_from_db()
    assert cluster.state == "draft"


@pytest.mark.feature(1)
@pytest.mark.parametrize(
    ("lost", "field"), [({"presentation_fr": ""}, "presentation_fr"), ({"sectors": []}, "sectors")]
)
def test_a_published_cluster_keeps_what_its_public_page_shows(officer: Any, lost: dict[str, Any], field: str) -> None:
    cluster = published()
    page = officer.post(
        reverse("clusters:cluster-edit", args=[cluster.slug]), fields_of(cluster, name_ar="اسم جديد", **lost)
    )
    assert set(page.context["form"].errors) == {field}
    assert "اسم جديد" in page.content.decode()
    cluster.refresh_from_db()
    assert cluster.presentation_fr and cluster.sectors.exists() and not journal.history_of(cluster)
    cluster = make_cluster("draft")
    clusters.update(cluster=cluster, version=None, actor=None, presentation_fr="")


def test_publishing_guards_in_the_verb_too() -> None:
    cluster = published()
    with pytest.raises(NotReady):
        clusters.update(cluster=cluster, version=None, actor=None, sectors=[])
    assert cluster.sectors.exists()


def test_two_browsers_at_once_keep_both_changes_or_let_one_choose(client_for: Browse) -> None:
    """The first saves; the second changed something else (joined), then the same field (both are laid side by side)."""
    cluster = published()
    url = reverse("clusters:cluster-edit", args=[cluster.slug])
    one, two = client_for(make_user("officer")), client_for(make_user("manager"))
    opened = fields_of(clusters.update(cluster=cluster, version=1, actor=None, source="Avant"), source="Avant")
    one.post(url, opened | {"presentation_fr": "Des potières."})
    joined = two.post(url, opened | {"website": "https://exemple.tn"}, follow=True)
    cluster.refresh_from_db()
    assert (cluster.presentation_fr, cluster.website) == ("Des potières.", "https://exemple.tn")
    assert "les deux modifications" in joined.content.decode()

    stale = two.post(url, opened | {"presentation_fr": "Des tisserandes."})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Des potières." in page and "Des tisserandes." in page
    cluster.refresh_from_db()
    assert cluster.presentation_fr == "Des potières."


@pytest.mark.feature(8)
def test_a_cluster_that_somebody_animates_is_not_archived(officer: Any) -> None:
    cluster = published()
    animation = make_animation(cluster)
    make_member(cluster)
    url = reverse("clusters:cluster-archive", args=[cluster.slug])
    page = officer.post(url, {"reason": "Fin du soutien"})
    assert "anime encore ce cluster" in str(page.context["form"].non_field_errors())
    assert "Fin du soutien" in page.content.decode()

    today = timezone.localdate()
    animators.end(animation=animation, version=None, ends_on=today, actor=None)
    officer.post(url, {"reason": "Fin du soutien"})
    cluster.refresh_from_db()
    assert cluster.state == "archived"
    assert cluster.memberships.in_force(on=today).count() == 1, "members are facts: they stay"
    again = officer.post(url, {"reason": "Encore"})
    assert "Archivé" in str(again.context["form"].non_field_errors())


@pytest.mark.feature(8)
def test_an_archived_cluster_takes_on_no_animator(officer: Any) -> None:
    cluster, person = make_cluster("archived"), make_person()
    url = f"{reverse('clusters:animator-assign', args=[cluster.slug])}?person={person.pk}"
    page = officer.post(url, {"starts_on": "01/05/2026", "ends_on": "", "share": "20"})
    assert "archivé" in str(page.context["form"].non_field_errors())
    assert 'value="01/05/2026"' in page.content.decode()
    with pytest.raises(Archived):
        animators.assign(cluster=cluster, person=person, starts_on=TODAY, share=20, actor=None)


def test_archiving_asks_in_the_verb_too() -> None:
    animation = make_animation(published(), ends_on=TODAY + timedelta(days=1))
    with pytest.raises(StillAnimated):
        clusters.archive(cluster=animation.cluster, actor=None, reason="Fin", today=TODAY)
    clusters.archive(cluster=animation.cluster, actor=None, reason="Fin", today=TODAY + timedelta(days=1))


@pytest.mark.feature(2)
def test_the_tax_number_of_a_member_is_for_staff_alone(officer: Any, client: Any, client_for: Browse) -> None:
    member = make_member(published(), organisation=make_organisation("Conserverie", tax_number="1282182W"))
    staff_page = reverse("clusters:member-list", args=[member.cluster.slug])
    public = reverse("clusters:public-cluster", args=[member.cluster.slug])
    shown = "1282182\u00a0W"
    assert shown in officer.get(staff_page).content.decode()
    assert "1282182" not in client_for(make_user("auditor")).get(staff_page).content.decode()
    for url in (public, reverse("clusters:directory"), reverse("clusters:member-directory")):
        assert "1282182" not in client.get(url).content.decode()


@pytest.mark.feature(2)
def test_a_member_is_found_by_its_tax_number(officer: Any) -> None:
    cluster, firm = make_cluster(), make_organisation("Conserverie", tax_number="1282182WAM000")
    make_organisation("3D Tunisie")
    url = reverse("clusters:member-add", args=[cluster.slug])
    for typed, found in (("1282182 w", firm.name_fr), ("١٢٨٢١٨٢W", firm.name_fr), ("3d", "3D Tunisie")):
        assert [row.name_fr for row in officer.get(url, {"q": typed}).context["organisations"]] == [found]
