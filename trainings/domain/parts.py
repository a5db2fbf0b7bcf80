"""Parts of a session: dates, audience, places in all and by category of public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TypedDict, Unpack

from django.db.models import Max, Min
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from trainings.domain import editable, notices, promotion
from trainings.enums import HalfDayState
from trainings.models import PartCategory, PublicCategory, Registration, Session, SessionPart

MOST = 10
NAMED = 5
LONGEST = timedelta(days=366)
DATES = frozenset({"starts_on", "ends_on"})


class PartFields(TypedDict, total=False):
    title_fr: str
    title_ar: str
    title_en: str
    audience_fr: str
    audience_ar: str
    audience_en: str
    starts_on: date
    ends_on: date
    capacity: int | None


class CapacityBelowTaken(DomainError):
    """Fewer places than people who hold one; `over` are those who came last."""

    code = "capacity_below_taken"

    def __init__(self, *, taken: int, over: Sequence[Registration], of: str, field: str = "capacity") -> None:
        """`of` names the part or the category whose places are too few."""
        self.over = list(over)
        names = pgettext("list", ", ").join(row.name for row in self.over[:NAMED])
        if len(self.over) > NAMED:
            names = gettext("%(names)s and others") % {"names": names}
        text = ngettext(
            "%(taken)s person holds a place in %(of)s. One too many: %(names)s. Cancel this registration first.",
            "%(taken)s people hold a place in %(of)s. Too many: %(names)s. Cancel these registrations first.",
            taken,
        )
        super().__init__(text % {"taken": taken, "of": of, "names": names}, field=field)


@journal.act
def add(
    *,
    session: Session,
    categories: Mapping[PublicCategory, int] | None = None,
    actor: User | None,
    now: datetime,
    **fields: Unpack[PartFields],
) -> SessionPart:
    """A part is added at the end; the session's dates follow. Raises Invalid or DomainError on a wrong field."""
    current = editable.lock(session)
    require_dates(fields["starts_on"], fields["ends_on"])
    _require_places(current, fields.get("capacity"))
    position = (current.parts.aggregate(last=Max("position"))["last"] or 0) + 1
    if position > MOST:
        raise DomainError(_("A session has at most ten parts."), code="too_many_parts")
    part = saving.insert(SessionPart(session=current, position=position, **fields))
    _set_categories(part, categories or {})
    journal.record("session.add_part", obj=current, actor=actor, data={"part": part.pk, "position": position})
    follow_dates(current)
    return part


@journal.act
def update(
    *,
    part: SessionPart,
    version: int | None,
    categories: Mapping[PublicCategory, int] | None = None,
    move_half_days: bool = False,
    actor: User | None,
    now: datetime,
    **fields: Unpack[PartFields],
) -> SessionPart:
    """Change a part; `categories`, when given, replaces the places by category.

    With `move_half_days` its half-days move by as many days as its first day; else they must lie inside. The waiting
    list gets what other places or dates leave free. People who hold a place are told of other dates. Locks session,
    part, categories. Raises CapacityBelowTaken, DomainError on half-days left outside, StaleObject, IllegalMove.
    """
    session = editable.lock(part.session)
    current = saving.locked(SessionPart, part.pk, version=version)
    starts_on, ends_on = fields.get("starts_on", current.starts_on), fields.get("ends_on", current.ends_on)
    require_dates(starts_on, ends_on)
    _require_places(session, fields.get("capacity", current.capacity))
    _require_capacity(current, fields.get("capacity", current.capacity))
    shift = (starts_on - current.starts_on) if move_half_days else timedelta(0)
    moved = _move_half_days(current, shift, starts_on, ends_on)
    changed = set(saving.change(current, **fields))
    if categories is not None and _set_categories(current, categories):
        changed.add("categories")
    if changed or moved:
        data: dict[str, str | int | bool | None] = {"part": current.pk, "fields": " ".join(sorted(changed))}
        journal.record("session.edit_part", obj=session, actor=actor, data=data)
    if DATES & changed:
        follow_dates(session)
    if moved or DATES & changed:
        notices.tell_change(session=session, what={"dates"}, now=now, part=current)
    if changed & ({"capacity", "categories"} | DATES):
        promotion.fill(part=current, actor=actor, now=now)
    return current


