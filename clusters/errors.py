"""What the rules of the clusters refuse."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError


class OwnMember(DomainError):
    """A cluster would be its own member."""

    code = "own_member"

    def __init__(self, *, field: str = "organisation") -> None:
        super().__init__(_("This is the cluster itself: a cluster is not its own member."), field=field)


class NotReady(DomainError):
    """The cluster lacks what the public page shows."""

    code = "not_ready"


class TooMuch(DomainError):
    """The shares of a person's assignments pass the whole working time; a confirmation lets it through."""

    code = "too_much"


class StillAnimated(DomainError):
    """Somebody's working time is given to the cluster beyond today."""

    code = "still_animated"

    def __init__(self) -> None:
        super().__init__(_("Somebody still animates this cluster: end the assignment first."))


class Archived(DomainError):
    """An archived cluster takes on nobody."""

    code = "archived"

    def __init__(self) -> None:
        super().__init__(_("This cluster is archived: publish it again first."))
