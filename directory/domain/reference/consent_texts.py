"""What people consent to, word for word. A version that exists is never edited."""

from __future__ import annotations

from directory.domain.reference.rows import Tally, bring, day, lines
from directory.models import ConsentText


def load() -> Tally:
    """By purpose and version."""
    existing = {(row.purpose, row.number): row for row in ConsentText.objects.all()}
    wanted = (
        (
            (r["purpose"], int(r["number"])),
            ConsentText(**{**r, "number": int(r["number"]), "valid_from": day(r["valid_from"])}),
        )
        for r in lines("consent_texts.csv")
    )
    return bring(existing, wanted)
