"""Who may read and write the directory. Named predicates; the views ask them, the domain does not."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from accounts.permissions import is_signed_in, reads_figures, reads_people
from directory.models import Person

Reader = User | AnonymousUser


def can_read_bodies(user: Reader) -> bool:
    """Organisations, programmes and the calendar: staff and auditors (who see no contact in them)."""
    return reads_figures(user)


def can_see_contacts(user: Reader) -> bool:
    """Addresses and telephones, of persons and of organisations: staff only."""
    return reads_people(user)


def can_list_persons(user: Reader) -> bool:
    """The list of everybody: staff only; an auditor sees no names."""
    return reads_people(user)


def can_open_persons(user: Reader) -> bool:
    """A person's page: whoever is signed in, and then `Person.objects.visible_to` says whose."""
    return is_signed_in(user)


def can_write(user: Reader) -> bool:
    """Staff enter and change what the directory knows."""
    return isinstance(user, User) and user.is_agency_staff


def can_edit_person(user: Reader, person: Person) -> bool:
    """Staff; a person reads the own file, and asks staff to correct it."""
    return can_write(user)


def can_read_register(user: Reader) -> bool:
    """The register of processing: staff and auditors."""
    return reads_figures(user)


def can_keep_reference(user: Reader) -> bool:
    """Reference data that everybody's forms offer, such as delegations: managers."""
    return isinstance(user, User) and user.is_manager
