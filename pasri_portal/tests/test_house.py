"""The house keeps its own rules: who imports whom, how long a piece is, who writes, what is left over."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from pasri_portal.celery import app as celery
from pasri_portal.tests.house import (
    APPS,
    LAYERS,
    OPEN_TO_OTHERS,
    REGISTRIES,
    ROOT,
    SPECIAL,
    Source,
    layer_of,
    parsed,
    sources,
)

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
NO_NAMES = frozenset({"utils", "common", "helpers", "misc"})
WRITES = frozenset(
    {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "save"}
)
NAMED_BY_PACKAGES = frozenset({"429.html"})
"""A name that a package puts together: django-allauth's page for too many tries."""
UNTRACKED = frozenset(
    {
        "core.import",
        "core.job",
        "core.journalentry",
        "core.journalreason",
        "core.pulse",
        "core.readentry",
        "core.series",
        "accounts.session",
        "steering.visit",
        "trainings.signingkey",
    }
)
"""What lives for a day, append-only (journal, log of reading), guarded by its entry, a sign of life, a counter, what
ends, a mark of a visit, what never changes."""


# -- who imports whom ------------------------------------------------------------------------------------------------
def wrong_imports(source: Source) -> Iterator[str]:
    """What an app may not import of another: anything to its right, and of the left anything but its open sections."""
    for names in source.imports():
        target, section = names[0], names[1] if len(names) > 1 else ""
        if target not in APPS or target == source.app:
            continue
        if APPS.index(target) > APPS.index(source.app):
            yield f"{source.name} imports {'.'.join(names)}: {target} stands to its right"
        elif source.app != "pasri_portal" and not is_open(target, section):
            yield f"{source.name} imports {'.'.join(names)}: only {', '.join(sorted(OPEN_TO_OTHERS))} are open"


def is_open(app: str, section: str) -> bool:
    return app == "core" or section in OPEN_TO_OTHERS or (app, section) in REGISTRIES


def test_an_app_imports_only_what_is_open_to_its_left() -> None:
    assert [line for source in sources() if not source.is_test for line in wrong_imports(source)] == []


def wrong_layers(source: Source) -> Iterator[str]:
    own = layer_of(source.app, source.section)
    for names in source.imports():
        if own is None or names[0] != source.app or len(names) < 2:
            continue
        other = layer_of(source.app, names[1])
        if other is not None and other > own:
            yield f"{source.name} (layer {own}) imports {'.'.join(names)} (layer {other})"


def test_inside_an_app_imports_only_go_down() -> None:
    in_layers = [s for s in sources() if s.app not in {"core", "pasri_portal"} and not s.is_test]
    assert [line for source in in_layers if source.section != "apps" for line in wrong_layers(source)] == []


def test_every_section_of_an_app_has_its_layer() -> None:
    known = {*LAYERS, "tests", "migrations", "__init__"}
    unknown = {
        f"{s.app}/{s.section}"
        for s in sources()
        if s.app not in {"core", "pasri_portal"} and s.section not in known and (s.app, s.section) not in SPECIAL
    }
    assert unknown == set()


