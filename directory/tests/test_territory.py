"""Governorates, delegations and sectors: read by staff, kept by managers, named by organisations and clusters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, StaleObject
from core.saving import Invalid
from core.testing.queries import assert_flat_queries
from directory.domain import organisations, territory
from directory.models import Delegation, Organisation
from directory.tests.factories import make_delegation, make_governorate, make_organisation

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]
TODAY = date(2026, 5, 1)


def close(delegation: Delegation, **values: Any) -> Delegation:
    values = {"version": None, "valid_to": TODAY, "today": TODAY, "source": "Décret d’essai", "actor": None} | values
    return territory.close(delegation=delegation, **values)


def test_a_delegation_is_added_renamed_and_closed_with_its_history() -> None:
    one = territory.add(governorate=make_governorate(), actor=None, name_fr="Agareb", source="Décret")
    territory.rename(delegation=one, version=1, actor=None, name_fr="Agareb Nord")
    with pytest.raises(StaleObject):
        territory.rename(delegation=one, version=1, actor=None, name_fr="Agareb Sud")
    territory.rename(delegation=one, version=2, actor=None, name_fr="Agareb Nord")  # nothing changes
    one = close(one)
    assert one.is_closed and not Delegation.objects.in_force(on=date(2026, 5, 2)).exists()
    assert [entry.verb for entry in journal.history_of(one)] == [
        "delegation.close",
        "delegation.edit",
        "delegation.create",
    ]
    with pytest.raises(DomainError, match="déjà"):
        close(one)


def test_a_delegation_is_not_closed_before_its_first_day_or_in_the_future() -> None:
    one = make_delegation("Agareb", valid_from=date(2024, 1, 1))
    with pytest.raises(Invalid) as refused:
        close(one, valid_to=date(2023, 12, 31))
    assert refused.value.field == "valid_to"
    with pytest.raises(DomainError) as early:
        close(one, valid_to=date(2026, 5, 2))
    assert early.value.field == "valid_to"


def test_a_name_is_borne_once_among_the_open_ones_of_a_governorate() -> None:
    one = make_delegation("Agareb")
    with pytest.raises(Invalid) as refused:
        territory.add(governorate=one.governorate, actor=None, name_fr="Agareb")
    assert refused.value.field == "name_fr"
    with pytest.raises(IntegrityError), transaction.atomic():
        make_delegation("Agareb")
    territory.add(governorate=make_governorate("TN-31", name_fr="Béja"), actor=None, name_fr="Agareb")
    close(one)
    territory.add(governorate=one.governorate, actor=None, name_fr="Agareb")


def test_an_organisation_names_a_delegation_of_its_own_governorate() -> None:
    here, there = make_delegation("Agareb"), make_governorate("TN-31", name_fr="Béja")
    for place in (there, None):
        with pytest.raises(Invalid) as refused:
            organisations.create(actor=None, name_fr="Un", kind="firm", governorate=place, delegation=here)
        assert refused.value.field == "delegation"
    firm = organisations.create(actor=None, name_fr="Un", kind="firm", governorate=here.governorate, delegation=here)
    assert firm.delegation == here


def test_a_governorate_of_odd_signs_is_no_page(client_for: Browse) -> None:
    manager = client_for(make_user("manager"))
    for address in ("%00", "TN-11%00", "TN-99", "%F0%9F%98%80"):
        assert manager.get(f"/directory/governorates/{address}/").status_code == 404


@pytest.mark.feature(3)
def test_managers_keep_delegations_and_staff_choose_them(client_for: Browse) -> None:
    manager, officer = client_for(make_user("manager")), client_for(make_user("officer"))
    place = make_governorate()
    url = reverse("directory:governorate-detail", args=[place.iso_code])
    assert "Aucune délégation" in officer.get(url).content.decode()
    assert reverse("directory:delegation-create", args=[place.iso_code]) not in officer.get(url).content.decode()
    new_firm = reverse("directory:organisation-create")
    assert 'name="delegation"' not in officer.get(new_firm).content.decode(), "no field without choices"

    enter = reverse("directory:delegation-create", args=[place.iso_code])
    wrong = manager.post(enter, {"name_fr": "", "valid_from": "32/01/2020", "source": "Décret"})
    assert set(wrong.context["form"].errors) == {"name_fr", "valid_from"}
    assert 'value="32/01/2020"' in wrong.content.decode()
    manager.post(enter, {"name_fr": "Agareb", "name_ar": "عقارب", "valid_from": "", "source": "Décret"})
    again = manager.post(enter, {"name_fr": "Agareb", "name_ar": "", "valid_from": "", "source": ""})
    assert set(again.context["form"].errors) == {"name_fr"}
    one = Delegation.objects.get()
    page = officer.get(new_firm).content.decode()
    assert '<optgroup label="Sfax">' in page and "Agareb" in page

    typed = {"name_fr": "Atelier", "kind": "firm", "governorate": "", "delegation": one.pk}
    refused = officer.post(new_firm, typed)
    assert set(refused.context["form"].errors) == {"delegation"}
    officer.post(new_firm, typed | {"governorate": place.pk})
    firm = Organisation.objects.get()
    assert firm.delegation == one
    listed = officer.get(reverse("directory:organisation-list"), {"delegation": one.pk})
    assert [row.pk for row in listed.context["page"].rows] == [firm.pk]

    shut = reverse("directory:delegation-close", args=[one.pk])
    manager.post(shut, {"valid_to": "01/01/2020", "source": "Décret d’essai", "version": "1"})
    page = manager.get(reverse("directory:delegation-detail", args=[one.pk])).content.decode()
    assert "Décret d’essai" in page and shut not in page
    assert 'name="delegation"' not in officer.get(new_firm).content.decode()
    kept = officer.get(reverse("directory:organisation-edit", args=[firm.pk])).content.decode()
    assert "Agareb" in kept, "what named it keeps it"


def test_a_governorate_asks_as_often_for_three_delegations(client_for: Browse) -> None:
    names = iter(("Un", "Deux", "Trois", "Quatre", "Cinq"))

    def make() -> None:
        delegation = make_delegation(next(names))
        make_organisation(governorate=delegation.governorate, delegation=delegation)

    url = reverse("directory:governorate-detail", args=[make_governorate().iso_code])
    assert_flat_queries(client_for(make_user("officer")), url, make)
