"""Who may verify what was declared done: somebody of another institution, who opened the evidence.

Staff verify in the name of the secretariat, members in that of their seat. What the secretariat itself did is verified
by the seat that the committee names, and by nobody else. Whoever declared something done does not verify it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError, NotAllowed
from core.formats import listed
from directory.models import Organisation
from steering.domain import evidence, sitting
from steering.models import Committee, Evidence, Seat


class OwnWork(DomainError):
    """Nobody closes what the own institution, or he himself, declared done."""

    code = "own_work"


class NotOpened(DomainError):
    """The evidence must be opened before it is confirmed."""

    code = "not_opened"

    def __init__(self, pieces: Iterable[Evidence]) -> None:
        words = _("Open the evidence first: %(pieces)s.")
        super().__init__(words % {"pieces": listed([str(piece) for piece in pieces])})


@dataclass(frozen=True)
class Work:
    """What is to be verified: whose work it is, in which committee, which seat is named, who declared it done."""

    committee: Committee
    owners: frozenset[int]
    named: Seat | None
    declared_by: int | None

    @property
    def is_the_secretariats(self) -> bool:
        return self.committee.secretariat_id is not None and self.committee.secretariat_id in self.owners


def check(work: Work, *, actor: User, own: Collection[int], on: date) -> Organisation:
    """The institution in whose name `actor` verifies; `own` are those whose work he may not close.

    Raises OwnWork, NotAllowed, and DomainError where the committee has not said who its secretariat is or which seat
    verifies the secretariat's own work.
    """
    if work.is_the_secretariats:
        return _of_the_named_seat(work, actor=actor, own=own, on=on)
    if work.owners & frozenset(own):
        raise OwnWork(_("It is the work of your own institution: somebody of another institution verifies it."))
    if work.declared_by == actor.pk:
        raise OwnWork(_("You declared it done yourself: somebody else verifies it."))
    if actor.is_agency_staff:
        secretariat = work.committee.secretariat
        if secretariat is None:
            words = _("The committee does not say which institution is its secretariat: complete it first.")
            raise DomainError(words, code="no_secretariat")
        return secretariat
    mandate = sitting.mandates_of(actor, on=on, committee=work.committee).first()
    if mandate is None:
        raise NotAllowed
    return mandate.seat.organisation


def _of_the_named_seat(work: Work, *, actor: User, own: Collection[int], on: date) -> Organisation:
    seat = work.named or work.committee.verifier
    if seat is None:
        words = _("The committee has not named the seat that verifies the secretariat’s own actions.")
        raise DomainError(words, code="no_verifier")
    mandates = sitting.mandates_of(actor, on=on, committee=work.committee)
    held = next((mandate for mandate in mandates if mandate.seat_id == seat.pk), None)
    if held is None or seat.organisation_id in work.owners or work.owners & frozenset(own):
        words = _(
            "It is the secretariat’s own work: only the seat of %(seat)s, which the committee named, verifies it."
        )
        raise OwnWork(words % {"seat": seat})
    return held.seat.organisation


def check_opened(actor: User, pieces: Iterable[Evidence]) -> None:
    """Raises NotOpened for what this account has not opened."""
    left = evidence.unopened(actor, pieces)
    if left:
        raise NotOpened(left)
