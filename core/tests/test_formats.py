"""Dates, hours, amounts and numbers: what is shown is what is read, in every language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.template import Context, Template
from django.utils import timezone, translation
from django.utils.formats import date_format, reset_format_cache

from core import formats
from core.formats import fields
from core.formats.names import MONTHS, WEEKDAYS

LANGUAGES = ("fr", "ar", "en")
TUNIS = ZoneInfo("Africa/Tunis")
LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def shown(day: date, language: str) -> list[str]:
    """Every way in which the portal shows a day, and what people make of it when they type or paste it."""
    short = date_format(day, "SHORT_DATE_FORMAT")
    texts = [
        short,
        date_format(day, "DATE_FORMAT"),
        formats.long_date(day, language),
        formats.plain_date(day, language),
        fields.DateField().prepare_value(day),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%y}",
        day.isoformat(),
        f"\u200f{short}\u200e ",
        short.replace("/", "\u00a0/\u00a0"),
    ]
    return [each for text in texts for each in (text, text.translate(EASTERN), text.translate(PERSIAN))]


@pytest.mark.parametrize("language", LANGUAGES)
def test_date_typed_is_the_date_shown_on_every_day(language: str) -> None:
    field = fields.DateField()
    with translation.override(language):
        wrong = [(text, day) for day in LEAP_YEAR for text in shown(day, language) if field.clean(text) != day]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_stock_date_field_reads_day_first_too(language: str) -> None:
    field = forms.DateField()
    with translation.override(language):
        wrong = [day for day in LEAP_YEAR if field.clean(date_format(day, "SHORT_DATE_FORMAT")) != day]
    assert wrong == []


def test_twin_stock_arabic_formats_swap_day_and_month(settings: Any) -> None:
    settings.FORMAT_MODULE_PATH = None
    reset_format_cache()
    try:
        with translation.override("ar"):
            typed = [date_format(day, "SHORT_DATE_FORMAT").replace("\u200f", "") for day in LEAP_YEAR]
            wrong = 0
            for day, text in zip(LEAP_YEAR, typed, strict=True):
                try:
                    wrong += forms.DateField().clean(text) != day
                except ValidationError:
                    continue
    finally:
        reset_format_cache()
    assert wrong == 132


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hour", [time(23, 30), time(0, 30)])
def test_moment_around_midnight_keeps_its_day(language: str, hour: time) -> None:
    field, template = fields.DateTimeField(), Template('{{ moment|date:"SHORT_DATETIME_FORMAT" }}')
    with translation.override(language):
        for day in LEAP_YEAR:
            moment = datetime.combine(day, hour, TUNIS).astimezone(UTC)
            text = template.render(Context({"moment": moment}))
            assert field.clean(text) == field.clean(text.translate(EASTERN)) == moment
            assert field.prepare_value(moment) == text
            assert timezone.localdate(moment) == day
            assert fields.DateField().clean(text.split()[0]) == day


def test_twin_day_taken_in_utc_is_wrong_after_midnight() -> None:
    moments = [datetime.combine(day, time(0, 30), TUNIS).astimezone(UTC) for day in LEAP_YEAR]
    assert all(moment.date() != day for moment, day in zip(moments, LEAP_YEAR, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_months_and_days_agree_with_django(language: str) -> None:
    with translation.override(language):
        months = [date_format(date(2024, month, 1), "F") for month in range(1, 13)]
        days = [date_format(date(2024, 1, day), "l") for day in range(1, 8)]
    assert months == list(MONTHS[language])
    assert days == list(WEEKDAYS[language])


def test_long_date_in_three_languages() -> None:
    day = date(2026, 6, 3)
    assert formats.long_date(day, "fr") == "mercredi 3 juin 2026"
    assert formats.long_date(day, "ar") == "الأربعاء 3 جوان 2026"
    assert formats.long_date(day, "en") == "Wednesday 3 June 2026"
    assert formats.plain_date(date(2026, 5, 1), "fr") == "1er mai 2026"


@pytest.mark.parametrize(
    ("first", "last", "language", "text"),
    [
        (date(2014, 5, 6), date(2014, 5, 9), "fr", "6–9 mai 2014"),
        (date(2014, 5, 6), date(2014, 5, 9), "ar", "من 6 إلى 9 ماي 2014"),
        (date(2014, 5, 6), date(2014, 5, 9), "en", "6–9 May 2014"),
        (date(2014, 5, 6), date(2014, 5, 7), "fr", "6 et 7 mai 2014"),
        (date(2014, 5, 6), date(2014, 5, 7), "ar", "يومي 6 و7 ماي 2014"),
        (date(2014, 5, 6), date(2014, 5, 6), "fr", "6 mai 2014"),
        (date(2014, 4, 30), date(2014, 5, 3), "fr", "30 avril – 3 mai 2014"),
        (date(2014, 4, 30), date(2014, 5, 3), "ar", "من 30 أفريل إلى 3 ماي 2014"),
        (date(2014, 12, 30), date(2015, 1, 2), "fr", "30 décembre 2014 – 2 janvier 2015"),
        (date(2026, 2, 1), date(2026, 2, 3), "fr", "1er–3 février 2026"),
    ],
)
def test_date_range_says_what_is_common_once(first: date, last: date, language: str, text: str) -> None:
    assert formats.date_range(first, last, language) == text


def test_time_range_has_24_hours_and_words_in_arabic() -> None:
    assert formats.time_range(time(8, 30), time(14, 0), "fr") == "08:30–14:00"
    assert formats.time_range(time(8, 30), time(14, 0), "ar") == "من 08:30 إلى 14:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_templates_show_day_first_and_24_hours(language: str) -> None:
    moment = datetime(2026, 6, 3, 14, 5, tzinfo=TUNIS)
    with translation.override(language):
        text = Template('{{ m|date:"SHORT_DATE_FORMAT" }} {{ m|time }} {{ m|date:"DATETIME_FORMAT" }}').render(
            Context({"m": moment})
        )
    assert text.startswith("03/06/2026 14:05 3 ") and text.endswith("14:05")
    assert ("على الساعة" in text) == (language == "ar")


@pytest.mark.parametrize("text", ["31/02/2026", "29/02/2025", "00/01/2026", "12/13/2026", "2026-02-30", "٣١/٠٢/٢٠٢٦"])
def test_date_that_does_not_exist_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        fields.DateField().clean(text)
    assert caught.value.code == "no_such_day"


@pytest.mark.parametrize("text", ["demain", "3 juinet 2026", "1/2", "20260603", "3/6/26/1", "x" * 10_000])
def test_date_that_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValidationError) as caught:
        fields.DateField().clean(text)
    assert caught.value.code == "invalid" and "03/06/2026" in caught.value.messages[0]


def test_date_in_words_of_another_country_is_understood() -> None:
    assert formats.parse_date("3 يونيو 2026") == formats.parse_date("mercredi 3 Juin 2026") == date(2026, 6, 3)
    assert formats.parse_date("1er aout 2026") == date(2026, 8, 1)
    assert formats.parse_date("03-06-69") == date(1969, 6, 3)


@pytest.mark.parametrize(
    ("text", "value"),
    [("8:30", time(8, 30)), ("08h30", time(8, 30)), ("8 h", time(8)), ("٠٨:٣٠", time(8, 30)), ("23.59", time(23, 59))],
)
def test_time_is_read_as_people_write_it(text: str, value: time) -> None:
    assert fields.TimeField().clean(text) == value


@pytest.mark.parametrize(("text", "code"), [("24:00", "no_such_time"), ("8:5", "invalid"), ("2 pm", "invalid")])
def test_time_that_is_none_is_refused(text: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        fields.TimeField().clean(text)
    assert caught.value.code == code


def test_money_is_shown_alike_with_the_currency_of_the_language() -> None:
    amount = Decimal("12480")
    assert [formats.money(amount, language) for language in LANGUAGES] == [
        "12\u00a0480,000\u00a0DT",
        "12\u00a0480,000\u00a0د.ت.",
        "12\u00a0480,000\u00a0TND",
    ]
    assert formats.money(Decimal("-0.5"), "fr") == "\u22120,500\u00a0DT"
    assert formats.number(1234567) == "1\u00a0234\u00a0567"


@pytest.mark.parametrize(
    "text",
    [
        "1 234,500",
        "1234.5",
        "1 234,5",
        "1\u00a0234,500 DT",
        "1\u202f234,5 TND",
        "١٢٣٤٫٥",
        "١٬٢٣٤٫٥٠٠ د.ت.",
        "\u200f1234,5",
    ],
)
def test_money_is_read_with_comma_or_dot(text: str) -> None:
    assert formats.parse_money(text) == Decimal("1234.500")


@pytest.mark.parametrize("text", ["1.234,500", "1,234,567", "12 34", "1,2345", "mille", "", "1e5", "NaN", "--1"])
def test_money_that_is_doubtful_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        formats.parse_money(text)


def test_money_field_shows_back_what_it_reads_and_keeps_bounds() -> None:
    field = fields.MoneyField()
    assert field.clean(field.prepare_value(Decimal("8050.500"))) == Decimal("8050.500")
    with pytest.raises(ValidationError):
        field.clean("-1")
    assert fields.MoneyField(required=False).clean(" ") is None
    assert not field.has_changed(Decimal("1.000"), "1,000")
    assert field.has_changed(Decimal("1.000"), "1,001")


@pytest.mark.parametrize("text", ["71 234 567", "+216 71.234.567", "0021671234567", "٧١٢٣٤٥٦٧", "71-234-567"])
def test_phone_is_kept_in_one_form_and_shown_in_groups(text: str) -> None:
    stored = fields.PhoneField().clean(text)
    assert stored == "+21671234567"
    assert formats.phone(stored) == fields.PhoneField().prepare_value(stored) == "71\u00a0234\u00a0567"


def test_phone_of_another_country_is_kept_as_it_is() -> None:
    assert formats.phone(formats.parse_phone("+33 1 23 45 67 89")) == "+33123456789"


@pytest.mark.parametrize("text", ["61234567", "7123456", "712345678", "+2160123", "+1", "allo", "+216 61 234 567"])
def test_phone_that_cannot_ring_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        fields.PhoneField().clean(text)


@pytest.mark.parametrize(
    "sign", ["\u202a", "\u202e", "\u2066", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\ufeff"]
)
def test_name_with_a_hidden_sign_is_refused_and_the_sign_named(sign: str) -> None:
    for field in (fields.LatinNameField(), fields.OneLineField(), fields.EmailField()):
        with pytest.raises(ValidationError) as caught:
            field.clean(f"a{sign}b@exemple.tn")
        assert any(f"U+{ord(sign):04X}" in message for message in caught.value.messages)


@pytest.mark.parametrize("text", ["a@exemple.tn\nBcc: b@exemple.tn", "a@exemple.tn\rb", "a\u2028b@exemple.tn", "a\tb"])
def test_line_break_in_one_line_is_refused(text: str) -> None:
    for field in (fields.EmailField(), fields.OneLineField()):
        with pytest.raises(ValidationError):
            field.clean(text)


def test_names_keep_to_their_script() -> None:
    assert fields.LatinNameField().clean(" Annie Favrie-Gauthier ") == "Annie Favrie-Gauthier"
    assert fields.LatinNameField().clean("Cadre 12 (Pôle Exemple 1)") == "Cadre 12 (Pôle Exemple 1)"
    assert fields.ArabicNameField().clean("إطار 12 بالقطب المثال") == "إطار 12 بالقطب المثال"
    for field, text in (
        (fields.LatinNameField(), "إطار"),
        (fields.ArabicNameField(), "Cadre"),
        (fields.LatinNameField(), "12"),
    ):
        with pytest.raises(ValidationError):
            field.clean(text)
    with pytest.raises(ValidationError):
        fields.LatinNameField().clean("Аnna")  # its first letter is Cyrillic


def test_model_forms_get_these_fields() -> None:
    made = {
        type(fields.formfield(column))
        for column in (
            models.DateField(),
            models.DateTimeField(),
            models.TimeField(),
            models.EmailField(),
            models.CharField(max_length=10),
            models.DecimalField(max_digits=12, decimal_places=3),
            models.TextField(),
        )
    }
    assert made == {
        fields.DateField,
        fields.DateTimeField,
        fields.TimeField,
        fields.EmailField,
        fields.OneLineField,
        fields.MoneyField,
        forms.CharField,
    }
    choices = fields.formfield(models.CharField(max_length=1, choices=[("a", "A")]))
    assert isinstance(choices, forms.TypedChoiceField)


def test_empty_values_are_empty_and_bound_text_is_kept() -> None:
    class Form(forms.Form):
        on = fields.DateField()
        phone = fields.PhoneField(required=False)

    form = Form({"on": "31/02/2026", "phone": ""})
    assert not form.is_valid()
    assert 'value="31/02/2026"' in str(form["on"]) and 'dir="ltr"' in str(form["on"])
    assert form.cleaned_data == {"phone": ""}
    assert Form({"on": "\u00a0"}).errors["on"]


@pytest.mark.parametrize("typed", ["01/01/0001", "31/12/9999", "0999-01-01", "٣١/١٢/٩٩٩٩", "1/1/1899", "1/1/2200"])
def test_a_year_beyond_reason_is_refused_beside_its_field(typed: str) -> None:
    for field, text in ((fields.DateField(), typed), (fields.DateTimeField(), f"{typed} 00:00")):
        with pytest.raises(ValidationError) as caught:
            field.clean(text)
        assert caught.value.code == "year"
