"""The life of minutes: composed from the rows, sent, remarked on, approved by the committee, frozen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from accounts.models import User
from accounts.tests.factories import make_user
from core import files, journal
from core.errors import DomainError, IllegalMove, ObjectGone, ReasonRequired
from core.models import Message
from steering.documents import changes, minutes_paper
from steering.domain import freezing, items, minutes, notes, reading, recording, remarks, room, translations
from steering.domain.record import Passage, Record, original
from steering.enums import MinutesState
from steering.errors import MinutesFrozen, NotInOffice, RuleMissing
from steering.models import ItemNote, Meeting, Minutes, MinutesFile, MinutesText
from steering.tests.factories import make_committee, make_item, make_mandate, make_meeting, make_member_user, make_seat
from steering.tests.minutes_factory import PAPER, approve_at_next, first_item, make_held, printer, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting() -> Meeting:
    return make_held()


@pytest.fixture
def officer() -> User:
    return make_user("officer")


def approve(meeting: Meeting, actor: User) -> Minutes:
    return minutes.approve(meeting=meeting, actor=actor, now=timezone.now(), printer=printer)


# -- what stands in them ---------------------------------------------------------------------------------------------
def test_the_record_holds_what_was_entered_and_nothing_is_typed_twice(meeting: Meeting) -> None:
    record = recording.of(meeting)
    assert [seat.how for seat in record.seats] == ["titular", "titular", "excused"]
    assert record.seats[0].presides and record.chair and record.chair.name == record.seats[0].people[0].name
    assert record.guests[0].name == "Experte Exemple"
    assert record.quorum and record.quorum.is_met
    first = record.items[0]
    assert first.notes == Passage(fr="Le rapporteur présente l’état des actions.")
    assert first.quorum and first.quorum.counted == 2
    decision = first.decisions[0]
    assert [ballot.choice for ballot in decision.ballots] == ["for", "against"]
    assert decision.reservations[0].text.fr == "Le délai paraît long."
    assert first.recusals[0].interest.fr == "Porte une action."
    assert first.recommendations[0].text.ar == "نشر وضع الأعمال."


def test_a_record_comes_back_from_its_data_with_the_same_hash(meeting: Meeting) -> None:
    record = recording.of(meeting)
    again = Record.load(record.as_data())
    assert again == record and again.sha256 == record.sha256
    ItemNote.objects.update(text_fr="Autre chose")
    assert recording.of(meeting).sha256 != record.sha256


def test_an_institution_bears_the_name_of_the_day_of_the_meeting(meeting: Meeting) -> None:
    seat = meeting.committee.seats.order_by("rank").first()
    assert seat is not None
    old = seat.organisation.name_fr
    seat.organisation.former_names.create(name_fr=old, valid_to=meeting.day)
    seat.organisation.name_fr = "Nom d’aujourd’hui"
    seat.organisation.save()
    assert recording.of(meeting).seats[0].institution.fr == old


def test_a_vacant_seat_is_not_written_down_as_absent() -> None:
    meeting = make_held()
    make_seat(meeting.committee, rank=9)
    record = recording.of(meeting)
    assert [line.how for line in record.seats] == ["titular", "titular", "excused", "vacant"]
    with translation.override("ar"):
        assert minutes_paper._capacity(record.seats[-1]) == "مقعد شاغر"


def test_drafts_of_decisions_stay_out_and_a_later_revocation_too(meeting: Meeting) -> None:
    item = first_item(meeting)
    decision = item.decisions.get()
    item.decisions.create(number="D-x", mode="consensus", text_fr="Brouillon")
    decision.state = "revoked"
    decision.save()
    (only,) = recording.of(meeting).items[0].decisions
    assert (only.number, only.state) == (decision.number, "adopted")


def test_words_are_taken_for_the_language_of_their_letters() -> None:
    assert original("نتحفظ على الأجل A-01") == Passage(ar="نتحفظ على الأجل A-01")
    assert original("Réserve sur A-01").fr


# -- translations ----------------------------------------------------------------------------------------------------
def test_passages_without_translation_are_listed_and_filled_once(meeting: Meeting, officer: User) -> None:
    (lacking,) = translations.missing(recording.of(meeting))
    assert (lacking.kind, lacking.language, lacking.number) == ("notes", "ar", 1)
    how = {"meeting": meeting, "kind": "notes", "pk": lacking.pk, "language": "ar", "actor": officer}
    now = timezone.now()
    translations.translate(text="قدّم المقرر وضع الأعمال.", now=now, **how)
    note = ItemNote.objects.get()
    assert (note.text_ar, note.saved_by) == ("قدّم المقرر وضع الأعمال.", officer)
    translations.translate(text="قدّم المقرر وضع الأعمال.", now=now, **how)
    assert journal.history_of(note).filter(verb="itemnote.translate").count() == 1
    with pytest.raises(translations.TranslatedAlready):
        translations.translate(text="نص آخر", now=now, **how)
    assert translations.missing(recording.of(meeting)) == []


def test_translating_refuses_what_is_empty_unknown_or_frozen(meeting: Meeting, officer: User) -> None:
    how = {"meeting": meeting, "pk": first_item(meeting).pk, "language": "ar", "actor": officer, "now": timezone.now()}
    with pytest.raises(DomainError, match="traduction"):
        translations.translate(kind="notes", text=" ", **how)
    with pytest.raises(ObjectGone):
        translations.translate(kind="autre", text="x", **how)
    with pytest.raises(ObjectGone):
        translations.translate(kind="title", text="x", **how | {"pk": make_item(make_meeting()).pk})
    meeting.state = "closed"
    with pytest.raises(MinutesFrozen):
        translations.translate(kind="notes", text="x", **how)


# -- the sending -----------------------------------------------------------------------------------------------------
def test_sending_keeps_text_and_papers_and_writes_to_the_members(meeting: Meeting, officer: User) -> None:
    now = timezone.now()
    text = send(meeting, now=now, actor=officer)
    row = Minutes.objects.get()
    assert (row.state, row.sent_at) == (MinutesState.REMARKS, now)
    until = timezone.localtime(row.remarks_until)
    assert (until.date(), until.hour) == (timezone.localdate(now) + timedelta(days=15), 23)
    assert (text.number, text.sha256) == (1, recording.of(meeting).sha256)
    kept = MinutesFile.objects.order_by("id")
    assert [each.language for each in kept] == ["fr", "ar"]
    assert files.content_of(kept[0].file) == PAPER and minutes.is_whole(text)
    assert Message.objects.filter(kind=minutes.SENT).count() == 3
    assert journal.history_of(row).get().verb == "minutes.remarks"
    assert send(meeting, now=now, actor=officer) == text, "a second click changes nothing"
    assert MinutesText.objects.count() == 1


def test_sending_is_refused_before_the_meeting_is_lifted_and_without_its_rule(officer: User) -> None:
    with pytest.raises(minutes.NotHeld):
        send(make_meeting(state="opened"))
    with pytest.raises(RuleMissing):
        send(make_held(act={"minutes_days": None}))
    with pytest.raises(MinutesFrozen):
        send(make_held(state="closed"))


def test_a_promised_deadline_is_prolonged_and_never_cut_short(meeting: Meeting) -> None:
    now = timezone.now()
    text = send(meeting, now=now)
    assert text.remarks_until is not None
    with pytest.raises(DomainError) as caught:
        send(meeting, now=now, remarks_until=text.remarks_until - timedelta(days=1))
    assert caught.value.field == "remarks_until"
    with pytest.raises(DomainError, match="passé"):
        send(meeting, now=now, remarks_until=now - timedelta(days=1))
    later = text.remarks_until + timedelta(days=4)
    assert send(meeting, now=now, remarks_until=later).number == 2
    assert Minutes.objects.get().remarks_until == later


def test_a_new_sending_keeps_the_earlier_text_and_says_what_changed(meeting: Meeting, officer: User) -> None:
    first = send(meeting)
    notes.write(
        item=first_item(meeting), text_fr="Le rapporteur présente le bilan.", text_ar="", version=1, actor=officer,
        now=timezone.now(),
    )  # fmt: skip
    second = send(meeting)
    assert [each.number for each in MinutesText.objects.all()] == [1, 2]
    shown = [
        reading.Reading(Record.load(text.record), first.minutes, text).printing(language="fr", now=text.at)
        for text in (first, second)
    ]
    (changed,) = changes.between(*shown)
    assert changed.section == "1 Suites des recommandations"
    assert [(piece.kind, piece.text) for piece in changed.pieces[1:3]] == [("gone", "l’état"), ("new", "le")]


def test_papers_leave_confidential_items_out_for_the_members(officer: User) -> None:
    meeting = make_held()
    second = meeting.items.get(position=2)
    second.audience = "staff"
    second.save()
    seen: list[tuple[bool, str]] = []
    text = send(
        meeting, printer=lambda p: (seen.append((p.record.items[1].is_closed, p.record.items[1].title.fr)), PAPER)[1]
    )
    assert sorted(seen) == [(False, "Divers"), (False, "Divers"), (True, ""), (True, "")]
    assert sorted(each.is_whole for each in text.files.all()) == [False, False, True, True]
    whole, part = (minutes.paper_for(text, language="fr", whole=value) for value in (True, False))
    assert whole != part


# -- remarks ---------------------------------------------------------------------------------------------------------
def member_of(meeting: Meeting) -> tuple[User, remarks.Mandate]:
    user = make_member_user()
    seat = meeting.committee.seats.order_by("rank").last()
    assert seat is not None
    return user, make_mandate(seat, kind="alternate", user=user)


def test_a_seat_remarks_until_the_deadline(meeting: Meeting) -> None:
    row = send(meeting).minutes
    user, mandate = member_of(meeting)
    how = {"minutes": row, "mandate": mandate, "item": first_item(meeting), "actor": user}
    remark = remarks.add(text="Ajouter la date.", now=timezone.now(), **how)
    assert remark.seat == mandate.seat
    assert remarks.add(text="Ajouter la date.", now=timezone.now(), **how) == remark
    assert journal.history_of(row).first().verb == "minutes.remark"
    assert row.remarks_until is not None
    with pytest.raises(remarks.RemarksClosed, match="a pris fin"):
        remarks.add(text="Trop tard.", now=row.remarks_until + timedelta(minutes=1), **how)


def test_nobody_remarks_for_another_seat_or_before_the_sending(meeting: Meeting, officer: User) -> None:
    user, mandate = member_of(meeting)
    now = timezone.now()
    draft = minutes.ensure(meeting=meeting)
    with pytest.raises(remarks.NotSent):
        remarks.add(minutes=draft, mandate=mandate, text="x", item=None, actor=user, now=now)
    row = send(meeting).minutes
    other = meeting.chaired_by
    with pytest.raises(NotInOffice):
        remarks.add(minutes=row, mandate=other, text="x", item=None, actor=user, now=now)
    with pytest.raises(NotInOffice):
        stranger = make_committee(seats=1).seats.get().mandates.get()
        remarks.add(minutes=row, mandate=stranger, text="x", item=None, actor=officer, now=now)
    with pytest.raises(DomainError, match="autre réunion"):
        remarks.add(minutes=row, mandate=other, text="x", item=make_item(make_meeting()), actor=officer, now=now)
    assert remarks.add(minutes=row, mandate=other, text="Par téléphone.", item=None, actor=officer, now=now)


def test_a_remark_is_settled_once_with_words(meeting: Meeting, officer: User) -> None:
    row = send(meeting).minutes
    remark = remarks.add(
        minutes=row, mandate=meeting.chaired_by, text="x", item=None, actor=officer, now=timezone.now()
    )
    how = {"remark": remark, "actor": officer, "now": timezone.now()}
    with pytest.raises(ReasonRequired):
        remarks.settle(state="left", answer=" ", **how)
    with pytest.raises(IllegalMove):
        remarks.settle(state="open", answer="", **how)
    settled = remarks.settle(state="left", answer="Déjà dit au point 2.", **how)
    assert remarks.settle(state="left", answer="Déjà dit au point 2.", **how) == settled
    with pytest.raises(IllegalMove, match=str(officer)):
        remarks.settle(state="taken", answer="", **how)
    assert journal.history_of(row).filter(verb="minutes.settle").count() == 1


# -- the approval ----------------------------------------------------------------------------------------------------
def test_the_committee_approves_and_the_text_is_frozen(meeting: Meeting, officer: User) -> None:
    with pytest.raises(remarks.NotSent):
        approve(meeting, officer)
    text = send(meeting)
    with pytest.raises(minutes.NotApprovedYet):
        approve(meeting, officer)
    decision = approve_at_next(meeting)
    row = approve(meeting, officer)
    assert (row.state, row.sha256, row.approved_in) == (MinutesState.APPROVED, text.sha256, decision.item)
    meeting.refresh_from_db()
    assert meeting.state == "closed"
    frozen = minutes.newest_text(row)
    assert frozen is not None and frozen.is_frozen and minutes.is_whole(frozen)
    assert frozen.files.count() == 2
    assert approve(meeting, officer).pk == row.pk and row.texts.count() == 2, "a second click changes nothing"
    found = minutes.approval_of(row)
    assert found and found.decision == decision.number


def test_nothing_is_frozen_that_the_members_did_not_read(meeting: Meeting, officer: User) -> None:
    row = send(meeting).minutes
    approve_at_next(meeting)
    remarks.add(minutes=row, mandate=meeting.chaired_by, text="x", item=None, actor=officer, now=timezone.now())
    with pytest.raises(minutes.RemarksOpen):
        approve(meeting, officer)
    remarks.settle(remark=row.remarks.get(), state="taken", answer="", actor=officer, now=timezone.now())
    notes.write(item=first_item(meeting), text_fr="Corrigé.", text_ar="", version=1, actor=officer, now=timezone.now())
    with pytest.raises(minutes.ChangedSinceSent):
        approve(meeting, officer)
    send(meeting)
    assert approve(meeting, officer).state == MinutesState.APPROVED


def test_after_the_approval_nothing_of_the_meeting_changes(meeting: Meeting, officer: User) -> None:
    room.unsent(meeting)
    text = send(meeting)
    with pytest.raises(room.MinutesSent):
        room.unsent(meeting)
    freezing.require_unfrozen(meeting)
    decision = approve_at_next(meeting)
    row = approve(meeting, officer)
    with pytest.raises(MinutesFrozen):
        freezing.require_unfrozen(meeting)
    with pytest.raises(MinutesFrozen):
        items.reopen(item=decision.item, actor=officer, now=timezone.now(), reason="Erreur")
    with pytest.raises(MinutesFrozen):
        send(meeting)
    now = timezone.now()
    with pytest.raises(MinutesFrozen):
        remarks.add(minutes=row, mandate=meeting.chaired_by, text="x", item=None, actor=officer, now=now)
    before = files.content_of(text.files.first().file)
    person = meeting.chaired_by.person
    person.name_latin = "Autre nom"
    person.save()
    found = reading.of(meeting, officer)
    assert found and found.record.sha256 == text.sha256, "the page reads the frozen text"
    assert files.content_of(text.files.first().file) == before


def test_a_paper_that_was_touched_is_found(meeting: Meeting) -> None:
    text = send(meeting)
    files.path_of(text.files.first().file).write_bytes(b"%PDF autre")
    assert not minutes.is_whole(text)


def test_the_last_day_for_sending_follows_the_founding_act(meeting: Meeting) -> None:
    assert minutes.to_send_by(meeting) == timezone.localdate(meeting.lifted_at) + timedelta(days=15)
    assert minutes.to_send_by(make_held(act={"minutes_days": None})) is None


def test_an_auditor_reads_no_name_and_a_member_no_closed_item(meeting: Meeting) -> None:
    second = meeting.items.get(position=2)
    second.audience = "named"
    second.save()
    user, mandate = member_of(meeting)
    assert reading.of(meeting, user) is None, "nothing was sent"
    send(meeting)
    found = reading.of(meeting, user)
    assert found and found.record.items[1].is_closed and not found.record.items[1].title
    second.readers.add(mandate.seat)
    found = reading.of(meeting, user)
    assert found and found.record.items[1].title.fr == "Divers"
    found = reading.of(meeting, make_user("auditor"))
    assert found and not any(person.name for seat in found.record.seats for person in seat.people)
    with translation.override("fr"):
        assert "Personne" not in str(found.record)
