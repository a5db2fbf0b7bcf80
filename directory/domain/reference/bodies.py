"""Institutions with the names that they bore before. An organisation that is there already is staff's: it stays."""

from __future__ import annotations

from core import journal
from directory.domain.reference.rows import Tally, bring, day, lines
from directory.enums import Origin
from directory.models import FormerName, Governorate, Organisation, Sector


def load_organisations() -> Tally:
    """By name in French; a name that staff changed since is known by its acronym, where it has one."""
    rows = list(lines("organisations.csv"))
    places = {row.iso_code: row for row in Governorate.objects.all()}
    sectors = {row.code: row for row in Sector.objects.all()}
    documented = Organisation.objects.filter(origin=Origin.DOCUMENTED)
    existing = {row.name_fr: row for row in Organisation.objects.filter(name_fr__in=[r["name_fr"] for r in rows])}
    known = {row.acronym: row for row in documented if row.acronym}
    former = {row.name_fr: row.organisation for row in FormerName.objects.select_related("organisation")}
    wanted = (
        (
            r["name_fr"],
            Organisation(
                acronym=r["acronym"],
                name_fr=r["name_fr"],
                name_ar=r["name_ar"],
                kind=r["kind"],
                governorate=places.get(r["governorate"]),
                sector=sectors.get(r["sector"]),
                source=r["source"],
                origin=Origin.DOCUMENTED,
            ),
        )
        for r in rows
        if r["acronym"] not in known and r["name_fr"] not in former
    )
    return bring(existing, wanted, added=_record)


def _record(organisation: Organisation) -> None:
    journal.record("organisation.create", obj=organisation, actor=None, data={"reference": True})


def load_former_names() -> Tally:
    """By organisation and last day."""
    rows = list(lines("former_names.csv"))
    bodies = {row.name_fr: row for row in Organisation.objects.filter(name_fr__in=[r["name_fr"] for r in rows])}
    existing = {(row.organisation_id, row.valid_to): row for row in FormerName.objects.all()}
    wanted = []
    for r in rows:
        body, last = bodies.get(r["name_fr"]), day(r["valid_to"])
        if body is not None and last is not None:
            former = FormerName(
                organisation=body,
                acronym=r["acronym"],
                name_fr=r["former_name_fr"],
                name_ar=r["former_name_ar"],
                valid_from=day(r["valid_from"]),
                valid_to=last,
                source=r["source"],
            )
            wanted.append(((body.pk, last), former))
    return bring(existing, wanted)
