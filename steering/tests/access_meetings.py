"""Who may open the addresses of the meetings before they open."""

from __future__ import annotations

from accounts.tests.matrix import READERS, STAFF, everybody, only
from notifications import links
from steering.domain import letters
from steering.models import Meeting
from steering.tests.factories import make_committee, make_item, make_meeting
from steering.tests.meetings import make_convocation, make_document, make_point


def planned() -> list[object]:
    return [make_meeting(state="planned").pk]


def convened() -> list[object]:
    return [make_meeting(state="convened").pk]


def without_quorum() -> list[object]:
    return [make_meeting(state="no_quorum").pk]


def item() -> list[object]:
    return [make_item(make_meeting()).pk]


def with_item(*more: object) -> list[object]:
    one = make_item(make_meeting())
    return [one.meeting_id, one.pk, *more]


def document() -> list[object]:
    return [make_document(make_item(make_meeting(state="convened"))).pk]


def with_document() -> list[object]:
    one = make_document(make_item(make_meeting()))
    return [one.item.meeting_id, one.pk]


def letter() -> list[object]:
    return [make_convocation(make_meeting(state="convened")).pk, "fr"]


def seat() -> list[object]:
    meeting: Meeting = make_meeting(state="convened")
    return [meeting.pk, meeting.committee.seats.first().pk]  # type: ignore[union-attr]


def committee() -> list[object]:
    return [make_committee().slug]


def point() -> list[object]:
    return [make_point(make_committee()).pk]


def with_point() -> list[object]:
    one = make_point(make_committee())
    return [one.committee.slug, one.pk]


def token() -> list[object]:
    invitee = make_convocation(make_meeting(state="convened")).invitees.first()
    assert invitee is not None
    return [links.make_direct(letters.ANSWER, invitee).rstrip("/").rpartition("/")[2]]


# A member of no committee sees no meeting: 404.
ACCESS = {
    "steering:meeting-list": only(*READERS, "member"),
    "steering:meeting-create": only(*STAFF),
    "steering:meeting-detail": only(*READERS, args=convened, member=404),
    "steering:meeting-edit": only(*STAFF, args=planned),
    "steering:meeting-history": only(*READERS, args=convened),
    "steering:meeting-ics": only(*READERS, args=convened, member=404),
    "steering:postpone": only(*STAFF, args=convened),
    "steering:cancel": only(*STAFF, args=convened),
    "steering:agenda-fill": only(*STAFF, status=302, args=planned),
    "steering:item-create": only(*STAFF, args=planned),
    "steering:item-edit": only(*STAFF, args=item),
    "steering:item-move": only(*STAFF, status=302, args=lambda: with_item("up")),
    "steering:item-remove": only(*STAFF, status=302, args=with_item),
    "steering:document-add": only(*STAFF, args=item),
    "steering:document-file": only(*READERS, args=document, member=404),
    "steering:document-remove": only(*STAFF, status=302, args=with_document),
    "steering:convene": only(*STAFF, args=planned),
    "steering:rectify": only(*STAFF, args=convened),
    "steering:second-call": only(*STAFF, args=without_quorum),
    "steering:pack": only(*STAFF, args=convened),
    "steering:regularity": only(*READERS, args=convened, member=404),
    "steering:convocation-file": only(*READERS, args=letter, member=404),
    "steering:answer-list": only(*READERS, args=convened, member=404),
    "steering:answer-enter": only(*STAFF, args=seat, member=404),
    "steering:answer-page": everybody(403, args=token, anonymous=200),  # signed in as somebody else: refused
    "steering:recurring-list": only(*STAFF, args=committee),
    "steering:recurring-create": only(*STAFF, args=committee),
    "steering:recurring-edit": only(*STAFF, args=point),
    "steering:recurring-remove": only(*STAFF, status=302, args=with_point),
}
