"""Each check of our own, tripped once; and the production profile, clean."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.core.checks import Error
from django.db import connection

from accounts.tests.factories import make_user
from pasri_portal import checks

ALL = ["default"]


def codes(found: list[Error]) -> list[str]:
    return [message.id for message in found]


def test_the_deployment_of_the_tests_passes_every_check(db: None) -> None:
    assert checks.refusals() == []
    for check in (
        checks.tasks_speak_json,
        checks.uploads_are_bounded,
        checks.one_driver,
        checks.hosts_are_named,
        checks.database_keeps_its_promises,
    ):
        assert check(None, databases=ALL) == []


@pytest.mark.parametrize(
    ("check", "code", "changes"),
    [
        (checks.broker_has_a_password, "E001", {"CELERY_BROKER_URL": "redis://127.0.0.1:6379/0"}),
        (checks.tasks_speak_json, "E002", {"CELERY_ACCEPT_CONTENT": ["json", "pickle"]}),
        (checks.tasks_speak_json, "E002", {"CELERY_TASK_SERIALIZER": "pickle"}),
        (checks.uploads_are_bounded, "E003", {"DATA_UPLOAD_MAX_MEMORY_SIZE": None}),
        (checks.uploads_are_bounded, "E003", {"FILE_UPLOAD_MAX_MEMORY_SIZE": 11 * 1024 * 1024}),
        (checks.uploads_are_bounded, "E003", {"DATA_UPLOAD_MAX_NUMBER_FIELDS": None}),
        (checks.hosts_are_named, "E005", {"ALLOWED_HOSTS": ["*"]}),
        (checks.hosts_are_named, "E005", {"ALLOWED_HOSTS": [".example.tn"]}),
        (checks.mail_is_encrypted, "E006", {"PRODUCTION": True, "EMAIL_URL": "smtp://u:p@mail.example.tn:25"}),
        (checks.mail_server_is_understood, "E012", {"EMAIL_URL": "http://mail.example.tn"}),
        (checks.production_sends_mail, "E007", {"PRODUCTION": True, "EMAIL_URL": ""}),
    ],
)
def test_a_wrong_setting_is_found(settings: object, check: object, code: str, changes: dict[str, object]) -> None:
    for name, value in changes.items():
        setattr(settings, name, value)
    assert codes(check(None)) == [f"portal.{code}"]


@pytest.mark.parametrize(
    "url", ["smtps://u:p@mail.example.tn", "smtp+tls://u:p@mail.example.tn", "smtp://localhost:25"]
)
def test_a_mail_server_that_is_encrypted_or_on_this_machine_passes(settings: object, url: str) -> None:
    settings.PRODUCTION, settings.EMAIL_URL = True, url
    assert checks.mail_is_encrypted(None) == checks.production_sends_mail(None) == []


def test_psycopg_three_beside_ours_is_found(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "psycopg").mkdir()
    (tmp_path / "psycopg" / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    assert codes(checks.one_driver(None)) == ["portal.E004"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("setting", "code"),
    [("default_transaction_isolation = 'serializable'", "E010"), ("synchronous_commit = off", "E011")],
)
def test_a_database_that_breaks_a_promise_is_found(setting: str, code: str) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET {setting}")
        assert codes(checks.database_keeps_its_promises(None, databases=ALL)) == [f"portal.{code}"]
    finally:
        connection.close()


def test_an_old_postgresql_is_found() -> None:
    assert "14" in checks.version_problem("default", 140_011)
    assert checks.version_problem("default", 150_000) == ""


def test_a_database_that_knows_no_arabic_letter_is_told() -> None:
    assert [message.id for message in checks.letters_problem("default", "C")] == ["portal.W013"]
    assert list(checks.letters_problem("default", "C.UTF-8")) == []


@pytest.mark.django_db
def test_an_arabic_fragment_has_trigrams_in_the_database_of_the_launcher() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT show_trgm('وشاري')")
        assert len(cursor.fetchone()[0]) > 3


def test_a_demonstration_account_in_production_refuses_the_start(db: None, settings: object) -> None:
    settings.PRODUCTION, settings.EMAIL_URL = True, "smtps://u:p@mail.example.tn"
    assert checks.refusals() == []
    make_user("manager", is_demo=True)
    assert len(checks.refusals()) == 1
    assert codes(checks.no_demonstration_in_production(None, databases=ALL)) == ["portal.E008"]
    settings.PRODUCTION = False
    assert checks.refusals() == []


def test_production_without_a_mail_server_refuses_the_start(db: None, settings: object) -> None:
    settings.PRODUCTION, settings.EMAIL_URL = True, ""
    assert any("EMAIL_URL" in sentence for sentence in checks.refusals())


@pytest.mark.feature(130)
@pytest.mark.django_db(transaction=True)
def test_the_production_profile_is_clean() -> None:
    """`check --deploy` as an operator runs it, on a migrated database."""
    database = connection.settings_dict
    url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    env = {
        **os.environ,
        "PORTAL_URL": "https://portail.example.tn",
        "EMAIL_URL": "smtps://portail:secret@mail.example.tn",
        "DATABASE_URL": url,
        "SECRET_KEY": "k9" + "f3!x-Zq7_" * 8,
        "PORTAL_TEST": "",
    }
    env.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)  # set by the browser's tests in the same process
    command = [sys.executable, "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=env, cwd=django_settings.BASE_DIR, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout + done.stderr
