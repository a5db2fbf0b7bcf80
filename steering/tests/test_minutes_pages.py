"""Minutes in the browser: written, sent, remarked on, frozen; what each reader sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core.testing.queries import assert_flat_queries
from steering.domain import notes, remarks
from steering.models import ItemNote, Meeting, Minutes, MinutesFile, Remark
from steering.tests.factories import make_item, make_mandate, make_member_user
from steering.tests.minutes_factory import approve_at_next, first_item, make_held, send

pytestmark = pytest.mark.django_db
Browse = Callable[..., Any]


@pytest.fixture
def meeting() -> Meeting:
    return make_held()


@pytest.fixture
def officer(client_for: Browse) -> Any:
    return client_for(make_user("officer"))


def member_of(meeting: Meeting) -> User:
    user = make_member_user()
    make_mandate(meeting.committee.seats.order_by("rank").last(), kind="alternate", user=user)  # type: ignore[arg-type]
    return user


def url(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(f"steering:{name}", args=[meeting.pk, *more])


@pytest.mark.feature(60)
def test_the_page_puts_together_what_was_entered(meeting: Meeting, officer: Any) -> None:
    page = officer.get(url("minutes", meeting)).content.decode()
    for words in (
        "Procès-verbal de la réunion n° 1",
        "Excusé",
        "Experte Exemple",
        "Suites des recommandations",
        "Le rapporteur présente l’état des actions.",
        "Pour : 1. Contre : 1. Abstentions : 0.",
        "voix prépondérante",
        "Le délai paraît long.",
        "se récuse sur ce point",
        "Publier l’état des actions.",
        "l’arabe fait foi",
    ):
        assert words in page.replace("\u00a0", " "), words
    arabic = officer.get("/ar" + url("minutes", meeting)).content.decode()
    assert "النص الأصلي" in arabic and '<div class="passage" lang="fr" dir="ltr">' in arabic
    assert "متغيّب بعذر" in arabic


@pytest.mark.feature(60)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_papers_come_as_pdf_and_word(meeting: Meeting, officer: Any, language: str) -> None:
    paper = officer.get(url("minutes-pdf", meeting, language))
    assert paper.content.startswith(b"%PDF-") and f'-{language}.pdf"' in paper["Content-Disposition"]
    word = officer.get(url("minutes-word", meeting, language))
    assert word.content.startswith(b"PK") and f'-{language}.docx"' in word["Content-Disposition"]
    assert officer.get(url("minutes-pdf", meeting, "en")).status_code == 404


@pytest.mark.feature(60)
def test_a_missing_translation_is_typed_on_the_page(meeting: Meeting, officer: Any) -> None:
    page = officer.get(url("minutes", meeting))
    (lacking,) = page.context["missing"]
    address = url("minutes-translate", meeting, "notes", lacking.pk, "ar")
    assert f'action="{address}"' in page.content.decode()
    refused = officer.post(address, {"text": ""})
    assert refused.status_code == 200 and "text" in refused.context["form"].errors
    officer.post(address, {"text": "قدّم المقرر وضع الأعمال."})
    assert ItemNote.objects.get().text_ar == "قدّم المقرر وضع الأعمال."
    assert officer.get(url("minutes", meeting)).context["missing"] == []
    again = officer.post(address, {"text": "نص آخر"})
    assert "entre-temps" in again.content.decode(), "somebody was quicker"


@pytest.mark.feature(59)
def test_minutes_go_from_draft_to_remarks_to_frozen(meeting: Meeting, officer: Any, client_for: Browse) -> None:
    user = member_of(meeting)
    member = client_for(user)
    assert "n’est pas encore envoyé" in member.get(url("minutes", meeting)).content.decode()

    form = officer.get(url("minutes-send", meeting))
    assert "4 personnes reçoivent le message" in form.content.decode()
    until = form.context["form"]["remarks_until"].value()
    refused = officer.post(url("minutes-send", meeting), {"remarks_until": "01/01/2020 10:00"})
    assert "déjà passé" in refused.content.decode()
    officer.post(url("minutes-send", meeting), {"remarks_until": until})
    assert Minutes.objects.get().state == "remarks"

    page = member.get(url("minutes", meeting)).content.decode()
    assert "Écrire une remarque" in page and "Le rapporteur présente" in page
    item = first_item(meeting)
    answer = member.post(url("remark-add", meeting), {"text": "Préciser la date.", "item": item.pk, "mandate": ""})
    assert "mandate" in answer.context["form"].errors
    mandate = user.person.mandates.get()
    member.post(url("remark-add", meeting), {"text": "Préciser la date.", "item": item.pk, "mandate": mandate.pk})
    remark = Remark.objects.get()

    settle = reverse("steering:remark-settle", args=[remark.pk])
    refused = officer.post(settle, {"state": "left", "answer": ""})
    assert "answer" in refused.context["form"].errors
    officer.post(settle, {"state": "taken", "answer": "Ajoutée au point 1."})
    assert "Ajoutée au point 1." in member.get(url("minutes", meeting)).content.decode()

    note = {"version": 1, "text_fr": "Le 3 novembre, le rapporteur présente l’état des actions.", "text_ar": ""}
    officer.post(reverse("steering:note-edit", args=[item.pk]), note)
    page = officer.get(url("minutes", meeting)).content.decode()
    assert "Le texte a changé depuis l’envoi." in page
    assert "<ins>" in officer.get(url("minutes-changes", meeting)).content.decode()
    assert "3 novembre" not in member.get(url("minutes", meeting)).content.decode(), "members read what was sent"
    officer.post(url("minutes-send", meeting), {"remarks_until": until})
    assert "3 novembre" in member.get(url("minutes-changes", meeting)).content.decode()

    told = officer.post(url("minutes-approve", meeting), follow=True).content.decode()
    assert "c’est le comité qui approuve" in told.lower()
    approve_at_next(meeting)
    assert "Figer le PV approuvé" in officer.get(url("minutes", meeting)).content.decode()
    officer.post(url("minutes-approve", meeting))
    row = Minutes.objects.get(meeting=meeting)
    page = member.get(url("minutes", meeting)).content.decode()
    assert row.state == "approved" and row.sha256 in page and "Approuvé par le comité le" in page
    history = officer.get(url("minutes-history", meeting)).content.decode()
    assert "Approuvé par le comité, figé" in history and "Remarque d’un siège" in history


@pytest.mark.feature(59)
def test_a_late_remark_is_refused_with_words(meeting: Meeting, client_for: Browse) -> None:
    user = member_of(meeting)
    row = send(meeting).minutes
    Minutes.objects.filter(pk=row.pk).update(remarks_until=timezone.now())
    browser = client_for(user)
    assert "Écrire une remarque" not in browser.get(url("minutes", meeting)).content.decode()
    late = browser.post(url("remark-add", meeting), {"text": "Trop tard.", "mandate": user.person.mandates.get().pk})
    assert "a pris fin" in late.content.decode() and "Trop tard." in late.content.decode()
    assert not Remark.objects.exists()


@pytest.mark.feature(117)
def test_a_confidential_item_is_a_number_for_who_may_not_read_it(meeting: Meeting, client_for: Browse) -> None:
    secret = meeting.items.get(position=2)
    secret.audience, secret.title_fr = "staff", "Affaire réservée"
    secret.save()
    officer, member = client_for(make_user("officer")), client_for(member_of(meeting))
    text = send(meeting)
    remarks.add(
        minutes=text.minutes, mandate=meeting.chaired_by, text="Sur le point réservé.", item=secret,
        actor=make_user("officer"), now=timezone.now(),
    )  # fmt: skip
    page = member.get(url("minutes", meeting)).content.decode()
    assert "Point confidentiel" in page
    assert "Affaire réservée" not in page and "Sur le point réservé." not in page
    assert "Affaire réservée" in officer.get(url("minutes", meeting)).content.decode()
    whole = MinutesFile.objects.filter(is_whole=True).first()
    part = MinutesFile.objects.filter(is_whole=False).first()
    assert whole and part
    assert member.get(reverse("steering:minutes-file", args=[whole.pk])).status_code == 404
    handed = member.get(reverse("steering:minutes-file", args=[part.pk]))
    assert b"".join(handed.streaming_content) == b"%PDF-1.7 papier"


def test_an_auditor_reads_the_page_without_names(meeting: Meeting, client_for: Browse) -> None:
    send(meeting)
    page = client_for(make_user("auditor")).get(url("minutes", meeting)).content.decode()
    assert "Suites des recommandations" in page and "Institution" in page
    assert not re.search(r"Personne \d|Experte Exemple", page)


def test_the_page_asks_as_often_for_three_items_as_for_one(meeting: Meeting, officer: Any) -> None:
    def one() -> None:
        item = make_item(meeting, state="treated")
        notes.write(item=item, text_fr="Notes", text_ar="نص", version=1, actor=make_user("officer"), now=timezone.now())

    assert_flat_queries(officer, url("minutes", meeting), one, limit=40)
