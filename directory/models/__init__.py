"""Rows of the directory, one aggregate a file."""

from directory.models.calendar import Holiday, Regime, Sitting
from directory.models.consents import Consent, ConsentText
from directory.models.organisations import FormerName, Organisation
from directory.models.persons import Affiliation, Person
from directory.models.programmes import Programme
from directory.models.territory import Delegation, Governorate, Sector

__all__ = [
    "Affiliation",
    "Consent",
    "ConsentText",
    "Delegation",
    "FormerName",
    "Governorate",
    "Holiday",
    "Organisation",
    "Person",
    "Programme",
    "Regime",
    "Sector",
    "Sitting",
]
