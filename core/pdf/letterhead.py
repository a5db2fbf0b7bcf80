"""Who speaks on an official paper. The issuing body is written here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bilingual:
    """One thing said in French and in Arabic; papers carry both, the Arabic model being the administrative one."""

    fr: str
    ar: str = ""

    @property
    def either(self) -> Bilingual:
        """Each side, or the other one where it is blank: a paper never leaves a hole."""
        return Bilingual(self.fr or self.ar, self.ar or self.fr)


BLANK = Bilingual("")
UNDOCUMENTED = Bilingual("non documenté", "غير موثّق")


@dataclass(frozen=True)
class Letterhead:
    """The lines of both sides, from the republic down to the programme, and whether the emblem stands between them."""

    lines: tuple[Bilingual, ...]
    emblem: bool = True

    def as_data(self) -> dict[str, object]:
        return {"fr": [line.fr for line in self.lines], "ar": [line.ar for line in self.lines], "emblem": self.emblem}


AGENCY = Letterhead(
    lines=(
        Bilingual("République Tunisienne", "الجمهورية التونسية"),
        Bilingual(
            "Ministère de l’Enseignement supérieur et de la Recherche scientifique",
            "وزارة التعليم العالي والبحث العلمي",
        ),
        Bilingual(
            "Agence Nationale de Promotion de la Recherche scientifique (ANPR)", "الوكالة الوطنية للنهوض بالبحث العلمي"
        ),
        Bilingual("Programme PASRI", "برنامج PASRI"),
    )
)
