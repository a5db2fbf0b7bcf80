"""The page of the reference lists: every number is that of the list to which it leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from clusters.domain import clusters
from clusters.tests.factories import make_cluster
from clusters.tests.test_domain import sector
from core.saving import Invalid
from core.testing.queries import assert_flat_queries
from directory.domain import reference
from directory.models import Delegation, Governorate, Sector
from directory.tests.factories import make_organisation

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.mark.feature(3)
def test_the_territory_is_complete_and_its_numbers_are_those_of_the_lists(client_for: Browse) -> None:
    reference.load()
    officer = client_for(make_user("officer"))
    gabes, mahdia = (Governorate.objects.get(iso_code=code) for code in ("TN-81", "TN-53"))
    trade = Sector.objects.get(code="crafts")
    for state in ("published", "draft"):
        make_cluster(state, governorate=gabes).sectors.add(trade)
    make_cluster("published", governorate=mahdia).governorates.add(gabes)
    Delegation.objects.create(governorate=gabes, name_fr="Délégation")
    make_organisation(governorate=gabes, sector=trade)

    page = officer.get(reverse("clusters:territory"))
    places = {row["place"].iso_code: row for row in page.context["places"]}
    assert len(places) == 24
    assert sum(row["place"].priority == "high" for row in places.values()) == 5
    assert (places["TN-81"]["clusters"], places["TN-81"]["delegations"]) == (3, 1)
    assert "Parmi les cinq moins développés" in page.content.decode()
    links = re.findall(r'<a href="([^"]+\?(?:governorate|sector)=[^"]+)">(\d+)<', page.content.decode())
    assert len(links) > 20
    for url, number in links:
        if "clusters" in url or "sector" in url:
            assert officer.get(url).context["page"].count == int(number), url

    auditor = client_for(make_user("auditor")).get(reverse("clusters:territory"))
    seen = {row["place"].iso_code: row["clusters"] for row in auditor.context["places"]}
    assert seen["TN-81"] == 2, "drafts are not counted for whoever may not see them"


def test_the_territory_is_linked_and_says_when_it_is_empty(client_for: Browse) -> None:
    officer = client_for(make_user("officer"))
    url = reverse("clusters:territory")
    for name in ("clusters:cluster-list", "directory:organisation-list"):
        assert f'href="{url}"' in officer.get(reverse(name)).content.decode()
    assert "Aucun gouvernorat" in officer.get(url).content.decode()


def test_the_territory_asks_as_often_for_three_as_for_one(client_for: Browse) -> None:
    officer = client_for(make_user("officer"))
    assert_flat_queries(officer, reverse("clusters:territory"), lambda: make_cluster().sectors.add(sector()))


def test_a_cluster_names_a_delegation_of_its_seat(client_for: Browse) -> None:
    cluster = make_cluster()
    there = Governorate.objects.create(iso_code="TN-31", name_fr="Béja", region="Nord-Ouest", district=1)
    far, near = (Delegation.objects.create(governorate=g, name_fr="Ici") for g in (there, cluster.governorate))
    with pytest.raises(Invalid) as refused:
        clusters.update(cluster=cluster, version=None, actor=None, delegation=far)
    assert refused.value.field == "delegation"
    clusters.update(cluster=cluster, version=None, actor=None, delegation=near)
    officer = client_for(make_user("officer"))
    assert "Ici" in officer.get(reverse("clusters:cluster-detail", args=[cluster.slug])).content.decode()
    rows = officer.get(reverse("clusters:cluster-list"), {"delegation": near.pk}).context["page"].rows
    assert [row.pk for row in rows] == [cluster.pk]
