"""Certificates in the pages: the tab, the check, what a stranger learns and does not learn."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation

from accounts.tests.factories import make_user
from core.testing.queries import assert_flat_queries
from trainings.domain import certificates
from trainings.enums import CertificateState
from trainings.models import Certificate
from trainings.tests.factories import make_session
from trainings.tests.test_certificates import attended

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]
CHECK = "trainings:certificate-check"


@pytest.fixture(autouse=True)
def _state(settings: Any, tmp_path: Any) -> None:
    settings.STATE_DIR = tmp_path
    cache.clear()


@pytest.fixture
def certificate() -> Certificate:
    return certificates.issue(registration=attended(), actor=None, now=timezone.now())


def verdict_url(certificate: Certificate) -> str:
    return reverse("trainings:certificate-verdict", args=[certificate.check_token])


@pytest.mark.feature(45)
def test_staff_issue_a_batch_and_see_who_lacks_what(client_for: Browser) -> None:
    session = make_session(state="closed", starts_on=timezone.localdate() - timedelta(days=7))
    ready, nameless = attended(session=session), attended(session=session, name_ar="")
    browser = client_for(make_user("officer"))
    tab = reverse("trainings:certificate-tab", args=[session.slug])
    browser.post(reverse("trainings:certificate-issue", args=[session.slug]))
    issued = Certificate.objects.get()
    page = browser.get(tab).content.decode()
    assert issued.registration == ready and issued.number in page
    cases = browser.get(tab).context["parts"][0]["cases"]
    left_out = next(case for case in cases if case.registration == nameless)
    assert left_out.obstacles and str(left_out.obstacles[0]) in page


@pytest.mark.feature(47)
@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_check_shows_every_certified_field_in_both_languages(
    client: Any, certificate: Certificate, language: str
) -> None:
    with translation.override(language):
        page = client.get(verdict_url(certificate)).content.decode()
    for name in ("number", "name_latin", "name_ar", "session_fr", "session_ar", "session_code", "part_ar", "key_id"):
        assert str(certificate.fields[name]) in page, name
    assert "Attestation valable" in page and "شهادة صالحة" in page


def test_check_by_number_needs_the_control_code_and_leads_to_the_same_page(
    client: Any, certificate: Certificate
) -> None:
    empty = client.post(reverse(CHECK), {"number": certificate.number, "code": ""})
    assert "code" in empty.context["form"].errors
    wrong = client.post(reverse(CHECK), {"number": certificate.number, "code": "ZZZZZZZZ"})
    unknown = client.post(reverse(CHECK), {"number": "ATT-1999-00001", "code": "ZZZZZZZZ"})
    sentences = [list(answer.context["form"].non_field_errors()) for answer in (wrong, unknown)]
    assert sentences[0] == sentences[1] and sentences[0]
    right = client.post(reverse(CHECK), {"number": certificate.number, "code": certificate.control_code})
    assert right.url == verdict_url(certificate)


def test_check_of_a_cancelled_certificate_says_so_and_never_why(client: Any, certificate: Certificate) -> None:
    certificates.cancel(certificate=certificate, actor=make_user(), reason="Fraude supposée", now=timezone.now())
    page = client.get(verdict_url(certificate)).content.decode()
    assert "Attestation annulée" in page and "Fraude" not in page
    paper = client.get(reverse("trainings:certificate-pdf", args=[certificate.check_token]))
    assert paper.url == verdict_url(certificate)


def test_check_stops_counting_guesses_after_thirty_a_minute(client: Any, certificate: Certificate) -> None:
    statuses = [client.get(reverse("trainings:certificate-verdict", args=["x" * 22])).status_code for _ in range(31)]
    assert statuses == [404] * 30 + [429]
    tried = client.post(reverse(CHECK), {"number": certificate.number, "code": certificate.control_code})
    assert tried.status_code == 429 and certificate.number in tried.content.decode()


def test_short_address_follows_the_language_of_the_reader(client: Any, certificate: Certificate) -> None:
    short = reverse("trainings_short:certificate", args=[certificate.check_token])
    assert client.get(short, headers={"accept-language": "ar"}).url == f"/ar{verdict_url(certificate)}"
    assert client.get(short, headers={"accept-language": "de"}).url == verdict_url(certificate)


@pytest.mark.feature(48)
def test_stranger_checks_the_signature_with_the_published_key_alone(client: Any, certificate: Certificate) -> None:
    page = client.get(verdict_url(certificate))
    published = {key["key_id"]: key for key in client.get(reverse("trainings:certificate-keys")).json()["keys"]}
    line = page.context["canonical"]
    raw = base64.b64decode(published[json.loads(line)["key_id"]]["public_key"])
    key = Ed25519PublicKey.from_public_bytes(raw)
    key.verify(base64.b64decode(certificate.signature), line.encode())


@pytest.mark.feature(98)
@pytest.mark.feature(114)
def test_paper_holds_what_was_certified(client: Any, certificate: Certificate) -> None:
    answer = client.get(reverse("trainings:certificate-pdf", args=[certificate.check_token]))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)
    assert certificate.number in text and certificate.control_code in text
    assert certificate.fields["name_latin"] in text
    assert answer["Content-Disposition"] == f'attachment; filename="{certificate.number}.pdf"'


def test_staff_cancel_and_replace_in_the_pages(client_for: Browser, certificate: Certificate) -> None:
    browser = client_for(make_user("manager"))
    replace = reverse("trainings:certificate-replace", args=[certificate.pk])
    assert "reason" in browser.post(replace, {"reason": ""}).context["form"].errors
    browser.post(replace, {"reason": "Nom corrigé"})
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.REPLACED
    again = browser.post(reverse("trainings:certificate-cancel", args=[certificate.pk]), {"reason": "encore"})
    assert again.status_code == 200 and again.context["form"].non_field_errors()


@pytest.mark.parametrize("tab", ["certificate-tab", "attendance-tab"])
def test_tab_asks_the_same_questions_for_one_person_and_three(client_for: Browser, tab: str) -> None:
    session = make_session(state="closed", starts_on=timezone.localdate() - timedelta(days=7))
    url = reverse(f"trainings:{tab}", args=[session.slug])
    assert_flat_queries(client_for(make_user("officer")), url, lambda: attended(session=session), limit=21)


@pytest.mark.parametrize("token", ["%00", "a%00b", "%ED%A0%80", "%E2%80%AE", "x" * 300])
def test_an_address_that_no_certificate_can_have_is_unknown(client: Any, token: str) -> None:
    assert client.get(f"/certificates/{token}/").status_code == 404
    assert client.get(f"/certificates/{token}/certificate.pdf").status_code == 404
