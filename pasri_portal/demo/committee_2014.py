"""The national cluster committee and the two recommendations of May 2014, as they are documented, and nothing more.

Nobody sits in its seats here, no meeting is told, no rule of the order is known: what the sources do not say stays
empty, to be filled in from the order itself.
"""

from __future__ import annotations

from datetime import date, datetime

from directory.enums import Origin
from directory.models import Organisation, Programme
from pasri_portal.demo.seminar import ARTICLE
from steering.domain import acts, committees, recommendations, seats
from steering.domain.recommendations import Part
from steering.enums import RecommendationOrigin, Voice
from steering.models import Committee
from trainings.models import Session

CLOSING = "Séminaire de clôture du PASRI, 27 octobre 2015 (présentation d’E. Ottolini)"
SIGNED = date(2014, 1, 28)
GIVEN = date(2014, 5, 9)
INSTITUTIONS = (
    "Ministère de l’Industrie, de l’Énergie et des Mines",
    "Ministère des Finances",
    "Ministère du Tourisme",
    "Ministère du Commerce",
    "Ministère de l’Enseignement supérieur et de la Recherche scientifique",
    "Ministère du Développement et de la Coopération internationale",
    "Agence Nationale de Promotion de la Recherche scientifique",
    "Agence de Promotion de l’Industrie et de l’Innovation",
    "Union Tunisienne de l’Industrie, du Commerce et de l’Artisanat",
    "Confédération des Entreprises Citoyennes de Tunisie",
    "Association Tunisia Technoparks",
    "Association des Centres Techniques Industriels Tunisiens",
    "Association Professionnelle Tunisienne des Banques et des Établissements Financiers",
)
"""In the order of the article; the ministry of industry presides, says the article."""

GIVEN_AS = (
    (
        "R1",
        "identification des partenaires de terrain et la constitution d’un vivier d’animateurs potentiels",
        "تحديد الشركاء الميدانيين وتكوين رصيد من المنشّطين المحتملين",
        "identification of field partners and the building of a pool of potential animators",
    ),
    (
        "R2",
        "mise en place de lignes budgétaires pour des actions collectives (Clusters Grappes artisanales) ainsi que des "
        "Fonds de financement dédiés aux clusters",
        "إحداث بنود ميزانية للأعمال الجماعية (العناقيد والعناقيد الحرفية) وكذلك صناديق تمويل مخصّصة للعناقيد",
        "setting up of budget lines for collective actions (clusters, craft clusters) and of funds dedicated to "
        "clusters",
    ),
)
PARTS = {
    "R1": (
        Part(
            code="R1a",
            text_fr="Identifier les partenaires de terrain",
            text_ar="تحديد الشركاء الميدانيين",
            text_en="Identify the field partners",
            closure_fr="Liste validée par gouvernorat, accords signés",
            closure_ar="قائمة مصادق عليها حسب الولايات واتفاقيات ممضاة",
        ),
        Part(
            code="R1b",
            text_fr="Constituer un vivier d’animateurs potentiels",
            text_ar="تكوين رصيد من المنشّطين المحتملين",
            text_en="Build a pool of potential animators",
            closure_fr="Critères, appel, liste classée, dossier de formation, acceptation de chaque personne",
            closure_ar="المقاييس وطلب الترشح والقائمة المرتّبة وملف التكوين وموافقة كل شخص",
        ),
    ),
    "R2": (
        Part(
            code="R2a",
            text_fr="Mettre en place des lignes budgétaires pour les clusters",
            text_ar="إحداث بنود ميزانية للعناقيد",
            text_en="Set up budget lines for clusters",
            closure_fr="Extrait de la loi de finances ou du budget du ministère, avec code et montant",
            closure_ar="مقتطف من قانون المالية أو من ميزانية الوزارة، بالرمز والمبلغ",
        ),
        Part(
            code="R2b",
            text_fr="Mettre en place des lignes budgétaires pour les grappes artisanales",
            text_ar="إحداث بنود ميزانية للعناقيد الحرفية",
            text_en="Set up budget lines for craft clusters",
            closure_fr="Extrait de la loi de finances ou du budget du ministère de l’artisanat, avec code et montant",
            closure_ar="مقتطف من قانون المالية أو من ميزانية الوزارة المكلفة بالصناعات التقليدية، بالرمز والمبلغ",
        ),
        Part(
            code="R2c",
            text_fr="Mettre en place un fonds de financement dédié aux clusters",
            text_ar="إحداث صندوق تمويل مخصّص للعناقيد",
            text_en="Set up a fund dedicated to clusters",
            closure_fr="Texte fondateur, règlement, première dotation",
            closure_ar="النص المُحدِث والنظام الداخلي وأول اعتماد مرصود",
        ),
    ),
}


def load(*, now: datetime) -> Committee:
    """The committee with its thirteen institutions, its order, and the recommendations, proposed and split."""
    programme = Programme.objects.get(code="pasri")
    committee = committees.create(
        actor=None,
        now=now,
        name_fr="Comité National de Pilotage Cluster",
        name_ar="اللجنة الوطنية لقيادة العناقيد",
        name_en="National Cluster Steering Committee",
        programme=programme,
        source=f"{ARTICLE} ; {CLOSING}",
        origin=Origin.DOCUMENTED,
    )
    acts.enter(
        committee=committee,
        actor=None,
        title_fr="Arrêté ministériel du 28 janvier 2014",
        title_ar="قرار وزاري مؤرخ في 28 جانفي 2014",
        signed_on=SIGNED,
        in_force_from=SIGNED,
        source=f"{CLOSING}. Texte non trouvé : en vigueur comptée du jour de la signature, règles non documentées",
    )
    for rank, name in enumerate(INSTITUTIONS, start=1):
        seats.create(
            committee=committee,
            organisation=Organisation.objects.get(name_fr=name),
            actor=None,
            rank=rank,
            voice=Voice.UNKNOWN,
            presides=rank == 1,
            starts_on=SIGNED,
        )
    _recommendations(committee, programme)
    return committee


def _recommendations(committee: Committee, programme: Programme) -> None:
    session = Session.objects.get(training__programme=programme)
    for code, text_fr, text_ar, text_en in GIVEN_AS:
        whole = recommendations.create(
            committee=committee,
            actor=None,
            programme=programme,
            code=code,
            origin_kind=RecommendationOrigin.SESSION,
            session=session,
            reference=ARTICLE,
            text_fr=text_fr,
            text_ar=text_ar,
            text_en=text_en,
            given_on=GIVEN,
            origin=Origin.DOCUMENTED,
        )
        recommendations.split(recommendation=whole, parts=PARTS[code], actor=None)
