"""What production serves: every static file collected under a hashed name, with nothing missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command


@pytest.fixture
def manifest_storage(settings: LazySettings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    storage = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": storage}
    return tmp_path


def test_every_static_file_is_collected_under_its_hash(manifest_storage: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    for name in (
        "portal/vendor/bootstrap.min.css",
        "portal/vendor/bootstrap.rtl.min.css",
        "portal/css/tokens.css",
        "portal/css/portal.css",
        "portal/js/portal.js",
        "portal/img/mark.svg",
        "django_htmx/htmx-2.min.js",
    ):
        hashed = staticfiles_storage.url(name).removeprefix("/static/")
        assert hashed != name
        assert (manifest_storage / hashed).is_file()


def test_collected_style_sheets_name_hashed_fonts_and_drawings(manifest_storage: Path) -> None:
    call_command("collectstatic", interactive=False, verbosity=0)
    tokens = manifest_storage / staticfiles_storage.url("portal/css/tokens.css").removeprefix("/static/")
    assert 'url("../fonts/ibm-plex-sans-latin-400-normal.woff2")' not in tokens.read_text(encoding="utf-8")


def test_no_style_sheet_asks_for_what_the_policy_refuses(settings: LazySettings) -> None:
    """An image in the address itself would be refused, and said in the console, before our own style sheet is there."""
    folder = Path(settings.BASE_DIR) / "static"
    assert [sheet.name for sheet in folder.rglob("*.css") if "url(data:" in sheet.read_text().replace('"', "")] == []
