"""The personal links, as other apps use them: register an act, resolve a token, mark a link used, make one directly."""

from notifications.domain.links import find, make_direct, mark_used, refusal_of, register, resolve
from notifications.errors import LinkError, LinkExpired, LinkUnknown, LinkUsed

__all__ = [
    "LinkError",
    "LinkExpired",
    "LinkUnknown",
    "LinkUsed",
    "find",
    "make_direct",
    "mark_used",
    "refusal_of",
    "register",
    "resolve",
]
