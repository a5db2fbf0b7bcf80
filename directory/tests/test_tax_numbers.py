"""The tax number of an organisation: refused, warned about, confirmed with a reason, borne by one alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.errors import ReasonRequired
from core.saving import Invalid
from core.testing.races import errors_in, race
from directory.domain import organisations
from directory.errors import TaxNumberTaken, WrongTaxKey
from directory.models import Organisation
from directory.tests.factories import make_organisation

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]
NBSP = "\u00a0"
NEW = {"name_fr": "Atelier Exemple", "kind": "firm"}


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


def verbs_of(organisation: Organisation) -> list[str]:
    return [entry.verb for entry in journal.history_of(organisation)]


def test_a_right_number_is_kept_and_a_second_save_changes_nothing() -> None:
    firm = organisations.create(actor=None, name_fr="Atelier", kind="firm", tax_number="1282182W")
    again = organisations.update(organisation=firm, version=1, actor=None, tax_number="1282182W")
    assert (again.tax_number, again.version, again.has_odd_tax_key) == ("1282182W", 1, False)
    assert verbs_of(firm) == ["organisation.create"]
    organisations.update(organisation=firm, version=1, actor=None, tax_number="")
    assert verbs_of(firm) == ["organisation.edit", "organisation.create"]


def test_a_wrong_key_needs_a_confirmation_and_its_reason() -> None:
    firm = make_organisation()
    with pytest.raises(WrongTaxKey, match="W"):
        organisations.update(organisation=firm, version=1, actor=None, tax_number="1282182A")
    with pytest.raises(ReasonRequired) as refused:
        organisations.update(
            organisation=firm, version=1, actor=None, tax_number="1282182A", key_confirmed=True, key_reason=" "
        )
    assert refused.value.field == "key_reason"
    firm = organisations.update(
        organisation=firm,
        version=1,
        actor=None,
        tax_number="1282182A",
        key_confirmed=True,
        key_reason="Patente vue",
    )
    assert firm.has_odd_tax_key
    [entry, edit] = journal.history_of(firm)
    assert (entry.verb, entry.reason.text, edit.verb) == ("organisation.tax_key", "Patente vue", "organisation.edit")
    organisations.update(organisation=firm, version=2, actor=None, acronym="AE", tax_number="1282182A")  # asked once
    assert verbs_of(firm)[0] == "organisation.edit"


@pytest.mark.parametrize(
    ("known", "typed", "taken"),
    [
        ("1282182W", "1282182W", True),
        ("1282182W", "1282182WAM000", True),
        ("1282182WAM000", "1282182W", True),
        ("1282182WAM000", "1282182WBM000", True),
        ("1282182WAM000", "1282182WAE001", False),
        ("1282182WAE001", "1282182WAE001", True),
        ("1282182WAE001", "1282182W", False),
        ("", "1282182W", False),
    ],
)
def test_a_number_is_borne_by_one_organisation(known: str, typed: str, taken: bool) -> None:
    other = make_organisation("Conserverie", tax_number=known)
    if taken:
        with pytest.raises(TaxNumberTaken, match="Conserverie"):
            organisations.create(actor=None, name_fr="Atelier", kind="firm", tax_number=typed)
        with pytest.raises(IntegrityError), transaction.atomic():
            make_organisation(tax_number=typed)
    else:
        organisations.create(actor=None, name_fr="Atelier", kind="firm", tax_number=typed)
    organisations.update(organisation=other, version=1, actor=None, tax_number=known, acronym="C")


@pytest.mark.parametrize("wrong", ["1219773U", "121J", "1282182w", "1282182WAM001", "1282182 W"])
def test_the_database_keeps_no_other_form(wrong: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_organisation(tax_number=wrong)
    with pytest.raises(Invalid) as refused:
        organisations.create(
            actor=None, name_fr="Atelier", kind="firm", tax_number=wrong, key_confirmed=True, key_reason="Vu"
        )
    assert refused.value.field == "tax_number"


def enter(name: str) -> Organisation:
    return organisations.create(actor=None, name_fr=name, kind="firm", tax_number="1282182W")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("guarded", [True, False])
def test_two_who_enter_one_number_at_once_make_one_organisation(guarded: bool) -> None:
    """The twin without the constraint makes two: looking first is no guard."""
    if not guarded:
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX organisation_tax_number_once")
    try:
        for attempt in range(1 if guarded else 8):  # a busy machine may let one finish before the others look
            names = [f"{name} {attempt}" for name in ("Un", "Deux", "Trois", "Quatre")]
            results = race(*[lambda name=name: enter(name) for name in names])
            count = Organisation.objects.filter(tax_number="1282182W").count()
            if count > 1:
                break
            if not guarded:
                Organisation.objects.all().delete()
        if guarded:
            assert count == 1
            assert all(isinstance(error, (TaxNumberTaken, Invalid)) for error in errors_in(results))
        else:
            assert count > 1
    finally:
        if not guarded:
            Organisation.objects.all().delete()
            [rule] = [c for c in Organisation._meta.constraints if c.name == "organisation_tax_number_once"]
            with connection.schema_editor() as editor:
                editor.add_constraint(Organisation, rule)


@pytest.mark.feature(2)
def test_staff_are_refused_warned_and_confirm_without_losing_what_they_typed(officer: Any) -> None:
    url = reverse("directory:organisation-create")
    typed = NEW | {"name_ar": "ورشة مثال", "source": "Registre"}
    refused = officer.post(url, typed | {"tax_number": "1219773 U"})
    assert set(refused.context["form"].errors) == {"tax_number"}
    page = refused.content.decode()
    assert 'value="1219773 U"' in page and 'value="ورشة مثال"' in page
    assert 'type="checkbox" name="key_confirmed"' not in page

    warned = officer.post(url, typed | {"tax_number": "١٢٨٢١٨٢ a"})
    page = warned.content.decode()
    assert set(warned.context["form"].errors) == {"tax_number"}
    assert f'value="1282182{NBSP}A"' in page and 'value="Registre"' in page
    assert 'type="checkbox" name="key_confirmed"' in page and 'type="text" name="key_reason"' in page
    assert page.index('name="tax_number"') < page.index('name="key_confirmed"') < page.index('name="governorate"')

    silent = officer.post(url, typed | {"tax_number": "1282182 A", "key_confirmed": "on", "key_reason": ""})
    assert set(silent.context["form"].errors) == {"key_reason"}
    confirmed = {"tax_number": "1282182 A", "key_confirmed": "on", "key_reason": "Patente de 2011 vue"}
    page = officer.post(url, typed | confirmed, follow=True).content.decode()
    firm = Organisation.objects.get()
    assert firm.tax_number == "1282182A"
    assert f"1282182{NBSP}A" in page and "Patente de 2011 vue" in page

    edit = reverse("directory:organisation-edit", args=[firm.pk])
    assert f'value="1282182{NBSP}A"' in officer.get(edit).content.decode()
    officer.post(edit, typed | {"tax_number": f"1282182{NBSP}A", "acronym": "AE", "version": "1"})
    firm.refresh_from_db()
    assert firm.acronym == "AE", "a key that was confirmed once is not asked about again"


def test_a_number_that_another_bears_is_said_by_its_name(officer: Any) -> None:
    make_organisation("Conserverie Exemple", tax_number="1282182W")
    page = officer.post(reverse("directory:organisation-create"), NEW | {"tax_number": "1282182/W/A/M/000"})
    assert "Conserverie Exemple" in page.context["form"].errors["tax_number"][0]


@pytest.mark.parametrize("typed", ["1282182", "1282182 W", "1282182/W/A/M/000", "1282182waE001", "١٢٨٢١٨٢"])
def test_the_list_finds_by_number(officer: Any, typed: str) -> None:
    firm = make_organisation("Un", tax_number="1282182WAM000")
    make_organisation("3D Tunisie", tax_number="1182431M")
    rows = officer.get(reverse("directory:organisation-list"), {"q": typed}).context["page"].rows
    assert [row.pk for row in rows] == [firm.pk]
    assert len(officer.get(reverse("directory:organisation-list"), {"q": "3d"}).context["page"].rows) == 1


def test_the_export_keeps_leading_zeros_and_is_for_staff(officer: Any, client_for: Browse) -> None:
    make_organisation(tax_number="0000121JAM000")

    def file_of(client: Any) -> list[dict[str, str]]:
        answer = client.post(reverse("directory:organisation-list"), {"export": "csv"}, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))

    [row] = file_of(officer)
    assert row["Matricule fiscal"] == "0000121JAM000"
    [row] = file_of(client_for(make_user("auditor")))
    assert "Matricule fiscal" not in row


def test_an_auditor_sees_no_tax_number(client_for: Browse) -> None:
    auditor: User = make_user("auditor")
    firm = make_organisation("Un", tax_number="1282182W")
    client = client_for(auditor)
    assert "1282182" not in client.get(reverse("directory:organisation-detail", args=[firm.pk])).content.decode()
    assert not client.get(reverse("directory:organisation-list"), {"q": "1282182"}).context["page"].rows
