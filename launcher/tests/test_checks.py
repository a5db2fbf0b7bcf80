"""`./portal check`: a line for each, all of them run, and only failures speak."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from launcher import checks
from launcher.checks import Check, all_checks, run_checks, typed_paths


def test_every_check_runs_also_after_a_failure(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    some = [
        Check("one", ("-c", "print('fine')"), {}),
        Check("two", ("-c", "import os, sys; sys.exit(os.environ['SAID'])"), {"SAID": "what is wrong"}),
        Check("three", ("-c", "import os; assert os.environ['FROM_SERVICES'] == 'yes'"), {}),
        Check("four", ("-c", "print('never reached')"), {}, first=("-c", "raise SystemExit('not possible')")),
        Check("five", ("-c", "raise SystemExit(1)"), {}, first=("-c", "")),
    ]
    monkeypatch.setattr(checks, "all_checks", lambda: some)
    assert sorted(run_checks(Path(sys.executable), {"FROM_SERVICES": "yes"})) == ["five", "four", "two"]
    said = capfd.readouterr().out
    assert sorted(line.split(" (")[0] for line in said.splitlines() if " (" in line) == [
        "FAILED  five",
        "FAILED  four",
        "FAILED  two",
        "ok      one",
        "ok      three",
    ]
    assert "what is wrong" in said
    assert "not possible" in said
    assert "fine" not in said
    assert "never reached" not in said


def test_what_the_house_promises_is_checked() -> None:
    commands = [" ".join(check.command) for check in all_checks()]
    for part in (
        "ruff check",
        "ruff format --check",
        "mypy",
        "djlint",
        "makemigrations --check",
        "catalogues",
        "--deploy",
    ):
        assert [command for command in commands if part in command], part
    assert {"core", "launcher"} <= set(typed_paths())
