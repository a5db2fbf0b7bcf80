"""Reference data of the trainings app: the categories of public, loaded by the command `reference`."""

from __future__ import annotations

from directory.domain.reference.rows import Tally, bring
from trainings.models import PublicCategory

CATEGORIES = (
    ("interface", "Structures d’interface", "هياكل الربط والوساطة", "Interface structures"),
    ("committee", "Membres du comité de pilotage", "أعضاء لجنة القيادة", "Steering committee members"),
    ("ministry", "Ministères et agences publiques", "الوزارات والوكالات العمومية", "Ministries and public agencies"),
    ("centre", "Centres techniques et pôles", "المراكز الفنية والأقطاب", "Technical centres and poles"),
    ("firm", "Entreprises", "المؤسسات", "Firms"),
    ("research", "Universités et recherche", "الجامعات والبحث العلمي", "Universities and research"),
    ("craft", "Artisanat", "الصناعات التقليدية", "Crafts"),
    ("association", "Associations et organisations professionnelles", "الجمعيات والمنظمات المهنية", "Associations"),
    ("other", "Autres", "أصناف أخرى", "Others"),
)


def load_categories() -> Tally:
    """Add the categories that are missing; what staff renamed stays."""
    wanted = [
        (code, PublicCategory(code=code, name_fr=fr, name_ar=ar, name_en=en, position=position))
        for position, (code, fr, ar, en) in enumerate(CATEGORIES, start=1)
    ]
    return bring({row.code: row for row in PublicCategory.objects.all()}, wanted)
