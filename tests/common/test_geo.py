"""Geometry: what is accepted, what is refused, and what is measured."""

from __future__ import annotations

import json
import math

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from vetovoima.common.geo import (
    MAX_VERTICES,
    parse_box,
    parse_geojson,
    point,
    to_etrs_tm35fin,
    validate_position,
)

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[28.0, 64.0], [28.002, 64.0], [28.002, 64.001], [28.0, 64.001], [28.0, 64.0]]],
}


def refused(value: object) -> str:
    with pytest.raises(ValidationError) as caught:
        parse_geojson(value)  # type: ignore[arg-type]
    return str(caught.value.code)


def test_an_area_is_measured_in_square_metres_with_its_middle_inside() -> None:
    measured = parse_geojson(SQUARE)
    # 0.002° of longitude at 64° N is 97.7 m, 0.001° of latitude 111.5 m.
    assert measured.area_m2 == pytest.approx(97.7 * 111.5, rel=0.01)
    assert 28.0 < measured.longitude < 28.002
    assert measured.box == (28.0, 64.0, 28.002, 64.001)


def test_a_point_has_no_area() -> None:
    assert point(64.2238, 27.7332).area_m2 is None


def test_a_known_place_in_the_national_coordinates() -> None:
    """Kajaani's centre by the Land Survey: about E 535 600, N 7 122 400 in ETRS-TM35FIN."""
    east, north = to_etrs_tm35fin(27.733246, 64.223757)
    assert (round(east, -3), round(north, -3)) == (536_000.0, 7_122_000.0)


def test_swapped_latitude_and_longitude_are_recognised() -> None:
    with pytest.raises(ValidationError) as caught:
        validate_position(27.73, 64.22)
    assert caught.value.code == "swapped"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    assert refused(f'{{"type": "Point", "coordinates": [{number}, 64]}}') in {"not_finite", "malformed"}


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("no json", "malformed"),
        ("[" * 5000, "malformed"),
        ({"type": "LineString", "coordinates": [[28, 64], [29, 64]]}, "wrong_kind"),
        ({"type": "Point", "coordinates": [28, 64], "crs": {"type": "link"}}, "wrong_kind"),
        ({"type": "Point", "coordinates": ["28", "64"]}, "malformed"),
        ({"type": "Point", "coordinates": [True, 64]}, "malformed"),
        ({"type": "Point", "coordinates": []}, "empty"),
        ({"type": "Polygon", "coordinates": [[[28, 64], [28.1, 64]]]}, "malformed"),
        ({"type": "Point", "coordinates": [10, 50]}, "outside"),
    ],
)
def test_what_is_no_shape_is_refused_by_name(value: object, code: str) -> None:
    assert refused(value) == code


def test_too_many_points_are_refused_before_they_are_measured() -> None:
    ring = [[28 + math.cos(n) / 1000, 64 + math.sin(n) / 1000] for n in range(MAX_VERTICES + 1)]
    assert refused({"type": "Polygon", "coordinates": [[*ring, ring[0]]]}) == "too_many_points"


def test_a_border_that_crosses_itself_is_refused_not_guessed() -> None:
    bow_tie = {"type": "Polygon", "coordinates": [[[28, 64], [28.1, 64.1], [28.1, 64], [28, 64.1], [28, 64]]]}
    assert refused(bow_tie) == "self_crossing"


def test_a_ring_that_repeats_a_point_is_mended() -> None:
    ring = SQUARE["coordinates"][0]
    assert (
        parse_geojson({"type": "Polygon", "coordinates": [[ring[0], *ring]]}).area_m2
        == parse_geojson(SQUARE).area_m2
    )


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4),
    )
)
def test_whatever_is_sent_gets_an_answer_and_no_crash(coordinates: object) -> None:
    for kind in ("Point", "Polygon", "MultiPolygon"):
        try:
            measured = parse_geojson(json.loads(json.dumps({"type": kind, "coordinates": coordinates})))
        except ValidationError:
            continue
        assert math.isfinite(measured.latitude)


@pytest.mark.parametrize("text", ["", "1,2,3", "a,b,c,d", "NaN,1,2,3", "30,60,20,70", "1e999,0,1,1"])
def test_a_wrong_map_area_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        parse_box(text)
