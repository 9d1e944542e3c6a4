"""What a piece of artwork is: paths, each with its part in the picture, in a box of 640 by 360."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 640, 360
Point = tuple[float, float]


@dataclass(frozen=True)
class Layer:
    """One path; `part` is tone-1 to tone-5 (areas, near to far), line, dots-1 to dots-3, glow or accent."""

    part: str
    path: str


@dataclass(frozen=True)
class Artwork:
    """One picture: its motif and its layers from the back to the front."""

    motif: str
    layers: tuple[Layer, ...]
    width: int = WIDTH
    height: int = HEIGHT


def closed(points: Sequence[Point]) -> str:
    """This will write a closed curve that runs smoothly between points: it passes the middle of every side."""
    x, y = _middle(points[-1], points[0])
    written = [f"M{x} {y}q"]
    for here, following in zip(points, [*points[1:], points[0]], strict=True):
        to_x, to_y = _middle(here, following)
        written.append(f"{round(here[0]) - x} {round(here[1]) - y} {to_x - x} {to_y - y} ")
        x, y = to_x, to_y
    return "".join(written).rstrip().replace(" -", "-") + "z"


def open_line(points: Sequence[Point]) -> str:
    """This will write a line through the middles between points, smooth as well."""
    x, y = round(points[0][0]), round(points[0][1])
    written = [f"M{x} {y}q"]
    for here, following in pairwise(points[1:]):
        to_x, to_y = _middle(here, following)
        written.append(f"{round(here[0]) - x} {round(here[1]) - y} {to_x - x} {to_y - y} ")
        x, y = to_x, to_y
    return "".join(written).rstrip().replace(" -", "-")


def dots(places: Iterable[Point]) -> str:
    """This will write points as lines of no length, which a round end of the stroke turns into discs."""
    return "".join(f"M{round(x)} {round(y)}h0" for x, y in places)


def _middle(one: Point, other: Point) -> tuple[int, int]:
    return round((one[0] + other[0]) / 2), round((one[1] + other[1]) / 2)


def as_svg(artwork: Artwork, styles: Mapping[str, Mapping[str, str]]) -> SafeString:
    """This will return the picture as a file of its own, the look of each part given as attributes."""
    paths = format_html_join(
        "",
        '<path d="{}"{}/>',
        ((layer.path, _attributes(styles.get(layer.part, {}))) for layer in artwork.layers),
    )
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}">{}</svg>',
        artwork.width,
        artwork.height,
        paths,
    )


def _attributes(style: Mapping[str, str]) -> SafeString:
    return format_html_join("", ' {}="{}"', style.items())
