"""The dated history of a cluster: which stage and which administrative state, from which day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.enums import CODES, MOVES, Track
from clusters.models import Cluster, Phase
from core import journal, saving
from core.errors import DomainError, ReasonRequired


@journal.act
def enter(
    *, cluster: Cluster, track: Track, code: str, on: date, today: date, note: str = "", actor: User | None
) -> Phase:
    """From the day `on` the cluster is in that phase. Phases are entered in their order, none in the future.

    Locks the cluster. Raises DomainError (a day to come, before the newest phase, a move that is not in the table) and
    ReasonRequired where the table asks for one.
    """
    current = saving.locked(Cluster, cluster.pk)
    if on > today:
        raise DomainError(_("A phase starts today or before."), code="future", field="starts_on")
    newest = current.phases.filter(track=track).first()
    if newest is not None and on <= newest.starts_on:
        raise DomainError(_("A later phase is known already: choose a later day."), code="order", field="starts_on")
    before = newest.code if newest is not None else ""
    if not MOVES[track].allows(before, code):
        names = CODES[track]
        words = _("“%(to)s” does not follow “%(from)s”.") if before else _("A cluster does not begin with “%(to)s”.")
        labels = {"to": names(code).label, "from": names(before).label if before else ""}
        raise DomainError(words % labels, code="illegal_move", field="code")
    if newest is not None and code in MOVES[track].reasons and not note.strip():
        raise ReasonRequired(field="note")
    phase = saving.insert(Phase(cluster=current, track=track, code=code, starts_on=on, note=note.strip()))
    saving.change(current, **{str(track): code})
    journal.record(
        "cluster.phase", obj=current, actor=actor, data={"track": str(track), "from": before, "to": code}, reason=note
    )
    return phase


@journal.act
def undo(*, phase: Phase, actor: User | None, reason: str) -> None:
    """Take back the newest phase of its track, entered by mistake. Raises ReasonRequired, DomainError."""
    current = saving.locked(Cluster, phase.cluster_id)
    if not reason.strip():
        raise ReasonRequired
    newest = current.phases.filter(track=phase.track).first()
    if newest is None or newest.pk != phase.pk:
        raise DomainError(_("Only the newest phase can be taken back."), code="order")
    if current.is_public and phase.track == Track.STAGE and current.phases.filter(track=Track.STAGE).count() == 1:
        raise DomainError(_("A published cluster keeps its economic stage."), code="published")
    newest.delete()
    before = current.phases.filter(track=phase.track).first()
    saving.change(current, **{phase.track: before.code if before is not None else ""})
    journal.record(
        "cluster.phase_undo", obj=current, actor=actor, data={"track": phase.track, "to": phase.code}, reason=reason
    )


def choices_after(cluster: Cluster, track: Track) -> list[tuple[str, str]]:
    """The phases that may come next, as a form offers them."""
    targets = MOVES[track].targets(getattr(cluster, str(track)))
    return [(str(code), str(words)) for code, words in CODES[track].choices if code in targets]


def in_force(cluster: Cluster, track: Track, *, on: date) -> Phase | None:
    """The phase of a day in the past."""
    return cluster.phases.filter(Q(track=track), starts_on__lte=on).first()
