"""Lists of people that staff paste: what their columns mean, which organisation is named, who may be known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.enums import Language
from core.formats import listed
from core.imports import Candidate, Line
from core.tables import Field, cleaners, heading_key
from directory.domain import cells, duplicates
from directory.domain.duplicates import Sought, Why
from directory.domain.persons import PersonFields
from directory.enums import Origin, Sex
from directory.models import Affiliation, Governorate, Organisation

NAME_FIELDS = ("name", "name_ar", "given", "family")
NAMES = _("Give the name in Latin or in Arabic script.")
GROUPS = (
    (pgettext_lazy("column", "Person"), ("name", "name_ar", "given", "family", "sex")),
    (pgettext_lazy("column", "Work"), ("function", "organisation")),
    (pgettext_lazy("column", "Contact"), ("email", "phone", "governorate", "language")),
)
"""What stands together in one column of the page."""
SAME = ("name_latin", "name_ar", "phone", "email", "function")
SEXES = ["F", "M"]
LANGUAGES = {
    Language.FRENCH: ("fr", "Français", "Fr", "French", "الفرنسية", "فرنسي"),
    Language.ARABIC: ("ar", "Arabe", "العربية", "عربي", "Arabic"),
    Language.ENGLISH: ("en", "Anglais", "English", "الإنجليزية"),
}
SAME_NAME = r"""
  SELECT wanted.name, body.id
  FROM (SELECT name, f_key(name) AS key FROM unnest(%s::text[]) AS pasted(name)) AS wanted
  JOIN directory_organisation AS body
    ON body.key LIKE '%%' || regexp_replace(wanted.key, '([\\%%_])', '\\\1', 'g') || '%%'
   AND wanted.key IN (f_key(body.acronym), body.order_fr, f_key(body.name_ar), f_key(body.name_en))
  WHERE wanted.key <> '' AND (body.origin = 'fictional') = ANY(%s)
