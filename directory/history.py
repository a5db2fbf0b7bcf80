"""The history of persons, organisations, programmes, delegations and holidays in words: who did what, when and why."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.changes import Source
from core.models import JournalEntry
from core.trail import Trail
from directory.enums import Purpose
from directory.models import Affiliation, Consent, Delegation, FormerName, Holiday, Organisation, Person, Programme

VERBS: dict[str, str | Promise] = {
    "organisation.create": _("Entered"),
    "organisation.edit": _("Corrected"),
    "organisation.rename": _("Renamed"),
    "organisation.tax_key": _("Tax number kept although its key letter does not fit"),
    "organisation.former_name": _("Former name added"),
    "person.create": _("Entered"),
    "person.edit": _("Corrected"),
    "person.affiliate": _("Joined an organisation"),
    "person.leave": _("Left an organisation"),
    "person.link_account": _("Account linked"),
    "person.purge": _("Address and telephone erased: their retention period is over"),
    "programme.create": _("Entered"),
    "programme.edit": _("Corrected"),
    "consent.give": _("Consent given: %(purpose)s"),
    "consent.withdraw": _("Consent withdrawn: %(purpose)s"),
    "delegation.create": _("Entered"),
    "delegation.edit": _("Renamed or corrected"),
    "delegation.close": _("Closed"),
    "holiday.confirm": _("Date confirmed"),
}


def _purpose(entry: JournalEntry) -> dict[str, str | Promise]:
    purpose = entry.data.get("purpose", "")
    return {"purpose": Purpose(purpose).label} if purpose in Purpose.values else {}


NOBODY = _("the portal")
PERSON = Trail(
    VERBS,
    nobody=NOBODY,
    said=_purpose,
    sources=(Source(Person), Source(Affiliation, by="person_id"), Source(Consent, by="person_id")),
    erased={"person.purge": ("email", "phone")},
)
ORGANISATION = Trail(VERBS, nobody=NOBODY, sources=(Source(Organisation), Source(FormerName, by="organisation_id")))
PROGRAMME = Trail(VERBS, nobody=NOBODY, sources=(Source(Programme),))
DELEGATION = Trail(VERBS, nobody=NOBODY, sources=(Source(Delegation),))
HOLIDAY = Trail(VERBS, nobody=NOBODY, sources=(Source(Holiday),))
