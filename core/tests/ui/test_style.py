"""The style sheets keep the rules of the design: logical properties, colours in one file, one dark theme."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

STATIC = Path(settings.BASE_DIR) / "static" / "portal"
TOKENS = (STATIC / "css" / "tokens.css").read_text(encoding="utf-8")
PORTAL = (STATIC / "css" / "portal.css").read_text(encoding="utf-8")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)

SIDES = r"(?:margin|padding|border)(?:-(?:left|right|top|bottom))|left|right|top|bottom"
SIZES = r"(?:min-|max-)?(?:width|height)"
PHYSICAL = re.compile(rf"(?<=[;{{\s])(?:{SIDES}|{SIZES}|border-(?:left|right|top|bottom)-\w+)\s*:")
PHYSICAL_VALUES = re.compile(r"(?:text-align|float|clear)\s*:\s*(?:left|right)\b")
RAW_COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|color-mix)a?\(|:\s*(?:white|black|red|gray|grey|silver)\b"
)


def _rules(css: str) -> str:
    return COMMENT.sub("", css)


def _declarations(block: str) -> dict[str, str]:
    return {name.strip(): " ".join(value.split()) for name, value in re.findall(r"([\w-]+)\s*:\s*([^;]+);", block)}


def test_the_two_dark_blocks_are_equal() -> None:
    css = _rules(TOKENS)
    by_attribute = re.search(r'\[data-bs-theme="dark"\]\s*\{(.*?)\}', css, re.DOTALL)
    by_system = re.search(r":root:not\(\[data-bs-theme\]\)\s*\{(.*?)\}", css, re.DOTALL)
    assert by_attribute and by_system
    assert _declarations(by_attribute[1]) == _declarations(by_system[1])
    assert len(_declarations(by_attribute[1])) > 30


def test_dark_drawings_are_written_for_the_attribute_and_for_the_system() -> None:
    css = _rules(PORTAL)
    chosen = set(re.findall(r'\[data-bs-theme="dark"\] ([^{]+?) \{ background-image: (url\("[^"]+"\))', css))
    asked = set(re.findall(r":root:not\(\[data-bs-theme\]\) ([^{]+?) \{ background-image: (url\(\"[^\"]+\"\))", css))
    assert chosen == asked
    assert len(chosen) == 5


def test_components_use_logical_properties_only() -> None:
    css = _rules(re.sub(r"@media[^{]*\{", "{", PORTAL))
    assert PHYSICAL.findall(css) == []
    assert PHYSICAL_VALUES.findall(css) == []


def test_components_write_no_colour_of_their_own() -> None:
    css = re.sub(r'url\("[^"]*"\)', "", _rules(PORTAL))
    assert RAW_COLOUR.findall(css) == []


@pytest.mark.parametrize("bad", ["a { margin-left: 1px; }", "a{left: 0;}", "a { min-width: 3rem; }"])
def test_the_physical_pattern_sees_what_it_looks_for(bad: str) -> None:
    assert PHYSICAL.search(bad)


@pytest.mark.parametrize("bad", ["a { color: #fff; }", "a { color: rgb(0 0 0); }", "a { color: white; }"])
def test_the_colour_pattern_sees_what_it_looks_for(bad: str) -> None:
    assert RAW_COLOUR.search(bad)


def test_every_variable_of_ours_that_is_read_is_written() -> None:
    written = set(re.findall(r"(--[\w-]+)\s*:", TOKENS + PORTAL))
    read = set(re.findall(r"var\((--[\w-]+)", TOKENS + PORTAL))
    assert {name for name in read - written if not name.startswith("--bs-")} == set()


def test_every_file_that_the_style_sheets_name_exists() -> None:
    for css in (TOKENS, PORTAL):
        for address in re.findall(r'url\("([^"]+)"\)', css):
            assert not address.startswith(("data:", "http", "//")), address
            assert (STATIC / "css" / address).resolve().is_file(), address


def test_the_script_stays_small_and_alone() -> None:
    script = (STATIC / "js" / "portal.js").read_text(encoding="utf-8")
    assert len(script.encode()) < 6_500
    assert not re.search(r"^\s*import\b|\beval\(|new Function|innerHTML|https?://", script, re.MULTILINE)
