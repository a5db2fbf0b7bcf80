"""`./portal features`: which of the numbered features a test shows, and which none."""

from __future__ import annotations

import argparse
import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from launcher.state import CHECKOUT

SUMMARY = "features: for each of the 131 features the tests that show it, or none"
NOT_OURS = {"var", "node_modules"}


def run(args: list[str]) -> int:
    """Print every feature with its tests; a mark of a number that does not exist is an error."""
    argparse.ArgumentParser(prog="./portal features", description=SUMMARY.split(": ", 1)[1]).parse_args(args)
    titles = read_titles(CHECKOUT / "docs" / "features.csv")
    shown = find_marks(CHECKOUT)
    for number, title in titles.items():
        tests = shown.get(number, [])
        print(f"{number:>3}  {'shown' if tests else '-    '}  {title}")
        for test in tests:
            print(f"            {test}")
    unknown = sorted(set(shown) - set(titles))
    count = sum(1 for number in titles if number in shown)
    print(f"{count} of {len(titles)} features are shown by a test, {len(titles) - count} are not.")
    if unknown:
        print(f"Marks without a feature: {', '.join(map(str, unknown))}.")
    return 1 if unknown else 0


def read_titles(path: Path) -> dict[int, str]:
    """The list of features: number and title."""
    with path.open(encoding="utf-8", newline="") as file:
        return {int(row["number"]): row["title"] for row in csv.DictReader(file)}


def find_marks(root: Path) -> dict[int, list[str]]:
    """The tests that bear @pytest.mark.feature(n), read from their source without importing them."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted(root.rglob("test_*.py")):
        place = path.relative_to(root)
        if any(part.startswith(".") or part in NOT_OURS for part in place.parts):
            continue
        for name, numbers in _marks_in(ast.parse(path.read_text(encoding="utf-8")).body):
            for number in numbers:
                found[number].append(f"{place.as_posix()}::{name}")
    return dict(found)


def _marks_in(
    body: list[ast.stmt], prefix: str = "", inherited: tuple[int, ...] = ()
) -> Iterator[tuple[str, list[int]]]:
    """Each test function with its own numbers and those of its class."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            own = (*inherited, *_numbers(node.decorator_list))
            yield from _marks_in(node.body, f"{prefix}{node.name}::", own)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
            yield f"{prefix}{node.name}", sorted({*inherited, *_numbers(node.decorator_list)})


def _numbers(decorators: list[ast.expr]) -> list[int]:
    return [
        argument.value
        for decorator in decorators
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.feature"
        for argument in decorator.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, int)
    ]
