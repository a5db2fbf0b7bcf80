"""What a convocation says, word for word in both languages: kept with the letter, compared with the meeting later.

What is confidential is not in it: a confidential item has its number and nothing else.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from directory.models import Organisation
from steering.domain import sitting
from steering.models import AgendaItem, FoundingAct, Meeting

COMPARED = ("starts_at", "ends_at", "place", "items")
Said = dict[str, Any]


def of(meeting: Meeting, *, act: FoundingAct | None, answers_until: datetime | None) -> Said:
    """Everything that the letter prints, but its own number and day."""
    chair = sitting.seats_on(meeting.committee, on=meeting.day).filter(presides=True).first()
    return {
        "committee": {"fr": meeting.committee.name_fr, "ar": meeting.committee.name_ar},
        "chair": _named(chair.organisation if chair else None, meeting),
        "act": {"fr": act.title_fr, "ar": act.title_ar} if act else {"fr": "", "ar": ""},
        "seats": [_named(seat.organisation, meeting) for seat in sitting.called_seats(meeting)],
        "number": meeting.number,
        "kind": str(meeting.kind),
        "second_call_of": meeting.second_call_of.number if meeting.second_call_of else None,
        "starts_at": _moment(meeting.starts_at),
        "ends_at": _moment(meeting.ends_at),
        "place": {"fr": meeting.place_fr, "ar": meeting.place_ar},
        "answers_until": _moment(answers_until) if answers_until else "",
        "items": [_item(item, meeting) for item in _items(meeting)],
    }


def differs(before: Said, now: Said) -> list[str]:
    """What of the day, the place and the agenda is no longer as the letter says."""
    return [name for name in COMPARED if before.get(name) != now.get(name)]


def moment(said: Said, name: str) -> datetime | None:
    """An instant of the letter; None where it says none."""
    return datetime.fromisoformat(said[name]) if said.get(name) else None


def without_arabic(said: Said) -> list[str]:
    """Which parts of the letter have no Arabic words: `place`, or the number of an item."""
    lacking = ["place"] if said["place"]["fr"] and not said["place"]["ar"] else []
    return lacking + [str(item["n"]) for item in said["items"] if not item["confidential"] and not item["ar"]]


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.select_related("rapporteur").order_by("position", "id"))


def _item(item: AgendaItem, meeting: Meeting) -> dict[str, Any]:
    if item.is_confidential:
        return {"n": item.position, "confidential": True}
    return {
        "n": item.position,
        "confidential": False,
        "fr": item.title_fr,
        "ar": item.title_ar,
        "expected": str(item.expected),
        "duration": item.duration,
        "rapporteur": _named(item.rapporteur, meeting),
    }


def _named(organisation: Organisation | None, meeting: Meeting) -> dict[str, str]:
    """An institution by the name that it bears on the day of the meeting."""
    if organisation is None:
        return {"fr": "", "ar": ""}
    return {"fr": organisation.name_on(meeting.day, "fr"), "ar": organisation.name_on(meeting.day, "ar")}


def _moment(at: datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="minutes")
