"""`./portal manage reset_second_step E-MAIL --reason "..."`: for the day when no manager can sign in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.domain import factors
from accounts.models import User
from accounts.models.user import normalise_email
from core.errors import DomainError


class Command(BaseCommand):
    """Takes away app, passkeys and recovery codes of one account; its owner is told by mail."""

    help = "Resets a lost second step of signing in; the reason stays in the history."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")
        parser.add_argument("--reason", required=True, help="why, and how it was made sure who asked")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email=normalise_email(options["email"])).first()
        if user is None:
            raise CommandError(f"No account has the address {options['email']}.")
        try:
            factors.reset(user=user, actor=None, reason=options["reason"], now=timezone.now())
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"The second step of {user.email} is reset; the next sign-in leads to a new one.")
