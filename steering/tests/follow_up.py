"""A committee at work on its actions: who is who, and the short ways to what tests begin with."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from PIL import Image

from accounts.models import User
from accounts.tests.factories import make_user
from core import reads
from core.testing.papers import PDF
from directory.models import Organisation
from steering.domain import actions, evidence, verification
from steering.domain.evidence import Given
from steering.models import Action, Committee, Decision, Evidence, QuorumCount, Seat
from steering.tests.factories import (
    make_action,
    make_committee,
    make_item,
    make_mandate,
    make_meeting,
    make_member_user,
    make_seat,
)


@dataclass(frozen=True)
class World:
    """A committee with its secretariat, the institution in charge, another one, and an account of each."""

    committee: Committee
    secretariat: Organisation
    owner: Organisation
    other: Organisation
    owner_seat: Seat
    other_seat: Seat
    staff: User
    second_staff: User
    owner_member: User
    other_member: User
    stranger: User
    auditor: User

    def action(self, **fields: Any) -> Action:
        return make_action(self.committee, owner=fields.pop("owner", self.owner), **fields)


def make_world() -> World:
    committee = make_committee()
    seats = [make_seat(committee, rank=rank) for rank in (1, 2, 3)]
    people = [make_member_user() for _seat in seats]
    for seat, user in zip(seats, people, strict=True):
        make_mandate(seat, user=user)
    committee.secretariat = seats[0].organisation
    committee.save()
    stranger = make_member_user()
    make_mandate(make_seat(make_committee()), user=stranger)
    return World(
        committee=committee,
        secretariat=seats[0].organisation,
        owner=seats[1].organisation,
        other=seats[2].organisation,
        owner_seat=seats[1],
        other_seat=seats[2],
        staff=make_user("officer"),
        second_staff=make_user("manager"),
        owner_member=people[1],
        other_member=people[2],
        stranger=stranger,
        auditor=make_user("auditor"),
    )


def given(name: str = "liste.pdf", content: bytes = PDF, label: str = "Liste validée") -> Given:
    return Given(name, content, label)


def open_all(action: Action, user: User) -> None:
    """The account opens every piece of evidence of an action, as its page notes it."""
    for piece in action.evidence.all():
        open_one(piece, user)


def open_one(piece: Evidence, user: User) -> None:
    reads.note(user=user, what=evidence.READ, object_id=piece.pk)


def declared(
    world: World, action: Action | None = None, *, by: User | None = None, now: datetime | None = None
) -> Action:
    """An action that was declared done with a proof, by a member of the institution in charge."""
    action = action or world.action()
    by = by or world.owner_member
    done = verification.declare_done(action=action, note="Fait.", given=given(), actor=by, now=now or timezone.now())
    return Action.objects.get(pk=done.pk)


def verified(world: World, action: Action | None = None) -> Action:
    action = declared(world, action)
    open_all(action, world.staff)
    verification.confirm(action=action, note="Pièce lue.", actor=world.staff, now=timezone.now())
    return Action.objects.get(pk=action.pk)


def part_of(whole: Action, *, weight: int = 1, **fields: Any) -> Action:
    values = {"title_fr": "Étape", "owner": whole.owner, "starts_on": whole.starts_on, **fields}
    due_on = values.pop("due_on", whole.due_on)
    return actions.create(committee=whole.committee, parent=whole, due_on=due_on, weight=weight, actor=None, **values)


def make_decision(committee: Committee | None = None, state: str = "adopted") -> Decision:
    """A decision of a meeting that was held."""
    meeting = make_meeting(committee, "held")
    now = timezone.now()
    count = QuorumCount.objects.create(
        meeting=meeting, at=now, cause="decision", in_office=3, required=2, counted=2, voices=2
    )
    return Decision.objects.create(
        item=make_item(meeting),
        number=f"D-{meeting.pk}",
        mode="consensus",
        text_fr="Retenu.",
        state=state,
        quorum=count,
        decided_at=now,
    )


def photograph() -> bytes:
    """A JPEG that says where and with what it was taken."""
    picture, out = Image.new("RGB", (8, 8), "red"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "AppareilSecret"
    picture.save(out, "JPEG", exif=exif)
    return out.getvalue()
