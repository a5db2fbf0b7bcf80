"""Who may open the addresses of registrations: the form and the personal pages are everybody's, the tab is staff's."""

from __future__ import annotations

from functools import partial

from accounts.tests.matrix import STAFF, everybody, only
from notifications import links
from trainings.domain import personal_links
from trainings.tests.factories import make_registration, make_session
from trainings.tests.requests import make_consent_text


def session() -> list[object]:
    return [make_session("open").slug]


def part() -> list[object]:
    make_consent_text()
    return [make_session("open").slug, 1]


def registration() -> list[object]:
    return [make_registration(state="review").pk]


def waiting() -> list[object]:
    return [make_registration(state="waiting").pk]


def token(state: str) -> list[object]:
    """The personal link's own secret opens the page, whoever is or is not signed in."""
    address = links.make_direct(personal_links.ACT, make_registration(state=state))
    return [address.rstrip("/").rpartition("/")[2]]


confirmed, unconfirmed = partial(token, "confirmed"), partial(token, "unconfirmed")

ACCESS = {
    "trainings:register": everybody(args=part),
    "trainings:registration-sent": everybody(args=part),
    "trainings:registration-page": everybody(args=confirmed),
    "trainings:registration-confirm": everybody(args=unconfirmed),
    "trainings:registration-cancel": everybody(args=confirmed),
    "trainings:registration-accept": everybody(302, args=confirmed),
    "trainings:registration-renew": everybody(302, args=unconfirmed),
    "trainings:registration-calendar": everybody(args=confirmed),
    "trainings:registration-index": only(*STAFF),
    "trainings:registration-list": only(*STAFF, args=session, trainer=404),
    "trainings:registration-accept-several": only(*STAFF, status=302, args=session),
    "trainings:registration-create": only(*STAFF, args=part),
    "trainings:registration-import": only(*STAFF, args=part),
    "trainings:registration-history": only(*STAFF, args=registration),
    "trainings:registration-detail": only(*STAFF, args=registration),
    "trainings:registration-edit": only(*STAFF, args=registration),
    "trainings:registration-refuse": only(*STAFF, args=registration),
    "trainings:registration-move": only(*STAFF, args=waiting),
    "trainings:registration-end": only(*STAFF, args=registration),
    "trainings:registration-approve": only(*STAFF, status=302, args=registration),
    "trainings:registration-resend": only(*STAFF, status=302, args=registration),
}
