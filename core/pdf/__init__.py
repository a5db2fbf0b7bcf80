"""Official papers as PDF: Typst templates, data as data, both directions, tagged for screen readers (PDF/UA, PDF/A)."""

from core.pdf.engine import UnprintableDocument, render
from core.pdf.letterhead import AGENCY, BLANK, UNDOCUMENTED, Bilingual, Letterhead

__all__ = ["AGENCY", "BLANK", "UNDOCUMENTED", "Bilingual", "Letterhead", "UnprintableDocument", "render"]
