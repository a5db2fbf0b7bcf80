"""Tax numbers: the vectors of published numbers, what is typed, what is kept, what is shown."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from core.formats import fields
from core.formats.tax_numbers import is_key_right, key_of, parse_tax_number, seat_of, tax_number

NBSP = "\u00a0"


@pytest.mark.parametrize("number", ["1282182W", "1182431M", "1496298T", "0000121J"])
def test_published_numbers_have_the_key_of_their_digits(number: str) -> None:
    assert parse_tax_number(number) == number
    assert is_key_right(number)


@pytest.mark.parametrize("number", ["1282182A", "0122638A", "1222014Y", "1212130A", "0333640H"])
def test_a_wrong_key_is_well_formed_and_known_as_wrong(number: str) -> None:
    assert parse_tax_number(number) == number
    assert not is_key_right(number)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("121J", "0000121J"),
        (" 1282182 w ", "1282182W"),
        ("1282182/W/A/M/000", "1282182WAM000"),
        ("1282182 w / a / m / 000", "1282182WAM000"),
        ("1282182-W.B.E.012", "1282182WBE012"),
        ("1282182WFC000", "1282182WFC000"),  # F: flat-rate payers, from the course of the industry agency
        ("١٢٨٢١٨٢W", "1282182W"),
        ("\u200e۱۲۸۲۱۸۲ W\u202c", "1282182W"),
        ("1282182\u00a0W/D/N/000", "1282182WDN000"),
        ("1282182WPP000", "1282182WPP000"),
    ],
)
def test_what_is_typed_is_brought_to_one_form(typed: str, kept: str) -> None:
    assert parse_tax_number(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("1219773U", "1219773I", "1219773O"),  # no key letters
        *("", "W", "1282182", "12821821W", "1282182WW", "0000000A", "1282182é", "１２", "+1282182W"),
        *("1282182WA", "1282182WAM", "1282182WAM00", "1282182WAM0000", "1282182WXM000", "1282182WAZ000"),
        "1282182WAM001",  # an establishment of its own is of category E
        *("=1282182W", "1282182W'--", "<b>1282182W</b>", "1282182W\n1182431M"),
    ],
)
def test_another_form_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_tax_number(typed)


def test_every_key_letter_can_come_out() -> None:
    assert len({key_of(f"{number:07}") for number in range(1, 400)}) == 23


def test_the_short_form_is_that_of_the_seat() -> None:
    assert seat_of("1282182W") == seat_of("1282182WAM000") == seat_of("1282182WBM000")
    assert seat_of("1282182WAE001") != seat_of("1282182W")


def test_it_is_shown_in_groups_and_read_back() -> None:
    assert tax_number("1234567A") == f"1234567{NBSP}A"
    assert tax_number("1234567ABM000") == f"1234567{NBSP}A/B/M/000"
    field = fields.TaxNumberField(required=False)
    for kept in ("1234567A", "1234567ABM000", "0000121J"):
        assert field.clean(field.prepare_value(kept)) == kept
        assert not field.has_changed(kept, tax_number(kept))
    assert field.prepare_value("not a number") == "not a number"
    assert field.clean("") == ""
    with pytest.raises(ValidationError):
        field.clean("1219773U")
    html = Template("{% tax_number one %}|{% tax_number none missing=True %}").render(
        Context({"one": "0000121JAM000", "none": ""})
    )
    assert html.startswith(f'<bdi class="code">0000121{NBSP}J/A/M/000</bdi>|<span')
