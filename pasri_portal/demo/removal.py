"""Take the demonstration away whole: its rows, their snapshots, their journal, its messages, its keys."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pghistory.models
import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models import ProtectedError, Q

from accounts.models import Invitation, RoleGrant, User
from clusters.models import Animation, Cluster, ClusterGovernorate, ClusterSector, Membership, Phase
from core.models import JournalEntry, Message, PersonalLink, ReadEntry
from directory.enums import Origin
from directory.models import Affiliation, Consent, Organisation, Person, Programme
from pasri_portal.demo import steering_removal
from pasri_portal.demo.loading import accounts_file
from trainings.domain import signing
from trainings.models import (
    Attendance,
    Certificate,
    Correction,
    HalfDay,
    HalfDayTrainer,
    PartCategory,
    Question,
    Registration,
    Session,
    SessionPart,
    SessionTrainer,
    SigningKey,
    Training,
)

MADE_BY_DEMO = [Origin.DOCUMENTED, Origin.FICTIONAL]


class CannotRemove(Exception):
    """Rows of the programme's own hang on the demonstration; the message says which."""


def remove() -> Counter[str]:
    """Delete the demonstration in one transaction, or nothing; gives how many rows of each model went."""
    gone: Counter[str] = Counter()
    with transaction.atomic(), pgtrigger.ignore("core.JournalEntry:append_only", "core.ReadEntry:append_only"):
        users = User.objects.filter(is_demo=True)
        steering_removal.untie()
        found = _found(users)
        kept = steering_removal.paths()
        ids = {rows.model: list(rows.values_list("pk", flat=True)) for rows in found}
        try:
            _journal_and_messages(ids, users, gone)
            for rows in found:
                _delete(rows.model._default_manager.filter(pk__in=ids[rows.model]), gone)
        except ProtectedError as error:
            kinds = ", ".join(sorted({str(row._meta.verbose_name) for row in error.protected_objects}))
            raise CannotRemove(
                f"Rows entered beside the demonstration refer to it: {kinds}. Remove them first."
            ) from error
        _snapshots(ids, gone)
    accounts_file().unlink(missing_ok=True)
    for path in kept:
        path.unlink(missing_ok=True)
    for key in (Path(settings.STATE_DIR) / signing.FOLDER).glob("DEMO-*.key"):
        key.unlink()
    return gone


def _found(users: models.QuerySet[User]) -> list[models.QuerySet[Any]]:
    """The demonstration's rows, in an order in which they can be deleted."""
    programmes = Programme.objects.filter(origin__in=MADE_BY_DEMO)
    sessions = Session.objects.filter(training__programme__in=programmes)
    registrations = Registration.objects.filter(part__session__in=sessions)
    people = Person.objects.filter(origin__in=MADE_BY_DEMO)
    clusters = Cluster.objects.filter(origin__in=MADE_BY_DEMO)
    return [
        *steering_removal.found(),
        Animation.objects.filter(cluster__in=clusters),
        Membership.objects.filter(cluster__in=clusters),
        Phase.objects.filter(cluster__in=clusters),
        ClusterGovernorate.objects.filter(cluster__in=clusters),
        ClusterSector.objects.filter(cluster__in=clusters),
        clusters,
        Certificate.objects.filter(registration__in=registrations),
        Correction.objects.filter(registration__in=registrations),
        Attendance.objects.filter(registration__in=registrations),
        registrations,
        Question.objects.filter(session__in=sessions),
        PartCategory.objects.filter(part__session__in=sessions),
        HalfDayTrainer.objects.filter(half_day__part__session__in=sessions),
        HalfDay.objects.filter(part__session__in=sessions),
        SessionTrainer.objects.filter(session__in=sessions),
        SessionPart.objects.filter(session__in=sessions),
        sessions,
        Training.objects.filter(programme__in=programmes),
        programmes,
        Consent.objects.filter(person__in=people),
        Affiliation.objects.filter(person__in=people),
        people,
        Organisation.objects.filter(origin=Origin.FICTIONAL),
        SigningKey.objects.filter(is_demo=True),
        Invitation.objects.filter(user__in=users),
        RoleGrant.objects.filter(user__in=users),
        users,
    ]


def _journal_and_messages(
    ids: dict[type[models.Model], list[int]], users: models.QuerySet[User], gone: Counter[str]
) -> None:
    """What speaks of the demonstration's rows, or was done by its accounts."""
    about = Q(pk__in=[])
    for model, found in ids.items():
        about |= Q(object_type=model._meta.label_lower, object_id__in=found)
    _delete(ReadEntry.objects.filter(user__in=users), gone)
    entries = JournalEntry.objects.filter(about | Q(actor__in=users))
    contexts = list(entries.values_list("context_id", flat=True).distinct())
    messages = Message.objects.filter(about | Q(demo=True))
    _delete(PersonalLink.objects.filter(about | Q(message__in=messages)), gone)
    messages.filter(copy_of__isnull=False).delete()
    _delete(messages, gone)
    _delete(entries, gone)
    for event in _event_models():
        event._default_manager.filter(pgh_context_id__in=contexts).delete()


def _snapshots(ids: dict[type[models.Model], list[int]], gone: Counter[str]) -> None:
    """The copies that the triggers kept of the rows, deletion included, and the contexts that nothing refers to now."""
    for event in _event_models():
        tracked = event.pgh_tracked_model
        if tracked in ids:
            gone[event._meta.label] += event._default_manager.filter(pgh_obj_id__in=ids[tracked]).delete()[0]
    contexts = pghistory.models.Context.objects.all()
    for event in _event_models():
        contexts = contexts.exclude(pk__in=event._default_manager.exclude(pgh_context=None).values("pgh_context_id"))
    _delete(contexts.exclude(pk__in=JournalEntry.objects.values("context_id")), gone)


def _event_models() -> list[Any]:
    return [model for model in apps.get_models() if issubclass(model, pghistory.models.Event) and model._meta.managed]


def _delete(rows: models.QuerySet[Any], gone: Counter[str]) -> None:
    gone.update(rows.delete()[1])
