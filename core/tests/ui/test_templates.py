"""Rules that every template of ours keeps, whoever writes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = ("core", "accounts", "directory", "notifications", "clusters", "trainings", "pasri_portal")
FOLDERS = [ROOT / "templates", *(ROOT / app / "templates" for app in APPS)]
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.rglob("*.html"))
PAGES = [path for path in TEMPLATES if "email" not in path.relative_to(ROOT).parts[1:]]
IDS = [str(path.relative_to(ROOT)) for path in PAGES]

INLINE = re.compile(r"<[a-z][^>]*\s(?:style|on[a-z]+)=|<style\b|<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
FORM = re.compile(r"\|crispy\b|\{% crispy ")
PIECES = ("bootstrap5/", "allauth/elements/fields.html", "core/gallery.html")


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_page_keeps_the_policy(path: Path) -> None:
    """No inline style, script or handler, nothing from elsewhere: the Content-Security-Policy would refuse it."""
    text = path.read_text(encoding="utf-8")
    assert not INLINE.search(text)
    assert not ELSEWHERE.search(text)


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_form_shows_its_errors_above(path: Path) -> None:
    """Where a form is drawn, its summary is drawn too: errors of the whole form stand nowhere else."""
    text = path.read_text(encoding="utf-8")
    if FORM.search(text) and not any(piece in str(path) for piece in PIECES):
        assert "{% error_summary" in text


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_form_that_writes_carries_its_token(path: Path) -> None:
    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(encoding="utf-8"), re.DOTALL):
        assert "{% csrf_token %}" in form or 'action="#' in form or "{% slot body %}" in form
