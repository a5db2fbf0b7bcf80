"""Accounts of the demonstration: one a role, with a random password, an address that leads nowhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from accounts.domain import roles
from accounts.enums import Role
from accounts.models import User
from core import journal

NAMES = {
    Role.MANAGER: ("Responsable du programme", "المسؤول عن البرنامج"),
    Role.OFFICER: ("Chargée de programme", "المكلفة بالبرنامج"),
    Role.TRAINER: ("Formatrice", "المكوّنة"),
    Role.MEMBER: ("Membre du comité", "عضو اللجنة"),
    Role.ANIMATOR: ("Animateur de cluster", "منشّط العنقود"),
    Role.AUDITOR: ("Auditrice", "المدققة"),
}


@dataclass(frozen=True)
class DemoAccount:
    """What the person who started the demonstration is told once, and finds in the state folder."""

    user: User
    role: str
    password: str

    def as_row(self) -> dict[str, str]:
        return {"role": self.role, "email": self.user.email, "password": self.password}


@journal.act
def create_accounts(*, today: date) -> list[DemoAccount]:
    """One account for every role. Records `account.demo` for each."""
    made = []
    for role, (name, name_ar) in NAMES.items():
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(
            f"{role}@demo.invalid", password, full_name=name, full_name_ar=name_ar, is_demo=True
        )
        roles.grant(user=user, role=role, starts_on=today, actor=None)
        journal.record("account.demo", obj=user, actor=None, data={"role": str(role)})
        made.append(DemoAccount(user, str(role), password))
    return made
