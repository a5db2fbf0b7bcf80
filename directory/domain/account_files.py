"""The person behind an account: sessions and clusters are given to persons, work in the portal to accounts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.errors import CannotPass
from accounts.models import User
from directory.domain import persons
from directory.models import Person


def file_of(user: User) -> Person | None:
    """The file of this account, where one is linked."""
    return Person.objects.filter(user=user).first()


def successor_file(user: User, *, actor: User) -> Person:
    """The file to which a leaver's sessions and clusters pass: the linked one, else the one with the account's address.

    The latter is linked on the way (recorded as `person.link_account`). Raises CannotPass where there is none.
    """
    found = file_of(user)
    if found is not None:
        return found
    same = Person.objects.filter(email=user.email, user__isnull=True).first()
    if same is not None:
        return persons.link_account(person=same, user=user, actor=actor)
    words = _("%(name)s has no file among the persons: enter one with the address %(email)s first, then hand over.")
    raise CannotPass(words % {"name": user, "email": user.email})
