"""Pasting people into a part of a session: places and turns, answers, one batch of messages, one undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core import imports, journal, tables
from core.enums import ImportState, Kept, MessageState
from core.errors import DomainError
from core.imports import Import, staging
from core.models import Message, MessageBatch
from core.testing.client import StrictClient
from directory.models import Consent, Person
from directory.tests.factories import make_organisation, make_person
from trainings.domain import attendance, by_hand, parts, promotion
from trainings.enums import Mark, RegistrationState
from trainings.models import Registration, SessionPart
from trainings.tests.factories import make_part, make_registration, make_session
from trainings.tests.requests import make_consent_text

pytestmark = [pytest.mark.django_db, pytest.mark.feature(105)]
NOW = timezone.now()
LETTERS = "abcdefghij"


def people(count: int) -> str:
    lines = [f"Personne {LETTERS[n]}\tp{n}@example.tn" for n in range(count)]
    return "Nom et prénom\tE-mail\n" + "\n".join(lines) + "\n"


def staged(text: str, part: SessionPart, *, author: User | None = None) -> Import:
    grid = tables.read_pasted(text)
    author = author or make_user()
    params = {"part": part.pk}
    return imports.stage(
        kind="trainings.registrations", params=params, grid=grid, digest="0" * 64, author=author, now=NOW
    )


def confirmed(text: str, part: SessionPart, **settle: Any) -> Import:
    imp = staged(text, part)
    if settle:
        values: dict[str, Any] = {"columns": [], "cells": {}, "fills": {}, "choices": {}, "agreed": False, **settle}
        imp = imports.settle(imp=imp, version=None, actor=imp.author, **values)
    imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    imp.refresh_from_db()
    assert imp.state == ImportState.APPLIED
    return imp


def undone(imp: Import) -> Import:
    return imports.undo(imp=imp, actor=imp.author, now=NOW)


def fates(imp: Import) -> list[str]:
    return [line.fate.value for line in imports.check(imp).lines]


def part_of(capacity: int = 10, **more: Any) -> SessionPart:
    return make_session("open", capacity=capacity, **more).parts.get()


def test_more_people_than_places_is_said_before_anybody_is_entered() -> None:
    part = part_of(3)
    assert imports.check(staged(people(3), part)).warning == ""
    make_registration(part, "review")
    said = str(imports.check(staged(people(5), part)).warning)
    assert "3 places libres pour 5 personnes" in said
    assert "1 inscription demandée auparavant attend une décision" in said


def test_name_may_bear_a_number_beside_letters() -> None:
    imp = staged("Nom et prénom\nCheffe de projet 1 رئيسة مشروع 1\n1234\n", part_of(3))
    first, second = imports.check(imp).lines
    assert first.values == {"name_latin": "Cheffe de projet 1", "name_ar": "رئيسة مشروع 1"} | {
        key: value for key, value in first.values.items() if not key.startswith("name")
    }
    assert second.errors and not first.errors


def test_lines_take_places_in_their_order_and_the_others_wait() -> None:
    part = part_of(3)
    confirmed(people(5), part)

    rows = list(part.registrations.order_by("rank"))
    assert [row.name_latin for row in rows] == [f"Personne {LETTERS[n]}" for n in range(5)]
    assert [row.state for row in rows] == ["confirmed"] * 3 + ["waiting"] * 2
    part.refresh_from_db()
    assert part.taken == 3
    assert [entry.verb for entry in journal.history_of(rows[0])].count("registration.by_hand") == 1


def test_organisation_is_found_by_acronym_or_kept_as_written() -> None:
    body = make_organisation("Pôle Exemple", acronym="PE")
    part = part_of()
    confirmed("Nom et prénom\tOrganisme\nUn Exemple\tpe\nDeux Exemple\tSociété Exemple\n", part)
    one, two = part.registrations.order_by("rank")
    assert (one.organisation, one.organisation_text) == (body, "")
    assert (two.organisation, two.organisation_text) == (None, "Société Exemple")


def test_a_category_is_asked_for_where_the_part_keeps_places_by_category() -> None:
    part = make_part(make_session("open"), position=2, categories={"interface": 5})
    imp = staged(people(2), part)
    assert (imp.columns, fates(imp)) == (["name", "email", "category"], ["wrong", "wrong"])

    values: dict[str, Any] = {"columns": [], "cells": {}, "choices": {}, "agreed": False}
    imp = imports.settle(imp=imp, version=None, actor=imp.author, fills={2: "interface"}, **values)

    assert fates(imp) == ["new", "new"]
    imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    assert {row.category.code for row in part.registrations.all() if row.category} == {"interface"}


def test_the_consent_is_kept_where_staff_say_that_it_was_given() -> None:
    make_consent_text()
    confirmed(people(1), part_of(), agreed=True)
    assert Consent.objects.count() == 1
    assert Registration.objects.get().consented_at is not None
    confirmed("Nom et prénom\nDeux Exemple\n", part_of())
    assert Consent.objects.count() == 1


def test_who_is_registered_already_is_left_out() -> None:
    part = part_of()
    make_registration(part, email="p0@example.tn")
    known = make_person(email="p1@example.tn")
    make_registration(part, email="", person=known)
    imp = staged(people(3), part)
    assert fates(imp) == ["known", "known", "new"]


def test_the_same_list_twice_registers_nobody_again() -> None:
    part = part_of()
    text = "Nom et prénom\tالاسم واللقب بالعربية\nUn Exemple\tواحد مثال\nDeux Exemple\tاثنان مثال\n"
    first = confirmed(text, part)
    again = staged(text, part)
    assert imports.earlier(again) == first
    assert fates(again) == ["known", "known"]


def test_messages_of_a_list_wait_together_and_undoing_sends_nothing() -> None:
    part = part_of()
    imp = confirmed(people(8), part)
    batch = MessageBatch.objects.get()
    assert Message.objects.filter(batch=batch, state=MessageState.QUEUED).count() == 8
    assert batch.about() == part.session

    imp = undone(imp)

    assert set(Message.objects.values_list("state", flat=True)) == {MessageState.CANCELLED}
    assert (imp.figures["withdrawn"], imp.figures["left"], imp.figures["undone"]) == (8, 0, 8)
    part.refresh_from_db()
    assert (part.taken, Registration.objects.count(), Person.objects.count()) == (0, 0, 0)
    snapshots: Any = Registration._meta.get_field("events").related_model
    assert set(snapshots.objects.values_list("email", "name_latin")) == {("", "")}


def test_whoever_was_told_is_told_that_it_is_cancelled() -> None:
    part = part_of()
    imp = confirmed(people(2), part)
    first = part.registrations.order_by("rank")[0]
    Message.objects.filter(object_id=first.pk).update(state=MessageState.SENT, sent_at=NOW)

    imp = undone(imp)

    assert [row.state for row in Registration.objects.all()] == [RegistrationState.CANCELLED]
    assert Message.objects.filter(kind="trainings.cancelled_by_staff", object_id=first.pk).count() == 1
    assert (imp.figures["left"], imp.figures["withdrawn"]) == (1, 1)
    assert Person.objects.count() == 1


def test_undoing_offers_the_places_to_those_who_waited_before() -> None:
    part = part_of(2)
    imp = confirmed(people(3), part)
    waiting = by_hand.register(
        part=part,
        data=by_hand.RegistrationData(name_latin="Quatre Exemple", email="q@example.tn"),
        actor=imp.author,
        now=NOW,
    )
    assert waiting.state == RegistrationState.WAITING

    undone(imp)

    assert [(row.pk, row.state) for row in Registration.objects.all()] == [(waiting.pk, RegistrationState.OFFERED)]
    assert Message.objects.filter(kind="trainings.offer").count() == 1


def test_what_changed_since_stays_with_its_reason() -> None:
    session = make_session("closed", starts_on=timezone.localdate() - timedelta(days=1), days=3)
    part = session.parts.get()
    imp = confirmed(people(4), part)
    rows = list(part.registrations.order_by("rank"))
    first = part.half_days.order_by("on_day", "starts_at")[0]
    attendance.close(half_day=first, actor=make_user(), now=NOW, rest=Mark.ABSENT)
    Message.objects.all().delete()
    made = {one["row"]: one for one in imp.made}
    assert set(made) == {2, 3, 4, 5}

    imp = undone(imp)

    assert imp.kept == dict.fromkeys(("2", "3", "4", "5"), Kept.ATTENDED.value)
    assert Registration.objects.count() == len(rows) == 4


def test_a_registration_that_moved_since_stays() -> None:
    part = part_of(1)
    imp = confirmed(people(2), part)
    second = part.registrations.order_by("rank")[1]
    SessionPart.objects.filter(pk=part.pk).update(capacity=2)
    promotion.fill(part=part, actor=None, now=NOW)

    imp = undone(imp)

    assert imp.kept == {"3": Kept.CHANGED.value}
    assert Registration.objects.get() == second


def test_a_session_that_is_not_published_takes_no_list() -> None:
    part = make_session("draft").parts.get()
    imp = staged(people(1), part)
    assert imports.check(imp).closed
    with pytest.raises(DomainError) as refused:
        imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    assert refused.value.code == "closed"


def test_taking_back_by_hand_has_its_second_call_and_its_history() -> None:
    part = part_of()
    actor = make_user()
    row = by_hand.register(part=part, data=by_hand.RegistrationData(name_latin="Un Exemple"), actor=actor, now=NOW)
    assert by_hand.take_back(registration=row, actor=actor, reason="Erreur", now=NOW)
    assert not by_hand.take_back(registration=row, actor=actor, reason="Erreur", now=NOW)
    assert journal.history_of(row)[0].verb == "registration.take_back"
    assert not MessageBatch.objects.exists()


def test_a_list_whose_part_was_removed_stands_in_nobodys_way(client_for: Callable[..., StrictClient]) -> None:
    part = make_part(make_session("draft"), position=2)
    manager = make_user("manager")
    imp = staged(people(1), part, author=manager)
    browser = client_for(manager)
    assert browser.get(imp.get_absolute_url()).status_code == 200
    parts.remove(part=part, actor=manager)
    assert imp.get_absolute_url() not in browser.get(reverse("core:import-list")).content.decode()
    assert browser.get(imp.get_absolute_url()).status_code == 404
    assert browser.post(f"{imp.get_absolute_url()}drop/").status_code == 404
    assert staging.purge(now=imp.expires_at) == 1
    imp.refresh_from_db()
    assert imp.grid == {}