def test_wrong_imports_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the reader of imports sees each kind of wrong one."""
    monkeypatch.setattr("pasri_portal.tests.house.ROOT", tmp_path)
    (tmp_path / "directory" / "domain").mkdir(parents=True)
    module = tmp_path / "directory" / "domain" / "bad.py"
    module.write_text(
        "from trainings.models import Session\nfrom accounts.views.own import ProfileView\n"
        "import notifications.tasks\nfrom directory.views import pages\nfrom accounts.models import User\n"
    )
    assert len(list(wrong_imports(Source(module)))) == 3
    assert len(list(wrong_layers(Source(module)))) == 1


# -- how long a piece is ---------------------------------------------------------------------------------------------
def test_no_module_and_no_function_is_too_long() -> None:
    every = sources(*APPS, "launcher")
    long = [f"{s.name}: {n} lines" for s in every if (n := len(s.text.splitlines())) > LONGEST_MODULE]
    for source in every:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
                long.append(f"{source.name}:{node.lineno} {node.name}: over {LONGEST_FUNCTION} lines")
    assert long == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [s.name for s in sources(*APPS, "launcher") if NO_NAMES & set(s.parts)] == []


# -- who writes ------------------------------------------------------------------------------------------------------
def writes_of(source: Source) -> Iterator[str]:
    """Calls that change rows through a manager, or save an object."""
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
            continue
        through = ast.unparse(node.func.value)
        saves = node.func.attr == "save" and isinstance(node.func.value, ast.Name | ast.Attribute)
        if saves or re.search(r"\bobjects\b|_default_manager|_base_manager", through):
            yield f"{source.name}:{node.lineno} {through}.{node.func.attr}()"


def test_only_the_domain_writes() -> None:
    outside = [
        s
        for s in sources()
        if s.app not in {"core", "pasri_portal"} and s.section not in {"domain", "models"} and not s.is_test
    ]
    outside += [s for s in sources("pasri_portal") if s.section in {"views", "home"}]
    outside += [s for s in sources("core") if s.section in {"views", "lists", "forms", "templatetags", "ui"}]
    assert [line for source in outside for line in writes_of(source)] == []


def test_writes_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin of the reader of writes."""
    monkeypatch.setattr("pasri_portal.tests.house.ROOT", tmp_path)
    module = tmp_path / "bad.py"
    module.write_text("User.objects.filter(pk=1).update(a=1)\nuser.save()\npeople.create(a=1)\n{}.update(b=1)\n")
    assert len(list(writes_of(Source(module)))) == 2


# -- what is left over -----------------------------------------------------------------------------------------------
def mentioned_names() -> str:
    """Every literal in code and templates; what stands in braces of an f-string may be anything."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*") if path.is_file()]
    for source in sources():
        for node in ast.walk(parsed(source.path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.append(node.value)
            elif isinstance(node, ast.JoinedStr):
                texts.append("".join(p.value if isinstance(p, ast.Constant) else "*" for p in node.values))
    return "\n".join(texts)


def belongs_to_a_package(name: str) -> bool:
    """A template of a package that ours replaces: the package names it."""
    if name in NAMED_BY_PACKAGES:
        return True
    for package in ("allauth", "crispy_bootstrap5", "crispy_forms", "django"):
        spec = find_spec(package)
        for place in spec.submodule_search_locations or () if spec else ():
            if any(Path(place).glob(f"**/templates/{name}")):
                return True
    return False


def test_every_template_is_used() -> None:
    mentioned = mentioned_names()
    paths = [line for line in mentioned.splitlines() if "*" in line and "/" in line]
    starred = [re.compile(re.escape(line).replace(r"\*", ".*")) for line in paths]
    unused = []
    for path in sorted((ROOT / "templates").rglob("*.*")):
        name = str(path.relative_to(ROOT / "templates"))
        stem = re.sub(r"(\.subject)?\.(txt|html)$", "", name)
        if name in mentioned or (f"{stem}\n" in mentioned and "/email/" in name) or f"messages/{stem}" in mentioned:
            continue
        if any(pattern.fullmatch(name) for pattern in starred) or belongs_to_a_package(name):
            continue
        unused.append(name)
    assert unused == []


def test_every_entry_of_the_schedule_is_a_task() -> None:
    for app in APPS:
        if find_spec(f"{app}.tasks"):
            import_module(f"{app}.tasks")
    wanted = {entry["task"] for entry in celery.conf.beat_schedule.values()}
    assert wanted - set(celery.tasks) == set()


def test_no_migration_is_missing(db: None) -> None:
    out = io.StringIO()
    call_command("makemigrations", check_changes=True, dry_run=True, stdout=out, verbosity=0)
    assert out.getvalue() == ""


def test_every_model_that_people_change_leaves_snapshots() -> None:
    ours = [model for app in APPS for model in apps.get_app_config(app).get_models()]
    tracked = {model.pgh_tracked_model._meta.label_lower for model in ours if hasattr(model, "pgh_tracked_model")}
    plain = {m._meta.label_lower for m in ours if not hasattr(m, "pgh_tracked_model")}
    assert sorted(plain - tracked - UNTRACKED) == []
