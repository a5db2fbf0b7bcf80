"""How long addresses and telephones of persons are kept, and how they are erased when their time is over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from core import journal, saving
from directory.models import Affiliation, Consent, Person

WITHDRAWN = timedelta(days=30)
"""After the last consent was withdrawn: time enough for messages on their way and for a withdrawal by mistake."""

SILENT = timedelta(days=5 * 365)
"""After a file was entered, when nothing speaks for keeping its contacts."""

Use = Callable[[datetime], Q]
_uses: list[Use] = []


def register_use(use: Use) -> None:
    """An app to the right says which persons it needs to reach: `use(now)` is a condition on Person."""
    _uses.append(use)


def purge_contacts(now: datetime) -> int:
    """Erase e-mail and telephone of persons whose consent is withdrawn for 30 days, or who are silent for five years.

    An account, an affiliation in force and whatever another app registered as a use keep them. Snapshots are erased
    too; the journal says that it was done.
    """
    consents = Consent.objects.filter(person=OuterRef("pk"))
    withdrawn = Exists(consents.filter(withdrawn_at__lte=now - WITHDRAWN)) & ~Exists(
        consents.filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=now - WITHDRAWN))
    )
    affiliated = Exists(Affiliation.objects.filter(person=OuterRef("pk")).in_force(on=now.date()))
    silent = Q(~Exists(consents), ~affiliated, created_at__lte=now - SILENT)
    people = Person.objects.filter(~Q(email__isnull=True, phone=""), Q(withdrawn) | silent, user__isnull=True)
    for use in _uses:
        people = people.exclude(use(now))
    return sum(_erase_contacts(pk) for pk in people.order_by("pk").values_list("pk", flat=True))


@journal.act
def _erase_contacts(pk: int) -> int:
    person = saving.locked(Person, pk)
    if not saving.change(person, email=None, phone=""):
        return 0
    person.events.update(email=None, phone="")  # type: ignore[attr-defined]
    journal.record("person.purge", obj=person, actor=None)
    return 1
