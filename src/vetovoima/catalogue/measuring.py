"""What follows from a record's shape: its centre, its box and its area."""

from __future__ import annotations

from vetovoima.common.geo import Box, parse_geojson
from vetovoima.reference.queries import plausible_box

from .models import Site


def measure(site: Site, box: Box | None = None) -> None:
    """This will compute centre, box and area (m²) from the shape; without one the record has no position of its own."""
    if not site.geometry:
        site.latitude = site.longitude = site.geometry_area_m2 = None
        site.west = site.south = site.east = site.north = None
        return
    measured = parse_geojson(site.geometry, box or plausible_box())
    site.latitude, site.longitude = measured.latitude, measured.longitude
    site.west, site.south, site.east, site.north = measured.box
    site.geometry_area_m2 = measured.area_m2
