"""Who may open the addresses of the minutes. A stranger to the committee does not learn that a meeting exists."""

from __future__ import annotations

from django.utils import timezone

from accounts.tests.factories import make_user
from accounts.tests.matrix import READERS, STAFF, only
from steering.domain import notes
from steering.models import MinutesFile, Remark
from steering.tests.factories import make_item, make_meeting
from steering.tests.minutes_factory import first_item, make_held, send


def held() -> list[object]:
    return [make_held().pk]


def sent() -> list[object]:
    meeting = make_held()
    send(meeting)
    return [meeting.pk]


def paper() -> list[object]:
    return [*sent(), "fr"]


def file() -> list[object]:
    send(make_held())
    return [MinutesFile.objects.first().pk]  # type: ignore[union-attr]


def lacking() -> list[object]:
    meeting = make_held()
    return [meeting.pk, "notes", first_item(meeting).pk, "ar"]


def remark() -> list[object]:
    text = send(make_held())
    mandate = text.minutes.meeting.chaired_by
    made = Remark.objects.create(
        minutes=text.minutes, seat=mandate.seat, mandate=mandate, text="Remarque", at=timezone.now()
    )
    return [made.pk]


def item() -> list[object]:
    return [make_item(make_meeting(state="opened")).pk]


def revision() -> list[object]:
    one = make_item(make_meeting(state="opened"))
    notes.write(item=one, text_fr="Texte", text_ar="", version=1, actor=make_user("officer"), now=timezone.now())
    return [one.pk, notes.revisions(one)[0][0].pk]


ACCESS = {
    "steering:minutes": only(*READERS, member=404, args=held),
    "steering:minutes-history": only(*READERS, member=404, args=sent),
    "steering:minutes-changes": only(*READERS, member=404, args=sent),
    "steering:minutes-pdf": only(*STAFF, member=404, args=paper),
    "steering:minutes-word": only(*STAFF, args=paper),
    "steering:minutes-file": only(*STAFF, member=404, args=file),
    "steering:minutes-send": only(*STAFF, args=held),
    "steering:minutes-approve": only(*STAFF, status=302, args=sent),
    "steering:minutes-translate": only(*STAFF, args=lacking),
    "steering:remark-add": only(*STAFF, member=404, args=sent),
    "steering:remark-settle": only(*STAFF, args=remark),
    "steering:note-list": only(*STAFF, args=held),
    "steering:note-edit": only(*STAFF, args=item),
    "steering:note-revisions": only(*STAFF, args=item),
    "steering:note-restore": only(*STAFF, status=302, args=revision),
}
