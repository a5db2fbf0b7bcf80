"""Checked props: a wrong value is an error where people build the portal, never where people work with it."""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.conf import settings

log = logging.getLogger(__name__)


class UiError(ValueError):
    """A template gave an interface tag a value that it does not know."""


def strict() -> bool:
    """True in DEBUG and in tests; in production a wrong prop is logged and the page still opens."""
    return settings.DEBUG or bool(getattr(getattr(settings, "CONFIG", None), "test", False))


def refuse(message: str) -> None:
    """Raise UiError where we build; log where people work."""
    if strict():
        raise UiError(message)
    log.error("interface tag: %s", message)


def one_of(tag: str, prop: str, value: str, allowed: Collection[str], default: str = "") -> str:
    """`value` when it is allowed, else the default after a refusal that lists what is allowed."""
    if value in allowed:
        return value
    refuse(f"{{% {tag} %}}: {prop}={value!r} is none of {', '.join(sorted(a or repr(a) for a in allowed))}")
    return default
