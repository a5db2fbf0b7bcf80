"""Who speaks for which institution in the follow-up: by mandate, by affiliation, or for the secretariat."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from directory.models import Affiliation, Organisation, Person
from steering.models import Action, Committee, Mandate, Seat


def institutions_of(user: User, *, on: date) -> frozenset[int]:
    """The institutions for which the person of an account speaks on a day: seats in office, affiliations in force."""
    seats = Seat.objects.in_force(on=on).filter(mandates__in=Mandate.objects.in_force(on=on).filter(person__user=user))
    bodies = Affiliation.objects.in_force(on=on).filter(person__user=user)
    return frozenset(seats.values_list("organisation_id", flat=True).union(bodies.values_list("organisation_id")))


def interests_of(user: User, *, committee: Committee, on: date) -> frozenset[int]:
    """The institutions whose actions this account may not close: the own ones, and for staff the secretariat's."""
    own = institutions_of(user, on=on)
    if user.is_agency_staff and committee.secretariat_id is not None:
        own |= {committee.secretariat_id}
    return own


def people_of(organisation: Organisation, *, on: date) -> QuerySet[Person]:
    """Who may be in charge for an institution: holders of its mandates, and those affiliated to it."""
    seats = Seat.objects.in_force(on=on).filter(organisation=organisation)
    mandates = Mandate.objects.in_force(on=on).filter(seat__in=seats, person=OuterRef("pk"))
    bodies = Affiliation.objects.in_force(on=on).filter(organisation=organisation, person=OuterRef("pk"))
    return Person.objects.filter(Exists(mandates) | Exists(bodies)).order_by("order_latin", "id")


def belongs(person: Person, *, to: Organisation, on: date) -> bool:
    """Whether the person holds a mandate of the institution, or is affiliated to it, on a day."""
    return people_of(to, on=on).filter(pk=person.pk).exists()


def owns(user: User, action: Action, *, on: date) -> bool:
    """Whether the account speaks for the institution in charge of an action, or is the person in charge."""
    in_charge = action.owner_person_id is not None and Person.objects.filter(pk=action.owner_person_id, user=user)
    return action.owner_id in institutions_of(user, on=on) or bool(in_charge and in_charge.exists())


def file_of(user: User | None) -> Person | None:
    """The person behind an account, where one is known."""
    return Person.objects.filter(user=user).first() if user is not None else None
