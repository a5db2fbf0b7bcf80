"""A list confirmed by several at once, and a long one that a worker enters: every line, or none."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from typing import Any

import pytest
from django.db import connection

from accounts.models import RoleGrant
from core import imports
from core.enums import ImportState
from core.imports import Import
from core.jobs import runs
from core.jobs.kinds import kind_of
from core.testing.races import errors_in, race
from directory.models import Person
from directory.tests.factories import make_governorate, make_person
from directory.tests.test_imports import NOW, big, staged

pytestmark = pytest.mark.feature(105)


# -- races -----------------------------------------------------------------------------------------------------------
@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_enter_once() -> None:
    imp = staged("Nom et prénom\nUn Exemple\nDeux Exemple\n")

    def work() -> object:
        return imports.confirm(imp=Import.objects.get(pk=imp.pk), version=None, actor=imp.author, now=NOW)

    assert errors_in(race(work, work, work)) == []
    assert Person.objects.count() == 2


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_they_would_enter_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the lock on the list is what keeps them apart."""
    imp = staged("Nom et prénom\nUn Exemple\n")
    imports.applying._confirm(imp=imp, version=None, actor=imp.author, now=NOW)

    def unlocked(model: Any, pk: int, **_more: Any) -> Any:
        found = model.objects.get(pk=pk)
        if model is Import:
            barrier.wait(30)
        return found

    barrier = threading.Barrier(2)
    monkeypatch.setattr("core.imports.applying.saving.locked", unlocked)
    monkeypatch.setattr("core.imports.applying.move", lambda obj, to, **_more: setattr(obj, "state", to))

    def work() -> object:
        return imports.applying.enter(imp=Import.objects.get(pk=imp.pk), actor=imp.author, now=NOW)

    race(work, work)
    assert Person.objects.count() == 2


# -- as a background job ---------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_a_long_list_is_entered_by_a_job_and_asked_for_twice_it_is_one() -> None:
    make_governorate()
    imp = staged(big(40))
    job = imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    assert job is not None
    assert imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW) == job
    assert Person.objects.count() == 0

    runs.run(job.pk)

    job.refresh_from_db()
    imp.refresh_from_db()
    assert (job.state, imp.state, Person.objects.count()) == ("done", ImportState.APPLIED, 40)
    assert "40" in kind_of(job).summary_of(job)
    assert imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW) is None
    assert Person.objects.count() == 40


@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_refused_gives_the_list_back_to_be_checked() -> None:
    make_governorate()
    imp = staged(big(40))
    job = imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    assert job is not None
    make_person(email="p7@example.tn")

    runs.run(job.pk)

    job.refresh_from_db()
    imp.refresh_from_db()
    assert (job.state, imp.state, imp.trouble != "") == ("failed", ImportState.STAGED, True)
    assert Person.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_author_lost_the_role_enters_nothing_and_the_list_can_be_given_up() -> None:
    make_governorate()
    imp = staged(big(40))
    job = imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    assert job is not None
    RoleGrant.objects.filter(user=imp.author).delete()

    runs.run(job.pk)

    job.refresh_from_db()
    assert (job.fault, Person.objects.count()) == ("not_allowed", 0)
    assert imports.reopen(imp=imp, actor=imp.author).state == ImportState.STAGED
    assert imports.drop(imp=imp, actor=imp.author).state == ImportState.DROPPED


def kill_in_the_middle(pk: int) -> None:
    """A process of its own dies at its twentieth line, as by kill -9."""
    program = """
import django, os
django.setup()
from django.utils import timezone
from core.imports import applying
from core.models import Import
imp = Import.objects.get(pk={pk})
def tick(done, total):
    if done == 20:
        os.kill(os.getpid(), 9)
applying.enter(imp=imp, actor=imp.author, now=timezone.now(), tick=tick)
"""
    name = connection.settings_dict
    url = f"postgres://{name['USER']}:{name['PASSWORD']}@{name['HOST']}:{name['PORT']}/{name['NAME']}"
    env = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "pasri_portal.settings"}
    done = subprocess.run([sys.executable, "-c", program.format(pk=pk)], env=env, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr.decode()


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_in_the_middle_has_entered_nothing() -> None:
    make_governorate()
    imp = staged(big(40))
    job = imports.confirm(imp=imp, version=None, actor=imp.author, now=NOW)
    assert job is not None

    kill_in_the_middle(imp.pk)
    assert Person.objects.count() == 0

    runs.run(job.pk)
    assert Person.objects.count() == 40
