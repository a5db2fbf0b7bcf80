"""Who may enter: people with an account, their roles, invitations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from accounts.domain import leaving
        from accounts.messages import KINDS
        from core import outbox, reads

        for kind in KINDS:
            outbox.register(kind)
        leaving.register(*leaving.OWN)
        reads.register("accounts.user", _("Account"))
