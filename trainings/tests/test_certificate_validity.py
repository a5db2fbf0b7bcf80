"""Certificates with an end, and certificates to look at again because attendance was corrected since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from accounts.tests.factories import make_user
from core import journal
from core.errors import DomainError, IllegalMove, ReasonRequired
from core.testing.client import StrictClient
from core.testing.queries import assert_flat_queries
from trainings import tasks
from trainings.documents.mentions import mentions
from trainings.domain import certificates, corrections, eligibility, reviews, signing, verification, worklist
from trainings.enums import CertificateState
from trainings.models import Certificate, HalfDay, Training
from trainings.tests.factories import make_session
from trainings.tests.test_certificates import attended

pytestmark = pytest.mark.django_db
ClientFor = Callable[..., StrictClient]
LIST = "trainings:certificate-reviews"


@pytest.fixture(autouse=True)
def _state(settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path
    cache.clear()


def certified(*, months: int | None = None, ago: int = 7, **fields: Any) -> Certificate:
    """A certificate of a session `ago` days back, whose certificates are valid for so many months."""
    session = make_session("closed", starts_on=timezone.localdate() - timedelta(days=ago), **fields)
    Training.objects.filter(pk=session.training_id).update(validity_months=months)
    session.refresh_from_db()
    registration = attended(session=type(session).objects.get(pk=session.pk))
    return certificates.issue(registration=registration, actor=None, now=timezone.now())


def ended(certificate: Certificate) -> Certificate:
    """The same, signed anew with a last day that is over."""
    yesterday = timezone.localdate() - timedelta(days=1)
    certificate.fields = {**certificate.fields, "valid_until": yesterday.isoformat()}
    certificate.signature = signing.sign(certificate.fields, key=certificate.signing_key)
    certificate.valid_until = yesterday
    certificate.save()
    return certificate


def check_page(client: StrictClient, certificate: Certificate, language: str = "fr") -> str:
    with translation.override(language):
        return client.get(reverse("trainings:certificate-verdict", args=[certificate.check_token])).content.decode()


# With an end


@pytest.mark.parametrize(
    ("ends_on", "months", "until"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 5, 9), 12, date(2027, 5, 9)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 5, 9), None, None),
    ],
)
def test_last_day_is_counted_in_months_from_the_end_of_the_part(
    ends_on: date, months: int | None, until: date | None
) -> None:
    part = make_session("closed", starts_on=ends_on).parts.get()
    part.session.training.validity_months = months
    assert certificates.valid_until(part) == until


def test_last_day_is_certified_signed_and_printed(client: StrictClient) -> None:
    certificate = certified(months=24)
    until = certificate.valid_until
    assert until is not None and certificate.fields["valid_until"] == until.isoformat()
    assert "Valable jusqu’au" in [label.fr for label, _value in mentions(certificate)]
    forged = {**certificate.fields, "valid_until": "2099-01-01"}
    assert not signing.is_genuine(forged, signature=certificate.signature, key=certificate.signing_key)
    page = check_page(client, certificate)
    assert "Attestation valable" in page and "صالحة إلى غاية" in page
    paper = client.get(reverse("trainings:certificate-pdf", args=[certificate.check_token]))
    assert paper["Content-Type"] == "application/pdf"


def test_certificate_of_before_has_no_end_and_is_still_genuine(client: StrictClient) -> None:
    certificate = certified()
    assert "valid_until" not in certificate.fields and certificate.valid_until is None
    verdict = verification.by_token(certificate.check_token)
    assert verdict is not None and verdict.is_valid and verdict.valid_until is None
    assert certificates.expire(now=timezone.now() + timedelta(days=9999)) == 0
    assert "Valable jusqu’au" not in check_page(client, certificate)


@pytest.mark.feature(49)
@pytest.mark.parametrize(("language", "words"), [("fr", "était valable jusqu’au"), ("ar", "كانت صالحة إلى غاية")])
def test_check_says_that_it_is_over_before_the_night_and_after_it(
    client: StrictClient, language: str, words: str
) -> None:
    certificate = ended(certified(months=12))
    for _turn in range(2):
        page = check_page(client, certificate, language)
        for said in ("Attestation expirée", "شهادة منتهية الصلاحية", "Elle n’est plus valable.", "لم تعد صالحة", words):
            assert said in page
        paper = client.get(reverse("trainings:certificate-pdf", args=[certificate.check_token]))
        assert paper.status_code == 302
        tasks.expire_certificates()
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.EXPIRED
    assert "Fin de validité" not in check_page(client, certificate, language)


def test_night_ends_them_once_with_the_reason_kept_inside() -> None:
    certificate, other = ended(certified(months=12)), certified(months=12)
    assert (tasks.expire_certificates(), tasks.expire_certificates()) == (1, 0)
    certificate.refresh_from_db()
    other.refresh_from_db()
    assert (certificate.state, other.state) == (CertificateState.EXPIRED, CertificateState.VALID)
    entry = journal.history_of(certificate).get(verb="certificate.expired")
    assert (entry.actor, entry.reason.text) == (None, "Fin de validité")
    with pytest.raises(IllegalMove):
        certificates.cancel(certificate=certificate, actor=make_user(), reason="Motif", now=timezone.now())


def test_what_is_over_is_not_issued_again() -> None:
    certificate = ended(certified(months=12))
    certificates.expire(now=timezone.now())
    session = certificate.registration.part.session
    [case] = eligibility.of_part(session.parts.get())
    assert not case.is_ready and certificate.number in str(case.obstacles[0])
    batch = certificates.issue_batch(session=session, actor=make_user(), now=timezone.now())
    assert (batch.issued, len(batch.left_out)) == ([], 1)
    with pytest.raises(certificates.NotEligible):
        certificates.issue(registration=certificate.registration, actor=None, now=timezone.now())


def test_staff_set_the_months_of_a_training(client_for: ClientFor) -> None:
    training = make_session().training
    browser, url = client_for(make_user("officer")), reverse("trainings:training-edit", args=[training.pk])
    typed = {"title_fr": "Titre gardé", "programme": training.programme_id, "version": training.version}
    for wrong in ("0", "121", "-1", "un an"):
        form = browser.post(url, typed | {"validity_months": wrong}).context["form"]
        assert list(form.errors) == ["validity_months"] and form["title_fr"].value() == "Titre gardé", wrong
    browser.post(url, typed | {"validity_months": "36"})
    training.refresh_from_db()
    assert training.validity_months == 36
    assert "36 mois" in browser.get(reverse("trainings:training-detail", args=[training.pk])).content.decode()


# To look at again


def corrected(certificate: Certificate, *, mark: str = "absent") -> None:
    """Two people correct one half-day of the bearer."""
    registration = certificate.registration
    half_day = HalfDay.objects.filter(part=registration.part).latest("id")
    correction = corrections.propose(
        half_day=half_day,
        registration=registration,
        mark=mark,
        reason="Feuille relue",
        actor=make_user("officer"),
        now=timezone.now(),
    )
    corrections.confirm(correction=correction, actor=make_user("manager"), now=timezone.now())


@pytest.mark.feature(49)
def test_corrected_half_day_lists_the_certificate_until_it_is_replaced(
    client: StrictClient, client_for: ClientFor
) -> None:
    certificate, staff = certified(attendance_threshold=50), make_user("officer")
    certified()
    browser = client_for(staff)
    assert not browser.get(reverse(LIST)).context["page"].rows
    corrected(certificate)
    page = browser.get(reverse(LIST))
    assert [row.pk for row in page.context["page"].rows] == [certificate.pk]
    html = page.content.decode()
    assert "2 demi-journées sur 2" in html and "1 demi-journée sur 2" in html
    home = browser.get(reverse("home")).content.decode()
    assert "1 attestation à revoir" in home and reverse(LIST) in home
    tab = reverse("trainings:certificate-tab", args=[certificate.registration.part.session.slug])
    assert reverse(LIST) in browser.get(tab).content.decode()
    asked_at = timezone.now()
    browser.post(reverse("trainings:certificate-replace", args=[certificate.pk]), {"reason": "Présence corrigée"})
    said = check_page(client, certificate)
    assert (timezone.now() - asked_at).total_seconds() < 10
    assert "Attestation remplacée" in said and "correction administrative" in said and "Présence corrigée" not in said
    assert not browser.get(reverse(LIST)).context["page"].rows
    successor = Certificate.objects.get(state="valid", registration=certificate.registration)
    assert successor.fields["half_days_attended"] == 1


def test_without_right_to_a_new_one_it_can_be_cancelled_or_left(client_for: ClientFor) -> None:
    certificate = certified()
    corrected(certificate)
    html = client_for(make_user("officer")).get(reverse(LIST)).content.decode()
    assert reverse("trainings:certificate-replace", args=[certificate.pk]) not in html
    assert reverse("trainings:certificate-cancel", args=[certificate.pk]) in html
    assert reverse("trainings:certificate-leave", args=[certificate.pk]) in html


@pytest.fixture
def manager() -> User:
    return make_user("manager")


def test_left_as_it_is_with_a_reason_until_the_next_correction(manager: User, client_for: ClientFor) -> None:
    certificate = certified()
    corrected(certificate)
    browser, url = client_for(manager), reverse("trainings:certificate-leave", args=[certificate.pk])
    assert "1 demi-journée sur 2" in browser.get(url).content.decode()
    assert list(browser.post(url, {"reason": " "}).context["form"].errors) == ["reason"]
    browser.post(url, {"reason": "Retard excusé"})
    entry = journal.history_of(certificate).get(verb="certificate.leave")
    assert (entry.actor, entry.reason.text) == (manager, "Retard excusé")
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.VALID and not reviews.to_review().exists()
    assert browser.post(url, {"reason": "Encore"}).context["form"].non_field_errors()
    corrected(certificate, mark="present")
    assert list(reviews.to_review()) == [certificate]


def test_leaving_needs_a_reason_a_correction_and_a_valid_certificate(manager: User) -> None:
    certificate = certified()
    leave = {"certificate": certificate, "actor": manager, "now": timezone.now()}
    with pytest.raises(ReasonRequired):
        certificates.leave(reason=" ", **leave)
    with pytest.raises(DomainError) as error:
        certificates.leave(reason="Motif", **leave)
    assert error.value.code == "nothing_to_review"
    corrected(certificate)
    certificates.cancel(certificate=certificate, actor=manager, reason="Motif", now=timezone.now())
    with pytest.raises(IllegalMove):
        certificates.leave(reason="Motif", **leave)


def test_home_counts_what_the_list_holds(manager: User, client_for: ClientFor) -> None:
    for _number in range(3):
        corrected(certified())
    work = worklist.of_staff(user=manager, now=timezone.now())
    assert work.to_review == client_for(manager).get(reverse(LIST)).context["page"].count == 3


def test_queries_of_the_list_do_not_grow_with_its_rows(client_for: ClientFor) -> None:
    assert_flat_queries(client_for(make_user("officer")), reverse(LIST), lambda: corrected(certified()), limit=18)
