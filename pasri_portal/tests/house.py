"""What the tests of the house read: the sources of the apps, as syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("core", "accounts", "directory", "notifications", "clusters", "trainings", "steering", "pasri_portal")
"""The line: an app imports only apps to its left."""

LAYERS = {
    "enums": 0,
    "errors": 0,
    "models": 1,
    "domain": 2,
    "permissions": 2,
    "forms": 3,
    "documents": 3,
    "exports": 3,
    "messages": 3,
    "lists": 3,
    "finding": 3,
    "imports": 3,
    "history": 3,
    "privacy": 3,
    "views": 4,
    "tasks": 4,
    "urls": 4,
    "short_urls": 4,
    "management": 4,
    "templatetags": 4,
    "apps": 4,
}
SPECIAL = {
    # The session store stands beside the models: settings name it, the middleware uses its keys.
    ("accounts", "sessions"): 1,
    ("accounts", "devices"): 4,
    ("accounts", "middleware"): 4,
    ("accounts", "adapter"): 4,
    ("accounts", "backends"): 4,
    # How links and objects are shown is registered by apps on the right.
    ("notifications", "links"): 2,
    ("notifications", "objects"): 3,
    ("notifications", "safe_copy"): 3,
    ("notifications", "middleware"): 4,
}
OPEN_TO_OTHERS = frozenset({"models", "enums", "errors", "domain", "permissions"})
REGISTRIES = frozenset({("notifications", "links"), ("notifications", "objects")})
"""What a left app offers for registering, beside its models, enums, errors, domain and permissions."""


@dataclass(frozen=True)
class Source:
    """One module of the portal."""

    path: Path

    @property
    def name(self) -> str:
        return str(self.path.relative_to(ROOT))

    @property
    def parts(self) -> tuple[str, ...]:
        return self.path.relative_to(ROOT).with_suffix("").parts

    @property
    def app(self) -> str:
        return self.parts[0]

    @property
    def section(self) -> str:
        """The part of the app that the module belongs to: models, domain, views, …"""
        return self.parts[1] if len(self.parts) > 1 else ""

    @property
    def is_test(self) -> bool:
        return "tests" in self.parts or "testing" in self.parts or self.path.name == "conftest.py"

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def tree(self) -> ast.Module:
        return parsed(self.path)

    def imports(self) -> Iterator[tuple[str, ...]]:
        """Every module that is imported, as its path of names (`from a.b import c` gives a, b, c)."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (tuple(alias.name.split(".")) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((*node.module.split("."), alias.name) for alias in node.names)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def sources(*folders: str) -> list[Source]:
    """The modules of some top-level folders (default: every app), without migrations."""
    found = [path for folder in folders or APPS for path in sorted((ROOT / folder).rglob("*.py"))]
    return [Source(path) for path in found if "migrations" not in path.parts]


def layer_of(app: str, section: str) -> int | None:
    """The layer of a section; None for what stands outside (the package itself, unknown names)."""
    return SPECIAL.get((app, section), LAYERS.get(section))
