"""What a personal link may answer instead of opening."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class LinkError(DomainError):
    """A personal link that opens nothing; `url` is the page that says so and offers a new one, where it may."""

    url = ""


class LinkUnknown(LinkError):
    """No link of the portal: mistyped, cut by a mail program, or of another act."""

    code = "link_unknown"

    def __init__(self) -> None:
        super().__init__(_("This address is not complete, or it is not one of ours."))


class LinkExpired(LinkError):
    """The link's time is over."""

    code = "link_expired"

    def __init__(self) -> None:
        super().__init__(_("This link was valid for a time that is over."))


class LinkUsed(LinkError):
    """The link was for one act, which is done."""

    code = "link_used"

    def __init__(self) -> None:
        super().__init__(_("This link was used: it works once."))


class CannotRenew(LinkError):
    """No new link can be sent in the place of this one."""

    code = "cannot_renew"