"""


def spelt(*lines: str) -> tuple[str, ...]:
    """Spellings, parted by semicolons."""
    return tuple(text.strip() for line in lines for text in line.split(";"))


# -- what the columns hold -------------------------------------------------------------------------------------------
def name_fields() -> list[Field]:
    """Names in one column or in two, in either script or in both."""
    return [
        Field(
            "name",
            _("Surname and first name"),
            spelt(
                "Nom et prénom; Nom & prénom; Nom prénom; Prénom et nom; Prénom nom; Nom complet; Noms et prénoms",
                "Nom et prénom (français); Nom en français; Participant; Full name; Name",
                "الاسم واللقب; الاسم و اللقب; اللقب والاسم; اللقب و الاسم; الاسم الكامل; المشارك",
            ),
            cleaners.names("name_latin", "name_ar"),
            looks=cleaners.looks_like_latin_name,
        ),
        Field(
            "name_ar",
            _("Name in Arabic letters"),
            spelt(
                "Nom et prénom en arabe; Nom et prénom (arabe); Nom en arabe; Nom (arabe); Nom arabe; Arabic name",
                "الاسم واللقب بالعربية; الاسم بالعربية; الاسم واللقب (بالعربية)",
            ),
            cleaners.names("name_latin", "name_ar"),
            looks=cleaners.looks_like_arabic_name,
        ),
        Field(
            "given",
            _("First name"),
            ("Prénom", "Prénoms", "Prénom(s)", "First name", "Given name", "الاسم"),
            cleaners.names("given_latin", "given_ar"),
        ),
        Field(
            "family",
            _("Surname"),
            ("Nom", "Nom de famille", "Last name", "Surname", "Family name", "اللقب"),
            cleaners.names("family_latin", "family_ar"),
        ),
    ]


def work_fields() -> list[Field]:
    """Sex, function, organisation."""
    return [
        Field("sex", _("Sex"), ("Sexe", "Genre", "Civilité", "Sex", "Gender", "الجنس", "النوع"), cells.sex),
        Field(
            "function",
            pgettext_lazy("of a person", "Function"),
            spelt("Fonction; Poste; Profession; Qualité; Position; Function; الوظيفة; الخطة; الصفة; المهنة"),
            cleaners.text(),
        ),
        organisation_field(),
    ]


def organisation_field(*more: str) -> Field:
    """The name or acronym of an organisation; which one it is, is looked up for all lines at once."""
    return Field(
        "organisation",
        _("Organisation"),
        spelt(
            "Organisme; Institution; Structure; Entreprise; Société; Établissement; Employeur; Organisation",
            "Administration; Company; المؤسسة; الهيكل; المنظمة; الهيئة; الإدارة",
            *more,
        ),
        cleaners.text(),
    )


def contact_fields() -> list[Field]:
    """Address, telephone, place, language."""
    return [
        Field(
            "email",
            _("E-mail address"),
            spelt(
                "E-mail; Email; Mail; Courriel; Adresse e-mail; Adresse mail; Adresse électronique; E-mail address",
                "البريد الإلكتروني; العنوان الإلكتروني; البريد",
            ),
            cleaners.email,
            looks=cleaners.looks_like_email,
        ),
        Field(
            "phone",
            _("Telephone"),
            spelt(
                "Téléphone; Tél; GSM; Mobile; Portable; N° de téléphone; Numéro de téléphone; N° tél; Phone",
                "الهاتف; رقم الهاتف; الجوال; الهاتف الجوال; رقم الجوال",
            ),
            cleaners.phone,
            looks=cleaners.looks_like_phone,
        ),
        Field(
            "governorate",
            _("Governorate"),
            ("Gouvernorat", "Région", "Governorate", "الولاية", "الجهة"),
            cells.governorates(),
        ),
        Field(
            "language",
            _("Language of the messages"),
            ("Langue", "Langue des messages", "Language", "اللغة", "لغة المراسلة"),
            cleaners.choice(
                {spelling: code for code, spellings in LANGUAGES.items() for spelling in spellings},
                _("Write fr, ar or en."),
            ),
        ),
    ]


def person_fields() -> list[Field]:
    """Everything that a person's file takes."""
    return [*name_fields(), *work_fields(), *contact_fields()]


def choices() -> dict[str, list[str]]:
    """The words that are offered while one corrects."""
    places = [str(row) for row in Governorate.objects.order_by("name_fr")]
    return {"governorate": places, "sex": SEXES, "language": ["fr", "ar", "en"]}


# -- what a line says ------------------------------------------------------------------------------------------------
def join_names(lines: Iterable[Line], *, needed: bool = True) -> None:
    """Surname and first name become one name a script; with `needed`, a line without any name is wrong."""
    for line in lines:
        values = line.values
        for script in ("latin", "ar"):
            parts = [str(values[f"{part}_{script}"]) for part in ("given", "family") if values.get(f"{part}_{script}")]
            if parts:
                values.setdefault(f"name_{script}", " ".join(parts))
        if needed and not has_name(line) and not any(name in line.errors for name in NAME_FIELDS):
            used = [name for name in NAME_FIELDS if name in line.row.cells]
            line.errors[used[0] if used else "name"] = NAMES


def has_name(line: Line) -> bool:
    return bool(line.values.get("name_latin") or line.values.get("name_ar"))


def name_key(line: Line) -> tuple[str, ...] | None:
    """Whom a line names, without address: the same names, telephone and organisation are the same person twice."""
    if not has_name(line):
        return None
    texts = (line.values.get(name) or "" for name in ("name_latin", "name_ar"))
    body = heading_key(line.values.get("organisation") or "")
    return (*(heading_key(text) for text in texts), line.values.get("phone") or "", body)


def file_of(line: Line, *, origin: str = Origin.OWN) -> PersonFields:
    """The fields of a new file."""
    value = line.values.get
    return {
        "name_latin": value("name_latin") or "",
        "name_ar": value("name_ar") or "",
        "sex": value("sex") or Sex.UNKNOWN,
        "function": value("function") or "",
        "email": value("email"),
        "phone": value("phone") or "",
        "language": language_of(line),
        "governorate": value("governorate"),
        "origin": origin,
    }


