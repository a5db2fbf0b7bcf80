"""Every address of the portal, read from the URLconf, with its row of the access matrix."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.tests.matrix import Row
from pasri_portal.tests.house import APPS


def names(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The name of every pattern, with its namespaces; a pattern without a name gives its text."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else f"no name: {entry.pattern}"


def rows() -> dict[str, Row]:
    """The rows of every app."""
    found: dict[str, Row] = {}
    for app in APPS:
        module = f"{app}.tests.access"
        if find_spec(module):
            found |= import_module(module).ACCESS
    return found


def url_of(name: str, row: Row) -> str:
    """The address, of an object made for it where it needs one."""
    return reverse(name, args=list(row.args()))