@journal.act
def remove(*, part: SessionPart, actor: User | None) -> None:
    """A part for which nobody ever asked is removed with its half-days; a session keeps one part at least."""
    session = editable.lock(part.session)
    current = saving.locked(SessionPart, part.pk)
    if current.registrations.exists():
        raise DomainError(_("People asked for this part: it can be changed, not removed."), code="has_registrations")
    if session.parts.count() == 1:
        raise DomainError(_("A session keeps one part at least."), code="last_part")
    pk = current.pk
    current.delete()
    for later in session.parts.filter(position__gt=part.position).order_by("position"):
        saving.change(later, position=later.position - 1)
    journal.record("session.remove_part", obj=session, actor=actor, data={"part": pk})
    follow_dates(session)


def require_dates(starts_on: date, ends_on: date) -> None:
    """A part ends on or after its first day, and within a year: whoever types 2062 for 2026 hears it here."""
    if ends_on < starts_on:
        raise DomainError(_("A part ends on or after its first day."), code="ends_before_start", field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise DomainError(_("A part lasts a year at most: check both days."), code="too_long", field="ends_on")


def follow_dates(session: Session) -> None:
    """The first and last day of a session are those of its parts."""
    span = session.parts.aggregate(first=Min("starts_on"), last=Max("ends_on"))
    if span["first"] is not None:
        saving.change(session, starts_on=span["first"], ends_on=span["last"])


def _require_places(session: Session, capacity: int | None) -> None:
    """What the public sees says how many places there are."""
    if session.is_public and not capacity:
        raise DomainError(_("A published part has its number of places."), code="places_required", field="capacity")


def _require_capacity(part: SessionPart, capacity: int | None) -> None:
    over = part.taken - (capacity or 0)
    if over > 0:
        last = part.registrations.holding().order_by("-rank", "-pk")[:over]
        raise CapacityBelowTaken(taken=part.taken, over=list(last), of=part.name)


def _move_half_days(part: SessionPart, shift: timedelta, starts_on: date, ends_on: date) -> bool:
    """Move every half-day by `shift`; True when any moved. Raises DomainError when one would lie outside the part."""
    rows = list(part.half_days.order_by("on_day", "starts_at"))
    if shift and any(row.state == HalfDayState.CLOSED for row in rows):
        raise DomainError(
            _("The attendance of a half-day is closed: the part can no longer move."), code="closed", field="starts_on"
        )
    outside = [row for row in rows if not starts_on <= row.on_day + shift <= ends_on]
    if outside:
        days = pgettext("list", ", ").join(date_format(row.on_day, "MONTH_DAY_FORMAT") for row in outside)
        text = gettext("These half-days would lie outside the part: %(days)s. Move or remove them first.")
        field = "starts_on" if outside[0].on_day + shift < starts_on else "ends_on"
        raise DomainError(text % {"days": days}, code="half_days_outside", field=field)
    if shift:
        for row in rows if shift < timedelta(0) else reversed(rows):  # so that no two meet on the way
            row.on_day += shift
            row.version += 1
            row.save(update_fields=["on_day", "version"])
    return bool(shift and rows)


def _set_categories(part: SessionPart, wanted: Mapping[PublicCategory, int]) -> bool:
    """Keep exactly `wanted`; True when something changed. Locked in the order of their ids, after the part."""
    present = {
        row.category_id: row for row in PartCategory.objects.select_for_update().filter(part=part).order_by("pk")
    }
    changed = False
    for category, places in wanted.items():
        if part.capacity is not None and places > part.capacity:
            raise DomainError(
                gettext("%(category)s: more places than the part has.") % {"category": category},
                code="category_above_part",
                field=category_field(category),
            )
        row = present.pop(category.pk, None)
        if row is None:  # people of this category may hold places from before it was counted
            taken = part.registrations.holding().filter(category=category).count()
            row = PartCategory(part=part, category=category, capacity=places, taken=taken)
            _require_category(row, places)
            saving.insert(row)
            changed = True
            continue
        _require_category(row, places)
        changed = bool(saving.change(row, capacity=places)) or changed
    for row in present.values():
        _require_category(row, 0)
        row.delete()
        changed = True
    return changed


def category_field(category: PublicCategory) -> str:
    """The form's field for the places of a category."""
    return f"category_{category.pk}"


def _require_category(row: PartCategory, places: int) -> None:
    over = row.taken - places
    if over > 0:
        rows = row.part.registrations.holding().filter(category=row.category).order_by("-rank", "-pk")[:over]
        raise CapacityBelowTaken(
            taken=row.taken, over=list(rows), of=str(row.category), field=category_field(row.category)
        )
