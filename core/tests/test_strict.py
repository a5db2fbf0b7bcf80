"""The tests' own nets hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.conf import settings
from django.template import engines
from django.template.base import Origin, Template
from django.template.context import Context

from core.testing.client import check_page
from core.testing.strict import UndefinedVariable


def render(source: str, **given: Any) -> str:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    template = Template(source, origin=Origin(str(settings.BASE_DIR / "templates" / "tried.html")), engine=engine)
    return template.render(Context(given))


def test_undefined_variable_fails() -> None:
    with pytest.raises(UndefinedVariable, match="nobody"):
        render("{{ nobody }}")
    with pytest.raises(UndefinedVariable, match=r"thing\.missing"):
        render("{{ thing.missing }}", thing=dt.date(2014, 5, 6))


def test_variable_that_may_be_missing_passes() -> None:
    assert render('{{ nobody|default:"x" }}{% if nobody %}y{% endif %}{{ there }}', there="z") == "xz"


def test_unordered_rows_come_the_other_way_round(thing: Any) -> None:
    for n in range(3):
        thing.objects.create(name=str(n), on=dt.date(2014, 5, 6), code=str(n))
    assert [row.code for row in thing.objects.all()] == ["2", "1", "0"]
    assert [row.code for row in thing.objects.order_by("code")] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "html",
    [
        '<p id="a"></p><p id="a"></p>',
        '<p style="color:red">',
        '<a onclick="x()" href="/">',
        "<script>1</script>",
        '<a href="">',
        "{{ left }}",
        "%(name)s",
        "<!doctype html><html lang='fr'>",
    ],
)
def test_page_with_a_fault_fails(html: str) -> None:
    with pytest.raises(AssertionError):
        check_page(html)


def test_sound_page_passes() -> None:
    check_page('<!doctype html>\n<html lang="ar" dir="rtl"><script type="module" src="/x.js"></script>100 %</html>')