def language_of(line: Line) -> str:
    """As written; else Arabic for whoever has a name in Arabic letters alone."""
    written: str | None = line.values.get("language")
    return written or (Language.FRENCH if line.values.get("name_latin") else Language.ARABIC)


# -- what is known ---------------------------------------------------------------------------------------------------
def find_organisations(lines: Iterable[Line], *, fictional: bool | None = None) -> None:
    """Put the organisation of each line beside its text, as the value `body`: by acronym or name, in one query more.

    `fictional` keeps to real or to fictional ones. A name that two bear is nobody's.
    """
    wanted: dict[str, list[Line]] = {}
    for line in lines:
        if text := line.values.get("organisation"):
            wanted.setdefault(text, []).append(line)
    if not wanted:
        return
    kinds = [True, False] if fictional is None else [fictional]
    with connection.cursor() as cursor:
        cursor.execute(SAME_NAME, [list(wanted), kinds])
        pairs: set[tuple[str, int]] = set(cursor.fetchall())
    ids: dict[str, list[int]] = {}
    for text, pk in pairs:
        ids.setdefault(text, []).append(pk)
    bodies = Organisation.objects.in_bulk([pk for found in ids.values() for pk in found])
    for text, found in ids.items():
        if len(found) == 1:
            for line in wanted[text]:
                line.values["body"] = bodies[found[0]]


def propose(lines: Sequence[Line]) -> dict[int, set[int]]:
    """Give each line its likely persons; returns the organisations of today of all of them, by person."""
    sought = [
        Sought(
            name_latin=line.values.get("name_latin") or "",
            name_ar=line.values.get("name_ar") or "",
            email=line.values.get("email") or "",
            phone=line.values.get("phone") or "",
        )
        for line in lines
    ]
    found = duplicates.likely(sought)
    people = {one.person.pk for candidates in found.values() for one in candidates}
    bodies: dict[int, list[Organisation]] = {}
    rows = Affiliation.objects.filter(person__in=people).in_force(on=timezone.localdate())
    for row in rows.select_related("organisation").order_by("pk"):
        bodies.setdefault(row.person_id, []).append(row.organisation)
    for place, candidates in found.items():
        proposed = [_candidate(one, bodies) for one in candidates]
        lines[place].candidates = [one for one in proposed if one.is_sure] or proposed
        lines[place].values["_persons"] = [one.person for one in candidates]
    return {pk: {body.pk for body in known} for pk, known in bodies.items()}


def _candidate(one: duplicates.Candidate, bodies: Mapping[int, list[Organisation]]) -> Candidate:
    person = one.person
    parts = [person.function, *(body.short_name for body in bodies.get(person.pk, [])), person.email or ""]
    return Candidate(
        pk=person.pk,
        name=person.name,
        why=listed([str(Why(why).label) for why in one.why]),
        detail=listed([part for part in parts if part]),
        url=reverse("directory:person-detail", args=[person.pk]),
        is_sure=Why.ADDRESS in one.why,
    )


def same_file(line: Line) -> int:
    """The id of a known person of whom the line says nothing new; 0: there is none.

    Either everything is equal, or the address or the telephone is, and nothing that the line says is different. A name
    alone is never enough where the file holds more: two people may bear it.
    """
    for person in line.values.get("_persons", ()):
        said = {name: _folded(getattr(person, name)) for name in SAME}
        given = {name: _folded(line.values.get(name)) for name in SAME}
        reached = any(given[name] and given[name] == said[name] for name in ("email", "phone"))
        if given == said or (reached and all(not given[name] or given[name] == said[name] for name in SAME)):
            return int(person.pk)
    return 0


def _folded(text: str | None) -> str:
    return heading_key(text or "")
