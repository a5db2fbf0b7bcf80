"""Persons in charge of open actions: they stay reachable, and what is open in the name of a leaver passes on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.domain.leaving import HandOver, Kind, OpenThing
from accounts.errors import CannotPass
from accounts.models import User
from core import journal, saving
from core.formats import plain_date
from directory.domain.account_files import successor_file
from steering.domain import standing
from steering.models import Action


def needed(now: datetime) -> Q:
    """For the nightly purge of contacts: whoever is in charge of something that is not closed."""
    return Q(Exists(Action.objects.open().filter(owner_person=OuterRef("pk"))))


def _rows(user: User) -> QuerySet[Action]:
    return Action.objects.open().filter(owner_person__user=user).select_related("owner").order_by("due_on", "id")


def _actions(user: User, now: datetime) -> Iterable[OpenThing]:
    for row in _rows(user):
        detail = f"{row.owner} · {plain_date(row.due_on)}"
        yield OpenThing(str(row), reverse("steering:action-detail", args=[row.pk]), detail)


def _take_actions(act: HandOver) -> None:
    """The successor is in charge where he speaks for the institution; recorded as `action.hand_over`."""
    heir = successor_file(act.successor, actor=act.actor)
    for row in _rows(act.leaver):
        if not standing.belongs(heir, to=row.owner, on=timezone.localdate(act.now)):
            words = _("%(name)s does not speak for %(owner)s: name another person in charge of %(code)s first.")
            raise CannotPass(words % {"name": heir, "owner": row.owner, "code": row.code})
        action = saving.locked(Action, row.pk)
        before = action.owner_person_id
        saving.change(action, owner_person=heir)
        journal.record("action.hand_over", obj=action, actor=act.actor, data={"from": before, "person": heir.pk})


KINDS = (Kind("steering.actions", _("Actions in the person’s charge"), _actions, _take_actions),)
