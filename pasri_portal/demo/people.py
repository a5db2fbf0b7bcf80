"""Fictional bodies, and people named by their function: no private person is invented."""

from __future__ import annotations

from dataclasses import dataclass

from directory.domain import organisations
from directory.enums import OrganisationKind, Origin, Sex
from directory.models import Governorate, Organisation

BODIES = (
    ("Pôle Exemple 1", "القطب المثال 1", OrganisationKind.POLE, "TN-71"),
    ("Pôle Exemple 2", "القطب المثال 2", OrganisationKind.POLE, "TN-33"),
    ("Centre technique Exemple", "المركز الفني المثال", OrganisationKind.TECHNICAL_CENTRE, "TN-61"),
    ("Association Exemple des artisans", "جمعية الحرفيين المثال", OrganisationKind.ASSOCIATION, "TN-41"),
    ("Université Exemple", "الجامعة المثال", OrganisationKind.UNIVERSITY, "TN-81"),
)
FUNCTIONS = (
    ("Responsable innovation", "مسؤول التجديد", Sex.MALE),
    ("Cheffe de projet", "رئيسة مشروع", Sex.FEMALE),
    ("Chargé d’affaires", "مكلف بالأعمال", Sex.MALE),
    ("Ingénieure conseil", "مهندسة مستشارة", Sex.FEMALE),
    ("Directeur technique", "مدير فني", Sex.MALE),
    ("Chargée de mission", "مكلفة بمهمة", Sex.FEMALE),
    ("Animateur potentiel", "منشّط محتمل", Sex.MALE),
    ("Artisane potière", "حرفية في الفخار", Sex.FEMALE),
)


@dataclass(frozen=True)
class Figure:
    """A fictional participant."""

    name_latin: str
    name_ar: str
    sex: str
    function: str
    organisation: Organisation
    email: str


def make_bodies() -> list[Organisation]:
    """The fictional institutions, each in a governorate."""
    places = {row.iso_code: row for row in Governorate.objects.all()}
    return [
        organisations.create(
            actor=None,
            name_fr=name_fr,
            name_ar=name_ar,
            kind=kind,
            governorate=places.get(code),
            origin=Origin.FICTIONAL,
        )
        for name_fr, name_ar, kind, code in BODIES
    ]


def figures(bodies: list[Organisation], count: int, *, start: int = 1) -> list[Figure]:
    """`count` people, numbered from `start`, spread over functions and bodies."""
    found = []
    for number in range(start, start + count):
        function, function_ar, sex = FUNCTIONS[number % len(FUNCTIONS)]
        found.append(
            Figure(
                name_latin=f"{function} {number}",
                name_ar=f"{function_ar} {number}",
                sex=sex,
                function=function,
                organisation=bodies[number % len(bodies)],
                email=f"participant{number}@exemple.invalid",
            )
        )
    return found
