"""The shell script `portal`: which Python, from where, and one sentence when there is none that fits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from launcher.state import CHECKOUT

REAL = f'exec "{sys.executable}" "$@"'
OLD = 'case "$*" in *print*) echo 3.9 ;; *) exit 1 ;; esac'
BROKEN = "echo 'pyenv: python3: command not found' >&2; exit 127"
NO_VENV = f'case "$*" in *ensurepip*) exit 1 ;; *) exec "{sys.executable}" "$@" ;; esac'


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A PATH with nothing but what the script itself needs."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("sh", "dirname", "readlink"):
        (folder / name).symlink_to(next(path for path in (Path("/bin", name), Path("/usr/bin", name)) if path.exists()))
    return folder


def portal(
    programs: Path, *args: str, script: Path = CHECKOUT / "portal", **env: str
) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(programs), "PORTAL_VENV": str(programs / "no-venv-yet")} | env
    return subprocess.run([str(script), *args], env=environment, cwd="/", capture_output=True, text=True, timeout=30)


def add(programs: Path, name: str, body: str) -> Path:
    path = programs / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
    return path


def one_sentence(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith("portal: ")
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_no_python_is_said(programs: Path) -> None:
    assert "Python 3.11 or later is needed, and none was found" in one_sentence(portal(programs, "up"))


def test_a_python_that_is_too_old_is_said_with_its_version(programs: Path) -> None:
    add(programs, "python3", OLD)
    assert "only Python 3.9 (python3) was found" in one_sentence(portal(programs, "up"))


def test_a_shim_that_does_not_run_is_passed_over(programs: Path) -> None:
    add(programs, "python3.13", BROKEN)
    add(programs, "python3.12", OLD)
    add(programs, "python3", REAL)
    done = portal(programs, "help")
    assert done.returncode == 0
    assert "up [--demo | --empty]" in done.stdout


def test_a_named_python_that_does_not_run_is_said(programs: Path) -> None:
    add(programs, "python3", REAL)
    done = portal(programs, "help", PORTAL_PYTHON="/nowhere/python3")
    assert "PORTAL_PYTHON names /nowhere/python3, which does not run" in one_sentence(done)


def test_a_named_python_with_a_space_in_its_path_is_used(programs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "my programs"
    folder.mkdir()
    assert portal(programs, "help", PORTAL_PYTHON=str(add(folder, "python", REAL))).returncode == 0


def test_the_missing_module_venv_is_said_with_debians_package(programs: Path) -> None:
    add(programs, "python3", NO_VENV)
    assert "apt install python3-venv" in one_sentence(portal(programs, "up"))


def test_the_module_venv_is_not_asked_of_who_has_uv(programs: Path) -> None:
    add(programs, "python3", NO_VENV)
    add(programs, "uv", "exit 1")
    assert portal(programs, "help").returncode == 0


def test_the_script_works_through_a_symbolic_link_from_another_folder(programs: Path, tmp_path: Path) -> None:
    add(programs, "python3", REAL)
    link = tmp_path / "here it is"
    link.symlink_to(CHECKOUT / "portal")
    assert portal(programs, "help", script=link).stdout.startswith("./portal")


def test_help_has_a_line_for_every_subcommand_and_nothing_else_is_known(programs: Path) -> None:
    add(programs, "python3", REAL)
    said = portal(programs, "help").stdout
    usages = [line.split()[0] for line in said.splitlines() if line.startswith("  ")]
    assert usages == ["up", "test", "check", "drill", "bench", "features", "manage", "help"]
    unknown = portal(programs, "serve")
    assert unknown.returncode == 2
    assert "there is no 'serve'" in unknown.stderr
