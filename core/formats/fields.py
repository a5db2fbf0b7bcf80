"""Form fields that read what people in Tunisia type, in every language of the interface, and show it back alike."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms.utils import from_current_timezone, to_current_timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.formats import validators
from core.formats.dates import parse_date
from core.formats.money import number, parse_money
from core.formats.phones import parse_phone, phone
from core.formats.tax_numbers import parse_tax_number, tax_number
from core.formats.typed import cleaned

ISO_T = re.compile(r"(?<=\d)T(?=\d)")
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Beyond lies a slip of the finger, and soon the end of what a calendar can count."""


def _line(css: str = "", mode: str = "numeric") -> forms.TextInput:
    attrs = {"inputmode": mode, "dir": "ltr", "autocomplete": "off"}
    return forms.TextInput(attrs=attrs | ({"class": css} if css else {}))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except LookupError:
        raise ValidationError(_("Write the date as day/month/year, for example 03/06/2026."), code="invalid") from None
    except ValueError:
        raise ValidationError(_("This date does not exist in the calendar."), code="no_such_day") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        text = gettext("Check the year: it lies between %(first)s and %(last)s.")
        raise ValidationError(text % {"first": FIRST_YEAR, "last": LAST_YEAR}, code="year")
    return day


def _hour(text: str) -> time:
    text = cleaned(text).lower().replace(" ", "").replace(".", ":")
    hours, _sign, minutes = text.replace("h", ":").partition(":")
    if not (
        hours.isdecimal() and len(hours) <= 2 and ((minutes.isdecimal() and len(minutes) == 2) or text.endswith("h"))
    ):
        raise ValidationError(_("Write the time as hours and minutes, for example 08:30."), code="invalid")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        raise ValidationError(_("This time does not exist: hours go from 0 to 23."), code="no_such_time") from None


class TypedField(forms.Field):
    """What is typed is brought to one form, read by `read`, and shown back by `show`."""

    kind: type = str
    empty: object = None

    def read(self, text: str) -> object:
        """The value of a text that is not blank; ValidationError when it has none."""
        raise NotImplementedError

    def show(self, value: Any) -> str:
        """How the field shows a value."""
        return str(value)

    def to_python(self, value: object) -> object:
        if isinstance(value, self.kind) and self.kind is not str:
            return value
        text = "" if value is None else cleaned(str(value))
        return self.read(text) if text else self.empty

    def prepare_value(self, value: object) -> object:
        return self.show(value) if isinstance(value, self.kind) else value

    def has_changed(self, initial: object, data: object) -> bool:
        try:
            data = self.to_python(data)
        except ValidationError:
            return True
        return self.prepare_value(initial or self.empty) != self.prepare_value(data)


class DateField(TypedField):
    """A day: `3/6/2026`, `03-06-26`, ISO, Arabic-Indic digits, or pasted in words. Shown `03/06/2026`."""

    kind = date
    widget = _line("in-date")

    def read(self, text: str) -> date:
        return _day(text)

    def show(self, value: date) -> str:
        return f"{value:%d/%m}/{value.year:04d}"


class TimeField(TypedField):
    """An hour: `8:30`, `08h30`, `8h`. Shown `08:30`; never am or pm."""

    kind = time
    widget = _line("in-date")

    def read(self, text: str) -> time:
        return _hour(text)

    def show(self, value: time) -> str:
        return f"{value:%H:%M}"


class DateTimeField(TypedField):
    """A day and an hour in Tunisia, in one line: `03/06/2026 08:30`. A day alone begins at midnight."""

    kind = datetime
    widget = _line("in-code")

    def read(self, text: str) -> datetime:
        day, _space, hour = ISO_T.sub(" ", text).rpartition(" ")
        if ":" not in hour and "h" not in hour.lower():
            day, hour = text, "00:00"
        moment: datetime = from_current_timezone(datetime.combine(_day(day.rstrip("،,")), _hour(hour)))
        return moment

    def show(self, value: datetime) -> str:
        return f"{to_current_timezone(value):%d/%m/%Y %H:%M}"


class MoneyField(TypedField):
    """An amount in dinars with millimes. Shown `1 234,500`."""

    kind = Decimal
    widget = _line("in-money", "decimal")

    def __init__(
        self,
        *,
        min_value: Decimal | int | None = 0,
        max_value: Decimal = Decimal("999999999999.999"),
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value))
        self.validators.append(MaxValueValidator(max_value))

    def read(self, text: str) -> Decimal:
        try:
            return parse_money(text)
        except ValueError:
            raise ValidationError(
                _("Write the amount with a comma and at most three decimals, for example 1 234,500."), code="invalid"
            ) from None

    def show(self, value: Decimal) -> str:
        return number(value, 3)


class PhoneField(TypedField):
    """A telephone number, kept as E.164. Tunisian unless it begins with a country code."""

    empty = ""
    widget = forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr", "autocomplete": "tel"})

    def read(self, text: str) -> str:
        try:
            return parse_phone(text)
        except ValueError:
            raise ValidationError(
                _("Write the eight digits of a Tunisian number, or + and the country code."), code="invalid"
            ) from None

    def show(self, value: str) -> str:
        return phone(value)


class TaxNumberField(TypedField):
    """A tax number, kept without strokes: seven digits and key letter, or all thirteen signs. A wrong key passes."""

    empty = ""
    widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "autocapitalize": "characters"})

    def read(self, text: str) -> str:
        try:
            return parse_tax_number(text)
        except ValueError:
            raise ValidationError(
                _(
                    "Write the digits and the key letter (never I, O or U), for example 1234567 R, "
                    "or the whole number, for example 1234567 R/A/M/000."
                ),
                code="invalid",
            ) from None

    def show(self, value: str) -> str:
        try:
            return tax_number(parse_tax_number(value))
        except ValueError:
            return value


class OneLineField(forms.CharField):
    """A text of one line without hidden signs: titles, functions, rooms."""

    default_validators = [validators.one_line, validators.no_hidden_signs]


class LatinNameField(OneLineField):
    """A name in Latin letters."""

    default_validators = [*OneLineField.default_validators, validators.latin_name]


class ArabicNameField(OneLineField):
    """A name in Arabic letters; the box is written from the right."""

    widget = forms.TextInput(attrs={"lang": "ar", "dir": "rtl"})
    default_validators = [*OneLineField.default_validators, validators.arabic_name]


class EmailField(forms.EmailField):
    """An e-mail address on one line, without hidden signs."""

    widget = forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "email"})
    default_validators = [validators.one_line, validators.no_hidden_signs, *forms.EmailField.default_validators]


OURS: dict[type[models.Field[Any, Any]], type[forms.Field]] = {
    models.DateTimeField: DateTimeField,
    models.DateField: DateField,
    models.TimeField: TimeField,
    models.EmailField: EmailField,
}


def formfield(
    db_field: models.Field[Any, Any],
    **kwargs: Any,
) -> forms.Field | None:
    """`Meta.formfield_callback` of a ModelForm: its days, hours, amounts and lines become the fields of this module."""
    if isinstance(db_field, models.DecimalField) and db_field.decimal_places == 3:
        return models.Field.formfield(db_field, form_class=MoneyField, **kwargs)
    if type(db_field) is models.CharField and not db_field.choices:
        kwargs.setdefault("form_class", OneLineField)
    elif ours := OURS.get(type(db_field)):
        kwargs.setdefault("form_class", ours)
    return db_field.formfield(**kwargs)
