"""Who may open the addresses of the room."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from accounts.tests.matrix import READERS, STAFF, Row, only
from steering.models import Ballot, Decision, Guest, Presence, Proxy, Recusal, Reservation
from steering.tests.factories import make_committee, make_item, make_meeting


def meeting(state: str) -> Any:
    def make() -> list[object]:
        return [make_meeting(make_committee(seats=2), state).pk]

    return make


def _opened() -> Any:
    found = make_meeting(make_committee(seats=2), "opened", starts_at=timezone.now())
    make_item(found, state="open", opened_at=timezone.now())
    return found


def with_mandate() -> list[object]:
    found = _opened()
    return [found.pk, found.committee.seats.first().mandates.first().pk]


def with_seat() -> list[object]:
    found = _opened()
    return [found.pk, found.committee.seats.last().pk]


def item() -> list[object]:
    return [_opened().items.get().pk]


def presence() -> list[object]:
    found = _opened()
    seat = found.committee.seats.first()
    mandate = seat.mandates.first()
    return [Presence.objects.create(meeting=found, seat=seat, mandate=mandate, arrived_at=timezone.now()).pk]


def proxy() -> list[object]:
    found = _opened()
    giver, holder = found.committee.seats.all()[:2]
    return [Proxy.objects.create(meeting=found, giver=giver, holder=holder, arrived_at=timezone.now()).pk]


def guest() -> list[object]:
    return [Guest.objects.create(meeting=_opened(), name="Personne 1").pk]


def recusal() -> list[object]:
    found = _opened()
    values = {"seat": found.committee.seats.first(), "interest": "Partie", "declared_at": timezone.now()}
    return [Recusal.objects.create(item=found.items.get(), **values).pk]


def _decision() -> Decision:
    return Decision.objects.create(item=_opened().items.get(), number="D-1", mode="named", text_fr="Texte")


def decision() -> list[object]:
    return [_decision().pk]


def ballot() -> list[object]:
    found = _decision()
    seat = found.item.meeting.committee.seats.first()
    values = {"mandate": seat.mandates.first(), "choice": "for", "cast_at": timezone.now()}
    return [Ballot.objects.create(decision=found, seat=seat, **values).pk]


def reservation() -> list[object]:
    found = _decision()
    seat = found.item.meeting.committee.seats.first()
    return [Reservation.objects.create(decision=found, seat=seat, mandate=seat.mandates.first(), text="R").pk]


ACCESS: dict[str, Row] = {
    "steering:room": only(*READERS, args=meeting("opened"), member=404),
    "steering:room-open": only(*STAFF, status=302, args=meeting("convened")),
    "steering:room-paper": only(*STAFF, args=meeting("planned")),
    "steering:room-no-quorum": only(*STAFF, args=meeting("convened")),
    "steering:room-lift": only(*STAFF, args=meeting("opened")),
    "steering:room-reopen": only(*STAFF, args=meeting("held")),
    "steering:room-arrive": only(*STAFF, args=with_mandate),
    "steering:proxy-give": only(*STAFF, args=with_seat),
    "steering:guest-add": only(*STAFF, args=meeting("opened")),
    "steering:room-depart": only(*STAFF, args=presence),
    "steering:presence-correct": only(*STAFF, args=presence),
    "steering:presence-remove": only(*STAFF, args=presence),
    "steering:proxy-end": only(*STAFF, args=proxy),
    "steering:guest-edit": only(*STAFF, args=guest),
    "steering:guest-leave": only(*STAFF, args=guest),
    "steering:guest-remove": only(*STAFF, args=guest),
    "steering:item-start": only(*STAFF, args=item),
    "steering:item-treat": only(*STAFF, args=item),
    "steering:item-postpone": only(*STAFF, args=item),
    "steering:item-reopen": only(*STAFF, args=item),
    "steering:recusal-declare": only(*STAFF, args=item),
    "steering:recusal-withdraw": only(*STAFF, args=recusal),
    "steering:decision-prepare": only(*STAFF, args=item),
    "steering:decision-edit": only(*STAFF, args=decision),
    "steering:decision-withdraw": only(*STAFF, args=decision),
    "steering:decision-decide": only(*STAFF, args=decision),
    "steering:decision-reopen": only(*STAFF, args=decision),
    "steering:decision-vote": only(*STAFF, args=decision),
    "steering:ballot-correct": only(*STAFF, args=ballot),
    "steering:reservation-add": only(*STAFF, args=decision),
    "steering:reservation-remove": only(*STAFF, args=reservation),
}
