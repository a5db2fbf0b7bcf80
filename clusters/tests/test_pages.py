"""The staff side of clusters in a browser: entered, completed, published, archived."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.tests.factories import make_user
from clusters.models import Cluster
from clusters.tests.factories import make_animation, make_cluster, make_member, make_place
from clusters.tests.test_domain import sector
from core.testing.queries import assert_flat_queries
from directory.tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


@pytest.mark.feature(4)
def test_a_cluster_goes_from_draft_to_the_directory_and_to_the_archive(officer: Any) -> None:
    place, trade = make_place(), sector()
    values = {
        "name_fr": "Grappe exemple",
        "kind": "craft",
        "governorate": place.pk,
        "sectors": [trade.pk],
        "presentation_fr": "Des artisans.",
    }
    officer.post("/clusters/new/", values, follow=True)
    cluster = Cluster.objects.get()
    page = officer.get(f"/clusters/file/{cluster.slug}/")
    assert page.context["missing"] == ["un stade économique"]

    phase = {"code": "emergence", "starts_on": "01/02/2025", "note": ""}
    officer.post(f"/clusters/file/{cluster.slug}/phases/stage/", phase)
    officer.post(f"/clusters/file/{cluster.slug}/publish/")
    cluster.refresh_from_db()
    assert (cluster.state, cluster.stage) == ("published", "emergence")

    refused = officer.post(f"/clusters/file/{cluster.slug}/archive/", {"reason": ""})
    assert "reason" in refused.context["form"].errors
    officer.post(f"/clusters/file/{cluster.slug}/archive/", {"reason": "Fin du soutien"})
    history = officer.get(f"/clusters/file/{cluster.slug}/history/").content.decode()
    assert "Fin du soutien" in history


@pytest.mark.feature(2)
def test_a_member_is_looked_for_and_joins_with_dates(officer: Any) -> None:
    cluster, firm = make_cluster("published"), make_organisation("Conserverie Exemple")
    url = f"/clusters/file/{cluster.slug}/members/new/"

    found = officer.get(url, {"q": "conserverie"}).content.decode()
    assert f"?organisation={firm.pk}" in found

    wrong = officer.post(
        f"{url}?organisation={firm.pk}", {"role": "member", "starts_on": "01/05/2026", "ends_on": "01/04/2026"}
    )
    assert "ends_on" in wrong.context["form"].errors
    assert 'value="01/05/2026"' in wrong.content.decode()
    officer.post(f"{url}?organisation={firm.pk}", {"role": "founder", "starts_on": "01/05/2026", "ends_on": ""})
    assert cluster.memberships.get().organisation == firm

    again = officer.post(f"{url}?organisation={firm.pk}", {"role": "member", "starts_on": "02/05/2026", "ends_on": ""})
    assert "starts_on" in again.context["form"].errors


def test_a_cluster_that_is_its_own_member_is_refused_in_words(officer: Any) -> None:
    body = make_organisation()
    cluster = make_cluster(body=body)
    page = officer.post(
        f"/clusters/file/{cluster.slug}/members/new/?organisation={body.pk}",
        {"role": "member", "starts_on": "01/05/2026", "ends_on": ""},
    )
    assert page.status_code == 200
    assert not cluster.memberships.exists()
    assert page.context["form"].non_field_errors()


@pytest.mark.feature(8)
def test_too_large_a_share_asks_for_a_confirmation(officer: Any) -> None:
    person, cluster = make_person(), make_cluster()
    make_animation(person=person, share=80)
    url = f"/clusters/file/{cluster.slug}/animators/new/?person={person.pk}"
    values = {"starts_on": "01/05/2026", "ends_on": "", "share": "30"}

    page = officer.post(url, values)
    assert "share" in page.context["form"].errors
    assert 'name="beyond"' in page.content.decode()
    officer.post(url, values | {"beyond": "on"})
    assert cluster.animations.get().person == person


def test_an_auditor_reads_without_drafts_and_without_names(client_for: Browse) -> None:
    auditor = client_for(make_user("auditor"))
    artisan = make_person("Artisane Exemple")
    member = make_member(make_cluster("published"), person=artisan)
    make_animation(member.cluster, person=make_person("Animatrice Exemple"))
    draft = make_cluster("draft")

    assert auditor.get(f"/clusters/file/{draft.slug}/").status_code == 404
    pages = [auditor.get(f"/clusters/file/{member.cluster.slug}/{tab}").content.decode() for tab in ("", "members/")]
    assert not any("Exemple" in page for page in pages)
    assert [row.pk for row in auditor.get("/clusters/").context["page"].rows] == [member.cluster_id]


def test_list_narrows_by_place_sector_and_stage(officer: Any) -> None:
    here = make_cluster(governorate=make_place())
    there = make_cluster(governorate=make_place("TN-31", "Béja"), stage="growth")
    there.governorates.add(make_place())
    here.sectors.add(sector())

    def rows(**query: Any) -> set[int]:
        return {row.pk for row in officer.get("/clusters/", query).context["page"].rows}

    assert rows(governorate=make_place().iso_code) == {here.pk, there.pk}
    assert rows(sector=sector().code) == {here.pk}
    assert rows(stage="growth") == {there.pk}
    assert rows(q=there.name_ar) == {there.pk}


def test_past_members_are_shown_when_asked_for(officer: Any) -> None:
    member = make_member(ends_on="2025-06-01")
    url = f"/clusters/file/{member.cluster.slug}/members/"
    assert officer.get(url).context["page"].rows == []
    assert [row.pk for row in officer.get(url, {"period": "all"}).context["page"].rows] == [member.pk]


def test_lists_ask_the_same_number_of_queries_for_more_rows(officer: Any) -> None:
    def one() -> None:
        make_cluster("published").sectors.add(sector())

    assert_flat_queries(officer, "/clusters/", one)
    cluster = make_cluster("published")
    assert_flat_queries(officer, f"/clusters/file/{cluster.slug}/members/", lambda: make_member(cluster))


def test_detail_asks_a_fixed_number_of_queries(officer: Any) -> None:
    cluster = make_cluster("published")
    assert_flat_queries(officer, f"/clusters/file/{cluster.slug}/", lambda: make_animation(cluster), limit=14)
