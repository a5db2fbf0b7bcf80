"""The demonstration: made by the domain's verbs, documented where it speaks of 2014, gone whole when it goes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from accounts.models import User
from clusters.models import Cluster, Membership
from core.enums import MessageState
from core.models import Message
from directory.models import Consent, Person
from pasri_portal.demo import loading
from trainings.domain import verification
from trainings.enums import RegistrationState, SessionState
from trainings.models import Attendance, Certificate, Registration, Session


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with override_settings(STATE_DIR=tmp_path_factory.mktemp("state"), EMAIL_URL=""):
        yield settings.STATE_DIR


@pytest.fixture(scope="module")
def loaded(state: Any, django_db_setup: None, django_db_blocker: Any) -> Iterator[loading.Loaded]:
    """Loaded once for the module, inside a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("reference", stdout=StringIO())
        before.update(counts())
        yield loading.load(now=timezone.now())
        transaction.set_rollback(True)


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
before: dict[str, int] = {}
"""Rows of every model once the reference data are there, for the test of the removal."""


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def test_seminar_of_2014_says_only_what_is_documented(loaded: loading.Loaded) -> None:
    session = Session.objects.get(training__programme__code="pasri")
    assert session.state == SessionState.HELD and not session.is_fictional
    assert [part.capacity for part in session.parts.all()] == [None, None]
    assert sum(part.half_days.count() for part in session.parts.all()) == 8
    people = Registration.objects.filter(part__session=session)
    assert sorted(people.values_list("name_latin", flat=True)) == ["Ouannassi Idoudi", "Yahia Alia"]
    assert set(people.values_list("email", "consent_text")) == {("", None)}
    assert not Attendance.objects.filter(registration__in=people).exists()
    assert not Certificate.objects.filter(registration__in=people).exists()
    assert not Consent.objects.filter(person__registrations__in=people).exists()
    assert not Person.objects.filter(registrations__in=people, email__isnull=False).exists()
    assert session.venue == ""


def test_season_shows_every_stage_of_a_session(loaded: loading.Loaded) -> None:
    season = Session.objects.filter(training__programme__code="demonstration")
    assert set(season.values_list("state", flat=True)) == {
        "draft",
        "proposed",
        "open",
        "closed",
        "postponed",
        "held",
        "cancelled",
    }
    states = set(Registration.objects.filter(part__session__in=season).values_list("state", flat=True))
    assert {"confirmed", "waiting", "offered", "review", "cancelled"} <= states
    full = season.get(title_fr="Constituer le vivier d’animateurs").parts.get()
    assert full.taken == full.capacity
    assert all(session.is_fictional for session in season)


def test_certificates_of_the_season_verify_as_demonstration(loaded: loading.Loaded) -> None:
    certificate = Certificate.objects.first()
    assert certificate is not None
    verdict = verification.by_token(certificate.check_token)
    assert verdict is not None and verdict.is_valid
    assert certificate.fields["demonstration"] and certificate.signing_key.is_demo


def test_nobody_is_written_to(loaded: loading.Loaded) -> None:
    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.NOT_SENT}
    assert all(address.endswith(".invalid") for address in Message.objects.values_list("to_email", flat=True))


def test_accounts_are_random_kept_for_their_owner_and_open_the_door(loaded: loading.Loaded, state: Any) -> None:
    path = state / "demo-accounts.json"
    assert path.stat().st_mode & 0o777 == 0o600
    printed = StringIO()
    call_command("demo_accounts", "--json", stdout=printed)
    rows = json.loads(printed.getvalue())
    assert {row["role"] for row in rows} == {"manager", "officer", "trainer", "member", "animator", "auditor"}
    assert len({row["password"] for row in rows}) == len(rows)
    manager = next(row for row in rows if row["role"] == "manager")
    user = authenticate(email=manager["email"], password=manager["password"])
    assert isinstance(user, User) and user.is_manager


def test_demonstration_refuses_where_it_has_no_place(loaded: loading.Loaded) -> None:
    with pytest.raises(CommandError, match="already"):
        call_command("demo", "load", stdout=StringIO())
    with override_settings(EMAIL_URL="smtp://localhost:25"), pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("demo", "load", stdout=StringIO())
    with override_settings(PRODUCTION=True), pytest.raises(CommandError, match="production"):
        call_command("demo", "load", stdout=StringIO())


def test_removal_refuses_when_own_rows_hang_on_it(loaded: loading.Loaded) -> None:
    waiting = Registration.objects.filter(state=RegistrationState.REVIEW).first()
    assert waiting is not None
    programme = Session.objects.get(training__programme__code="pasri").training.programme
    programme.origin = "own"
    programme.save()
    with pytest.raises(CommandError, match="refer to it"):
        call_command("demo", "remove", stdout=StringIO())
    assert User.objects.filter(is_demo=True).exists()


def test_demonstration_goes_whole(loaded: loading.Loaded, state: Any) -> None:
    """Last in the module: it takes the files away too. Numbers that were given stay given."""
    call_command("demo", "remove", stdout=StringIO())
    after = counts()
    assert {label for label in after if after[label] != before[label]} <= {"core.Series", "contenttypes.ContentType"}
    assert not (state / "demo-accounts.json").exists()
    assert not list((state / "signing-keys").glob("*"))


def test_clusters_that_sources_name_say_no_more_than_these(loaded: loading.Loaded) -> None:
    named = Cluster.objects.filter(origin="documented")
    assert named.count() == 10
    for cluster in named:
        assert cluster.source and cluster.is_public
        assert (cluster.stage, cluster.support, cluster.confirmed_on) == ("", "", None)
        assert not cluster.memberships.exists()


def test_fictional_clusters_show_every_kind_state_and_sort_of_member(loaded: loading.Loaded) -> None:
    fictional = Cluster.objects.filter(origin="fictional")
    assert set(fictional.values_list("kind", flat=True)) == {"productive", "innovation", "craft"}
    assert set(fictional.values_list("state", flat=True)) == {"draft", "published", "archived"}
    members = Membership.objects.filter(cluster__in=fictional)
    assert members.filter(person__isnull=False).exists() and members.filter(organisation__kind="firm").exists()
    assert members.filter(ends_on__isnull=False).exists()
    assert all(row.is_fictional for row in fictional)
