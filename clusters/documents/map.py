"""The map of the governorates as SVG: how many clusters each one has, each a link that narrows the list beside it.

Plate carrée, its longitudes shortened by the cosine of the mean latitude: at the size of a page nobody sees more.
The four governorates of Greater Tunis are too small to be touched, and stand once more, larger, in a box.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi, gettext

SHAPES = Path(__file__).parent / "geo" / "tn-governorates.geojson"
GREATER_TUNIS = ("TN-11", "TN-12", "TN-13", "TN-14")
WIDTH, MARGIN = 400.0, 4.0
BOX_X, BOX_Y, BOX_WIDTH, BOX_HEAD = 260.0, 650.0, 138.0, 28.0
STEPS = 4
"""Shades beside the empty one."""


@dataclass(frozen=True)
class Shape:
    """One governorate, drawn: `path` in the units of the view box, `at` the place of its number."""

    path: str
    at: tuple[float, float]


@dataclass(frozen=True)
class Drawing:
    """All shapes on the map, those of Greater Tunis once more in their box, and the sizes."""

    shapes: Mapping[str, Shape]
    inset: Mapping[str, Shape]
    height: float
    box_height: float
    frame: tuple[float, float, float, float]


@dataclass(frozen=True)
class Step:
    """One shade of the legend: its class and the counts that it stands for."""

    css: str
    words: str


def svg(
    *, counts: Mapping[str, int], names: Mapping[str, str], current: str, label: str, url_of: Callable[[str], str]
) -> SafeString:
    """The map, called `label`. `counts` and `names` by ISO code; `current` is the governorate chosen now, or empty."""
    drawing = drawn()
    top = max(counts.values(), default=0)

    def one(code: str, shape: Shape, *, linked: bool = True) -> str:
        count, name = counts.get(code, 0), names.get(code, code)
        body = f'<title>{escape(name)}</title><path d="{shape.path}"/>'
        if not linked or not (count or code == current):
            return f'<g class="{css_of(count, top)}">{body}</g>'
        number = f'<text class="n" x="{shape.at[0]}" y="{shape.at[1]}">{count}</text>'
        said = gettext("%(name)s: %(count)s") % {"name": name, "count": count}
        mark = ' aria-current="true"' if code == current else ""
        return (
            f'<a href="{escape(url_of(code))}" class="{css_of(count, top)}" aria-label="{escape(said)}"{mark}>'
            f"{body}{number}</a>"
        )

    pieces = [one(code, shape, linked=code not in GREATER_TUNIS) for code, shape in drawing.shapes.items()]
    x, y, width, height = drawing.frame
    pieces.append(f'<rect class="lead" x="{x}" y="{y}" width="{width}" height="{height}"/>')
    pieces.append(
        f'<rect class="box" x="{BOX_X}" y="{BOX_Y}" width="{BOX_WIDTH}" height="{drawing.box_height}" rx="3"/>'
    )
    caption_x = BOX_X + BOX_WIDTH - 10 if get_language_bidi() else BOX_X + 10
    caption = escape(gettext("Greater Tunis"))
    pieces.append(f'<text class="cap-l" x="{caption_x}" y="{BOX_Y + 19}">{caption}</text>')
    pieces += [one(code, shape) for code, shape in drawing.inset.items()]
    return mark_safe(  # noqa: S308  every name and address is escaped above
        f'<svg class="geomap" viewBox="0 0 {WIDTH:g} {drawing.height}" role="group" aria-label="{escape(label)}">'
        f"{''.join(pieces)}</svg>"
    )


def css_of(count: int, top: int) -> str:
    """The shade of a count: s0 for none, then four equal steps up to the highest."""
    if count <= 0:
        return "s0"
    return f"s{min(math.ceil(count * STEPS / max(top, STEPS)), STEPS)}"


def legend(counts: Iterable[int]) -> list[Step]:
    """The shades that occur, and which counts each stands for."""
    found = sorted({count for count in counts if count > 0})
    top = max(found, default=0)
    by_shade: dict[str, list[int]] = {}
    for count in found:
        by_shade.setdefault(css_of(count, top), []).append(count)
    steps = [Step("s0", gettext("none"))]
    for css, values in by_shade.items():
        first, last = values[0], values[-1]
        steps.append(Step(css, str(first) if first == last else f"{first}–{last}"))
    return steps


@cache
def drawn() -> Drawing:
    """The drawing, made once in a process."""
    rings: dict[str, list[list[tuple[float, float]]]] = {}
    labels: dict[str, tuple[float, float]] = {}
    for feature in json.loads(SHAPES.read_text(encoding="utf-8"))["features"]:
        geometry = feature["geometry"]
        polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
        rings[feature["id"]] = [ring for polygon in polygons for ring in polygon]
        labels[feature["id"]] = tuple(feature["properties"]["label"])
    everything = [point for of_one in rings.values() for ring in of_one for point in ring]
    west, east, south, north = _bounds(everything)
    shorten = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * shorten)

    def place(point: Any) -> tuple[float, float]:
        return (
            round(MARGIN + (point[0] - west) * shorten * scale, 1),
            round(MARGIN + (north - point[1]) * scale, 1),
        )

    placed = {code: [[place(point) for point in ring] for ring in of_one] for code, of_one in rings.items()}
    shapes = {code: Shape(_path(placed[code]), _number(place(labels[code]))) for code in placed}
    height = round(place((west, south))[1] + MARGIN, 1)
    small = [point for code in GREATER_TUNIS for ring in placed[code] for point in ring]
    left, right, top, bottom = _bounds(small)
    grow = (BOX_WIDTH - 20) / (right - left)

    def enlarge(point: tuple[float, float]) -> tuple[float, float]:
        return (
            round(BOX_X + 10 + (point[0] - left) * grow, 1),
            round(BOX_Y + BOX_HEAD + (point[1] - top) * grow, 1),
        )

    inset = {
        code: Shape(
            _path([[enlarge(point) for point in ring] for ring in placed[code]]), _number(enlarge(place(labels[code])))
        )
        for code in GREATER_TUNIS
    }
    box_height = round(BOX_HEAD + (bottom - top) * grow + 10, 1)
    frame = (round(left - 3, 1), round(top - 3, 1), round(right - left + 6, 1), round(bottom - top + 6, 1))
    return Drawing(shapes, inset, height, box_height, frame)


def _bounds(points: Iterable[Any]) -> tuple[float, float, float, float]:
    """Lowest and highest of the first, then of the second coordinate."""
    found = list(points)
    firsts, seconds = [point[0] for point in found], [point[1] for point in found]
    return min(firsts), max(firsts), min(seconds), max(seconds)


def _path(rings: Iterable[list[tuple[float, float]]]) -> str:
    return "".join("M" + "L".join(f"{x:g} {y:g}" for x, y in ring[:-1]) + "Z" for ring in rings)


def _number(point: tuple[float, float]) -> tuple[float, float]:
    """Where the number's foot stands, so that its middle is at the point."""
    return point[0], round(point[1] + 5.5, 1)
