"""What the lists of the directory show, and by what they are filtered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models.user import normalise_email
from core import search
from core.formats import cleaned, parse_tax_number
from core.formats.tax_numbers import DIGITS, TAXPAYER
from core.lists import ANY, Empty, FilterForm, ListSpec, Sort
from directory.enums import OrganisationKind
from directory.models import Affiliation, Delegation, FormerName, Governorate, Organisation, Person, Programme, Sector
from directory.permissions import can_see_contacts

FEW = 4


def choices_of(model: Any, label: Any, order: str) -> forms.ModelChoiceField:
    """A filter that offers every row of a small table."""
    return forms.ModelChoiceField(label=label, queryset=model.objects.order_by(order), empty_label=ANY)


class PersonFilter(FilterForm):
    """By place, by organisation today (from its page), by account; an address is looked for as such."""

    search_label = _("Name, function or address")

    governorate = choices_of(Governorate, _("Governorate"), "name_fr")
    account = forms.ChoiceField(
        label=_("Account"), choices=[("", ANY), ("with", _("With an account")), ("without", _("Without an account"))]
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.order_by("order_fr", "id"), widget=forms.HiddenInput
    )

    def search(self, rows: models.QuerySet[Any], text: str, *, field: str) -> models.QuerySet[Any]:
        if "@" in text:
            return rows.filter(email__startswith=normalise_email(text))
        return super().search(rows, text, field=field)

    def filter_account(self, rows: models.QuerySet[Person], value: str) -> models.QuerySet[Person]:
        return rows.filter(user__isnull=value == "without")

    def filter_organisation(self, rows: models.QuerySet[Person], value: Organisation) -> models.QuerySet[Person]:
        open_ones = Affiliation.objects.filter(person=OuterRef("pk"), organisation=value, ends_on__isnull=True)
        return rows.filter(Exists(open_ones))


class OrganisationFilter(FilterForm):
    """By kind, place and sector; a former name finds the organisation that bore it, and so does the tax number."""

    search_label = _("Name, acronym or tax number")

    delegation = forms.ModelChoiceField(
        label=_("Delegation"), queryset=Delegation.objects.all(), widget=forms.HiddenInput
    )

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", ANY), *OrganisationKind.choices])
    governorate = choices_of(Governorate, _("Governorate"), "name_fr")
    sector = choices_of(Sector, _("Sector"), "name_fr")

    def search(self, rows: models.QuerySet[Any], text: str, *, field: str) -> models.QuerySet[Any]:
        number = _tax_number_in(text) if can_see_contacts(self.request.user) else ""
        if number:
            return rows.filter(tax_number__startswith=number)
        names = FormerName.objects.filter(organisation=OuterRef("pk"))
        for word in search.words(text):
            former = search.condition_on(word, "acronym", "name_fr", "name_ar", "name_en")
            rows = rows.filter(Q(search.condition(word, field)) | Exists(names.filter(former)))
        return rows


def _tax_number_in(text: str) -> str:
    """The beginning of the stored numbers that are looked for; fewer than four digits are part of a name ("3D")."""
    digits = sum(char.isdecimal() for char in text)
    try:
        return parse_tax_number(text)[:TAXPAYER] if digits >= FEW else ""
    except ValueError:
        typed = cleaned(text)
        return typed if typed.isdecimal() and digits == DIGITS else ""


PERSONS = ListSpec(
    model=Person,
    sorts=[Sort("name", _("Name"), "order_latin", ar="order_ar"), Sort("entered", _("Entered on"), "-created_at")],
    filters=PersonFilter,
    count=ngettext_lazy("%(shown)s person", "%(shown)s persons", "n"),
    empty=Empty(
        _("Nobody yet"),
        _("People come in by registering for a session, or are entered here: a trainer, a participant without e-mail."),
        url_name="directory:person-create",
        action=_("Enter a person"),
        icon="people",
    ),
)

ORGANISATIONS = ListSpec(
    model=Organisation,
    sorts=[Sort("name", _("Name"), "order_fr", ar="order_ar")],
    filters=OrganisationFilter,
    count=ngettext_lazy("%(shown)s organisation", "%(shown)s organisations", "n"),
    empty=Empty(
        _("No organisation yet"),
        _("The reference data bring the institutions; firms and associations are entered here."),
        url_name="directory:organisation-create",
        action=_("Enter an organisation"),
        icon="committee",
    ),
)

PROGRAMMES = ListSpec(
    model=Programme,
    sorts=[Sort("name", _("Name"), "order_fr", ar="order_ar"), Sort("code", _("Code"), "code")],
    count=ngettext_lazy("%(shown)s programme", "%(shown)s programmes", "n"),
    empty=Empty(
        _("No programme yet"),
        _("Every training belongs to a programme: what pays and what reports."),
        url_name="directory:programme-create",
        action=_("Enter a programme"),
        icon="clip",
    ),
)
