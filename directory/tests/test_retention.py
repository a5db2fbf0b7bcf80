"""Addresses and telephones are erased when their time is over, and stay while they are needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal, privacy
from directory import tasks
from directory.domain import consents, retention
from directory.models import Consent, Person
from directory.tests.factories import make_consent, make_organisation, make_person

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def withdrawn(person: Person, days: int) -> Consent:
    return make_consent(person, given_at=NOW - timedelta(days + 1), withdrawn_at=NOW - timedelta(days))


def reachable() -> list[Person]:
    return list(Person.objects.exclude(email__isnull=True, phone="").order_by("pk"))


@pytest.mark.feature(124)
def test_contacts_are_erased_thirty_days_after_the_consent_was_withdrawn() -> None:
    due, early, standing = make_person(phone="+21671234567"), make_person(), make_person()
    withdrawn(due, 30)
    withdrawn(early, 29)
    consents.give(person=standing, text=make_consent(make_person()).text, language="fr", given_at=NOW)
    withdrawn(standing, 90)
    tasks.purge()
    tasks.purge()  # every task is run twice
    due.refresh_from_db()
    assert (due.email, due.phone, due.name_latin != "") == (None, "", True)
    assert early in reachable() and standing in reachable()
    assert set(due.events.values_list("email", "phone")) == {(None, "")}  # type: ignore[attr-defined]
    assert [entry.verb for entry in journal.history_of(due)] == ["person.purge"]


def test_contacts_of_a_silent_file_are_erased_after_five_years() -> None:
    long_ago = NOW - timedelta(days=5 * 365 + 1)
    silent = make_person(created_at=long_ago)
    kept = [
        make_person(),
        make_person(created_at=long_ago, organisation=make_organisation()),
        make_person(created_at=long_ago, user=make_user("trainer")),
    ]
    consented = make_person(created_at=long_ago)
    make_consent(consented)
    assert retention.purge_contacts(NOW) == 1
    assert silent not in reachable() and reachable() == [*kept, consented]


def test_what_another_app_needs_keeps_the_contacts(monkeypatch: pytest.MonkeyPatch) -> None:
    needed, due = make_person(name_latin="Attendue"), make_person()
    for person in (needed, due):
        withdrawn(person, 60)
    monkeypatch.setattr(retention, "_uses", [])
    retention.register_use(lambda now: Q(name_latin="Attendue"))
    assert retention.purge_contacts(NOW) == 1
    assert reachable() == [needed]


def test_purge_runs_every_registered_period(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    own = privacy.Retention(code="x.y", label="X", days=1, purge=lambda now: seen.append(now) or 3)  # type: ignore[func-returns-value]
    monkeypatch.setattr(privacy, "_retentions", dict(privacy._retentions))
    privacy.retain(own)
    assert privacy.purge(now=NOW)["x.y"] == 3 and seen == [NOW]
