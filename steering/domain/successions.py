"""Institutions change: renamed, merged into another, split. Seats, open actions and what is asked of them pass on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from directory.domain import organisations
from directory.domain.organisations import NameFields
from directory.models import Organisation
from steering.enums import RECOMMENDATION_SHUT, PlanState, SuccessionKind
from steering.models import Action, Committee, PlanVersion, Recommendation, Seat, Succession, Tenure


@dataclass(frozen=True)
class Estate:
    """What an institution holds that can pass to a successor; `reviews` are open ones, and follow their seats."""

    seats: list[Seat] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    committees: list[Committee] = field(default_factory=list)
    reviews: list[PlanVersion] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.seats or self.actions or self.recommendations or self.committees)

    def only(
        self,
        *,
        seats: Collection[Seat] | None = None,
        actions: Collection[Action] | None = None,
        recommendations: Collection[Recommendation] | None = None,
        committees: Collection[Committee] | None = None,
    ) -> Estate:
        """The chosen part; what is not named stays out, and reviews go with their seats."""
        kept = [row for row in self.seats if row in (seats or ())]
        homes = {row.committee_id for row in kept}
        return Estate(
            kept,
            [row for row in self.actions if row in (actions or ())],
            [row for row in self.recommendations if row in (recommendations or ())],
            [row for row in self.committees if row in (committees or ())],
            [row for row in self.reviews if row.plan.committee_id in homes],
        )

    def without(self, other: Estate) -> Estate:
        """What is left once `other` has passed."""
        return Estate(
            [row for row in self.seats if row not in other.seats],
            [row for row in self.actions if row not in other.actions],
            [row for row in self.recommendations if row not in other.recommendations],
            [row for row in self.committees if row not in other.committees],
            [row for row in self.reviews if row not in other.reviews],
        )


def estate_of(organisation: Organisation, *, on: date) -> Estate:
    """What could pass from a day on: seats in office, open actions, open recommendations, secretariats, open reviews.

    Five queries.
    """
    seats = Seat.objects.filter(organisation=organisation).exclude(ends_on__lt=on)
    actions = Action.objects.filter(owner=organisation).open()
    asked = Recommendation.objects.filter(addressee=organisation).exclude(state__in=RECOMMENDATION_SHUT)
    under_review = PlanVersion.objects.filter(state=PlanState.REVIEW, plan__committee__seats__in=seats)
    return Estate(
        list(seats.select_related("committee", "organisation").order_by("committee", "rank", "id")),
        list(actions.select_related("committee").order_by("committee", "due_on", "id")),
        list(asked.select_related("committee").order_by("committee", "code", "id")),
        list(Committee.objects.filter(secretariat=organisation).order_by("order_fr", "id")),
        list(under_review.distinct().select_related("plan").order_by("id")),
    )


@journal.act
def rename(
    *,
    organisation: Organisation,
    version: int | None,
    on: date,
    act: str,
    today: date,
    actor: User | None,
    **names: Unpack[NameFields],
) -> Succession:
    """From the day `on` the institution bears another name, by an act; it stays the same one, and nothing passes.

    Documents of an older day go on naming it as it was called. Raises StaleObject, Invalid, DomainError: a day to come,
    a later change of name that is known already, the present name.
    """
    _refuse_future(on, today)
    current = organisations.rename(organisation=organisation, version=version, on=on, source=act, actor=actor, **names)
    found = saving.insert(
        Succession(kind=SuccessionKind.RENAME, organisation=current, successor=current, on=on, act=act)
    )
    journal.record("succession.rename", obj=found, actor=actor, data={"organisation": current.pk})
    return found


@journal.act
def pass_on(
    *,
    kind: str,
    organisation: Organisation,
    successor: Organisation,
    on: date,
    act: str,
    today: date,
    chosen: Estate | None = None,
    actor: User | None,
) -> Succession:
    """From the day `on` a successor holds the seats, the open actions and the rest of what is chosen: all or nothing.

    A merger passes everything; a split what is `chosen`. Tenures are closed and opened, so that a document of an older
    day names the institution of that day; mandates, answers and reviews stay with their seats. Locks what passes; who
    calls twice finds nothing left to pass. Raises DomainError: a day to come, nothing that passes, something that has
    passed or ended meanwhile, a seat that was taken later than the day.
    """
    _refuse_future(on, today)
    if organisation.pk == successor.pk:
        raise DomainError(_("An institution does not merge into itself."), code="itself", field="successor")
    saving.locked(Organisation, organisation.pk)
    every = estate_of(organisation, on=on)
    passing = every if kind == SuccessionKind.MERGER else chosen or Estate()
    if passing.is_empty:
        raise DomainError(_("Nothing is chosen that would pass to the successor."), code="empty")
    _refuse_gone(passing, every)
    found = saving.insert(Succession(kind=kind, organisation=organisation, successor=successor, on=on, act=act))
    for seat in passing.seats:
        _pass_seat(seat, successor, found, actor)
    for action in passing.actions:
        _hand(Action, action.pk, "owner", successor, "action.succeed", found, actor)
    for recommendation in passing.recommendations:
        _hand(Recommendation, recommendation.pk, "addressee", successor, "recommendation.succeed", found, actor)
    for committee in passing.committees:
        _hand(Committee, committee.pk, "secretariat", successor, "committee.secretariat", found, actor)
    figures = {"seats": len(passing.seats), "actions": len(passing.actions)}
    journal.record(f"succession.{kind}", obj=found, actor=actor, data=figures)
    return found


def holder_on(seat: Seat, day: date) -> Organisation:
    """The institution that held a seat on a day: documents ask it, and print its `name_on(day)`."""
    return holders_on([seat], day)[seat.pk]


def holders_on(seats: Iterable[Seat], day: date) -> dict[int, Organisation]:
    """The same for many seats, by seat; former names are loaded too. Three queries, however many seats."""
    rows = {seat.pk: seat for seat in seats}
    tenures = Tenure.objects.filter(seat__in=rows).order_by("seat_id", "starts_on", "id")
    held: dict[int, int] = {}
    for tenure in tenures:
        if tenure.starts_on <= day or tenure.seat_id not in held:
            held[tenure.seat_id] = tenure.organisation_id
    wanted = {pk: held.get(pk, seat.organisation_id) for pk, seat in rows.items()}
    found = Organisation.objects.prefetch_related("former_names").in_bulk(set(wanted.values()))
    return {pk: found[organisation] for pk, organisation in wanted.items()}


def name_on(seat: Seat, day: date, language: str | None = None) -> str:
    """How a document of a day calls the holder of a seat."""
    return holder_on(seat, day).name_on(day, language)


def _refuse_future(on: date, today: date) -> None:
    if on > today:
        words = _("Enter the change on its day or afterwards: until then the institution acts under its present name.")
        raise DomainError(words, code="future", field="on")


def _refuse_gone(passing: Estate, every: Estate) -> None:
    """Somebody else passed, closed or ended something of it meanwhile."""
    left = passing.without(every)
    if not left.is_empty:
        gone = [*left.seats, *left.actions, *left.recommendations, *left.committees]
        words = _("%(what)s does not belong to the institution any more: look at the list again.") % {"what": gone[0]}
        raise DomainError(words, code="gone")


def _pass_seat(seat: Seat, successor: Organisation, found: Succession, actor: User | None) -> None:
    """One tenure ends the day before, the next begins; recorded on the committee."""
    committee = saving.locked(Committee, seat.committee_id)
    current = saving.locked(Seat, seat.pk)
    last = current.tenures.order_by("-starts_on", "-id").first()
    if last is not None:
        if last.starts_on >= found.on:
            words = _("%(seat)s took its seat on %(day)s: the change comes later.")
            shown = {"seat": current.organisation, "day": f"{last.starts_on:%d/%m/%Y}"}
            raise DomainError(words % shown, code="order", field="on")
        until = last.ends_on
        saving.change(last, ends_on=found.on - timedelta(days=1))
    else:
        until = current.ends_on
    saving.insert(Tenure(seat=current, organisation=successor, starts_on=found.on, ends_on=until, act=found.act))
    saving.change(current, organisation=successor)
    data = {"seat": current.pk, "succession": found.pk}
    journal.record("committee.seat_pass", obj=committee, actor=actor, data=data)


def _hand(
    model: type[Action] | type[Recommendation] | type[Committee],
    pk: int,
    name: str,
    successor: Organisation,
    verb: str,
    found: Succession,
    actor: User | None,
) -> None:
    row = saving.locked(model, pk)
    if saving.change(row, **{name: successor}):
        journal.record(verb, obj=row, actor=actor, data={"succession": found.pk})
