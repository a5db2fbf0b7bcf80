"""Recommendations: written down as they were given, corrected, and divided into parts where they ask several things.

The state of a composite recommendation is that of its parts together: see `shown`, and `rulings` for the moves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, Unpack

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import journal, saving
from core.errors import DomainError
from core.transitions import illegal
from directory.enums import Origin
from directory.models import Organisation, Programme
from steering.domain import origins
from steering.enums import RECOMMENDATION_SHUT, RecommendationOrigin, RecommendationState
from steering.models import AgendaItem, Committee, Recommendation
from trainings.models import Session

State = RecommendationState
DIVISIBLE = (State.PROPOSED, State.REOPENED)
MOVING = (State.RUNNING, State.DECLARED, State.VERIFIED, State.REOPENED)


class RecommendationFields(TypedDict, total=False):
    programme: Programme | None
    code: str
    origin_kind: str
    session: Session | None
    item: AgendaItem | None
    reference: str
    text_fr: str
    text_ar: str
    text_en: str
    given_on: date
    addressee: Organisation | None
    priority: str
    closure_fr: str
    closure_ar: str
    origin: str


@dataclass(frozen=True)
class Part:
    """One part of a composite recommendation, with what proves that it is closed."""

    code: str
    text_fr: str
    closure_fr: str
    text_ar: str = ""
    text_en: str = ""
    closure_ar: str = ""


class PartError(DomainError):
    """A part cannot be written down; `number` says which, from 0, and `field` what of it."""

    def __init__(self, refusal: DomainError, number: int) -> None:
        super().__init__(refusal.message, code=refusal.code, field=refusal.field)
        self.number = number
        self.errors = getattr(refusal, "errors", {refusal.field or "": [str(refusal)]})


@journal.act
def create(
    *,
    committee: Committee,
    parent: Recommendation | None = None,
    actor: User | None,
    **fields: Unpack[RecommendationFields],
) -> Recommendation:
    """A recommendation as it was given: text, origin, addressee; it begins as proposed. Recorded as `….create`.

    Only a documented one of the past may lack its addressee. Raises Invalid, DomainError beside the field.
    """
    fields["code"] = fields["code"].strip()
    recommendation = Recommendation(committee=committee, parent=parent, **fields)
    _check(recommendation)
    if parent is not None:
        _check_whole(recommendation, saving.locked(Recommendation, parent.pk))
    saving.insert(recommendation)
    journal.record("recommendation.create", obj=recommendation, actor=actor)
    follow_parts(parent, actor=actor)
    return recommendation


@journal.act
def update(
    *,
    recommendation: Recommendation,
    version: int | None,
    parent: Recommendation | None = None,
    actor: User | None,
    **fields: Unpack[RecommendationFields],
) -> Recommendation:
    """Correct a recommendation; `parent` says of which other one it is a part (None: of none).

    Recorded as `….edit`. Raises StaleObject, Invalid, DomainError: it is not its own part, nor a part of its parts.
    """
    current = saving.locked(Recommendation, recommendation.pk, version=version)
    before = current.parent
    if parent is not None and parent.pk != current.parent_id:
        _check_whole(current, saving.locked(Recommendation, parent.pk))
    for name, value in fields.items():
        setattr(current, name, value)
    _check(current)
    current.refresh_from_db()
    changed = saving.change(current, parent=parent, **fields)
    if changed:
        journal.record("recommendation.edit", obj=current, actor=actor, data={"fields": " ".join(changed)})
    if "parent" in changed:
        follow_parts(before, actor=actor)
        follow_parts(parent, actor=actor)
    return current


@journal.act
def split(
    *, recommendation: Recommendation, parts: Sequence[Part], version: int | None = None, actor: User | None
) -> list[Recommendation]:
    """Divide a composite recommendation: each part has its text and its evidence of closure.

    Parts inherit origin, day, addressee and priority. Locks the whole; recorded as `recommendation.split`. Raises
    StaleObject, IllegalMove once it is answered, DomainError (a part is not divided again; its own actions; fewer than
    two parts) and PartError with the number of the part.
    """
    whole = saving.locked(Recommendation, recommendation.pk, version=version)
    known = whole.parts.count()
    if not known and whole.state not in DIVISIBLE:
        raise illegal(whole)
    if whole.parent is not None:
        words = _("%(code)s is itself a part: a part is not divided again.")
        raise DomainError(words % {"code": whole.code}, code="too_deep")
    if known + len(parts) < 2:
        raise DomainError(_("Divide it into two parts at least."), code="too_few")
    _without_actions(whole)
    made = []
    for number, part in enumerate(parts):
        try:
            made.append(_part(whole, part, actor=actor))
        except DomainError as refusal:
            raise PartError(refusal, number) from refusal
    journal.record("recommendation.split", obj=whole, actor=actor, data={"parts": len(made)})
    follow_parts(whole, actor=actor)
    return made


def _part(whole: Recommendation, part: Part, *, actor: User | None) -> Recommendation:
    if not part.closure_fr.strip():
        raise DomainError(_("Say what will prove that this part is closed."), code="no_closure", field="closure_fr")
    row = saving.insert(
        Recommendation(
            committee=whole.committee,
            programme=whole.programme,
            parent=whole,
            code=part.code.strip(),
            origin_kind=whole.origin_kind,
            session=whole.session,
            item=whole.item,
            reference=whole.reference,
            text_fr=part.text_fr.strip(),
            text_ar=part.text_ar.strip(),
            text_en=part.text_en.strip(),
            given_on=whole.given_on,
            addressee=whole.addressee,
            priority=whole.priority,
            closure_fr=part.closure_fr.strip(),
            closure_ar=part.closure_ar.strip(),
            origin=whole.origin,
        )
    )
    journal.record("recommendation.create", obj=row, actor=actor, data={"parent": whole.pk})
    return row


def shown(states: Collection[str]) -> str:
    """The state of a composite recommendation, from those of its parts (at least one)."""
    found = set(states)
    if len(found) == 1:
        return str(next(iter(found)))
    if found <= set(RECOMMENDATION_SHUT):
        return State.VERIFIED if State.VERIFIED in found else State.DROPPED
    left = found - set(RECOMMENDATION_SHUT)
    if left == {State.DECLARED}:
        return State.DECLARED
    if found & set(MOVING):
        return State.RUNNING
    if State.PROPOSED in left:
        return State.PROPOSED
    return State.PARTLY if State.PARTLY in found or found & set(RECOMMENDATION_SHUT) else State.ACCEPTED


def follow_parts(whole: Recommendation | None, *, actor: User | None) -> None:
    """Show the whole in the state of its parts, inside the verb that changed one; recorded as `….follow`."""
    if whole is None:
        return
    current = saving.locked(Recommendation, whole.pk)
    states = list(current.parts.values_list("state", flat=True))
    if states and saving.change(current, state=shown(states)):
        journal.record("recommendation.follow", obj=current, actor=actor, data={"to": current.state})


def _check(recommendation: Recommendation) -> None:
    """Origin and addressee: what is said of one kind of origin belongs to that kind."""
    kind, origin = recommendation.origin_kind, recommendation.origin
    if recommendation.session is not None and kind != RecommendationOrigin.SESSION:
        raise DomainError(_("A session is named only where it is the origin."), code="origin", field="session")
    if recommendation.item is not None and kind != RecommendationOrigin.MEETING:
        raise DomainError(_("An agenda item is named only where a meeting is the origin."), code="origin", field="item")
    origins.item_of(recommendation.committee, recommendation.item)
    if not (recommendation.session or recommendation.item or recommendation.reference.strip()):
        field = {"session": "session", "meeting": "item"}.get(kind, "reference")
        words = _("Say where it comes from: the session, the agenda item, or the document.")
        raise DomainError(words, code="no_origin", field=field)
    if recommendation.addressee is None and origin != Origin.DOCUMENTED:
        raise DomainError(_("Say to whom it is addressed."), code="no_addressee", field="addressee")


def _check_whole(part: Recommendation, whole: Recommendation) -> None:
    """`part` may become a part of `whole`: another one of the same committee, itself no part, without own actions."""
    refusal = ""
    if part.pk is not None and whole.pk == part.pk:
        refusal = str(_("A recommendation is not its own part."))
    elif part.pk is not None and whole.parent_id == part.pk:
        words = _("%(whole)s is a part of %(part)s: %(part)s is not a part of it.")
        refusal = words % {"whole": whole.code, "part": part.code}
    elif whole.committee_id != part.committee_id:
        refusal = str(_("This recommendation is addressed in another committee."))
    elif whole.parent_id is not None or (part.pk is not None and part.parts.exists()):
        words = _("%(code)s is itself a part: a part is not divided again.")
        refusal = words % {"code": whole.code if whole.parent_id is not None else part.code}
    if refusal:
        raise DomainError(refusal, code="not_a_whole", field="parent")
    if not whole.parts.exists() and whole.state not in DIVISIBLE:
        raise illegal(whole)
    _without_actions(whole)


def _without_actions(whole: Recommendation) -> None:
    action = whole.actions.order_by("id").first()
    if action is not None:
        words = _("%(action)s answers the whole of %(code)s: give it to none or to a part first.")
        raise DomainError(words % {"action": action.code, "code": whole.code}, code="has_actions")
