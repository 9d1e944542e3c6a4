"""Artwork drawn by rule: the same subject always the same picture, small, true where it says something."""

from __future__ import annotations

import gzip
import re

import pytest

from tests.factories import make_municipality
from vetovoima.portal.artwork import MOTIFS, as_svg, motif_of, municipal_artwork, subject_artwork
from vetovoima.portal.artwork.terrain import contours, ground, level_of

#: of one picture in a page, compressed
MOST_BYTES = 6 * 1024


@pytest.mark.parametrize("motif", MOTIFS)
def test_a_subject_has_one_picture_of_its_own_and_it_is_small(motif: str) -> None:
    one, again, other = (
        str(as_svg(subject_artwork(motif, seed), {})) for seed in ("mining", "mining", "tourism")
    )
    assert one == again
    assert one != other
    assert len(gzip.compress(one.encode())) < MOST_BYTES
    assert "nan" not in one


@pytest.mark.parametrize("share", [0.05, 0.119, 0.4])
def test_water_covers_the_share_that_it_is_said_to(share: float) -> None:
    heights = ground("kuhmo", 40, 25)
    level = level_of(heights, share)
    covered = sum(height >= level for line in heights for height in line) / (40 * 25)
    assert covered == pytest.approx(share, abs=0.01)


def test_lines_of_equal_height_close() -> None:
    heights = ground("kajaani", 30, 20)
    rings = contours(heights, level_of(heights, 0.3))
    assert rings
    for ring in rings:
        (first_x, first_y), (last_x, last_y) = ring[0], ring[-1]
        assert abs(first_x - last_x) <= 1.01
        assert abs(first_y - last_y) <= 1.01


def test_the_pack_names_motifs_and_what_it_belongs_to_lends_its_own() -> None:
    tokens = {"motifs": {"mining-chemistry": "strata", "tourism": "no such motif"}}
    assert motif_of(tokens, "mining", "mining-chemistry") == "strata"
    assert motif_of(tokens, "tourism") == "lakes"
    assert motif_of({"motifs": "nonsense"}, "tourism") == "lakes"
    assert motif_of(None, "tourism") == "lakes"


@pytest.mark.django_db
def test_a_municipality_shows_its_own_sites_as_lights_within_the_picture() -> None:
    place = make_municipality(
        "kuhmo", latitude=64.13, longitude=29.5, total_area_km2=5457.0, freshwater_area_km2=650.0
    )
    points = [
        {"longitude": 29.4, "latitude": 64.1},
        {"longitude": None, "latitude": None},
        {"longitude": 29.9, "latitude": 64.5},
    ]
    picture = municipal_artwork(place, points)
    lights = next(layer.path for layer in picture.layers if layer.part == "accent")
    places = [(int(x), int(y)) for x, y in re.findall(r"M(-?\d+) (-?\d+)h0", lights)]
    assert len(places) == 2
    assert all(0 <= x <= picture.width and 0 <= y <= picture.height for x, y in places)
    # the second lies farther east and farther north
    assert places[1][0] > places[0][0]
    assert places[1][1] < places[0][1]


@pytest.mark.django_db
def test_a_municipality_without_sites_or_areas_has_a_picture_without_lights() -> None:
    place = make_municipality("paltamo", total_area_km2=None, freshwater_area_km2=None)
    assert {layer.part for layer in municipal_artwork(place, []).layers} == {"line", "tone-2", "tone-4"}
