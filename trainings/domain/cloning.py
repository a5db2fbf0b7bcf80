"""Another session like this one: the same programme, people who give it and questions, on other days; nobody in it."""

from __future__ import annotations

from datetime import date, datetime, time

from accounts.models import User
from core import journal, saving
from directory.domain.calendar import half_days as sittings_of
from trainings.domain import dates, parts, questions, sessions, trainers
from trainings.models import HalfDay, PublicCategory, Question, Session, SessionPart

TEXTS = tuple(f"{name}_{code}" for name in ("title", "presentation") for code in ("fr", "ar", "en"))
KEPT = (*TEXTS, "kind", "governorate", "venue_fr", "venue_ar", "is_moderated", "offer_hours", "attendance_threshold")
PART = (*(f"{name}_{code}" for name in ("title", "audience") for code in ("fr", "ar", "en")), "capacity")
QUESTION = ("label_fr", "label_ar", "label_en", "kind", "choices", "is_required")
HALF_DAY = ("half", "room", "module_fr", "module_ar", "module_en")


@journal.act
def clone(*, session: Session, to: date, actor: User | None, now: datetime) -> Session:
    """A draft with a code of its own whose first day is `to`; every other day follows over weekends and holidays.

    A half-day at the usual hours of its day takes the usual hours of the new one (the summer's, Ramadan's); hours that
    somebody chose stay. Registrations, material and attendance are not copied.
    """
    shift = dates.shift_of(session, to=to)
    originals = list(session.parts.prefetch_related("half_days__trainers", "categories__category"))
    first = originals[0]
    copy = sessions.create(
        training=session.training,
        first_part=_part_fields(first, shift),
        categories=_categories(first),
        registration_closes_at=shift.deadline(session),
        actor=actor,
        now=now,
        **{name: getattr(session, name) for name in KEPT},
    )
    made = [copy.parts.get()]
    for part in originals[1:]:
        fields = _part_fields(part, shift)
        made.append(parts.add(session=copy, categories=_categories(part), actor=actor, now=now, **fields))
    for trainer in session.trainers.select_related("person"):
        trainers.add(session=copy, person=trainer.person, actor=actor)
    for question in session.questions.order_by("position"):
        questions.add(session=copy, actor=actor, **_question_fields(question))
    for original, part in zip(originals, made, strict=True):
        _half_days(original, part, shift)
    journal.record("session.clone", obj=copy, actor=actor, data={"session": session.pk})
    copy.refresh_from_db()
    return copy


def _part_fields(part: SessionPart, shift: dates.Shift) -> parts.PartFields:
    fields = {name: getattr(part, name) for name in PART}
    days = {"starts_on": shift.days[part.starts_on], "ends_on": shift.days[part.ends_on]}
    kept: parts.PartFields = {**fields, **days}  # type: ignore[typeddict-item]
    return kept


def _categories(part: SessionPart) -> dict[PublicCategory, int]:
    return {kept.category: kept.capacity for kept in part.categories.all()}


def _question_fields(question: Question) -> questions.QuestionFields:
    kept: questions.QuestionFields = {name: getattr(question, name) for name in QUESTION}  # type: ignore[assignment]
    return kept


def _half_days(original: SessionPart, part: SessionPart, shift: dates.Shift) -> None:
    for half_day in original.half_days.all():
        day = shift.days[half_day.on_day]
        starts_at, ends_at = _hours(half_day, day, shift)
        fields = {name: getattr(half_day, name) for name in HALF_DAY}
        row = saving.insert(HalfDay(part=part, on_day=day, starts_at=starts_at, ends_at=ends_at, **fields))
        row.trainers.set(half_day.trainers.all())


def _hours(half_day: HalfDay, day: date, shift: dates.Shift) -> tuple[time, time]:
    own = (half_day.starts_at, half_day.ends_at)
    usual = {sitting.half: (sitting.starts_at, sitting.ends_at) for sitting in sittings_of(half_day.on_day)}
    there = {sitting.half: (sitting.starts_at, sitting.ends_at) for sitting in shift.working.half_days(day)}
    return there.get(half_day.half, own) if usual.get(half_day.half) == own else own
