"""The seminar of 6-9 May 2014, as the article of 16 May 2014 documents it, and nothing more."""

from __future__ import annotations

from datetime import date, datetime

from directory.domain import persons, programmes
from directory.enums import Origin, Sex
from directory.models import Organisation, Person, Programme
from trainings.domain import archive, trainings
from trainings.domain.archive import PastPart
from trainings.models import Session

ARTICLE = "Article du 16 mai 2014 sur le séminaire PASRI des 6-9 mai 2014"
TITLE = (
    "Séminaire de formation PASRI, 6-9 mai 2014",
    "ندوة تكوينية لبرنامج PASRI، من 6 إلى 9 ماي 2014",
    "PASRI training seminar, 6-9 May 2014",
)
PRESENTATION = (
    "Séminaire animé par une experte internationale, spécialiste de la constitution des réseaux d’entreprises et "
    "artisanales. Lieu, heures, nombre de places et présences : non documentés.",
    "ندوة أشرفت على تكوينها خبيرة دولية مختصة في إحداث شبكات المؤسسات والشبكات الحرفية. "
    "المكان والتوقيت وعدد المقاعد والحضور: غير موثّق.",
    "Seminar given by an international expert in networks of firms and crafts. "
    "Venue, hours, places and attendance: not documented.",
)
PART_A = PastPart(
    title=(
        "Le montage et la gestion intégrée des Clusters productifs et d'innovation dans les territoires prioritaires",
        "إنشاء العناقيد الإنتاجية وعناقيد التجديد والتصرف المندمج فيها في المناطق ذات الأولوية",
        "Setting up and integrated management of productive and innovation clusters in priority territories",
    ),
    audience=(
        "Structures d’interface de cinq gouvernorats (liste non documentée)",
        "هياكل ربط ووساطة من خمس ولايات (القائمة غير موثّقة)",
        "Interface structures of five governorates (list not documented)",
    ),
    starts_on=date(2014, 5, 6),
    ends_on=date(2014, 5, 7),
)
PART_B = PastPart(
    title=(
        "Harmonisation des connaissances des membres du Comité de pilotage cluster",
        "توحيد معارف أعضاء لجنة قيادة العناقيد",
        "Harmonising the knowledge of the members of the cluster steering committee",
    ),
    audience=(
        "Membres du Comité de pilotage cluster : six ministères et sept organisations",
        "أعضاء لجنة قيادة العناقيد: ست وزارات وسبع منظمات",
        "Members of the cluster steering committee: six ministries and seven organisations",
    ),
    starts_on=date(2014, 5, 8),
    ends_on=date(2014, 5, 9),
)


def load(*, now: datetime) -> Session:
    """The programme, the training, its two parts and eight half-days, the trainer, the two people who are named."""
    programme = programmes.create(
        actor=None,
        code="pasri",
        name_fr="PASRI, programme d’appui au système de recherche et d’innovation",
        name_ar="برنامج دعم منظومة البحث والتجديد (PASRI)",
        name_en="PASRI, support programme for the research and innovation system",
        funder_fr="Union européenne",
        funder_ar="الاتحاد الأوروبي",
        funder_en="European Union",
        agency=Organisation.objects.filter(acronym="ANPR").first(),
        source=ARTICLE,
        origin=Origin.DOCUMENTED,
    )
    session = _session(programme, now=now)
    part_a = session.parts.get(position=1)
    for person in _participants(now=now):
        archive.record_participant(part=part_a, person=person, actor=None, now=now)
    return session


def _session(programme: Programme, *, now: datetime) -> Session:
    training = trainings.create(
        actor=None,
        now=now,
        programme=programme,
        title_fr=TITLE[0],
        title_ar=TITLE[1],
        title_en=TITLE[2],
    )
    trainer = persons.create(
        actor=None,
        now=now,
        name_latin="Annie Favrie-Gauthier",
        function="Experte internationale",
        sex=Sex.UNKNOWN,
        source=ARTICLE,
        origin=Origin.DOCUMENTED,
    )
    return archive.record(
        training=training,
        parts=[PART_A, PART_B],
        trainers=[trainer],
        actor=None,
        now=now,
        kind="SEM",
        title_fr=TITLE[0],
        title_ar=TITLE[1],
        title_en=TITLE[2],
        presentation_fr=PRESENTATION[0],
        presentation_ar=PRESENTATION[1],
        presentation_en=PRESENTATION[2],
        source=ARTICLE,
    )


def _participants(*, now: datetime) -> list[Person]:
    """The two people whom the article quotes, with the function and the body that it gives them."""
    named = [
        ("Yahia Alia", "Sous-directeur", Organisation.objects.filter(acronym="CTMCCV").first()),
        ("Ouannassi Idoudi", "PDG", Organisation.objects.filter(name_fr="Pôle de Gafsa").first()),
    ]
    found = []
    for name, function, organisation in named:
        person = persons.create(
            actor=None, now=now, name_latin=name, function=function, source=ARTICLE, origin=Origin.DOCUMENTED
        )
        if organisation is not None:
            persons.affiliate(person=person, organisation=organisation, function=function, actor=None)
        found.append(person)
    return found
