"""What goes wrong is said in the language of the address, without the database, and nothing typed is lost."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from core.testing.client import StrictClient, check_page
from core.views import failures


@pytest.mark.parametrize(
    ("path", "lang", "direction"), [("/x/", "fr", "ltr"), ("/ar/x/", "ar", "rtl"), ("/en/x/", "en", "ltr")]
)
@pytest.mark.parametrize("status", [400, 403, 404, 413, 500])
def test_failure_page_opens_without_database_in_its_language(path: str, lang: str, direction: str, status: int) -> None:
    pages: dict[int, Any] = {
        400: failures.bad_request,
        403: failures.permission_denied,
        404: failures.page_not_found,
        413: failures.too_large,
        500: failures.server_error,
    }
    response = pages[status](RequestFactory().get(path))
    html = response.content.decode()
    check_page(html, where=f"{status} {lang}")
    assert response.status_code == status
    assert f'<html lang="{lang}" dir="{direction}"' in html
    assert response["Cache-Control"] == "no-store"


def test_server_error_gives_a_reference_that_the_log_holds(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        html = failures.server_error(RequestFactory().get("/sessions/")).content.decode()
    reference = caplog.records[0].getMessage().split("reference ")[1].split(",")[0]
    assert len(reference) == 8 and reference in html


def test_body_beyond_the_limit_is_refused_before_it_is_read(client: StrictClient) -> None:
    body = b"a=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    response = client.post("/ar/anything/", body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413
    assert 'lang="ar"' in response.content.decode()


def test_body_of_unknown_size_found_too_large_is_413_as_well() -> None:
    response = failures.bad_request(RequestFactory().get("/"), RequestDataTooBig())
    assert response.status_code == 413


def test_an_address_writes_no_line_of_its_own_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    post = RequestFactory().post("/registrations/a%0a2026-01-01 INFO forged%1b[31m/confirm/")
    failures.csrf_failure(post)
    failures.server_error(post)
    assert len(caplog.messages) == 2
    assert not any(sign in line for line in caplog.messages for sign in "\n\r\x1b")


def test_lost_session_offers_what_was_typed_again_but_only_from_our_own_page() -> None:
    typed = {"name": "Amel <b>", "csrfmiddlewaretoken": "old", "password1": "hidden"}
    post = RequestFactory().post("/x/?a=1", typed, headers={"Origin": settings.PORTAL_URL})
    html = failures.csrf_failure(post).content.decode()
    assert 'value="Amel &lt;b&gt;"' in html and 'action="/x/?a=1"' in html
    assert "hidden" not in html.replace('type="hidden"', "").replace("aria-hidden", "").replace("visually-hidden", "")
    foreign = RequestFactory().post("/x/", typed, headers={"Origin": "https://evil.example"})
    assert "Amel" not in failures.csrf_failure(foreign).content.decode()
