"""Clusters of the demonstration: those that public sources name, with no more than these say, and fictional ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from accounts.models import User
from clusters.domain import animators, clusters, memberships, phases
from clusters.enums import ClusterKind, MemberRole, Stage, Support, Track
from clusters.models import Cluster
from core import journal
from directory.domain import organisations, persons
from directory.enums import OrganisationKind, Origin, Sex
from directory.models import Governorate, Organisation, Person, Sector

MECHATRONICS = "Plumes économiques, partenariat Cluster Mécatronique Tunisie – France Clusters"
PILOTS = "L’Économiste maghrébin, 28 avril 2015"
CREATIVE = "Creative Tunisia, plan d’action et avancement, 10 août 2020"


@dataclass(frozen=True)
class Known:
    """A cluster that a public source names; what it does not say stays empty."""

    name: tuple[str, str]
    text: tuple[str, str]
    seat: str
    sectors: tuple[str, ...]
    source: str
    kind: str = ClusterKind.CRAFT


UNIDO = (
    "Pilote conduit par l’ONUDI et l’Office National de l’Artisanat.",
    "تجربة نموذجية لليونيدو وديوان الصناعات التقليدية.",
)
NAMED = (
    Known(
        ("Cluster mécatronique", "عنقود الميكاترونيك"),
        (
            "Mécanique, électronique et informatique ; environ 30 entreprises, au pôle de compétitivité de Sousse.",
            "الميكانيك والإلكترونيك والإعلامية؛ حوالي 30 مؤسسة بقطب التنافسية بسوسة.",
        ),
        "TN-51",
        ("mechanical",),
        MECHATRONICS,
        ClusterKind.INNOVATION,
    ),
    Known(("Mosaïque d’El Jem", "فسيفساء الجم"), UNIDO, "TN-53", ("crafts",), PILOTS),
    Known(("Art de la table de Nabeul", "أواني المائدة بنابل"), UNIDO, "TN-21", ("crafts",), PILOTS),
    Known(
        ("Poterie d’extérieur de Moknine", "فخار المكنين"),
        ("Poterie d’extérieur.", "فخار الفضاءات الخارجية."),
        "TN-52",
        ("crafts",),
        CREATIVE,
    ),
    Known(("Kilim du Kef", "كليم الكاف"), ("Tissage traditionnel.", "نسيج تقليدي."), "TN-33", ("crafts",), CREATIVE),
    Known(
        ("Fibres végétales de Gabès", "الألياف النباتية بقابس"),
        ("Objets en fibres végétales.", "منتجات من الألياف النباتية."),
        "TN-81",
        ("crafts",),
        CREATIVE,
    ),
    Known(
        ("Halfa de Kasserine", "حلفاء القصرين"),
        ("Objets en alfa.", "منتجات من الحلفاء."),
        "TN-42",
        ("crafts",),
        CREATIVE,
    ),
    Known(("Cuivre de Kairouan", "نحاس القيروان"), ("Dinanderie.", "صناعة النحاس."), "TN-41", ("crafts",), CREATIVE),
    Known(("Tissage de Monastir", "نسيج المنستير"), ("Tissage.", "نسيج."), "TN-52", ("crafts", "textile"), CREATIVE),
    Known(
        ("Mode de Tunis", "موضة تونس"), ("Mode et création.", "موضة وإبداع."), "TN-11", ("crafts", "textile"), CREATIVE
    ),
)


@dataclass(frozen=True)
class Imagined:
    """A fictional cluster and how far it is: its stages, oldest first, a year and a half apart."""

    name: tuple[str, str]
    kind: str
    seat: str
    sectors: tuple[str, ...]
    stages: tuple[Stage, ...]
    support: tuple[Support, ...] = ()
    beside: tuple[str, ...] = ()
    firms: int = 0
    artisans: int = 0
    state: str = "published"


IMAGINED = (
    Imagined(
        ("Grappe Exemple des plantes aromatiques", "عنقود النباتات العطرية المثال"),
        ClusterKind.PRODUCTIVE,
        "TN-71",
        ("food", "chemistry"),
        (Stage.INCUBATION, Stage.EMERGENCE),
        (Support.CANDIDATE, Support.SELECTED, Support.DIAGNOSED),
        beside=("TN-43", "TN-72"),
        firms=6,
        artisans=2,
    ),
    Imagined(
        ("Cluster Exemple de l’eau et de l’énergie", "عنقود الماء والطاقة المثال"),
        ClusterKind.INNOVATION,
        "TN-61",
        ("environment",),
        (Stage.EMERGENCE, Stage.GROWTH),
        (Support.CANDIDATE, Support.SELECTED, Support.DIAGNOSED, Support.PLANNED, Support.ACTIVE),
        beside=("TN-82",),
        firms=9,
    ),
    Imagined(
        ("Grappe artisanale Exemple de Sejnane", "العنقود الحرفي المثال بسجنان"),
        ClusterKind.CRAFT,
        "TN-23",
        ("crafts",),
        (Stage.INCUBATION,),
        (Support.IDEA, Support.CANDIDATE),
        artisans=7,
    ),
    Imagined(
        ("Cluster Exemple du liège", "عنقود الفلين المثال"),
        ClusterKind.PRODUCTIVE,
        "TN-32",
        ("wood", "packaging"),
        (Stage.EMERGENCE,),
        (Support.CANDIDATE,),
        beside=("TN-31",),
        firms=4,
    ),
    Imagined(
        ("Cluster Exemple des dattes", "عنقود التمور المثال"),
        ClusterKind.PRODUCTIVE,
        "TN-73",
        ("food", "packaging"),
        (Stage.EMERGENCE, Stage.GROWTH, Stage.MATURITY),
        (Support.ACTIVE, Support.LABELLED),
        beside=("TN-72",),
        firms=11,
    ),
    Imagined(
        ("Cluster Exemple de la santé", "عنقود الصحة المثال"),
        ClusterKind.INNOVATION,
        "TN-12",
        ("health",),
        (Stage.EMERGENCE, Stage.GROWTH),
        (Support.SELECTED,),
        beside=("TN-13", "TN-14"),
        firms=5,
    ),
    Imagined(
        ("Grappe Exemple en préparation", "عنقود مثال بصدد الإعداد"),
        ClusterKind.PRODUCTIVE,
        "TN-34",
        (),
        (),
        state="draft",
    ),
    Imagined(
        ("Cluster Exemple clos", "عنقود مثال منتهٍ"),
        ClusterKind.PRODUCTIVE,
        "TN-22",
        ("building",),
        (Stage.EMERGENCE, Stage.TRANSFORMATION),
        (Support.ACTIVE, Support.CLOSED),
        firms=2,
        state="archived",
    ),
)
HALF = timedelta(days=180)


def load(*, now: datetime, officer: User, bodies: list[Organisation]) -> list[Cluster]:
    """Those that sources name, and the fictional ones with members, phases and animators."""
    places = {row.iso_code: row for row in Governorate.objects.all()}
    sectors = {row.code: row for row in Sector.objects.all()}
    found = [_named(known, places, sectors, now=now) for known in NAMED]
    animator = _person("Animatrice Exemple de clusters", "منشّطة العناقيد المثال", Sex.FEMALE, now=now)
    number = 0
    for imagined in IMAGINED:
        cluster = _imagined(imagined, places, sectors, officer=officer, now=now)
        number = _members(cluster, imagined, bodies, officer=officer, number=number, now=now)
        if Support.ACTIVE in imagined.support and imagined.state == "published":
            since = timezone.localdate(now) - HALF
            animators.assign(cluster=cluster, person=animator, starts_on=since, share=40, actor=officer)
        found.append(cluster)
    return found


def _named(known: Known, places: dict[str, Governorate], sectors: dict[str, Sector], *, now: datetime) -> Cluster:
    cluster = clusters.create(
        name_fr=known.name[0],
        name_ar=known.name[1],
        kind=known.kind,
        presentation_fr=known.text[0],
        presentation_ar=known.text[1],
        governorate=places[known.seat],
        sectors=[sectors[code] for code in known.sectors],
        source=known.source,
        origin=Origin.DOCUMENTED,
        actor=None,
        now=now,
    )
    return clusters.publish(cluster=cluster, actor=None, now=now)


def _imagined(
    imagined: Imagined, places: dict[str, Governorate], sectors: dict[str, Sector], *, officer: User, now: datetime
) -> Cluster:
    """Entered two years ago; its phases follow one another half a year apart."""
    entered = now - timedelta(days=800)
    today = timezone.localdate(now)
    with journal.told_at(entered):
        cluster = clusters.create(
            name_fr=imagined.name[0],
            name_ar=imagined.name[1],
            kind=imagined.kind,
            presentation_fr="Cluster fictif, pour la démonstration." if imagined.stages else "",
            presentation_ar="عنقود خيالي، للتجربة." if imagined.stages else "",
            governorate=places[imagined.seat],
            governorates=[places[code] for code in imagined.beside],
            sectors=[sectors[code] for code in imagined.sectors],
            origin=Origin.FICTIONAL,
            actor=officer,
            now=entered,
        )
    for track, codes in ((Track.STAGE, imagined.stages), (Track.SUPPORT, imagined.support)):
        _phases(cluster, track, codes, first=timezone.localdate(entered), today=today, officer=officer)
    if imagined.state != "draft":
        cluster = clusters.publish(cluster=cluster, actor=officer, now=now)
    if imagined.state == "archived":
        cluster = clusters.archive(cluster=cluster, actor=officer, reason="Fin du soutien (exemple)", today=today)
    return cluster


def _phases(cluster: Cluster, track: Track, codes: tuple[str, ...], *, first: date, today: date, officer: User) -> None:
    step = (today - first) / max(len(codes), 1)
    for index, code in enumerate(codes):
        note = "" if index == 0 else "Selon la revue annuelle (exemple)"
        phases.enter(
            cluster=cluster, track=track, code=code, on=first + step * index, today=today, note=note, actor=officer
        )


def _members(
    cluster: Cluster, imagined: Imagined, bodies: list[Organisation], *, officer: User, number: int, now: datetime
) -> int:
    """One institution as host, then firms, then artisans who have no tax number; gives the last number used."""
    today = timezone.localdate(now)
    if imagined.firms or imagined.artisans:
        host = bodies[number % len(bodies)]
        memberships.join(
            cluster=cluster, organisation=host, role=MemberRole.HOST, starts_on=today - 4 * HALF, actor=officer
        )
    for index in range(imagined.firms):
        number += 1
        firm = organisations.create(
            actor=None,
            name_fr=f"Entreprise Exemple {number}",
            name_ar=f"المؤسسة المثال {number}",
            kind=OrganisationKind.FIRM,
            governorate=cluster.governorate,
            origin=Origin.FICTIONAL,
        )
        left = today - HALF if index == 3 else None
        memberships.join(cluster=cluster, organisation=firm, starts_on=today - 3 * HALF, ends_on=left, actor=officer)
    for _index in range(imagined.artisans):
        number += 1
        artisan = _person(f"Artisane potière {number}", f"حرفية في الفخار {number}", Sex.FEMALE, now=now)
        memberships.join(cluster=cluster, person=artisan, starts_on=today - 2 * HALF, actor=officer)
    return number


def _person(name_latin: str, name_ar: str, sex: str, *, now: datetime) -> Person:
    return persons.create(actor=None, now=now, name_latin=name_latin, name_ar=name_ar, sex=sex, origin=Origin.FICTIONAL)
