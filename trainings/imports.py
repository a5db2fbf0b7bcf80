"""Lists of people who are registered by staff for one part of a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import imports
from core.enums import Kept
from core.errors import DomainError
from core.imports import Import, Line, Shown
from core.imports.checking import find_twins
from core.imports.kinds import Text
from core.tables import Field, cleaners, heading_key
from directory.domain import people_lists, people_made
from directory.enums import Sex
from directory.models import Person
from trainings.domain import by_hand, intake, letters
from trainings.domain.intake import RegistrationData
from trainings.enums import ACTIVE_STATES, RegistrationState
from trainings.models import Attendance, Certificate, Registration, SessionPart
from trainings.permissions import is_staff

Made = dict[str, Any]
SAME = ("name_latin", "name_ar", "phone", "function")


class Registrations(imports.ImportKind):
    """One part of a session: `params` are {"part": id}. The lines keep their order, and so their ranks."""

    code = "trainings.registrations"
    label = _("Paste people into a session")
    groups = people_lists.GROUPS

    def part(self, params: Mapping[str, Any]) -> SessionPart:
        rows = SessionPart.objects.select_related("session__training__programme")
        return rows.prefetch_related("categories__category", "session__questions").get(pk=params["part"])

    def fields(self, params: Mapping[str, Any]) -> Sequence[Field]:
        categories = {
            name: row.category
            for row in self.part(params).categories.all()
            for name in (row.category.name_fr, row.category.name_ar, row.category.name_en, row.category.code)
            if name
        }
        fields = people_lists.person_fields()
        if categories:
            clean = cleaners.choice(categories, _("This part is not meant for this category of public."))
            headings = people_lists.spelt("Catégorie; Catégorie de public; Public; Category; الصنف; صنف الجمهور")
            fields.append(Field("category", _("Category of public"), headings, clean, required=True))
        return fields

    def choices(self, params: Mapping[str, Any]) -> dict[str, list[str]]:
        return people_lists.choices() | {"category": [str(row.category) for row in self.part(params).categories.all()]}

    def target(self, params: Mapping[str, Any]) -> str:
        part = self.part(params)
        alone = part.session.parts.count() == 1
        return part.session.title if alone else part.session.title + pgettext("list", ", ") + part.name

    def is_there(self, params: Mapping[str, Any]) -> bool:
        return SessionPart.objects.filter(pk=params.get("part")).exists()

    def may(self, user: Any, params: Mapping[str, Any]) -> bool:
        return is_staff(user) and self.is_there(params)

    def oversees(self, user: Any) -> bool:
        return isinstance(user, User) and user.is_manager

    def why_closed(self, params: Mapping[str, Any], *, now: datetime) -> Text:
        return by_hand.why_closed(part=self.part(params), now=now)

    def warning(self, lines: Sequence[Line], params: Mapping[str, Any]) -> Text:
        """More people than places: who enters as confirmed, who waits; and who asked before and is not decided on."""
        part = self.part(params)
        said = []
        if part.capacity is not None and len(lines) > (free := max(part.capacity - part.taken, 0)):
            words = ngettext(
                "%(free)s place is free for %(people)s people: those for whom there is none go to the waiting list.",
                "%(free)s places are free for %(people)s people: those for whom there is none go to the waiting list.",
                free,
            )
            said.append(words % {"free": free, "people": len(lines)})
        undecided = part.registrations.filter(state=RegistrationState.REVIEW).count()
        if undecided:
            words = ngettext(
                "%(count)s registration that was asked for before waits for a decision.",
                "%(count)s registrations that were asked for before wait for a decision.",
                undecided,
            )
            said.append(words % {"count": undecided})
        return " ".join(said)

    def question(self, params: Mapping[str, Any]) -> tuple[Text, Text] | None:
        text = intake.consent_text(on=timezone.localdate())
        if text is None:
            return None
        return _("These people have agreed to the consent text, on paper or by word"), text.text

    def about(self, params: Mapping[str, Any]) -> Any:
        return self.part(params).session

    def look(self, lines: list[Line], params: Mapping[str, Any]) -> None:
        part = self.part(params)
        people_lists.join_names(lines)
        people_lists.find_organisations(lines, fictional=part.session.is_fictional)
        for line in lines:
            if "body" not in line.values and line.values.get("organisation"):
                line.notes["organisation"] = _("Not in the directory: kept as it is written.")
        find_twins(lines, lambda line: line.values.get("email"), sure=True)
        find_twins(lines, people_lists.name_key)
        people_lists.propose(lines)
        known = list(part.registrations.filter(state__in=ACTIVE_STATES).select_related("organisation"))
        emails = {row.email: row for row in known if row.email}
        persons = {row.person_id: row for row in known if row.person_id}
        words = {_key_of(row): row for row in known}
        for line in lines:
            sure = next((one.pk for one in line.candidates if one.is_sure), 0)
            row = emails.get(line.values.get("email") or "") or persons.get(sure or line.used)
            row = row or words.get(_key_of_line(line))
            if row is not None and not line.errors:
                line.there = _("Already registered for this part: “%(state)s”.") % {"state": row.get_state_display()}
                line.there_url = reverse("trainings:registration-detail", args=[row.pk])

    def enter(self, line: Line, imp: Import, *, actor: Any, now: datetime) -> Made:
        part = self.part(imp.params)
        person = Person.objects.get(pk=line.used) if line.used else None
        value = line.values.get
        data = RegistrationData(
            email=value("email") or "",
            name_latin=value("name_latin") or (person.name_latin if person else ""),
            name_ar=value("name_ar") or (person.name_ar if person else ""),
            sex=value("sex") or (person.sex if person else Sex.UNKNOWN),
            phone=value("phone") or (person.phone if person else ""),
            function=value("function") or (person.function if person else ""),
            organisation=value("body"),
            organisation_text=value("organisation") or "",
            governorate=value("governorate") or (person.governorate if person else None),
            category=value("category"),
            language=value("language") or (person.language if person else people_lists.language_of(line)),
            consent_text=intake.consent_text(on=timezone.localdate(now)) if imp.agreed else None,
        )
        row = by_hand.register(part=part, data=data, person=person, actor=actor, now=now)
        return {"registration": row.pk, "person": row.person_id, "is_new": person is None}

    def sealed(self, made: list[Made]) -> None:
        people_made.seal(made)
        rows = Registration.objects.in_bulk([one["registration"] for one in made])
        for one in made:
            one["registered"] = rows[one["registration"]].version

    def kept(self, made: list[Made]) -> dict[int, str]:
        ids = [one["registration"] for one in made]
        rows = Registration.objects.in_bulk(ids)
        marked = set(Attendance.objects.filter(registration__in=ids).values_list("registration_id", flat=True))
        marked |= set(Certificate.objects.filter(registration__in=ids).values_list("registration_id", flat=True))
        found: dict[int, str] = {}
        for one in made:
            row = rows.get(one["registration"])
            if row is None:
                found[one["row"]] = Kept.GONE
            elif row.state not in ACTIVE_STATES:
                found[one["row"]] = Kept.ENDED
            elif row.pk in marked:
                found[one["row"]] = Kept.ATTENDED
            elif row.version != one.get("registered"):
                found[one["row"]] = Kept.CHANGED
        return found

    def take_back(self, made: Made, imp: Import, *, actor: Any, now: datetime) -> str:
        row = Registration.objects.select_related("part").filter(pk=made["registration"]).first()
        if row is None:
            return Kept.GONE
        reason = gettext("The list with which this registration was entered was undone.")
        try:
            if not by_hand.take_back(registration=row, actor=actor, reason=reason, now=now):
                return Kept.ENDED
        except DomainError:
            return Kept.ATTENDED
        if made.get("is_new") and not people_made.kept([made]):
            people_made.take_back(made["person"], actor=actor)
        return ""

    def told(self, made: list[Made]) -> tuple[int, int]:
        ids = [one["registration"] for one in made]
        return letters.waiting(ids), letters.have_left(ids)

    def shown(self, made: list[Made]) -> dict[int, Shown]:
        rows = Registration.objects.in_bulk([one["registration"] for one in made])
        return {
            one["row"]: Shown(row.name, reverse("trainings:registration-detail", args=[row.pk]), row, row.function)
            for one in made
            if (row := rows.get(one["registration"])) is not None
        }

    def button(self, count: int) -> str:
        return ngettext("Register %(n)s person", "Register %(n)s people", count) % {"n": count}

    def start_url(self, params: Mapping[str, Any]) -> str:
        part = self.part(params)
        return reverse("trainings:registration-import", args=[part.session.slug, part.position])

    def back_url(self, params: Mapping[str, Any]) -> str:
        part = self.part(params)
        return reverse("trainings:registration-list", args=[part.session.slug]) + f"?part={part.pk}"


def _key_of(row: Registration) -> tuple[str, ...]:
    return (*(heading_key(str(getattr(row, name) or "")) for name in SAME), heading_key(row.organisation_name))


def _key_of_line(line: Line) -> tuple[str, ...]:
    """The line as it would stand in the list: the very same words are the same registration."""
    body = line.values.get("body") or line.values.get("organisation") or ""
    return (*(heading_key(str(line.values.get(name) or "")) for name in SAME), heading_key(str(body)))
