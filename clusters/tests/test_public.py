"""The public directory: the map and the list say the same, drafts are nowhere, artisans are counted, never named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from clusters.documents import map as geomap
from clusters.models import Cluster
from clusters.tests.factories import make_cluster, make_member, make_place
from clusters.tests.test_domain import sector
from core.testing.queries import assert_flat_queries
from directory.tests.factories import make_organisation, make_person

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r'<a href="([^"]*)"[^>]*aria-label="([^"]*)"')


@pytest.fixture
def places() -> dict[str, Any]:
    return {
        code: make_place(code, name) for code, name in (("TN-81", "Gabès"), ("TN-11", "Tunis"), ("TN-53", "Mahdia"))
    }


def on_the_map(page: str) -> dict[str, str]:
    """Label and address of every governorate that can be chosen on the map."""
    svg = page[page.index('<svg class="geomap"') : page.index("</svg>", page.index('<svg class="geomap"'))]
    return {label: url.replace("&amp;", "&") for url, label in NUMBER.findall(svg)}


@pytest.mark.feature(1, 9)
def test_the_map_counts_seats_and_other_places_and_leads_to_the_same_list(client: Any, places: dict[str, Any]) -> None:
    both = make_cluster("published", governorate=places["TN-81"])
    both.governorates.add(places["TN-53"])
    make_cluster("published", governorate=places["TN-53"])
    make_cluster("draft", governorate=places["TN-11"])
    make_cluster("archived", governorate=places["TN-11"])
    page = client.get(reverse("clusters:directory"))
    found = on_the_map(page.content.decode())
    assert set(found) == {"Gabès\u00a0: 1", "Mahdia\u00a0: 2"}
    assert (page.context["reach"], page.context["page"].count) == (2, 2)
    narrowed = client.get(reverse("clusters:directory") + found["Mahdia\u00a0: 2"])
    assert narrowed.context["page"].count == 2
    assert set(on_the_map(narrowed.content.decode())) == set(found), "the map still shows the whole country"
    assert 'aria-current="true"' in narrowed.content.decode()


def test_a_filter_narrows_the_map_too(client: Any, places: dict[str, Any]) -> None:
    craft = make_cluster("published", kind="craft", governorate=places["TN-81"])
    craft.sectors.add(sector())
    make_cluster("published", kind="innovation", governorate=places["TN-11"])
    page = client.get(reverse("clusters:directory"), {"kind": "craft"})
    assert set(on_the_map(page.content.decode())) == {"Gabès\u00a0: 1"}
    assert [row.pk for row in page.context["page"].rows] == [craft.pk]
    wrong = client.get(reverse("clusters:directory"), {"governorate": "TN-99", "kind": "x'y"})
    assert wrong.status_code == 200
    assert set(wrong.context["filters"].errors) == {"governorate", "kind"}


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_is_not_published_has_no_public_page(client: Any, client_for: Callable[..., Any], state: str) -> None:
    cluster = make_cluster(state)
    url = reverse("clusters:public-cluster", args=[cluster.slug])
    assert client.get(url).status_code == 404
    assert client_for(make_user("officer")).get(url).status_code == 404


@pytest.mark.feature(9)
def test_public_page_names_institutions_of_today_and_only_counts_artisans(client: Any) -> None:
    cluster = make_cluster("published")
    make_member(cluster, organisation=make_organisation("Centre technique exemple"))
    make_member(cluster, organisation=make_organisation("Ancien membre"), ends_on=date(2025, 6, 1))
    make_member(cluster, organisation=None, person=make_person(name_latin="Artisane Secrète"))
    page = client.get(reverse("clusters:public-cluster", args=[cluster.slug])).content.decode()
    assert "Centre technique exemple" in page
    assert "Ancien membre" not in page
    assert "Secrète" not in page
    assert "1 artisan individuel en fait partie." in page


def test_open_data_are_the_list_and_no_cell_acts(client: Any, places: dict[str, Any]) -> None:
    cluster = make_cluster("published", name_fr="=HYPERLINK(1)", governorate=places["TN-81"])
    cluster.governorates.add(places["TN-53"])
    make_cluster("draft", name_fr="Brouillon")
    make_cluster("published", governorate=places["TN-11"])
    answer = client.get(reverse("clusters:open-data"), {"governorate": "TN-81"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    [row] = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert row["name_fr"] == "'=HYPERLINK(1)"
    assert (row["seat_iso"], row["also_active_iso"], row["members"]) == ("TN-81", "TN-53", "0")
    assert row["page"].endswith(reverse("clusters:public-cluster", args=[cluster.slug]))
    again = client.get(
        reverse("clusters:open-data"), {"governorate": "TN-81"}, headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304


def test_directory_asks_as_often_for_many_as_for_one(client: Any) -> None:
    assert_flat_queries(client, reverse("clusters:directory"), lambda: make_cluster("published"), limit=8)


def test_an_empty_directory_says_so(client: Any) -> None:
    page = client.get(reverse("clusters:directory")).content.decode()
    assert "Aucun cluster n’est encore publié" in page


def test_every_governorate_has_its_shape_and_the_shades_follow_the_counts() -> None:
    drawing = geomap.drawn()
    assert len(drawing.shapes) == 24
    assert set(drawing.inset) == set(geomap.GREATER_TUNIS)
    assert [geomap.css_of(count, 3) for count in range(4)] == ["s0", "s1", "s2", "s3"]
    assert [geomap.css_of(count, 40) for count in (1, 10, 11, 40)] == ["s1", "s1", "s2", "s4"]
    assert [(step.css, step.words) for step in geomap.legend([3, 12, 40, 0])] == [
        ("s0", "aucun"), ("s1", "3"), ("s2", "12"), ("s4", "40"),
    ]  # fmt: skip


def test_a_name_in_the_map_is_escaped(client: Any) -> None:
    make_cluster("published", governorate=make_place("TN-81", 'G<b>"abès'))
    page = client.get(reverse("clusters:directory")).content.decode()
    assert "G<b>" not in page
    assert Cluster.objects.count() == 1


@pytest.mark.feature(1, 9)
def test_the_members_of_published_clusters_are_listed_and_on_the_map(client: Any, places: dict[str, Any]) -> None:
    cluster, other = make_cluster("published"), make_cluster("published")
    firm = make_organisation("Conserverie exemple", kind="firm", governorate=places["TN-81"], phone="+21671234567")
    for one in (cluster, other):
        make_member(one, organisation=firm)
    make_member(cluster, organisation=make_organisation("Pôle exemple", governorate=places["TN-53"]))
    make_member(cluster, organisation=make_organisation("Sans lieu"))
    make_member(cluster, organisation=None, person=make_person(name_latin="Artisane Secrète"))
    make_member(cluster, organisation=make_organisation("Ancien membre"), ends_on=date(2025, 6, 1))
    make_member(make_cluster("draft"), organisation=make_organisation("Membre d’un brouillon"))
    make_organisation("Membre de rien")
    url = reverse("clusters:member-directory")
    page = client.get(url)
    assert [row.name_fr for row in page.context["page"].rows] == ["Conserverie exemple", "Pôle exemple", "Sans lieu"]
    text = page.content.decode()
    assert "Secrète" not in text and "71 234" not in text
    for one in (cluster, other):
        assert reverse("clusters:public-cluster", args=[one.slug]) in text
    found = on_the_map(text)
    assert set(found) == {"Gabès\u00a0: 1", "Mahdia\u00a0: 1"}
    narrowed = client.get(url + found["Gabès\u00a0: 1"])
    assert [row.pk for row in narrowed.context["page"].rows] == [firm.pk]
    assert client.get(url, {"kind": "firm"}).context["page"].count == 1
    assert client.get(url, {"q": "conserverie"}).context["page"].count == 1
    assert f'href="{url}"' in client.get(reverse("clusters:directory")).content.decode()


def test_members_ask_as_often_for_many_as_for_one(client: Any) -> None:
    url = reverse("clusters:member-directory")
    assert "Aucun membre n’est encore publié" in client.get(url).content.decode()
    assert_flat_queries(client, url, lambda: make_member(make_cluster("published")), limit=8)
