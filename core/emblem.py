"""The emblem of the Union as a picture, for documents that cannot draw it."""

from __future__ import annotations

import io
import math
from functools import cache

from PIL import Image, ImageDraw

BLUE, GOLD = (0, 51, 153), (255, 204, 0)
HEIGHT = 360
INNER = 0.38197
"""Of a five-pointed star: the inner radius for an outer one of 1."""


@cache
def emblem_png() -> bytes:
    """Twelve stars in a circle of a third of the height, one point up, each in a circle of an eighteenth."""
    width, radius = HEIGHT * 3 // 2, HEIGHT / 18
    picture = Image.new("RGB", (width, HEIGHT), BLUE)
    draw = ImageDraw.Draw(picture)
    for hour in range(12):
        x = width / 2 + HEIGHT / 3 * math.sin(math.radians(30 * hour))
        y = HEIGHT / 2 - HEIGHT / 3 * math.cos(math.radians(30 * hour))
        draw.polygon([_point(x, y, radius, corner) for corner in range(10)], fill=GOLD)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _point(x: float, y: float, radius: float, corner: int) -> tuple[float, float]:
    reach = radius * (1 if corner % 2 == 0 else INNER)
    turn = math.radians(36 * corner)
    return x + reach * math.sin(turn), y - reach * math.cos(turn)
