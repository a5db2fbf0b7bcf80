"""Words that the papers of a session share."""

from __future__ import annotations

from core.pdf import UNDOCUMENTED, Bilingual

ARABIC_ORDINALS = ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع", "العاشر")


def part_label(position: int) -> Bilingual:
    """`Partie A`, `الجزء الأول`: Arabic counts in words, not in Latin letters."""
    letter = chr(ord("A") + position - 1)
    arabic = ARABIC_ORDINALS[position - 1] if position <= len(ARABIC_ORDINALS) else str(position)
    return Bilingual(f"Partie {letter}", f"الجزء {arabic}")


def joined(*parts: Bilingual, fr: str = ", ", ar: str = "، ") -> Bilingual:
    """The parts that say something, side by side in each language; "non documenté" when none does."""
    both = [part.either for part in parts if part.fr or part.ar] or [UNDOCUMENTED]
    return Bilingual(fr.join(part.fr for part in both), ar.join(part.ar for part in both))


def fact(label: Bilingual, value: Bilingual) -> dict[str, str]:
    """A line of a paper: what it is and what it says, on both sides."""
    value = joined(value)
    return {"label_fr": label.fr, "label_ar": label.ar, "fr": value.fr, "ar": value.ar}
