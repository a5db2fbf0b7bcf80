"""Who may open the addresses of the committees; what members find in their own, the tests of the pages say."""

from __future__ import annotations

from accounts.tests.matrix import READERS, STAFF, only
from steering.tests.factories import make_committee, make_mandate, make_seat


def committee() -> list[object]:
    return [make_committee(seats=1).slug]


def act() -> list[object]:
    return [make_committee().acts.get().pk]


def seat() -> list[object]:
    return [make_seat(make_committee()).pk]


def mandate() -> list[object]:
    return [make_mandate(make_seat(make_committee())).pk]


ACCESS = {
    "steering:committee-list": only(*READERS, "member"),
    "steering:committee-create": only(*STAFF),
    "steering:committee-detail": only(*READERS, args=committee, member=404),
    "steering:committee-edit": only(*STAFF, args=committee),
    "steering:committee-history": only(*READERS, args=committee),
    "steering:committee-act": only(*READERS, args=committee, member=404),
    "steering:act-create": only(*STAFF, args=committee),
    "steering:act-edit": only(*STAFF, args=act),
    "steering:seat-list": only(*READERS, args=committee, member=404),
    "steering:seat-create": only(*STAFF, args=committee),
    "steering:seat-detail": only(*READERS, args=seat, member=404),
    "steering:seat-edit": only(*STAFF, args=seat),
    "steering:seat-end": only(*STAFF, args=seat),
    "steering:mandate-create": only(*STAFF, args=seat),
    "steering:mandate-edit": only(*STAFF, args=mandate),
    "steering:mandate-end": only(*STAFF, args=mandate),
    "steering:mandate-replace": only(*STAFF, args=mandate),
    "steering:mandate-remove": only(*STAFF, args=mandate),
    "steering:account-link": only(*STAFF, status=302, args=mandate),
    "steering:succession-list": only(*READERS),
    "steering:succession-create": only(*STAFF),
    "steering:own-seat": only("member"),
}
