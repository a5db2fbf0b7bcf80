"""Lists of members of a cluster: organisations of the directory, and artisans by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.domain import memberships
from clusters.enums import MemberRole
from clusters.errors import OwnMember
from clusters.models import Cluster, Membership
from clusters.permissions import can_write
from core import imports
from core.enums import Kept
from core.imports import Import, Line, Shown
from core.imports.checking import find_twins
from core.tables import Field, cleaners
from directory.domain import cells, people_lists, people_made, persons
from directory.models import Person

Made = dict[str, Any]
ONE_OF_TWO = _("A member is an organisation, or an artisan: one of the two.")
ROLES = {
    MemberRole.MEMBER: "member; Membre; Adhérent; عضو; منخرط",
    MemberRole.FOUNDER: "founder; Membre fondateur; Fondateur; عضو مؤسس; مؤسس",
    MemberRole.HOST: "host; Structure porteuse; Porteur; Structure hôte; المؤسسة الحاضنة; الهيكل الحاضن",
    MemberRole.PARTNER: "partner; Partenaire; Partenaire de terrain; شريك; شريك ميداني",
}


class Members(imports.ImportKind):
    """One cluster: `params` are {"cluster": id}."""

    code = "clusters.members"
    label = _("Paste members of a cluster")
    groups = people_lists.GROUPS

    def cluster(self, params: Mapping[str, Any]) -> Cluster:
        return Cluster.objects.get(pk=params["cluster"])

    def fields(self, params: Mapping[str, Any]) -> Sequence[Field]:
        spelt = people_lists.spelt
        roles = {text: role for role, line in ROLES.items() for text in (*spelt(line), str(role.label))}
        sex, _function, _organisation = people_lists.work_fields()
        contacts = [one for one in people_lists.contact_fields() if one.name != "language"]
        return [
            people_lists.organisation_field("Membre", "Structure membre", "Member", "العضو"),
            *people_lists.name_fields(),
            Field("role", _("Role"), spelt("Rôle; Role; الدور; الصفة"), cleaners.choice(roles, _role_words())),
            Field(
                "starts_on",
                _("Member since"),
                spelt("Membre depuis; Depuis; Date d’adhésion; Adhésion; Member since; عضو منذ; منذ; تاريخ الانخراط"),
                cleaners.day,
                required=True,
            ),
            Field(
                "ends_on",
                _("Member until"),
                spelt("Membre jusqu’au; Jusqu’au; Fin; Member until; عضو إلى; إلى غاية; تاريخ الانسحاب"),
                cleaners.day,
            ),
            Field("sex", sex.label, sex.headings, cells.sex),
            *contacts,
        ]

    def choices(self, params: Mapping[str, Any]) -> dict[str, list[str]]:
        return people_lists.choices() | {"role": [str(role.label) for role in MemberRole]}

    def target(self, params: Mapping[str, Any]) -> str:
        return str(self.cluster(params))

    def is_there(self, params: Mapping[str, Any]) -> bool:
        return Cluster.objects.filter(pk=params.get("cluster")).exists()

    def may(self, user: Any, params: Mapping[str, Any]) -> bool:
        return can_write(user) and self.is_there(params)

    def oversees(self, user: Any) -> bool:
        return isinstance(user, User) and user.is_manager

    def look(self, lines: list[Line], params: Mapping[str, Any]) -> None:
        cluster = self.cluster(params)
        people_lists.join_names(lines, needed=False)
        people_lists.find_organisations(lines)
        for line in lines:
            _check(line, cluster)
        find_twins(lines, lambda line: getattr(line.values.get("body"), "pk", None), sure=True)
        artisans = [line for line in lines if people_lists.has_name(line) and not line.values.get("organisation")]
        find_twins(artisans, lambda line: line.values.get("email"), sure=True)
        find_twins(artisans, people_lists.name_key)
        people_lists.propose(artisans)
        rows = list(cluster.memberships.select_related("person"))
        for line in lines:
            row = next((row for row in rows if _is_of(row, line) and _overlap(row, line)), None)
            if row is not None and not line.errors:
                line.there = _("A member in these days already.")
                line.there_url = reverse("clusters:member-edit", args=[row.pk])

    def enter(self, line: Line, imp: Import, *, actor: Any, now: datetime) -> Made:
        body, person, is_new = line.values.get("body"), None, False
        if body is None:
            is_new = not line.used
            person = (
                persons.create(actor=actor, now=now, **people_lists.file_of(line))
                if is_new
                else Person.objects.get(pk=line.used)
            )
        row = memberships.join(
            cluster=self.cluster(imp.params),
            organisation=body,
            person=person,
            role=line.values.get("role") or MemberRole.MEMBER,
            starts_on=line.values["starts_on"],
            ends_on=line.values.get("ends_on"),
            actor=actor,
        )
        made: Made = {"membership": row.pk, "is_new": is_new}
        return made | ({"person": person.pk} if person else {})

    def sealed(self, made: list[Made]) -> None:
        people_made.seal(made)
        rows = Membership.objects.in_bulk([one["membership"] for one in made])
        for one in made:
            one["joined"] = rows[one["membership"]].version

    def kept(self, made: list[Made]) -> dict[int, str]:
        rows = Membership.objects.in_bulk([one["membership"] for one in made])
        found: dict[int, str] = {}
        for one in made:
            row = rows.get(one["membership"])
            if row is None:
                found[one["row"]] = Kept.GONE
            elif row.version != one.get("joined"):
                found[one["row"]] = Kept.CHANGED
        return found

    def take_back(self, made: Made, imp: Import, *, actor: Any, now: datetime) -> str:
        row = Membership.objects.filter(pk=made["membership"]).first()
        if row is None:
            return Kept.GONE
        reason = gettext("The list with which this member was entered was undone.")
        memberships.remove(membership=row, actor=actor, reason=reason)
        if made.get("is_new") and not people_made.kept([made]):
            people_made.take_back(made["person"], actor=actor)
        return ""

    def shown(self, made: list[Made]) -> dict[int, Shown]:
        rows = Membership.objects.select_related("organisation", "person")
        found = rows.in_bulk([one["membership"] for one in made])
        return {
            one["row"]: Shown(str(row.member), reverse("clusters:member-edit", args=[row.pk]), detail=row.role_label)
            for one in made
            if (row := found.get(one["membership"])) is not None
        }

    def button(self, count: int) -> str:
        return ngettext("Enter %(n)s member", "Enter %(n)s members", count) % {"n": count}

    def start_url(self, params: Mapping[str, Any]) -> str:
        return reverse("clusters:member-import", args=[self.cluster(params).slug])

    def back_url(self, params: Mapping[str, Any]) -> str:
        return reverse("clusters:member-list", args=[self.cluster(params).slug])


def _role_words() -> Any:
    return _("Write one of the roles: member, founding member, host organisation, field partner.")


def _check(line: Line, cluster: Cluster) -> None:
    """What must be right in one line beside its cells."""
    text, body = line.values.get("organisation"), line.values.get("body")
    if text and people_lists.has_name(line):
        line.errors["organisation"] = ONE_OF_TWO
    elif text and body is None:
        line.errors["organisation"] = _("No organisation of the directory has this name: enter it there first.")
    elif body is not None and body.pk == cluster.body_id:
        line.errors["organisation"] = OwnMember().message
    elif not text and not people_lists.has_name(line) and not set(people_lists.NAME_FIELDS) & set(line.errors):
        used = [name for name in ("organisation", *people_lists.NAME_FIELDS) if name in line.row.cells]
        line.errors.setdefault(used[0] if used else "organisation", ONE_OF_TWO)
    first, last = line.values.get("starts_on"), line.values.get("ends_on")
    if first and last and last < first:
        line.errors["ends_on"] = _("A membership ends on or after the day on which it starts.")


def _is_of(row: Membership, line: Line) -> bool:
    body = line.values.get("body")
    if body is not None:
        return row.organisation_id == body.pk
    sure = next((one.pk for one in line.candidates if one.is_sure), 0)
    person = sure or line.used or people_lists.same_file(line)
    return bool(person) and row.person_id == person


def _overlap(row: Membership, line: Line) -> bool:
    first, last = line.values.get("starts_on"), line.values.get("ends_on")
    if first is None:
        return False
    return (row.ends_on or date.max) >= first and row.starts_on <= (last or date.max)
