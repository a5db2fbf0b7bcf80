"""`./portal manage invite --role manager E-MAIL`: the link that makes the first account, to be handed over."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.domain import invitations
from accounts.enums import Language, Role
from core.errors import DomainError


class Command(BaseCommand):
    """Prints one address that works once, for a week. No mail is sent: there may be no mail server yet."""

    help = "Invites an address with a role and prints its one-use link; nothing is sent."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="E-MAIL")
        parser.add_argument("--role", choices=Role.values, required=True)
        parser.add_argument("--name", default="", help="the person's name; the part before the @ where it is not given")
        parser.add_argument("--language", choices=Language.values, default=Language.FRENCH)

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        email: str = options["email"]
        try:
            url = invitations.invite_directly(
                email=email,
                full_name=options["name"] or email.partition("@")[0],
                language=options["language"],
                role=options["role"],
                now=now,
            )
        except DomainError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(url)
