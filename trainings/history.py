"""The histories of trainings, sessions, registrations and certificates: who did what, when, why, what changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.changes import Rights, Source
from core.formats import listed, plain_date
from core.history import events_of
from core.models import JournalEntry
from core.trail import Trail, Words
from directory.models import Person
from trainings.models import (
    Certificate,
    HalfDay,
    HalfDayTrainer,
    PartCategory,
    Question,
    Registration,
    Session,
    SessionPart,
    SessionTrainer,
    Training,
)

OF_SESSION: dict[str, str | Promise] = {
    "session.create": _("Draft made"),
    "session.archive": _("Entered from published sources"),
    "session.edit": _("Session changed"),
    "session.translate": _("Arabic texts completed"),
    "session.draft": _("Sent back to draft"),
    "session.proposed": _("Proposed"),
    "session.published": _("Published"),
    "session.open": _("Registration opened"),
    "session.closed": _("Registration closed"),
    "session.held": _("Marked as held"),
    "session.postponed": _("Postponed, date to be fixed"),
    "session.postpone": _("Postponed to a new date"),
    "session.clone": _("Made as a copy of another session"),
    "session.cancelled": _("Session cancelled"),
    "session.add_part": _("Part added"),
    "session.edit_part": _("Part changed"),
    "session.remove_part": _("Part removed"),
    "session.add_half_day": _("Half-day added"),
    "session.edit_half_day": _("Half-day changed"),
    "session.remove_half_day": _("Half-day removed"),
    "session.propose_half_days": _("Half-days filled in"),
    "session.add_trainer": _("Trainer added"),
    "session.remove_trainer": _("Trainer removed"),
    "session.take_proposal": _("Proposal passed to another trainer"),
    "session.replace_trainer": _("Trainer replaced by another"),
    "session.add_question": _("Question added"),
    "session.edit_question": _("Question changed"),
    "session.remove_question": _("Question removed"),
    "session.move_question": _("Questions put in another order"),
}


OF_REGISTRATION: dict[str, str | Promise] = {
    "registration.request": _("Asked for a place"),
    "registration.by_hand": _("Entered by the agency"),
    "registration.send_link": _("Link sent again"),
    "registration.archive": _("Entered from published sources"),
    "registration.correct": _("What was written is corrected"),
    "registration.review": _("Address confirmed: to be decided"),
    "registration.waiting": _("On the waiting list"),
    "registration.offered": _("Place offered"),
    "registration.confirmed": _("Place confirmed"),
    "registration.move": _("Moved on the waiting list, from place %(from)s to %(to)s"),
    "registration.refused": _("Refused"),
    "registration.cancelled": pgettext_lazy("registration", "Cancelled"),
    "registration.lapsed": _("Lapsed"),
}
OF_TRAINING: dict[str, str | Promise] = {
    "training.create": _("Entered"),
    "training.edit": _("Corrected"),
}
OF_CERTIFICATE: dict[str, str | Promise] = {
    "certificate.issue": _("Issued"),
    "certificate.replaced": pgettext_lazy("history of a certificate", "Replaced"),
    "certificate.cancelled": pgettext_lazy("history of a certificate", "Cancelled"),
    "certificate.expired": pgettext_lazy("history of a certificate", "Expired"),
    "certificate.leave": _("Left as it is after its attendance was corrected"),
}

UNSAID = frozenset({"check_token", "signature", "signing_key"})
DERIVED = frozenset({"calendar_sequence", "taken", "last_rank", "closed_by", "closed_at"})


def _said(entry: JournalEntry) -> Mapping[str, Words]:
    """The two places of a move."""
    return entry.data if entry.verb == "registration.move" else {}


# -- what belongs to a session --------------------------------------------------------------------------------------
def _snapshots(model: type[models.Model]) -> Any:
    return events_of(model)._default_manager


def _parts(session: int) -> Any:
    return _snapshots(SessionPart).filter(session_id=session).values("pgh_obj_id")


def _half_days(session: int) -> Any:
    return _snapshots(HalfDay).filter(part_id__in=_parts(session))


def _categories(session: int) -> Any:
    return _snapshots(PartCategory).filter(part_id__in=_parts(session))


def _half_day_trainers(session: int) -> Any:
    return _snapshots(HalfDayTrainer).filter(half_day_id__in=_half_days(session).values("pgh_obj_id"))


def _about(entries: Sequence[JournalEntry], rights: Rights) -> dict[int, str]:
    """The part, half-day, question or trainer that an entry speaks of, as far as it still exists; one query a kind."""
    kinds: list[tuple[str, type[models.Model]]] = [("part", SessionPart), ("question", Question), ("half_day", HalfDay)]
    kinds += [("person", Person)] if rights.people else []
    named: dict[tuple[str, Any], str] = {}
    for kind, model in kinds:
        ids = {entry.data[kind] for entry in entries if kind in entry.data}
        named |= {(kind, row.pk): _name_of(row) for row in model._default_manager.filter(pk__in=ids)} if ids else {}
    words = {entry.pk: [named[pair] for pair in entry.data.items() if pair in named] for entry in entries}
    return {pk: found[0] for pk, found in words.items() if found}


def _name_of(row: Any) -> str:
    if isinstance(row, SessionPart):
        return row.name
    if isinstance(row, HalfDay):
        return listed((plain_date(row.on_day), row.get_half_display()))
    return str(row)


SESSION = Trail(
    OF_SESSION,
    nobody=_("the portal"),
    about=_about,
    sources=(
        Source(Session, unsaid=DERIVED),
        Source(SessionPart, by="session_id", unsaid=DERIVED),
        Source(PartCategory, within=_categories, unsaid=DERIVED),
        Source(HalfDay, within=_half_days, unsaid=DERIVED),
        Source(HalfDayTrainer, within=_half_day_trainers),
        Source(SessionTrainer, by="session_id"),
        Source(Question, by="session_id"),
    ),
)
TRAINING = Trail(OF_TRAINING, nobody=_("the portal"), sources=(Source(Training),))
REGISTRATION = Trail(
    OF_REGISTRATION, nobody=_("the person, or the portal"), said=_said, sources=(Source(Registration),)
)
CERTIFICATE = Trail(OF_CERTIFICATE, nobody=_("the portal"), sources=(Source(Certificate, unsaid=UNSAID),))
