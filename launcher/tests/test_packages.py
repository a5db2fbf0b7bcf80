"""The virtual environment: installed when needed, not otherwise, and a failure said in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launcher import packages
from launcher.errors import Refusal
from launcher.packages import Level, ensure


@pytest.fixture
def empty_venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    venv = tmp_path / "venv"
    monkeypatch.setenv("PORTAL_VENV", str(venv))
    return venv


def stamp(venv: Path, level: Level, digest: str) -> None:
    python = venv / "bin" / "python"
    python.parent.mkdir(parents=True, exist_ok=True)
    python.write_text("#!/bin/sh\nexit 1\n")  # whoever runs it fails
    python.chmod(0o755)
    (venv / packages.STAMP).write_text(json.dumps({"level": level, "digest": digest}))


def test_an_environment_that_holds_enough_is_not_touched(empty_venv: Path) -> None:
    stamp(empty_venv, Level.DEVELOPMENT, packages.digest())
    assert ensure(Level.EMBEDDED) == empty_venv / "bin" / "python"


@pytest.mark.parametrize(("level", "digest"), [(Level.RUNTIME, None), (Level.DEVELOPMENT, "of other requirements")])
def test_a_lower_level_or_other_requirements_install_again(
    empty_venv: Path, level: Level, digest: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp(empty_venv, level, digest or packages.digest())
    installed: list[Level] = []
    monkeypatch.setattr(packages, "_install_with_pip", lambda venv, level: installed.append(level))
    monkeypatch.setenv("PATH", "/nowhere")
    ensure(Level.EMBEDDED)
    assert installed == [Level.EMBEDDED]
    ensure(Level.EMBEDDED)
    assert installed == [Level.EMBEDDED]


def test_without_network_the_sentence_says_what_is_needed(
    empty_venv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / "requirements.txt").write_text("a-package-that-nobody-has==1.0\n")
    monkeypatch.setattr(packages, "CHECKOUT", checkout)
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Refusal, match="needs the network") as refused:
        ensure(Level.RUNTIME)
    assert "a-package-that-nobody-has" in str(refused.value)
    assert not (empty_venv / packages.STAMP).exists()


def test_uv_is_tried_first_and_pip_after_it(empty_venv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "uv").write_text(f'#!/bin/sh\necho "$@" >> {tools}/asked\nexit 1\n')
    (tools / "uv").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/bin:/usr/bin")
    by_pip: list[Path] = []

    def install_with_pip(venv: Path, level: Level) -> None:
        venv.mkdir(exist_ok=True)
        by_pip.append(venv)

    monkeypatch.setattr(packages, "_install_with_pip", install_with_pip)
    ensure(Level.EMBEDDED)
    assert (tools / "asked").read_text().startswith("venv ")
    assert by_pip == [empty_venv]
