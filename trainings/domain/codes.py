"""Codes of sessions: proposed by kind and year, changed at will, never the same twice."""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import series
from core.errors import DomainError
from trainings.models import Session

PATTERN = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")
RESERVED = frozenset({"new", "parts", "half-days", "trainers", "questions"})
"""Words that stand in the place of a slug in the addresses."""


def given(code: str) -> str:
    """The code that a person typed, in capitals; empty when none was. Raises DomainError on other signs."""
    code = code.strip().upper()
    if code and not PATTERN.fullmatch(code):
        raise DomainError(
            _("A code is made of capital letters without accents, digits and hyphens, such as SEM-2026-03."),
            code="bad_code",
            field="code",
        )
    return code


def require_free(code: str, *, session: Session | None = None) -> None:
    """Refuse a code that another session bears, naming it."""
    other = Session.objects.filter(code=code).first()
    if other is not None and other != session:
        text = gettext("This code is taken by “%(title)s”.") % {"title": other.title}
        raise DomainError(text, code="code_taken", field="code")


def next_code(kind: str, day: date) -> str:
    """The next free code of a kind in the year of `day`: SEM-2026-03. The number is used up."""
    prefix = f"{kind}-{day.year}"
    while True:
        code = f"{prefix}-{series.next_number(f'session {prefix}'):02d}"
        if not Session.objects.filter(code=code).exists():
            return code


def slug_for(code: str) -> str:
    """The address of the session's page, made from its first code and kept when the code changes."""
    slug = base = code.lower()
    number = 1
    while slug in RESERVED or Session.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
