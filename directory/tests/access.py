"""Who may open the addresses of the directory."""

from __future__ import annotations

from accounts.tests.matrix import READERS, STAFF, only
from directory.enums import HolidayKind, HolidayStatus
from directory.models import Holiday
from directory.tests.factories import (
    make_consent,
    make_delegation,
    make_governorate,
    make_organisation,
    make_person,
    make_programme,
)


def person() -> list[object]:
    return [make_person(organisation=make_organisation()).pk]


def affiliation() -> list[object]:
    return [make_person(organisation=make_organisation()).affiliations.get().pk]


def consent() -> list[object]:
    return [make_consent(make_person()).pk]


def organisation() -> list[object]:
    return [make_organisation().pk]


def programme() -> list[object]:
    return [make_programme().pk]


def holiday() -> list[object]:
    values = {"kind": HolidayKind.LUNAR, "status": HolidayStatus.ESTIMATED, "name_fr": "Aïd", "on": "2026-05-27"}
    return [Holiday.objects.get_or_create(**values)[0].pk]


def governorate() -> list[object]:
    return [make_governorate().iso_code]


def delegation() -> list[object]:
    return [make_delegation().pk]


# A person's own file is open to its person; somebody else's does not exist for whoever is not staff.
ACCESS = {
    "directory:person-list": only(*STAFF),
    "directory:person-create": only(*STAFF),
    "directory:person-import": only(*STAFF),
    "directory:person-history": only(*STAFF, args=person),
    "directory:organisation-history": only(*READERS, args=organisation),
    "directory:programme-history": only(*READERS, args=programme),
    "directory:holiday-history": only(*READERS, args=holiday),
    "directory:person-detail": only(*STAFF, others=404, args=person),
    "directory:person-edit": only(*STAFF, others=404, args=person),
    "directory:affiliation-create": only(*STAFF, others=404, args=person),
    "directory:affiliation-end": only(*STAFF, others=404, args=affiliation),
    "directory:consent-withdraw": only(*STAFF, status=302, others=404, args=consent),
    "directory:organisation-list": only(*READERS),
    "directory:organisation-create": only(*STAFF),
    "directory:organisation-detail": only(*READERS, args=organisation),
    "directory:organisation-edit": only(*STAFF, args=organisation),
    "directory:organisation-rename": only(*STAFF, args=organisation),
    "directory:programme-list": only(*READERS),
    "directory:programme-create": only(*STAFF),
    "directory:programme-detail": only(*READERS, args=programme),
    "directory:programme-edit": only(*STAFF, args=programme),
    "directory:calendar": only(*READERS),
    "directory:holiday-confirm": only(*STAFF, args=holiday),
    "directory:governorate-detail": only(*READERS, args=governorate),
    "directory:delegation-create": only("manager", args=governorate),
    "directory:delegation-detail": only(*READERS, args=delegation),
    "directory:delegation-history": only(*READERS, args=delegation),
    "directory:delegation-edit": only("manager", args=delegation),
    "directory:delegation-close": only("manager", args=delegation),
    "directory:register": only(*READERS),
}
