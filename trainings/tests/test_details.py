"""Staff mend what a person typed, so that a certificate can be issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, ReasonRequired, StaleObject
from trainings.domain import certificates, details, eligibility
from trainings.tests.factories import make_registration
from trainings.tests.test_certificates import attended

pytestmark = pytest.mark.django_db


def test_missing_name_is_mended_and_the_certificate_issued(
    client_for: Callable[..., Any], settings: Any, tmp_path: Any
) -> None:
    settings.STATE_DIR = tmp_path
    registration = attended(name_ar="")
    registration.person.name_ar = ""
    registration.person.save()
    url = reverse("trainings:registration-edit", args=[registration.pk])
    browser = client_for(make_user("officer"))
    form = browser.get(url).context["form"]
    values = {**form.initial, "governorate": "", "name_ar": "مشارك", "version": registration.version}
    without = browser.post(url, {**values, "reason": ""})
    assert "reason" in without.context["form"].errors and "مشارك" in without.content.decode()
    browser.post(url, {**values, "reason": "Carte d’identité"})
    registration.refresh_from_db()
    registration.person.refresh_from_db()
    assert registration.name_ar == registration.person.name_ar == "مشارك"
    assert eligibility.of(registration).is_ready
    certificates.issue(registration=registration, actor=None, now=timezone.now())
    assert journal.history_of(registration)[0].reason.text == "Carte d’identité"


def test_missing_name_is_reached_from_the_certificates_and_leads_back_to_them(client_for: Callable[..., Any]) -> None:
    registration = attended(name_ar="")
    tab = reverse("trainings:certificate-tab", args=[registration.part.session.slug])
    url = reverse("trainings:registration-edit", args=[registration.pk]) + "?from=certificates"
    browser = client_for(make_user("officer"))
    assert f'href="{url}"' in browser.get(tab).content.decode()
    values = {**browser.get(url).context["form"].initial, "governorate": "", "name_ar": "مشارك", "reason": "Carte"}
    assert browser.post(url, {**values, "version": registration.version}).url == tab
    assert url not in browser.get(tab).content.decode()


def test_known_name_of_the_person_stays() -> None:
    registration = make_registration(name_latin="Ancien nom")
    details.correct(
        registration=registration, version=None, actor=make_user(), reason="Coquille", name_latin="Nouveau nom"
    )
    registration.person.refresh_from_db()
    assert registration.person.name_latin == "Ancien nom"


def test_correction_refuses_without_reason_without_name_when_stale_and_after_the_end() -> None:
    registration, actor = make_registration(), make_user()
    case = {"registration": registration, "actor": actor}
    with pytest.raises(ReasonRequired):
        details.correct(version=None, reason=" ", name_ar="اسم", **case)
    with pytest.raises(DomainError) as error:
        details.correct(version=None, reason="x", name_ar="", name_latin="", **case)
    assert error.value.field == "name_latin"
    with pytest.raises(StaleObject):
        details.correct(version=registration.version + 1, reason="x", name_ar="اسم", **case)
    ended = make_registration(state="cancelled")
    with pytest.raises(DomainError) as error:
        details.correct(registration=ended, version=None, actor=actor, reason="x", name_ar="اسم")
    assert error.value.code == "ended"


def test_same_values_leave_no_line_in_the_history() -> None:
    registration = make_registration()
    case = {"registration": registration, "version": None, "actor": make_user(), "reason": "x"}
    details.correct(name_ar=registration.name_ar, **case)
    assert not journal.history_of(registration).exists()


def test_two_corrections_at_once_are_joined_or_shown_side_by_side(client_for: Callable[..., Any]) -> None:
    registration = make_registration(name_latin="Avant", organisation_text="Structure A")
    browser = client_for(make_user("officer"))
    address = reverse("trainings:registration-edit", args=[registration.pk])
    typed = {name: value or "" for name, value in browser.get(address).context["form"].initial.items()}
    details.correct(registration=registration, version=1, actor=make_user(), reason="Carte", function="Directrice")
    browser.post(address, {**typed, "name_latin": "Après", "reason": "Passeport"})
    registration.refresh_from_db()
    assert (registration.name_latin, registration.function) == ("Après", "Directrice")
    changed = {"organisation": None, "organisation_text": "Structure B"}
    details.correct(registration=registration, version=None, actor=make_user(), reason="Carte", **changed)
    typed |= {"name_latin": "Après", "function": "Directrice", "version": registration.version, "reason": "Courrier"}
    response = browser.post(address, {**typed, "organisation": "Structure C"})
    assert response.status_code == 409
    [conflict] = response.context["merge"].conflicts
    assert (conflict.mine, conflict.theirs) == ("Structure C", "Structure B")
    latest = {"version": response.context["merge"].version, "pick-organisation": "theirs"}
    browser.post(address, {**typed, **latest, "organisation": "Structure C", "name_ar": "بعد"})
    registration.refresh_from_db()
    assert (registration.organisation_text, registration.name_ar) == ("Structure B", "بعد")
