"""Institutions that change: what passes in one act, what stays, how a document of a day calls the holder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, StaleObject
from core.saving import Invalid
from core.testing.queries import assert_flat_queries, queries_of
from directory.models import Organisation
from steering.domain import seats, successions
from steering.domain.successions import Estate
from steering.enums import SuccessionKind
from steering.models import Action, PlanVersion, Seat, Succession
from steering.tests.factories import (
    SINCE,
    make_action,
    make_committee,
    make_mandate,
    make_organisation,
    make_recommendation,
    make_seat,
)

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]
ON, TODAY = date(2026, 3, 1), date(2026, 3, 10)
BEFORE = ON - timedelta(days=1)


def merged(old: Organisation, new: Organisation, **values: Any) -> Succession:
    fields: dict[str, Any] = {"kind": "merger", "on": ON, "act": "Décret", "today": TODAY, "actor": None, **values}
    return successions.pass_on(organisation=old, successor=new, **fields)


def under_review(seat: Seat) -> PlanVersion:
    plan = seat.committee.plans.create(name_fr="Plan", slug=f"plan-{seat.pk}")
    version: PlanVersion = plan.versions.create(number=1, state="review")
    return version


@pytest.mark.feature(51)
def test_an_institution_is_renamed_and_documents_of_before_name_it_as_it_was() -> None:
    seat = make_mandate(make_seat(make_committee())).seat
    body, old = seat.organisation, seat.organisation.name_fr
    found = successions.rename(
        organisation=body,
        version=body.version,
        on=ON,
        act="Décret n° 1",
        today=TODAY,
        actor=None,
        name_fr="Agence nouvelle",
        name_ar="",
        name_en="",
        acronym="AN",
    )
    seat.refresh_from_db()
    assert (found.organisation, found.successor, seat.organisation_id) == (body, body, body.pk)
    assert successions.name_on(seat, BEFORE, "fr") == old
    assert successions.name_on(seat, ON, "fr") == "Agence nouvelle"
    assert body.former_names.get().source == "Décret n° 1"
    assert journal.history_of(found)[0].verb == "succession.rename"
    with pytest.raises(StaleObject):
        successions.rename(organisation=body, version=1, on=ON, act="x", today=TODAY, actor=None, name_fr="Autre")


def test_a_change_to_come_is_not_entered_yet() -> None:
    body = make_organisation()
    for act in (
        lambda: successions.rename(
            organisation=body, version=None, on=TODAY + timedelta(days=1), act="x", today=TODAY, actor=None, name_fr="N"
        ),
        lambda: merged(body, make_organisation(), on=TODAY + timedelta(days=1)),
    ):
        with pytest.raises(DomainError) as refused:
            act()
        assert (refused.value.code, refused.value.field) == ("future", "on")


@pytest.mark.feature(51)
def test_a_merger_passes_everything_in_one_act_and_changes_no_past() -> None:
    old, new = make_organisation(), make_organisation()
    committee = make_committee(secretariat=old)
    seat = make_mandate(make_seat(committee, organisation=old)).seat
    mandate = seat.mandates.get()
    open_one, done = make_action(committee, owner=old), make_action(committee, owner=old, state="dropped")
    asked = make_recommendation(committee, addressee=old)
    version = under_review(seat)
    estate = successions.estate_of(old, on=ON)
    assert (estate.seats, estate.actions, estate.recommendations) == ([seat], [open_one], [asked])
    assert (estate.committees, estate.reviews) == ([committee], [version])

    found = merged(old, new)

    for row in (seat, open_one, done, asked, committee):
        row.refresh_from_db()
    assert (seat.organisation, open_one.owner, asked.addressee, committee.secretariat) == (new, new, new, new)
    assert done.owner == old
    assert [(t.organisation, t.starts_on, t.ends_on) for t in seat.tenures.order_by("starts_on")] == [
        (old, SINCE, BEFORE),
        (new, ON, None),
    ]
    assert (successions.holder_on(seat, BEFORE), successions.holder_on(seat, ON)) == (old, new)
    assert seat.mandates.get() == mandate
    assert journal.history_of(found)[0].data == {"seats": 1, "actions": 1}
    for row, verb in (
        (committee, "committee.secretariat"),
        (open_one, "action.succeed"),
        (asked, "recommendation.succeed"),
    ):
        assert journal.history_of(row)[0].verb == verb
    assert "committee.seat_pass" in [entry.verb for entry in journal.history_of(committee)]
    with pytest.raises(DomainError) as again:
        merged(old, new)
    assert again.value.code == "empty"


@pytest.mark.feature(51)
def test_a_split_passes_what_is_chosen_and_leaves_the_rest() -> None:
    old, new = make_organisation(), make_organisation()
    committee = make_committee()
    stays, goes = make_seat(committee, organisation=old), make_seat(make_committee(), organisation=old)
    action = make_action(goes.committee, owner=old)
    estate = successions.estate_of(old, on=ON)
    chosen = estate.only(seats=[goes], actions=[action])
    assert estate.without(chosen).seats == [stays]

    merged(old, new, kind=SuccessionKind.SPLIT, chosen=chosen)

    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.organisation, goes.organisation) == (old, new)
    assert Action.objects.get().owner == new
    for wrong, code in ((Estate(), "empty"), (chosen, "gone")):
        with pytest.raises(DomainError) as refused:
            merged(old, new, kind=SuccessionKind.SPLIT, chosen=wrong)
        assert refused.value.code == code


def test_what_cannot_pass_is_refused_and_nothing_changes() -> None:
    old, new = make_organisation(), make_organisation()
    committee = make_committee()
    seats.create(committee=committee, organisation=old, rank=1, voice="deliberative", starts_on=ON, actor=None)
    action = make_action(committee, owner=old)
    with pytest.raises(DomainError) as refused:
        merged(old, new)
    assert (refused.value.code, refused.value.field) == ("order", "on")
    action.refresh_from_db()
    assert action.owner == old and not Succession.objects.exists()
    with pytest.raises(DomainError):
        merged(old, old)
    with pytest.raises(Invalid):
        merged(old, new, on=ON + timedelta(days=1), act="x" * 301)


def test_a_seat_with_an_end_passes_until_its_end() -> None:
    old, new = make_organisation(), make_organisation()
    seat = make_seat(make_committee(), organisation=old, ends_on=date(2030, 1, 1))
    merged(old, new)
    assert seat.tenures.order_by("-starts_on").first().ends_on == date(2030, 1, 1)
    assert successions.holder_on(seat, date(2019, 1, 1)) == old, "before the first tenure, its first holder"


def test_the_holders_of_many_seats_are_found_with_three_queries(django_assert_num_queries: Any) -> None:
    committee = make_committee(seats=4)
    rows = list(committee.seats.all())
    with django_assert_num_queries(3):
        held = successions.holders_on(rows, ON)
        assert [held[seat.pk].name_on(ON) for seat in rows]


# -- the pages ------------------------------------------------------------------------------------------------------
@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


def address(**chosen: Any) -> str:
    query = "&".join(f"{name}={value}" for name, value in chosen.items())
    return f"{reverse('steering:succession-create')}?{query}"


@pytest.mark.feature(51)
def test_the_page_leads_from_the_institution_to_a_preview_and_then_acts_once(officer: Any) -> None:
    old, new = make_organisation(name_fr="Office Ancien"), make_organisation(name_fr="Office Nouveau")
    seat, action = make_seat(make_committee(), organisation=old), make_action(owner=old, title_fr="Action à passer")
    assert f"?organisation={old.pk}" in officer.get(address(q="office ancien")).content.decode()
    html = officer.get(address(organisation=old.pk)).content.decode()
    assert "Fusion dans une autre" in html and f"organisation={old.pk}&amp;kind=merger" in html
    html = officer.get(address(organisation=old.pk, kind="merger", q="office nouveau")).content.decode()
    assert f"organisation={old.pk}&amp;kind=merger&amp;successor={new.pk}" in html

    url = address(organisation=old.pk, kind="merger", successor=new.pk)
    values = {"on": "01/03/2026", "act": "Décret n° 5", "once": "y" * 20}
    preview = officer.post(url, values)
    html = preview.content.decode()
    assert "Ce qui passe au successeur" in html and "Action à passer" in html and 'name="confirmed"' in html
    assert not Succession.objects.exists()
    for _time in range(2):
        done = officer.post(url, values | {"confirmed": "on"}, follow=True)
    seat.refresh_from_db()
    action.refresh_from_db()
    assert (seat.organisation, action.owner, Succession.objects.count()) == (new, new, 1)
    html = done.content.decode()
    assert "Office Ancien" in html and "Office Nouveau" in html and "Décret n° 5" in html


@pytest.mark.feature(51)
def test_a_split_asks_what_passes_and_keeps_it_through_the_preview(officer: Any) -> None:
    old, new = make_organisation(), make_organisation()
    stays, goes = make_seat(make_committee(), organisation=old), make_seat(make_committee(), organisation=old)
    url = address(organisation=old.pk, kind="split", successor=new.pk)
    assert f'name="seats" value="{goes.pk}"' in officer.get(url).content.decode().replace(
        'type="checkbox" class="form-check-input" ', ""
    )
    values = {"on": "01/03/2026", "act": "Décret", "seats": [goes.pk]}
    nothing = officer.post(url, values | {"seats": []})
    assert "Rien n’est choisi" in nothing.content.decode()
    html = officer.post(url, values).content.decode()
    assert "Ce qui reste" in html and stays.committee.name_fr in html
    officer.post(url, values | {"confirmed": "on"})
    stays.refresh_from_db()
    goes.refresh_from_db()
    assert (stays.organisation, goes.organisation) == (old, new)


def test_wrong_input_is_said_beside_its_field(officer: Any) -> None:
    old, new = make_organisation(), make_organisation()
    make_seat(make_committee(), organisation=old)
    url = address(organisation=old.pk, kind="merger", successor=new.pk)
    answer = officer.post(url, {"on": "30/02/2026", "act": ""})
    assert set(answer.context["form"].errors) == {"on", "act"}
    future = {"on": "01/03/2031", "act": "x", "confirmed": "on"}
    assert "on" in officer.post(url, future).context["form"].errors
    itself = address(organisation=old.pk, kind="merger", successor=old.pk)
    told = officer.post(itself, {"on": "01/03/2026", "act": "x", "confirmed": "on"}).content.decode()
    assert "ne fusionne pas avec elle-même" in told
    nobody = officer.post(address(), {"name_fr": "N", "on": "01/03/2026", "act": "x", "version": 1})
    assert "Choisissez d’abord une institution." in nobody.content.decode()
    for wrong in (address(organisation=999999), address(organisation=old.pk, kind="merger", successor=999999)):
        assert officer.get(wrong).status_code == 404
    assert not Succession.objects.exists()


def test_a_rename_from_the_page(officer: Any) -> None:
    body = make_organisation()
    make_seat(make_committee(), organisation=body)
    url = address(organisation=body.pk, kind="rename")
    same = officer.post(
        url, {"name_fr": body.name_fr, "name_ar": body.name_ar, "on": "01/03/2026", "act": "x", "version": 1}
    )
    assert "name_fr" in same.context["form"].errors
    officer.post(url, {"name_fr": "Nom nouveau", "name_ar": "", "on": "01/03/2026", "act": "Décret", "version": 1})
    body.refresh_from_db()
    assert body.name_fr == "Nom nouveau"
    html = officer.get(reverse("steering:succession-list")).content.decode()
    assert body.former_names.get().name_fr in html and "Nom nouveau" in html


def test_the_list_is_flat_and_the_preview_asks_little(officer: Any) -> None:
    def more() -> None:
        old = make_organisation()
        make_seat(make_committee(), organisation=old)
        merged(old, make_organisation())

    assert_flat_queries(officer, reverse("steering:succession-list"), more)
    old = make_organisation()
    make_seat(make_committee(), organisation=old)
    assert len(queries_of(officer, address(organisation=old.pk, kind="split", successor=make_organisation().pk))) <= 20
