"""Every kind of message that any app registers is complete in every language (PROMISES row 19)."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils import timezone, translation

from core import outbox
from core.outbox import MessageKind, mime
from core.testing.messages import faults_of, sample_of, untranslated, write

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SOURCE = "en"

pytestmark = pytest.mark.django_db


@pytest.mark.feature(97)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", outbox.kinds(), ids=lambda kind: kind.code)
def test_message_is_complete_and_translated(kind: MessageKind, language: str) -> None:
    message = sample_of(kind)
    with untranslated(language) as missing:
        rendered = write(message, language)
        with translation.override(language):
            assert str(kind.label)
            assert faults_of(rendered, demo=message.demo) == []
    assert language == SOURCE or missing == set()
    assert mime.build(message, rendered, at=timezone.now())


@pytest.mark.parametrize("kind", outbox.kinds(), ids=lambda kind: kind.code)
def test_message_of_the_demonstration_says_so(kind: MessageKind) -> None:
    message = sample_of(kind)
    message.demo = True
    for language in LANGUAGES:
        rendered = write(message, language)
        assert faults_of(rendered, demo=True) == []
        assert "للتجربة" in rendered.true.html


@pytest.mark.parametrize("kind", outbox.kinds(), ids=lambda kind: kind.code)
def test_message_for_staff_hides_what_is_personal(kind: MessageKind) -> None:
    rendered = write(sample_of(kind), "fr")
    for place in (*rendered.content.links, *rendered.content.secrets):
        assert rendered.true.html != rendered.shown.html, place
    for secret in rendered.content.secrets.values():
        assert secret not in rendered.shown.text + rendered.shown.html + rendered.shown.subject
    assert "/l/" not in rendered.shown.text + rendered.shown.html


def test_string_that_no_catalogue_has_is_found() -> None:
    """The twin: a test that finds nothing proves nothing."""
    for language in ("fr", "ar"):
        with untranslated(language) as missing, translation.override(language):
            assert translation.gettext("a string that nobody translated") == "a string that nobody translated"
            translation.gettext("Messages")
            translation.ngettext("%(n)s lonely thing", "%(n)s lonely things", 3)
        assert missing >= {"a string that nobody translated", "%(n)s lonely thing"}
