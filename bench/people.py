"""Who asks: an officer and a trainer with open sessions, and nobody."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import RoleGrant, User
from bench.client import Browser
from directory.models import Person
from trainings.models import SessionTrainer


def made(role: str) -> User:
    """An account with a role since a month; a trainer gives the first ten sessions."""
    user = User.objects.create_user(f"{role}@bench.example", full_name=f"Mesure {role}")
    RoleGrant.objects.create(user=user, role=role, starts_on=timezone.localdate() - timedelta(days=30))
    if role == "trainer":
        person = Person.objects.order_by("pk").first()
        Person.objects.filter(pk=person.pk).update(user=user)
        SessionTrainer.objects.bulk_create(SessionTrainer(session_id=i, person=person) for i in range(1, 11))
    return user


def cookies_of(user: User) -> dict[str, str]:
    """The cookies of a browser in which this person has just signed in, the token of forms among them."""
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    client.get(reverse("home"))
    return {name: morsel.value for name, morsel in client.cookies.items()}


def browser_of(user: User, port: int) -> Browser:
    """A browser of this person."""
    return Browser(port, cookies_of(user))
