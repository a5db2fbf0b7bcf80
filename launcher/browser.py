"""The browser of the browser tests: Debian's chromium, installed where it is missing and may be."""

from __future__ import annotations

import os
import shutil
import subprocess

from launcher.state import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome")


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
        return None, "no chromium is installed; as root: apt-get install --no-install-recommends chromium"
    print("Installing chromium for the browser tests ...", flush=True)
    if complaint := _install():
        return None, f"chromium could not be installed: {complaint}"
    return find_browser(), ""


def _install() -> str:
    """Install Debian's package; the lists are fetched only when they are not there. Empty on success."""
    environment = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    said = "?"
    for command in (install, ["apt-get", "update", "-qq"], install):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode == 0 and command is install:
            return ""
        said = (done.stderr or done.stdout).strip()
    return (said.splitlines() or ["apt-get failed"])[-1]
