"""Certificates: who gets one, what is signed, what is caught."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.tests.factories import make_user
from core import journal
from core.errors import IllegalMove, ReasonRequired
from core.models import Message
from trainings.domain import certificates, eligibility, signing, verification
from trainings.enums import CertificateState, HalfDayState, Mark
from trainings.models import Attendance, Certificate, HalfDay, Registration, Session
from trainings.tests.factories import make_registration, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _state(settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path


def attended(*, present: int = 2, close: bool = True, **fields: Any) -> Registration:
    """A registration of a two-half-day part, present in `present` of them, the half-days closed."""
    session = fields.pop("session", None) or make_session(state="closed", starts_on=timezone.localdate() - timedelta(7))
    part = session.parts.get()
    part.title_ar = "الجزء الأول"
    part.save()
    registration = make_registration(part, **fields)
    for index, half_day in enumerate(part.half_days.all()):
        mark = Mark.PRESENT if index < present else Mark.ABSENT
        Attendance.objects.create(half_day=half_day, registration=registration, mark=mark, marked_at=timezone.now())
    if close:
        HalfDay.objects.filter(part=part).update(state=HalfDayState.CLOSED, closed_at=timezone.now())
    return registration


@pytest.mark.feature(46)
def test_issue_signs_what_the_ledger_says() -> None:
    registration = attended()
    officer = make_user()
    certificate = certificates.issue(registration=registration, actor=officer, now=timezone.now())
    assert certificate.fields["half_days_attended"] == certificate.fields["half_days_planned"] == 2
    assert certificate.fields["hours"] == certificate.fields["hours_planned"] == "6"
    assert certificate.number.startswith("ATT-") and len(certificate.control_code) == 8
    entry = journal.history_of(certificate).get()
    assert (entry.verb, entry.actor) == ("certificate.issue", officer)
    message = Message.objects.get(kind="trainings.certificate")
    assert (message.to_email, message.object_id) == (registration.email, certificate.pk)


def test_issue_a_second_time_gives_the_same_certificate() -> None:
    registration = attended()
    first = certificates.issue(registration=registration, actor=None, now=timezone.now())
    second = certificates.issue(registration=registration, actor=None, now=timezone.now())
    assert first == second
    assert Message.objects.filter(kind="trainings.certificate").count() == 1


@pytest.mark.parametrize(
    ("present", "close", "names", "said"),
    [
        (1, True, {}, "1"),
        (2, False, {}, "2"),
        (2, True, {"name_ar": ""}, ""),
        (2, True, {"name_latin": ""}, ""),
    ],
)
def test_issue_refuses_and_says_all_that_is_missing(
    present: int, close: bool, names: dict[str, str], said: str
) -> None:
    registration = attended(present=present, close=close, **names)
    with pytest.raises(certificates.NotEligible) as error:
        certificates.issue(registration=registration, actor=None, now=timezone.now())
    assert said in str(error.value)
    assert not Certificate.objects.exists()


def test_threshold_is_met_exactly_not_rounded_up() -> None:
    session = make_session(
        state="closed", days=2, attendance_threshold=75, starts_on=timezone.localdate() - timedelta(7)
    )
    ready = attended(session=session, present=3)
    short = attended(session=session, present=2)
    cases = {case.registration: case for case in eligibility.of_part(session.parts.get())}
    assert cases[ready].is_ready and cases[ready].percent == 75
    assert not cases[short].is_ready and cases[short].percent == 50


def test_batch_issues_who_is_ready_and_lists_the_others_with_reasons() -> None:
    session = make_session(state="closed", starts_on=timezone.localdate() - timedelta(7))
    ready = attended(session=session)
    nameless = attended(session=session, name_ar="")
    batch = certificates.issue_batch(session=session, actor=make_user(), now=timezone.now())
    assert [c.registration for c in batch.issued] == [ready]
    assert [c.registration for c in batch.left_out] == [nameless] and batch.left_out[0].obstacles
    again = certificates.issue_batch(session=session, actor=make_user(), now=timezone.now())
    assert again.issued == [] and len(again.left_out) == 1


@pytest.mark.feature(48)
def test_verification_fails_when_one_character_of_any_field_changes() -> None:
    certificate = certificates.issue(registration=attended(), actor=None, now=timezone.now())
    key = certificate.signing_key
    assert signing.is_genuine(certificate.fields, signature=certificate.signature, key=key)
    for name, value in certificate.fields.items():
        forged = {**certificate.fields, name: (not value) if isinstance(value, bool) else f"{value}x"}
        assert not signing.is_genuine(forged, signature=certificate.signature, key=key), name


@pytest.mark.feature(47)
def test_verification_by_token_or_by_number_with_code_never_by_number_alone() -> None:
    certificate = certificates.issue(registration=attended(), actor=None, now=timezone.now())
    typed = f" {certificate.control_code[:4].lower()}-{certificate.control_code[4:]} "
    for verdict in (
        verification.by_token(certificate.check_token),
        verification.by_number(certificate.number.lower(), typed),
    ):
        assert verdict is not None and verdict.is_valid and verdict.certificate == certificate
    assert verification.by_number(certificate.number, "") is None
    assert verification.by_number(certificate.number, "AAAAAAAA") is None
    assert verification.by_token("") is None


def test_verification_shows_a_row_changed_behind_the_portal_as_not_genuine() -> None:
    certificate = certificates.issue(registration=attended(), actor=None, now=timezone.now())
    Certificate.objects.filter(pk=certificate.pk).update(fields={**certificate.fields, "hours": "60"})
    verdict = verification.by_token(certificate.check_token)
    assert verdict is not None and not verdict.is_genuine and not verdict.is_valid


def test_cancel_needs_a_reason_and_happens_once() -> None:
    certificate = certificates.issue(registration=attended(), actor=None, now=timezone.now())
    officer = make_user()
    with pytest.raises(ReasonRequired):
        certificates.cancel(certificate=certificate, actor=officer, reason=" ", now=timezone.now())
    certificates.cancel(certificate=certificate, actor=officer, reason="Erreur de saisie", now=timezone.now())
    verdict = verification.by_token(certificate.check_token)
    assert verdict is not None and verdict.is_genuine and not verdict.is_valid
    assert journal.history_of(certificate)[0].reason.text == "Erreur de saisie"
    with pytest.raises(IllegalMove, match=officer.full_name):
        certificates.cancel(certificate=certificate, actor=officer, reason="encore", now=timezone.now())


def test_replace_points_from_the_old_to_the_new() -> None:
    registration = attended(name_latin="Ancien nom")
    old = certificates.issue(registration=registration, actor=None, now=timezone.now())
    Registration.objects.filter(pk=registration.pk).update(name_latin="Nouveau nom")
    new = certificates.replace(certificate=old, actor=make_user(), reason="Nom corrigé", now=timezone.now())
    old.refresh_from_db()
    assert (old.state, old.replaced_by) == (CertificateState.REPLACED, new)
    assert new.state == CertificateState.VALID and new.fields["name_latin"] == "Nouveau nom"
    assert old.fields["name_latin"] == "Ancien nom"


def test_fictional_session_signs_with_a_demonstration_key() -> None:
    registration = attended()
    Session.objects.get(pk=registration.part.session_id).training.programme.__class__.objects.update(origin="fictional")
    certificate = certificates.issue(registration=registration, actor=None, now=timezone.now())
    assert certificate.number.startswith("DEMO-") and certificate.signing_key.key_id.startswith("DEMO-")
    assert certificate.fields["demonstration"] is True


def test_private_key_is_readable_by_its_owner_alone(tmp_path: Any) -> None:
    key = signing.current_key(demo=False, now=timezone.now())
    path = tmp_path / "signing-keys" / f"{key.key_id}.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert signing.current_key(demo=False, now=timezone.now()) == key
    path.unlink()
    assert signing.current_key(demo=False, now=timezone.now()) != key


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_twenty_requests_at_once_make_one_certificate() -> None:
    registration = attended()
    barrier = threading.Barrier(20)
    numbers: list[str] = []

    def issue() -> None:
        try:
            barrier.wait()
            numbers.append(certificates.issue(registration=registration, actor=None, now=timezone.now()).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(numbers) == 20 and len(set(numbers)) == 1
    assert Certificate.objects.count() == 1
