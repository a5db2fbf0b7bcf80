"""Dates, hours, money, telephone numbers: how they are shown in each language, and how what people type is read.

Day first everywhere, 24 hours, groups of three with a no-break space, decimal comma. `fr/`, `ar/` and `en/` tell Django
the same (`FORMAT_MODULE_PATH`).
"""

from core.formats.dates import date_range, long_date, parse_date, plain_date, time_range
from core.formats.money import CURRENCY, money, number, parse_money
from core.formats.phones import parse_phone, phone
from core.formats.tax_numbers import parse_tax_number, tax_number
from core.formats.typed import cleaned
from core.formats.words import listed

__all__ = [
    "CURRENCY",
    "cleaned",
    "date_range",
    "listed",
    "long_date",
    "money",
    "number",
    "parse_date",
    "parse_money",
    "parse_phone",
    "parse_tax_number",
    "phone",
    "plain_date",
    "tax_number",
    "time_range",
]
