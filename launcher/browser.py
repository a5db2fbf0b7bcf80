"""The browser of the browser tests: Debian's headless Chromium, installed where it is missing and may be."""

from __future__ import annotations

import os
import shutil
import subprocess

from launcher.state import ROOT

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The shell without windows first: it opens a page in half the time."""
PACKAGES = ("chromium-headless-shell", "chromium")
"""An older Debian has the second alone."""


def find_browser() -> str | None:
    """PORTAL_CHROMIUM, else the first that is on PATH."""
    return os.environ.get("PORTAL_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def ensure_browser() -> tuple[str | None, str]:
    """The browser, or None and why the browser tests will be skipped."""
    if found := find_browser():
        return found, ""
    if not shutil.which("apt-get"):
        return None, "no chromium is installed, and this is not a Debian system"
    if not ROOT:
        return None, f"no chromium is installed; as root: apt-get install --no-install-recommends {PACKAGES[0]}"
    print("Installing chromium for the browser tests ...", flush=True)
    if complaint := _install():
        return None, f"chromium could not be installed: {complaint}"
    return find_browser(), ""


def _install() -> str:
    """Install the first package that there is; the lists are fetched only when they are not there. Empty on success."""
    said = "?"
    for command in (*map(_install_command, PACKAGES), ["apt-get", "update", "-qq"], *map(_install_command, PACKAGES)):
        done = _run(command)
        if done.returncode == 0 and command[1] == "install":
            return ""
        said = (done.stderr or done.stdout).strip()
    return (said.splitlines() or ["apt-get failed"])[-1]


def _install_command(package: str) -> list[str]:
    return ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
