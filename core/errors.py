"""One family of errors for every rule that says no. A form shows them beside the field that they name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type_of_text = str | Promise


class DomainError(Exception):
    """A rule of the programme refuses an act; `message` is a sentence for the person, `code` one for programs."""

    code = "refused"

    def __init__(self, message: type_of_text, *, code: str = "", field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(DomainError):
    """The actor has no right to this act, wherever it was called from."""

    code = "not_allowed"

    def __init__(self, message: type_of_text = _("You do not have the right to do this.")) -> None:
        super().__init__(message)


class Busy(DomainError):
    """Somebody else holds the row for longer than one waits."""

    code = "busy"

    def __init__(self) -> None:
        super().__init__(_("Somebody else is working on the same thing at this moment. Try again in a few seconds."))


class ReasonRequired(DomainError):
    """The act needs a written reason that the history will keep."""

    code = "reason_required"

    def __init__(self, *, field: str = "reason") -> None:
        super().__init__(_("Write the reason: the history keeps it."), field=field)


class IllegalMove(DomainError):
    """The object's state does not allow the move; says who moved it last and when, where that is known."""

    code = "illegal_move"

    def __init__(self, *, state: type_of_text, by: str = "", at: str = "") -> None:
        if by and at:
            text = _("Already decided by %(by)s at %(at)s: the state is now “%(state)s”.")
        else:
            text = _("This cannot be done in the state “%(state)s”.")
        super().__init__(text % {"by": by, "at": at, "state": state})


class ObjectGone(DomainError):
    """Somebody else has removed the object since the page was opened: the second of two clicks, or of two people."""

    code = "gone"

    def __init__(self) -> None:
        super().__init__(_("Somebody has removed this meanwhile."))


class StaleObject(DomainError):
    """Somebody else changed the object since the form was opened; the view shows both versions field by field."""

    code = "stale"

    def __init__(self, current: Any, *, changed_at: datetime | None = None) -> None:
        super().__init__(_("Somebody changed this while you were writing. Nothing that you typed is lost."))
        self.current = current
        self.changed_at = changed_at
