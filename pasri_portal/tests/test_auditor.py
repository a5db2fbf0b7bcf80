"""An auditor reads figures and documents: no page that opens for the role shows a participant's name or contact."""

from __future__ import annotations

import pytest

from accounts.tests.factories import make_user
from core.testing.client import StrictClient
from directory.models import Person
from pasri_portal.tests.addresses import rows, url_of
from trainings.models import Registration

pytestmark = pytest.mark.django_db
NAME, NAME_AR, EMAIL, PHONE = "Zoubeïda Marqueur", "زبيدة علامة", "marqueur@example.tn", "+21698765432"
MARKS = (NAME, NAME_AR, EMAIL, PHONE, "98 765 432")


def mark_everybody() -> None:
    """Whatever the rows' objects hold of people becomes recognisable."""
    for person in Person.objects.all():
        Person.objects.filter(pk=person.pk).update(name_latin=NAME, name_ar=NAME_AR, phone=PHONE)
    Registration.objects.update(name_latin=NAME, name_ar=NAME_AR, email=EMAIL)


@pytest.mark.feature(116)
def test_no_page_of_an_auditor_shows_a_name_or_a_contact() -> None:
    auditor, officer = StrictClient(), StrictClient()
    auditor.force_login(make_user("auditor"))
    officer.force_login(make_user("officer"))
    private = {name: row for name, row in rows().items() if row.method == "get" and row.answers["nobody"] != 200}
    addresses = {name: url_of(name, row) for name, row in private.items()}
    mark_everybody()
    shown = {name: marks for name, url in addresses.items() if (marks := marks_on(auditor, url))}
    assert shown == {}
    assert any(marks_on(officer, url) for url in addresses.values()), "the marks are nowhere: this test proves nothing"


def marks_on(browser: StrictClient, url: str) -> list[str]:
    answer = browser.get(url)
    if answer.status_code != 200 or answer.streaming:
        return []
    text = answer.content.decode(errors="replace")
    return [mark for mark in MARKS if mark in text]
