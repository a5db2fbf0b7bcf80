"""A trainer proposes a session on a phone; staff accept it, or send it back with a comment that the trainer reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.tests.factories import make_user
from core import outbox
from core.models import Message
from directory.tests.factories import make_person
from trainings.domain import notices
from trainings.models import Session
from trainings.tests.factories import make_training

pytestmark = pytest.mark.django_db
Browser = Callable[..., Any]


@pytest.fixture
def trainer() -> Any:
    call_command("reference", verbosity=0)
    user = make_user("trainer")
    make_person(user=user, email=user.email)
    return user


def typed(**changes: Any) -> dict[str, Any]:
    values = {
        "training": make_training().pk,
        "kind": "FOR",
        "title_fr": "Cartographier une filière",
        "starts_on": "03/05/2027",
        "ends_on": "04/05/2027",
        "capacity": "15",
        "venue_fr": "Pôle de Gafsa",
    }
    return {**values, **changes}


def test_proposed_sent_back_mended_and_accepted(client_for: Browser, trainer: Any) -> None:
    phone, staff = client_for(trainer), client_for(make_user("officer"))
    phone.post(reverse("trainings:proposal-create"), typed(), follow=True)
    session = Session.objects.get()
    assert (session.state, session.proposed_by, session.parts.get().half_days.count()) == ("proposed", trainer, 4)
    assert session.title in staff.get(reverse("home")).content.decode()

    back = reverse("trainings:session-send-back", args=[session.slug])
    refused = staff.post(back, {"comment": ""})
    assert "comment" in refused.context["form"].errors
    staff.post(back, {"comment": "La salle est trop petite."})
    session.refresh_from_db()
    assert session.state == "draft"
    message = Message.objects.get(kind=notices.PROPOSAL_DECIDED)
    assert message.to_email == trainer.email
    assert "La salle est trop petite." in outbox.render(message).true.text

    edit = reverse("trainings:proposal-edit", args=[session.slug])
    detail = reverse("trainings:session-detail", args=[session.slug])
    for page in (reverse("home"), detail, reverse("trainings:proposal-list")):
        read = phone.get(page).content.decode()
        assert "La salle est trop petite." in read and edit in read, page
    assert "La salle est trop petite." not in staff.get(detail).content.decode(), "staff mend their own sessions"
    form = phone.get(edit).context["form"]
    mended = typed(version=form["version"].value(), venue_fr="Théâtre", starts_on="10/05/2027", ends_on="10/05/2027")
    phone.post(edit, mended)
    session.refresh_from_db()
    assert (session.state, session.venue_fr, str(session.starts_on)) == ("proposed", "Théâtre", "2027-05-10")
    assert session.parts.get().half_days.count() == 2

    staff.post(reverse("trainings:session-publish", args=[session.slug]))
    session.refresh_from_db()
    assert session.state == "published"
    assert "acceptée" in outbox.render(Message.objects.filter(kind=notices.PROPOSAL_DECIDED).latest("pk")).true.text
    assert phone.get(edit).status_code == 404, "what is published is the agency's"


def test_wrong_input_is_told_beside_its_field_and_nothing_typed_is_lost(client_for: Browser, trainer: Any) -> None:
    phone = client_for(trainer)
    answer = phone.post(reverse("trainings:proposal-create"), typed(ends_on="01/01/2027", venue_fr="Chez nous"))
    assert set(answer.context["form"].errors) == {"ends_on"}
    assert "Chez nous" in answer.content.decode()
    assert not Session.objects.exists()


def test_days_on_which_nobody_works_are_refused_beside_the_day(client_for: Browser, trainer: Any) -> None:
    page = client_for(trainer).post(
        reverse("trainings:proposal-create"), typed(starts_on="08/05/2027", ends_on="09/05/2027")
    )
    assert "starts_on" in page.context["form"].errors
    assert "fin de semaine" in str(page.context["form"].errors["starts_on"])
    assert "Cartographier une filière" in page.content.decode()
    assert not Session.objects.exists()


def test_a_trainer_without_a_file_hears_what_to_do(client_for: Browser) -> None:
    call_command("reference", verbosity=0)
    answer = client_for(make_user("trainer")).post(reverse("trainings:proposal-create"), typed())
    assert "demandez à l’agence" in answer.content.decode()
    assert not Session.objects.exists()


def test_a_proposal_is_taken_back_once(client_for: Browser, trainer: Any) -> None:
    phone = client_for(trainer)
    phone.post(reverse("trainings:proposal-create"), typed())
    session = Session.objects.get()
    url = reverse("trainings:proposal-withdraw", args=[session.slug])
    phone.post(url)
    session.refresh_from_db()
    assert session.state == "cancelled" and not session.is_fictional
    again = phone.post(url, follow=True)
    assert again.status_code == 200
    assert not Message.objects.exists(), "nobody but the agency knew of it"


def test_a_trainer_finds_the_way_to_propose(client_for: Browser, trainer: Any) -> None:
    phone, url = client_for(trainer), reverse("trainings:proposal-create")
    for name in ("home", "trainings:session-list", "trainings:proposal-list"):
        assert f'href="{url}"' in phone.get(reverse(name)).content.decode(), name
    assert f'href="{reverse("trainings:session-list")}"' in phone.get(url).content.decode()
    officer = client_for(make_user("officer"))
    assert url not in officer.get(reverse("trainings:session-list")).content.decode()


def test_nobody_reads_or_mends_the_proposal_of_another(client_for: Browser, trainer: Any) -> None:
    client_for(trainer).post(reverse("trainings:proposal-create"), typed())
    session = Session.objects.get()
    stranger = client_for(make_user("trainer"))
    for name in ("proposal-edit", "proposal-withdraw"):
        assert stranger.post(reverse(f"trainings:{name}", args=[session.slug])).status_code == 404
    assert client_for(make_user("officer")).get(reverse("trainings:proposal-list")).status_code == 403
