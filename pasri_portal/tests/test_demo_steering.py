"""The steering of the demonstration: of 2014 what is documented, in the season something of everything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import files
from core.models import StoredFile
from pasri_portal.demo import loading
from steering.domain import acts, minutes, orphans, rules
from steering.models import Action, Committee, Decision, Mandate, Meeting, Minutes, PlanVersion, Recommendation, Remark


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the module, inside a transaction that is rolled back."""
    state = override_settings(
        STATE_DIR=tmp_path_factory.mktemp("state"), MEDIA_ROOT=tmp_path_factory.mktemp("media"), EMAIL_URL=""
    )
    with state, django_db_blocker.unblock(), transaction.atomic():
        call_command("reference", stdout=StringIO())
        loading.load(now=timezone.now())
        yield
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def national() -> Committee:
    return Committee.objects.get(origin="documented")


def fictional() -> Committee:
    return Committee.objects.get(origin="fictional")


def test_the_committee_of_2014_has_its_seats_and_nobody_in_them() -> None:
    committee = national()
    seats = committee.seats.order_by("rank")
    assert seats.count() == 13
    assert [seat.organisation.kind for seat in seats].count("ministry") == 6
    assert [seat.organisation.acronym for seat in seats if seat.presides] == ["MIEM"]
    assert {seat.voice for seat in seats} == {"unknown"}
    assert not Mandate.objects.filter(seat__in=seats).exists()
    assert not committee.meetings.exists() and not committee.actions.exists() and not committee.plans.exists()


def test_no_rule_of_the_order_is_invented() -> None:
    (act,) = acts.versions_of(national())
    assert act.signed_on == date(2014, 1, 28)
    assert rules.missing(act) == list(rules.RULES)


def test_the_two_recommendations_stand_word_for_word_and_are_split() -> None:
    rows = {row.code: row for row in Recommendation.objects.filter(committee=national())}
    assert sorted(rows) == ["R1", "R1a", "R1b", "R2", "R2a", "R2b", "R2c"]
    assert rows["R1"].text_fr == (
        "identification des partenaires de terrain et la constitution d’un vivier d’animateurs potentiels"
    )
    assert rows["R2"].text_fr == (
        "mise en place de lignes budgétaires pour des actions collectives (Clusters Grappes artisanales) ainsi que des "
        "Fonds de financement dédiés aux clusters"
    )
    for row in rows.values():
        assert (row.state, row.given_on, row.origin) == ("proposed", date(2014, 5, 9), "documented")
        assert row.session is not None and row.session.training.programme.code == "pasri"
        assert row.addressee is None and not row.actions.exists()
    parts = [row for row in rows.values() if row.parent_id]
    assert all(row.closure_fr and row.closure_ar and row.text_ar for row in parts)


def test_the_fictional_committee_met_and_sent_its_minutes() -> None:
    committee = fictional()
    held, convened, planned = committee.meetings.order_by("starts_at")
    assert (held.state, convened.state, planned.state) == ("held", "convened", "planned")
    assert sorted(Decision.objects.filter(item__meeting=held).values_list("mode", "state")) == [
        ("consensus", "adopted"),
        ("named", "adopted"),
    ]
    row = Minutes.objects.get(meeting=held)
    assert row.state == "remarks" and row.remarks_until is not None and row.remarks_until > timezone.now()
    text = minutes.newest_text(row)
    assert text is not None and minutes.is_whole(text) and text.files.count() == 4
    assert not minutes.is_changed(held, text)
    assert set(Remark.objects.values_list("state", flat=True)) == {"open", "left"}
    assert [item.kind for item in planned.items.order_by("position")][:2] == ["minutes", "actions"]


def test_actions_stand_in_every_state_some_long_overdue() -> None:
    actions = Action.objects.filter(committee=fictional())
    assert set(actions.values_list("state", flat=True)) == {"todo", "running", "declared", "verified", "dropped"}
    assert actions.overdue(on=timezone.localdate()).count() >= 3
    assert actions.filter(slips__isnull=False).exists() and actions.filter(evidence__isnull=False).exists()
    assert actions.filter(parent__isnull=False).count() == 2
    assert orphans.of(committee=fictional(), user=make_user("officer")).decisions == []


def test_a_plan_is_adopted_and_its_next_version_under_review() -> None:
    versions = PlanVersion.objects.filter(plan__committee=fictional()).order_by("number")
    assert [version.state for version in versions] == ["adopted", "review"]
    verdicts = set(versions[1].reviews.values_list("verdict", flat=True))
    assert verdicts == {"approve", "changes", "recuse", "lacking"}


def test_the_demo_member_sits_in_the_fictional_committee_alone() -> None:
    member = User.objects.get(email="member@demo.invalid")
    assert list(Committee.objects.visible_to(member)) == [fictional()]
    assert Meeting.objects.visible_to(member).count() == 2, "what is planned is the secretariat’s own"


def test_everybody_in_it_is_called_an_example() -> None:
    people = [mandate.person for mandate in Mandate.objects.filter(seat__committee=fictional())]
    assert people and all("Exemple" in person.name_latin and "المثال" in person.name_ar for person in people)


def test_its_files_go_with_it() -> None:
    """Last in the module."""
    kept = [files.path_of(stored) for stored in StoredFile.objects.all()]
    assert kept and all(path.exists() for path in kept)
    call_command("demo", "remove", stdout=StringIO())
    assert not Committee.objects.exists() and not StoredFile.objects.exists()
    assert not any(path.exists() for path in kept)
