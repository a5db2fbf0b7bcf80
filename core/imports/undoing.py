"""Undoing a list: what it made is taken back as one piece, and what somebody has changed since stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils.translation import gettext_lazy as _

from core import journal, outbox, saving
from core.enums import ImportState, Kept
from core.errors import DomainError, IllegalMove, NotAllowed
from core.imports.kinds import kind_of
from core.models import Import
from core.transitions import move


class TooLate(DomainError):
    """The days in which a list can be undone are over."""

    code = "too_late"

    def __init__(self) -> None:
        super().__init__(_("This list was entered too long ago to be undone as a whole: correct its lines one by one."))


def may_undo(imp: Import, user: Any, *, now: datetime) -> bool:
    """Its author, while the rights last, or whoever oversees such lists; within seven days."""
    if imp.state != ImportState.APPLIED or imp.undo_until is None or now >= imp.undo_until:
        return False
    return is_for(imp, user)


def is_for(imp: Import, user: Any) -> bool:
    kind = kind_of(imp)
    return (imp.author_id == user.pk and kind.may(user, imp.params)) or kind.oversees(user)


def undo(*, imp: Import, actor: AbstractBaseUser, now: datetime) -> Import:
    """Take back every line that nobody has changed since, the last first; a second call changes nothing.

    Messages that have not left are taken back; whoever was told already is told of this too, in one batch where they
    are more than five. Raises NotAllowed, TooLate, IllegalMove.
    """
    about = kind_of(imp).about(imp.params)
    with outbox.together(key=f"undo:{imp.uid.hex}", author=actor, about=about):
        return _undo(imp=imp, actor=actor, now=now)


@journal.act
def _undo(*, imp: Import, actor: AbstractBaseUser, now: datetime) -> Import:
    current = saving.locked(Import, imp.pk)
    if not is_for(current, actor):
        raise NotAllowed
    if current.state == ImportState.UNDONE:
        return current
    if current.state != ImportState.APPLIED:
        raise IllegalMove(state=current.get_state_display())
    if current.undo_until is None or now >= current.undo_until:
        raise TooLate
    kind = kind_of(current)
    waiting, left = kind.told(current.made)
    kept = kind.kept(current.made)
    for made in sorted(current.made, key=lambda one: -int(one["row"])):
        if made["row"] not in kept:
            why = kind.take_back(made, current, actor=actor, now=now)
            if why:
                kept[made["row"]] = why
    figures = current.figures | {
        "undone": len(current.made) - len(kept),
        "kept": len(kept),
        "withdrawn": waiting - kind.told(current.made)[0],
        "left": left,
    }
    said = {str(row): Kept(why).value for row, why in sorted(kept.items())}
    move(current, ImportState.UNDONE, actor=actor, undone_at=now, kept=said, figures=figures)
    data: dict[str, str | int | bool | None] = {
        "list": current.kind,
        "import": current.pk,
        "rows": figures["undone"],
        "kept": len(kept),
    }
    journal.record("import.undo", obj=actor, actor=actor, data=data)
    return current
