"""The region's mark as an icon, for browsers and programs that ask for `/favicon.ico` without having read a page.

The same drawing as the portal's `icon.svg`: the year of light around noon, and today's line; in the region's colours.
"""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import Image, ImageDraw

SIZES = (16, 32, 48)
#: drawn this much larger than its box of 32, then made smaller: edges come out smooth
SCALE = 12
#: half the height of the two bands at the ends and in the middle of the year
TWILIGHT, DAY = (3.0, 11.0), (1.5, 8.0)
LEFT, RIGHT, MIDDLE, TODAY = 2, 30, 16, 25


@lru_cache(maxsize=4)
def icon(night: str, sky: str, snow: str, ember: str) -> bytes:
    """This will draw the mark in four colours (`#rrggbb`) as an ICO file of 16, 32 and 48 pixels."""
    side = 32 * SCALE
    picture = Image.new("RGBA", (side, side))
    draw = ImageDraw.Draw(picture)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), radius=4 * SCALE, fill=night)
    for colour, (low, high) in ((sky, TWILIGHT), (snow, DAY)):
        draw.polygon(_band(low, high), fill=colour)
    draw.line((TODAY * SCALE, 3 * SCALE, TODAY * SCALE, 29 * SCALE), fill=ember, width=2 * SCALE)
    out = io.BytesIO()
    picture.resize((SIZES[-1], SIZES[-1]), Image.Resampling.LANCZOS).save(
        out, "ICO", sizes=[(size, size) for size in SIZES]
    )
    return out.getvalue()


def _band(low: float, high: float) -> list[tuple[float, float]]:
    """The outline of a band around noon: narrow at both ends of the year, wide in the middle."""
    steps = [LEFT + (RIGHT - LEFT) * number / 56 for number in range(57)]
    half = [high - (high - low) * abs(x - MIDDLE) / (MIDDLE - LEFT) for x in steps]
    upper = [(x * SCALE, (16 - h) * SCALE) for x, h in zip(steps, half, strict=True)]
    lower = [(x * SCALE, (16 + h) * SCALE) for x, h in zip(steps, half, strict=True)]
    return [*upper, *reversed(lower)]
