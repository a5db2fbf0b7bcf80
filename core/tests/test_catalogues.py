"""Interface strings: nothing missing, doubtful, broken or left over, in French or in Arabic."""

from __future__ import annotations

import io
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import override_settings
from django.utils import translation
from django.utils.translation import ngettext

from core import catalogue_checks, catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext, pgettext

def words(n):
    return _("Save %(name)s"), ngettext("%(n)s person", "%(n)s people", n), pgettext("verb", "Open")
"""
TEMPLATE = """{% load i18n %}
    {% translate "Home" as home %}{# a comment #}
  {% blocktranslate trimmed count n=people|length with who=person.name %}
    {{ who }} has
    {{ n }} session
  {% plural %}
    {{ who }} has {{ n }} sessions
  {% endblocktranslate %}
<p title="{% translate 'In a title' %}">{{ _("Quoted") }}</p>
"""
# Strings of Django that no page of ours can show: names of languages, its admin, its own password fields.
NEVER_SHOWN = {
    "Malay",
    "Central Kurdish (Sorani)",
    "Uyghur",
    "IPv4",
    "IPv6",
    "IPv4 or IPv6",
    "String (unlimited)",
    "Conflicting form data submitted. Please try again.",
    "Password-based authentication was disabled.",
    "Password-based authentication",
    "Set password: %s",
    "Enabled",
    "Disabled",
    "Whether the user will be able to authenticate using a password or not. If disabled, they may still be able to "
    "authenticate using other backends, such as Single Sign-On or LDAP.",
    "Raw passwords are not stored, so there is no way to see the user’s password.",
    "Enable password-based authentication for this user by setting a password.",
    "Enter a valid username. This value may contain only unaccented lowercase a-z and uppercase A-Z letters, numbers, "
    "and @/./+/-/_ characters.",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one module and one template, with its catalogues."""
    (tmp_path / "app" / "templates" / "app").mkdir(parents=True)
    (tmp_path / "app" / "tests").mkdir()
    (tmp_path / "app" / "words.py").write_text(PYTHON)
    (tmp_path / "app" / "tests" / "test_words.py").write_text('_("Only in a test")')
    (tmp_path / "app" / "templates" / "app" / "page.html").write_text(TEMPLATE)
    catalogues.update(tmp_path)
    return tmp_path


def say(root: Path, language: str, **words: str | tuple[str, ...]) -> None:
    """Translates strings, given by their first word."""
    catalog = catalogues.load(root, language)
    for (_context, text), message in catalogues.by_key(catalog).items():
        found = words.get(text.replace("%", "").replace("(", " ").split()[0])
        if found:
            message.string = found
    catalogues.save(root, language, catalog)


def test_every_string_of_the_portal_is_translated() -> None:
    assert [str(problem) for problem in catalogue_checks.problems(Path(settings.BASE_DIR))] == []


def test_extraction_reads_python_and_templates_but_not_tests(project: Path) -> None:
    found = set(catalogues.by_key(catalogues.extracted(project)))
    assert found == {
        (None, "Save %(name)s"),
        (None, "%(n)s person"),
        ("verb", "Open"),
        (None, "Home"),
        (None, "%(who)s has %(n)s session"),
        (None, "Quoted"),
        (None, "In a title"),
    }


def test_new_string_is_not_translated_and_an_unused_one_goes(project: Path) -> None:
    say(project, "fr", Save="Enregistrer %(name)s")
    (project / "app" / "words.py").write_text('_("Save %(name)s")\n_("New")\n')
    before = [str(problem) for problem in catalogue_checks.problems(project)]
    assert any("missing" in line and "'New'" in line for line in before)
    assert any("no longer used" in line and "'Open'" in line for line in before)
    catalogues.update(project)
    known = catalogues.by_key(catalogues.load(project, "fr"))
    assert known[None, "Save %(name)s"].string == "Enregistrer %(name)s"
    assert ("verb", "Open") not in known
    assert [p for p in catalogue_checks.problems(project) if "missing" in p.why or "longer" in p.why] == []


def test_update_twice_writes_the_same_bytes(project: Path) -> None:
    files = [catalogues.po_path(project, language) for language in catalogues.LANGUAGES]
    files += [path.with_suffix(".mo") for path in files]
    before = [path.read_bytes() for path in files]
    catalogues.update(project)
    assert [path.read_bytes() for path in files] == before


@pytest.mark.parametrize(
    ("language", "english", "other", "why"),
    [
        ("fr", "Save %(name)s", "", "not translated"),
        ("fr", "Save %(name)s", "Enregistrer", "places for values"),
        ("fr", "Save %(name)s", "Enregistrer %(nom)s", "places for values"),
        ("fr", "It is full", "C'est complet", "’"),
        ("fr", "Full: 3", "Complet : 3", "no-break"),
        ("fr", "Full?", "Complet?", "no-break"),
        ("fr", "“Full”", "«Complet»", "no-break"),
        ("ar", "One, two", "واحد, اثنان", "،"),
        ("ar", "Sure?", "متأكد?", "،"),
    ],
)
def test_a_bad_translation_is_named(language: str, english: str, other: str, why: str) -> None:
    assert why in str(catalogue_checks.complaint(Message(english, other), language))


def test_a_good_translation_passes() -> None:
    good = [
        ("fr", Message("It is <a href='%(url)s'>full</a>: 3 %%", "C’est <a href='%(url)s'>complet</a>\u00a0: 3 %%")),
        ("fr", Message("At 08:30, 50 % of it", "À 08:30, 50\u00a0% du total")),
        ("ar", Message("One, %(two)s", "واحد، %(two)s")),
        ("fr", Message(("%(n)s person", "%(n)s people"), ("une personne", "%(n)s personnes"))),
        ("ar", Message(("%(n)s x", "%(n)s xs"), ("لا شيء", "واحد", "اثنان", "%(n)s ع", "%(n)s ع", "%(n)s ع"))),
    ]
    assert [catalogue_checks.complaint(message, language) for language, message in good] == [None] * len(good)


def test_arabic_plural_without_its_number_is_refused() -> None:
    forms = ("لا شيء", "واحد", "اثنان", "بعض", "%(n)s", "%(n)s")
    assert "form 3" in str(catalogue_checks.complaint(Message(("%(n)s x", "%(n)s xs"), forms), "ar"))


def test_fuzzy_string_is_refused() -> None:
    assert "fuzzy" in str(catalogue_checks.complaint(Message("Home", "Accueil", flags=["fuzzy"]), "fr"))


def test_compiled_file_that_lags_behind_is_found_and_compiled(project: Path) -> None:
    compiled = catalogues.po_path(project, "ar").with_suffix(".mo")
    compiled.write_bytes(b"old")
    assert any(problem.text == "django.mo" for problem in catalogue_checks.problems(project))
    with override_settings(BASE_DIR=project):
        call_command("catalogues", "--compile")
    assert not any(problem.text == "django.mo" for problem in catalogue_checks.problems(project))


def test_command_fails_with_the_number_of_strings_and_changes_nothing(project: Path) -> None:
    path = catalogues.po_path(project, "fr")
    before = path.read_bytes()
    with override_settings(BASE_DIR=project), pytest.raises(CommandError, match="14 strings are not right"):
        call_command("catalogues", "--check", stderr=io.StringIO())
    assert path.read_bytes() == before


@pytest.mark.parametrize(("number", "form"), [(0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5)])
def test_arabic_has_six_plurals_in_djangos_order(project: Path, number: int, form: int) -> None:
    catalog = catalogues.load(project, "ar")
    catalogues.by_key(catalog)[None, "%(n)s person"].string = tuple(f"%(n)s F{index}" for index in range(6))
    catalogues.save(project, "ar", catalog)
    with override_settings(LOCALE_PATHS=[project / "locale"]):
        translation.trans_real._translations = {}
        try:
            with translation.override("ar"):
                assert ngettext("%(n)s person", "%(n)s people", number).endswith(f"F{form}")
        finally:
            translation.trans_real._translations = {}


def stock(package: Path, language: str) -> dict[catalogues.Key, Message]:
    """The strings that a package brings in a language."""
    path = package / "locale" / language / "LC_MESSAGES" / "django.po"
    return catalogues.by_key(read_po(path.open("rb"))) if path.exists() else catalogues.by_key(Catalog())


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_strings_that_django_and_allauth_leave_untranslated_are_ours(language: str) -> None:
    home = Path(django.__file__).parent
    packages = [home / "conf", home / "contrib" / "auth", home / "contrib" / "postgres", Path(allauth.__file__).parent]
    ours = catalogues.by_key(catalogues.load(Path(settings.BASE_DIR), language))
    missing = set()
    for package in packages:
        wanted = stock(package, "fr").keys() | stock(package, "en").keys()
        have = {key for key, message in stock(package, language).items() if message.string and not message.fuzzy}
        missing |= {text for context, text in wanted - have - ours.keys()}
    # Sentences that a newer release has replaced: the other language may still carry the old one.
    assert missing <= NEVER_SHOWN
