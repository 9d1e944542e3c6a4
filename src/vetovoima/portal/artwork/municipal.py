"""The picture of a municipality: as much water as it has, its outline where it is loaded, its sites as lights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from .shapes import HEIGHT, WIDTH, Artwork, Layer, Point, dots
from .subjects import LAKE_SHARE, lake_layers

#: room left around what is drawn, as a share of the box: heads of pages show less than the whole of it
ROOM = 0.4
#: half of the narrowest box, in degrees of latitude: one site alone is not drawn as if seen from a roof
LEAST = 0.12
#: a degree of longitude is so much shorter than one of latitude in the north of Finland
NARROWER = 0.43


def municipal_artwork(municipality: Any, points: Sequence[dict[str, Any]]) -> Artwork:
    """This will draw a municipality with the sites that have a position (`longitude`, `latitude`)."""
    total, water = municipality.total_area_km2, municipality.freshwater_area_km2
    share = water / total if total and water else LAKE_SHARE
    # the credit says whether there is one, without asking for it: outlines are large
    outline = _outline(municipality.boundary) if municipality.boundary_credit else []
    placed = [(one["longitude"], one["latitude"]) for one in points if one["longitude"] is not None]
    centre = (municipality.longitude, municipality.latitude)
    project = _Projection([*(place for ring in outline for place in ring), *placed, centre])
    layers = [*_water(municipality.slug, round(share, 3))]
    if outline:
        layers.append(Layer("outline", "".join(project.ring(ring) for ring in outline)))
    if placed:
        lights = dots(project.xy(*place) for place in placed[:150])
        layers += [Layer("glow", lights), Layer("accent", lights)]
    return Artwork("lakes", tuple(layers))


@lru_cache(maxsize=64)
def _water(slug: str, share: float) -> tuple[Layer, ...]:
    return tuple(lake_layers(slug, share))


def _outline(boundary: Any) -> list[list[Point]]:
    """The outer rings of a municipality's boundary; islands too small to be seen are left out by their points."""
    if not boundary:
        return []
    polygons = boundary["coordinates"] if boundary["type"] == "MultiPolygon" else [boundary["coordinates"]]
    return [[(x, y) for x, y, *_height in polygon[0]] for polygon in polygons if len(polygon[0]) > 3]


class _Projection:
    """Degrees to the box, all places in view."""

    def __init__(self, places: Sequence[Point]) -> None:
        east_west, north_south = [place[0] for place in places], [place[1] for place in places]
        self.across = (min(east_west) + max(east_west)) / 2
        self.up = (min(north_south) + max(north_south)) / 2
        wide = max((max(east_west) - min(east_west)) / 2 * NARROWER, LEAST)
        high = max((max(north_south) - min(north_south)) / 2, LEAST)
        self.scale = (1 - ROOM) / 2 * min(WIDTH / wide, HEIGHT / high)

    def xy(self, longitude: float, latitude: float) -> Point:
        """This will return the place of a position in the box."""
        x = WIDTH / 2 + (longitude - self.across) * NARROWER * self.scale
        return x, HEIGHT / 2 - (latitude - self.up) * self.scale

    def ring(self, ring: Sequence[Point]) -> str:
        """This will return an outline as a path, without points nearer than three units to the last."""
        kept: list[Point] = []
        for place in ring:
            x, y = self.xy(*place)
            if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) > 3:
                kept.append((x, y))
        return "M" + " ".join(f"{x:.0f} {y:.0f}" for x, y in kept) + "z"
