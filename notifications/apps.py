"""What stands on the outbox: staff pages of the messages, and the personal links that messages carry."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """The accounts stand to the left and know nothing of links: their acts are named here."""
        from accounts.domain import invitations, leaving, passwords
        from core import reads
        from notifications import finding, links, objects
        from notifications.domain import leaving as open_things

        links.register(invitations.ACT, "accounts:invitation-accept", shows_dead=True)
        links.register(passwords.RESET_ACT, "accounts:password-reset", shows_dead=True)
        objects.register("accounts.user", "accounts:user-detail")
        leaving.register(*open_things.KINDS)
        finding.register()
        reads.register("notifications.message", _("Message"))
