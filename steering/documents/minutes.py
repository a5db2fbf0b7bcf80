"""The minutes as PDF: one language a paper, on the agency's letterhead."""

from __future__ import annotations

from pathlib import Path

from django.utils import timezone

from core.pdf import render
from steering.documents.minutes_paper import compose
from steering.domain.minutes import Printing

TEMPLATE = Path(__file__).with_name("minutes.typ")


def minutes_pdf(printing: Printing) -> bytes:
    """The paper, PDF/UA; the same printing gives the same bytes."""
    paper = compose(printing)
    return render(
        TEMPLATE,
        paper.as_data(),
        language=printing.language,
        title=f"{paper.title} – {paper.committee.text}",
        demo=paper.demo,
        at=timezone.localtime(printing.printed_at),
    )
