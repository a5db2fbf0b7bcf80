"""What the forms of the follow-up offer: institutions, sessions, items, decisions, people; never all there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.formats import date_range, plain_date
from directory.enums import OrganisationKind
from directory.models import Organisation, Person
from steering.domain import standing
from steering.enums import RECOMMENDATION_SHUT, DecisionState, ItemState
from steering.models import AgendaItem, Committee, Decision, Mandate, Recommendation, Seat
from trainings.models import Session

NEWEST = 200
CUT = 90
Groups = list[tuple[str, list[tuple[int, str]]]]


def cut(text: str) -> str:
    """A long text in one line of a list."""
    line = " ".join(text.split())
    return line if len(line) <= CUT else f"{line[: CUT - 1].rstrip()}…"


def offer(
    form: Any, name: str, queryset: models.QuerySet[Any], groups: Sequence[tuple[str, list[tuple[int, str]]]]
) -> None:
    """Offer these rows under their headings, and no others; a field that must be filled says so without any too."""
    field = form.fields[name]
    field.queryset = queryset.filter(pk__in=[pk for _heading, rows in groups for pk, _words in rows])
    field.choices = [("", "—"), *[group for group in groups if group[1]]]


def institutions(*kept: Organisation | None) -> Groups:
    """Members of the committees first, then other institutions; firms only where one is named already."""
    seated = Seat.objects.values("organisation")
    rows = Organisation.objects.order_by("order_fr", "id")
    members = rows.filter(pk__in=seated)
    named = [one.pk for one in kept if one is not None]
    others = rows.exclude(pk__in=seated).exclude(kind=OrganisationKind.FIRM) | rows.filter(pk__in=named).exclude(
        pk__in=seated
    )
    return [
        (_("Members of the committees"), [(row.pk, str(row)) for row in members]),
        (_("Other institutions"), [(row.pk, str(row)) for row in others.distinct()]),
    ]


def sessions(kept: int | None) -> list[tuple[int, str]]:
    """The newest sessions, and the one that is named already."""
    rows = list(Session.objects.order_by("-starts_on", "-id")[:NEWEST])
    if kept is not None and kept not in {row.pk for row in rows}:
        rows += Session.objects.filter(pk=kept)
    return [(row.pk, f"{row.code} – {cut(row.title)} ({date_range(row.starts_on, row.ends_on)})") for row in rows]


def items(kept: int | None) -> Groups:
    """Items that were discussed, under their meeting, the newest first."""
    rows = AgendaItem.objects.select_related("meeting__committee").order_by("-meeting__starts_at", "position", "id")
    found = list(rows.filter(state__in=(ItemState.OPEN, ItemState.TREATED))[:NEWEST])
    if kept is not None and kept not in {row.pk for row in found}:
        found += rows.filter(pk=kept)
    return _grouped(found, lambda item: f"{item.meeting.committee} – {item.meeting}", _item)


def decisions(committees: Iterable[Committee] | models.QuerySet[Committee], kept: int | None = None) -> Groups:
    """Decisions that were adopted, under their committee, the newest first."""
    rows = Decision.objects.select_related("item__meeting__committee").order_by("item__meeting__committee", "-id")
    found = list(rows.filter(item__meeting__committee__in=committees, state=DecisionState.ADOPTED)[:NEWEST])
    if kept is not None and kept not in {row.pk for row in found}:
        found += rows.filter(pk=kept)
    return _grouped(found, lambda row: str(row.item.meeting.committee), lambda row: f"{row.number} – {cut(row.text)}")


def recommendations(committees: models.QuerySet[Committee], kept: int | None = None) -> Groups:
    """Recommendations that an action may answer: open, not divided."""
    rows = Recommendation.objects.select_related("committee").order_by("committee", "code", "id")
    free = rows.filter(committee__in=committees, parts__isnull=True).exclude(state__in=RECOMMENDATION_SHUT)
    found = list(free[: 2 * NEWEST])
    if kept is not None and kept not in {row.pk for row in found}:
        found += rows.filter(pk=kept)
    return _grouped(found, lambda row: str(row.committee), lambda row: f"{row.code} – {cut(row.text)}")


def wholes(part: Recommendation) -> list[tuple[int, str]]:
    """Of which other ones a recommendation may be a part: of its committee, no parts themselves."""
    rows = Recommendation.objects.filter(committee=part.committee_id, parent__isnull=True).order_by("code", "id")
    return [(row.pk, f"{row.code} – {cut(row.text)}") for row in rows[:NEWEST]]


def people(owner: Organisation, *, on: date) -> list[tuple[int, str]]:
    """Who speaks for an institution."""
    return [(row.pk, _person(row)) for row in standing.people_of(owner, on=on)[:NEWEST]]


def holders(committees: models.QuerySet[Committee], *, on: date) -> Groups:
    """The holders of mandates in the committees, under their institution."""
    rows = Mandate.objects.in_force(on=on).filter(seat__in=Seat.objects.in_force(on=on), seat__committee__in=committees)
    rows = rows.select_related("seat__organisation", "person").order_by("seat__organisation", "person", "id")
    found: dict[str, dict[int, str]] = {}
    for row in rows[: 2 * NEWEST]:
        found.setdefault(str(row.seat.organisation), {})[row.person_id] = _person(row.person)
    return [(name, list(rows.items())) for name, rows in sorted(found.items())]


def seats(committee: Committee, *, on: date) -> list[tuple[int, str]]:
    """The seats of a committee that may be named to verify."""
    rows = (
        Seat.objects.in_force(on=on).filter(committee=committee).select_related("organisation").order_by("rank", "id")
    )
    return [(row.pk, str(row)) for row in rows]


def _person(row: Person) -> str:
    return f"{row} – {row.function}" if row.function else str(row)


def _item(row: AgendaItem) -> str:
    return f"{row.position}. {cut(row.title)} ({plain_date(row.meeting.day)})"


def _grouped(rows: Iterable[Any], heading: Any, words: Any) -> Groups:
    return [(name, [(row.pk, words(row)) for row in group]) for name, group in groupby(rows, key=heading)]
