"""The copy of a mail in a page: its words, and nothing that acts."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from notifications.safe_copy import safe_copy

HOSTILE = [
    "<script>alert(1)</script>",
    "<p onclick=alert(1) style='color:red'>a</p>",
    "<a href='javascript:alert(1)'>a</a>",
    f"<a href='{settings.PORTAL_URL}.evil.example/'>a</a>",
    "<a href='https://evil.example/'>a</a>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<style>*{display:none}</style>",
    "<p lang='\"><script>alert(1)</script>'>a</p>",
    "<p dir='\"onmouseover=alert(1)'>a</p>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<form action=//evil.example><input name=a><button>b</button></form>",
    "<base href=//evil.example><meta http-equiv=refresh content=0>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<p>a<!-- <script>alert(1)</script> --></p>",
    "<td><p>unclosed <strong>a",
    "</div></section></main>a",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_acts_comes_through(html: str) -> None:
    copy = safe_copy(html, with_links=True)
    tags = re.findall(r"<([a-z0-9]+)((?:\s[^>]*)?)>", copy)
    assert {name for name, _rest in tags} <= {"p", "strong", "span", "div"}
    assert all(re.fullmatch(r'( (lang|dir|class)="[\w -]+")*', rest) for _name, rest in tags)
    assert len(re.findall(r"<\w", copy)) == len(re.findall(r"</\w", copy))
    assert "evil" not in re.sub(r">[^<]*<", "><", copy)


def test_words_order_and_direction_are_kept() -> None:
    html = '<h1>Titre</h1><p lang="ar" dir="rtl">للتجربة &amp; <b>b</b></p>'
    html += "<table><tr><td>Date</td><td><bdi>3 juin</bdi></td></tr></table>"
    assert safe_copy(html) == (
        '<h3>Titre</h3><p lang="ar" dir="rtl">للتجربة &amp; <strong>b</strong></p>'
        '<div class="row-flex"><div>Date</div><div><bdi>3 juin</bdi></div></div>'
    )


def test_hidden_preview_of_mail_readers_is_left_out() -> None:
    assert safe_copy('<div style="display: none">aperçu <b>x</b></div><p>a</p>') == "<p>a</p>"


def test_links_to_the_portal_work_only_where_asked() -> None:
    html = f'<a href="{settings.PORTAL_URL}/l/abc/?a=1&amp;b=2">Ouvrir</a>'
    assert safe_copy(html) == '<span class="strong">Ouvrir</span>'
    assert safe_copy(html, with_links=True) == f'<a href="{settings.PORTAL_URL}/l/abc/?a=1&amp;b=2">Ouvrir</a>'
