"""The region as points of light: sites and municipal centres on a dark ground, drawn from the data."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from vetovoima.syndication.queries import Light

WIDTH = 520


@dataclass(frozen=True)
class Point:
    """A mark: position in the drawing, how exactly it is known, how many things share it."""

    x: float
    y: float
    precision: str
    count: int


@dataclass(frozen=True)
class Centre:
    """A municipality's centre with its name, its number of sites and its page."""

    x: float
    y: float
    name: str
    count: int
    slug: str


@dataclass(frozen=True)
class Lights:
    """The drawing: its size, outlines, meridians and parallels, centres and points."""

    width: int
    height: int
    outlines: list[str]
    lines: list[dict[str, Any]]
    centres: list[Centre]
    points: list[Point]


class Projection:
    """Degrees to the drawing: plain, with the east–west scale of the middle latitude."""

    def __init__(self, bounds: list[float]) -> None:
        self.west, south, east, self.north = bounds
        self.scale = WIDTH / (east - self.west)
        self.stretch = 1 / math.cos(math.radians((south + self.north) / 2))
        self.height = round((self.north - south) * self.scale * self.stretch)

    def xy(self, longitude: float, latitude: float) -> tuple[float, float]:
        """This will return the place of a position in the drawing."""
        x = (longitude - self.west) * self.scale
        y = (self.north - latitude) * self.scale * self.stretch
        return round(x, 1), round(y, 1)

    def path(self, rings: Iterable[list[list[float]]]) -> str:
        """This will return rings of positions as an SVG path."""
        return "".join(
            "M" + " ".join(f"{x} {y}" for x, y in (self.xy(*point[:2]) for point in ring)) + "Z"
            for ring in rings
        )


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    if geometry["type"] == "Polygon":
        rings: list[list[list[float]]] = geometry["coordinates"]
        return rings
    return [ring for polygon in geometry["coordinates"] for ring in polygon]


#: more lights than this are gathered into fewer
MAX_LIGHTS = 150
#: room around what is drawn, in degrees: west, south, east, north (names stand to the right of their place)
ROOM = (0.5, 0.3, 0.75, 0.3)


def _bounds(
    municipalities: list[Any], lights: Iterable[Light], boundaries: dict[str, Any]
) -> list[float] | None:
    """The box of what there is to draw: outlines when they are loaded, else centres and sites."""
    places = [
        position
        for feature in boundaries["features"]
        for ring in _rings(feature["geometry"])
        for position in ring
    ]
    room = ROOM if not places else (0.1, 0.1, 0.1, 0.1)
    places = places or [
        *([one.longitude, one.latitude] for one in municipalities),
        *([one.longitude, one.latitude] for one in lights),
    ]
    if not places:
        return None
    east_west, north_south = [place[0] for place in places], [place[1] for place in places]
    return [
        min(east_west) - room[0],
        min(north_south) - room[1],
        max(east_west) + room[2],
        max(north_south) + room[3],
    ]


def draw(
    bounds: list[float],
    municipalities: Iterable[Any],
    lights: Iterable[Light],
    boundaries: dict[str, Any],
    counts: dict[str, int],
    language: str,
) -> Lights | None:
    """This will lay out the drawing in the box of its data, else in `bounds`; None when there is neither."""
    municipalities, lights = list(municipalities), list(lights)
    bounds = _bounds(municipalities, lights, boundaries) or bounds
    if len(bounds) != 4:
        return None
    projection = Projection(bounds)
    west, south, east, north = bounds
    return Lights(
        width=WIDTH,
        height=projection.height,
        outlines=[projection.path(_rings(feature["geometry"])) for feature in boundaries["features"]],
        lines=[
            *(
                {"x": projection.xy(degree, north)[0], "label": f"{degree}° E"}
                for degree in range(math.ceil(west), math.floor(east) + 1)
            ),
            *(
                {"y": projection.xy(west, degree)[1], "label": f"{degree}° N"}
                for degree in range(math.ceil(south), math.floor(north) + 1)
            ),
        ],
        centres=[
            Centre(
                *projection.xy(one.longitude, one.latitude),
                one.name.best(language)[0],
                counts.get(one.slug, 0),
                one.slug,
            )
            for one in municipalities
        ],
        points=[
            Point(*projection.xy(one.longitude, one.latitude), one.precision, one.count) for one in lights
        ],
    )
