"""The interface tags: what they draw in each language, and what they refuse."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.conf import LazySettings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from core.ui.blocks import Step
from core.ui.icons import glyph_names, icon_names
from core.ui.marks import Look
from core.ui.props import UiError

TODAY = dt.date(2026, 6, 3)


def draw(source: str, /, **context: Any) -> str:
    return Template(source).render(Context(context))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class State:
    """As an enum member or a model would: it knows its word and its look."""

    label = "Publiée"
    look = Look("live", "ring")


def test_icon_is_hidden_beside_a_word_and_named_alone() -> None:
    beside, alone = draw('{% icon "mail" %}'), draw('{% icon "mail" label="Message" %}')
    assert 'aria-hidden="true"' in beside
    assert words(beside) == ""
    assert words(alone) == "Message"


def test_icons_that_point_along_the_line_turn_with_it() -> None:
    assert "icon-flip" in draw('{% icon "next" %}')
    assert "icon-flip" not in draw('{% icon "down" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "unicorn" %}',
        '{% state "x" tone="purple" %}',
        '{% state "x" glyph="heart" %}',
        '{% state "" %}',
        '{% badge "x" tone="live" %}',
        "{% cap -1 10 %}",
        '{% halves "x" %}',
        '{% date day "tiny" %}',
        '{% empty_state "t" action="Go" %}',
        '{% post_button "/x/" "Go" look="huge" %}',
        "{% steps chain label='x' %}",
    ],
)
def test_wrong_props_are_refused_where_people_build(source: str) -> None:
    with pytest.raises(UiError):
        draw(source, day=TODAY, chain=[Step("a", state="now"), Step("b", state="now")])


def test_wrong_props_do_not_stop_people_at_work(settings: LazySettings, caplog: pytest.LogCaptureFixture) -> None:
    settings.CONFIG = None
    assert words(draw('{% icon "unicorn" %}{% state "Ouvert" tone="purple" %}')) == "Ouvert"
    assert "unicorn" in caplog.text


def test_state_takes_word_and_look_from_the_thing() -> None:
    html = draw("{% state thing %}", thing=State())
    assert 'class="state is-live"' in html
    assert words(html) == "Publiée"


def test_state_always_has_a_shape_and_a_word() -> None:
    for name in glyph_names():
        html = draw('{% state "Mot" glyph=name %}', name=name)
        assert "<svg" in html
        assert words(html) == "Mot"


def test_every_drawing_is_found() -> None:
    assert {"mail", "next", "search", "lock"} <= set(icon_names())
    assert {"dash", "ring", "check", "x", "slash"} <= set(glyph_names())


@pytest.mark.parametrize(("language", "shown"), [("fr", "28 / 30"), ("ar", "28 من 30"), ("en", "28 / 30")])
def test_capacity_says_its_numbers(language: str, shown: str) -> None:
    with translation.override(language):
        html = draw("{% cap 28 30 %}")
    assert words(html) == shown
    assert 'width="93.3"' in html


def test_capacity_bar_never_leaves_its_track() -> None:
    assert 'width="100.0"' in draw("{% cap 31 30 %}")
    assert 'width="0.0"' in draw("{% cap 0 0 %}")
    assert words(draw("{% cap 12 %}")) == "12"


@pytest.mark.parametrize(
    ("days", "css", "language", "shown"),
    [
        (-13, "due is-late", "fr", "21 mai 13 jours de retard"),
        (-1, "due is-late", "ar", "2 جوان تأخير بيوم واحد"),
        (0, "due is-soon", "fr", "3 juin aujourd’hui"),
        (2, "due is-soon", "ar", "5 جوان بعد يومين"),
        (60, "due", "en", "2 August"),
    ],
)
def test_due_date_says_how_far_it_is(days: int, css: str, language: str, shown: str) -> None:
    with translation.override(language):
        html = draw("{% due day now %}", day=TODAY + dt.timedelta(days=days), now=TODAY)
    assert f'class="{css}"' in html
    assert words(html) == shown


def test_due_date_of_another_year_says_its_year() -> None:
    assert words(draw("{% due day now %}", day=dt.date(2027, 1, 4), now=TODAY)) == "4 janvier 2027"


def test_four_marks_have_four_looks_and_four_words() -> None:
    html = draw("{% halves codes %}", codes=["present", "absent", "excused", "none"])
    assert re.findall(r'<i class="(\w)"', html) == ["p", "a", "e", "n"]
    assert 'aria-label="présent, absent, excusé, non pointé"' in html
    assert words(draw("{% halves_key %}")) == "· non pointé P présent A absent E excusé"


def test_marks_in_arabic_have_arabic_letters_and_comma() -> None:
    with translation.override("ar"):
        html = draw("{% halves codes %}", codes=["present", "absent"])
    assert 'aria-label="حاضر، غائب"' in html
    assert words(html) == "ح غ"


def test_dates_and_money_follow_the_formats() -> None:
    assert words(draw("{% date day %}", day=TODAY)) == "3 juin 2026"
    assert words(draw('{% date day "long" %}', day=TODAY)) == "mercredi 3 juin 2026"
    assert words(draw('{% date day "short" %}', day=TODAY)) == "03/06/2026"
    assert words(draw("{% daterange a b %}", a=dt.date(2014, 5, 6), b=dt.date(2014, 5, 9))) == "6–9 mai 2014"
    assert draw("{% date day %}", day=None) == ""
    assert "12\u00a0480,000\u00a0DT" in draw("{% money amount %}", amount=Decimal("12480"))


def test_a_moment_is_shown_in_the_portals_own_hour() -> None:
    moment = dt.datetime(2026, 6, 3, 23, 30, tzinfo=dt.UTC)
    assert words(draw('{% date moment "moment" %}', moment=moment)) == "4 juin 2026 00:30"
    assert words(draw('{% date moment "time" %}', moment=moment)) == "00:30"


def test_a_name_keeps_its_direction_and_is_escaped() -> None:
    assert draw("{% bdi name %}", name="<b>منى") == "<bdi>&lt;b&gt;منى</bdi>"
    assert draw("{% bdi code code=True %}", code="SEM-1") == '<bdi class="code">SEM-1</bdi>'
    assert draw("{% bdi name %}", name="") == ""
    assert words(draw("{% bdi name missing=True %}", name=None)) == "non documenté"
    assert draw("{{ name|isolate }}", name="منى") == "\u2068منى\u2069"


def test_steps_say_which_one_is_now() -> None:
    html = draw("{% steps chain label='Étapes' %}", chain=[Step("A", "3 mars", "past"), {"label": "B", "state": "now"}])
    assert html.count('aria-current="step"') == 1
    assert "<small>3 mars</small>" in html


def test_empty_state_offers_the_next_step() -> None:
    html = draw('{% empty_state "Aucune session" "Pourquoi" url="/new/" action="Préparer" %}')
    assert '<a class="btn btn-secondary" href="/new/">Préparer</a>' in html


def test_pager_says_where_one_is() -> None:
    page = {"previous_url": "?before=a", "next_url": "?after=b", "count_text": "212 sessions"}
    html = draw("{% pager page %}", page=page)
    assert 'rel="prev" href="?before=a"' in html
    assert 'rel="next" href="?after=b"' in html
    assert 'role="status">212 sessions' in html


def test_sort_header_keeps_filters_and_begins_at_the_beginning() -> None:
    request = RequestFactory().get("/s/", {"q": "clus", "state": "open", "after": "x", "sort": "name"})
    html = draw('{% sort_header "name" "Nom" current="name" %}', request=request)
    assert 'aria-sort="ascending"' in html
    assert 'href="?q=clus&amp;state=open&amp;sort=-name"' in html
    other = draw('{% sort_header "-date" "Date" current="name" %}', request=request)
    assert "aria-sort" not in other
    assert "sort=-date" in other


def test_chips_remove_one_filter_each() -> None:
    html = draw("{% filter_chips chips count='2 sessions' %}", chips=[{"label": "Gafsa", "url": "?q=x"}])
    assert words(html) == "Filtres actifs Gafsa retirer ce filtre 2 sessions"
    assert draw("{% filter_chips chips %}", chips=[]).strip() == ""


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/", ["/", "/ar/", "/en/"]),
        ("/sessions/?q=a%26b", ["/sessions/?q=a%26b", "/ar/sessions/?q=a%26b", "/en/sessions/?q=a%26b"]),
        ("/ar/sessions/", ["/sessions/", "/ar/sessions/", "/en/sessions/"]),
        ("/archive/", ["/archive/", "/ar/archive/", "/en/archive/"]),
    ],
)
def test_language_links_lead_to_the_same_page(path: str, links: list[str]) -> None:
    html = draw("{% language_links %}", request=RequestFactory().get(path))
    assert [address.replace("&amp;", "&") for address in re.findall(r'href="([^"]+)"', html)] == links
    assert re.findall(r'lang="(\w+)" hreflang="(\w+)"', html) == [("fr", "fr"), ("ar", "ar"), ("en", "en")]
    assert html.count("aria-current") == 1


def test_demonstration_says_so_in_both_languages() -> None:
    assert "Démonstration / للتجربة" in words(draw("{% demo_banner %}", is_demo=True))
    assert draw("{% demo_banner %}", is_demo=False).strip() == ""


def test_post_button_is_a_form_with_its_token() -> None:
    html = draw('{% post_button "/x/" "Annuler" look="danger" version=3 %}', csrf_token="abc")
    assert 'method="post" action="/x/"' in html
    assert 'name="csrfmiddlewaretoken" value="abc"' in html
    assert '<input type="hidden" name="version" value="3">' in html
