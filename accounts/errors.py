"""What the rules of the accounts refuse, each with its sentence."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, type_of_text


class LastManager(DomainError):
    """Somebody must always be able to invite, to grant and to revoke."""

    code = "last_manager"

    def __init__(self) -> None:
        super().__init__(
            _("The portal would be left without a manager: first give somebody else this role, without an end date.")
        )


class AlreadyHeld(DomainError):
    """The person holds the role on some of the days."""

    code = "already_held"

    def __init__(self) -> None:
        super().__init__(_("This person holds the role on some of these days already."), field="role")


class NotHeld(DomainError):
    """There is nothing to end."""

    code = "not_held"

    def __init__(self) -> None:
        super().__init__(_("This role has ended already."))


class AlreadyInvited(DomainError):
    """One open invitation an address and role."""

    code = "already_invited"

    def __init__(self) -> None:
        super().__init__(
            _("This address has an open invitation for the role already: send it again from the list."), field="email"
        )


class AccountExists(DomainError):
    """An address has one account."""

    code = "account_exists"

    def __init__(self) -> None:
        super().__init__(_("This address has an account already: give it the role on its page."), field="email")


class InvitationClosed(DomainError):
    """The invitation was used, withdrawn, or its time is over; `code` says which."""


class AlreadyInactive(DomainError):
    """Nobody is deactivated twice."""

    code = "already_inactive"

    def __init__(self) -> None:
        super().__init__(_("This account is closed already."))


class AlreadyActive(DomainError):
    """Nobody is reactivated twice."""

    code = "already_active"

    def __init__(self) -> None:
        super().__init__(_("This account is open already."))


class LinkOutdated(DomainError):
    """The password or the address changed since the link was asked for."""

    code = "link_outdated"

    def __init__(self) -> None:
        super().__init__(_("The password or the address changed since this link was asked for."))


class LastFactor(DomainError):
    """Staff and managers keep a second step where it is compulsory."""

    code = "last_factor"

    def __init__(self) -> None:
        super().__init__(
            _("The second step is compulsory for your role: add another app or passkey before you remove this one.")
        )


class FactorGone(DomainError):
    """Nothing is removed twice."""

    code = "factor_gone"

    def __init__(self) -> None:
        super().__init__(_("This app or passkey has been removed already."))


class NoFactor(DomainError):
    """There is no second step on the account."""

    code = "no_factor"

    def __init__(self) -> None:
        super().__init__(_("This account has no second step."))


class OwnFactor(DomainError):
    """Nobody takes away the own second step by the way that is meant for others."""

    code = "own_factor"

    def __init__(self) -> None:
        super().__init__(_("Another manager resets your second step; yours is changed on your own page."))


class TooManyFactors(DomainError):
    """A list of keys that nobody oversees protects nothing."""

    code = "too_many_factors"

    def __init__(self) -> None:
        super().__init__(_("An account holds ten passkeys at most: remove one that you no longer use."))


class SuccessorClosed(DomainError):
    """Whoever takes over must be there."""

    code = "successor_closed"

    def __init__(self) -> None:
        super().__init__(
            _("This account cannot take over: it is closed, or it is the one that leaves. Choose another."),
            field="successor",
        )


class CannotPass(DomainError):
    """Something that is open cannot pass to this successor; the sentence says what to do first."""

    code = "cannot_pass"

    def __init__(self, message: type_of_text) -> None:
        super().__init__(message, field="successor")
