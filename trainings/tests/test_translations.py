"""Arabic texts are filled in even after a session was held, so that its certificates can be issued."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from core import journal
from trainings.domain import translations
from trainings.tests.factories import make_session

pytestmark = pytest.mark.django_db


def test_missing_arabic_texts_of_a_held_session_are_filled_in(client_for: Callable[..., Any]) -> None:
    session = make_session("held", title_ar="", venue_fr="Salle 1")
    part = session.parts.get()
    url = reverse("trainings:session-translate", args=[session.slug])
    browser = client_for(make_user("officer"))
    assert url in browser.get(reverse("trainings:certificate-tab", args=[session.slug])).content.decode()
    assert set(browser.get(url).context["form"].fields) == {"title", "venue", f"part-{part.pk}"}
    browser.post(url, {"title": "عنوان", "venue": "", f"part-{part.pk}": "الجزء الأول"})
    session.refresh_from_db()
    part.refresh_from_db()
    assert (session.title_ar, session.venue_ar, part.title_ar) == ("عنوان", "", "الجزء الأول")
    assert translations.missing(session) == {"venue": "Salle 1"}
    assert journal.history_of(session)[0].verb == "session.translate"


def test_text_that_is_written_stays() -> None:
    session = make_session("held", title_ar="عنوان أول")
    translations.complete(session=session, texts={"title": "عنوان ثان"}, actor=make_user())
    session.refresh_from_db()
    assert session.title_ar == "عنوان أول" and not journal.history_of(session).exists()
