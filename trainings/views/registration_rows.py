"""What a line of a session's registrations says in words: said once a line here, not asked for piece by piece."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext

from core.formats import listed
from trainings.enums import RegistrationState
from trainings.models import Registration

READ = (
    *("part_id", "person_id", "state", "rank", "created_at", "offer_expires_at", "function", "email"),
    *("name_latin", "name_ar", "organisation_text", "organisation__name_fr", "organisation__name_ar"),
    *("organisation__name_en", "governorate__name_fr", "governorate__name_ar", "governorate__name_en"),
    *("category__name_fr", "category__name_ar", "category__name_en"),
    *("part__session_id", "part__position", "part__title_fr", "part__title_ar", "part__title_en"),
    *("part__audience_fr", "part__audience_ar", "part__audience_en"),
)
"""What such a line shows."""


def complete(rows: Iterable[Registration]) -> None:
    """Give each row `lacks` (the script that its name has not) and `turn_words` (its turn or rank, its category)."""
    lacks = gettext("without a name in Arabic letters"), gettext("without a name in Latin letters")
    for row in rows:
        row.lacks = lacks[0] if not row.name_ar else lacks[1] if not row.name_latin else ""  # type: ignore[attr-defined]
        row.turn_words = listed((_turn(row), str(row.category or "")))  # type: ignore[attr-defined]


def _turn(row: Registration) -> str:
    if row.state == RegistrationState.WAITING:
        return gettext("turn %(turn)s") % {"turn": row.turn}  # type: ignore[attr-defined]
    if row.rank and row.state not in {RegistrationState.OFFERED, RegistrationState.CANCELLED}:
        return gettext("rank %(rank)s") % {"rank": row.rank}
    return ""
