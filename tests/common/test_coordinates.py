"""Coordinates as people paste them, and what is suspicious about a shape."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from vetovoima.common.coordinates import parse_coordinates
from vetovoima.common.geo import parse_geojson, to_etrs_tm35fin
from vetovoima.common.suspicions import check_shape

NORTH, EAST = 7_119_997, 535_510
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[28.0, 64.0], [28.002, 64.0], [28.002, 64.001], [28.0, 64.001], [28.0, 64.0]]],
}


def refused(text: str) -> str:
    with pytest.raises(ValidationError) as caught:
        parse_coordinates(text)
    return str(caught.value.code)


@pytest.mark.parametrize(
    "text",
    [
        "64.2245, 27.7315",
        "64.2245 27.7315",
        "64.2245,27.7315",
        "64,2245 27,7315",
        "64,2245, 27,7315",
        "64,2245,27,7315",
        "64,2245\t27,7315",
        "64.2245\n27.7315",
        "(64.2245, 27.7315)",
        "lat 64.2245 lon 27.7315",
        "E 27,7315 N 64,2245",
        "64° 13' 28.2\" N, 27° 43' 53.4\" E",
        "64°13′28,2″P 27°43′53,4″I",
        "N 64° 13.47' E 27° 43.89'",
        "27° 43.89' E 64° 13.47' N",
        "64.2245° 27.7315°",
    ],
)
def test_degrees_are_read_in_every_notation(text: str) -> None:
    found = parse_coordinates(text)
    assert found["type"] == "Point"
    assert found["coordinates"] == pytest.approx([27.7315, 64.2245], abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        f"N {NORTH} E {EAST}",
        f"{EAST},{NORTH}",
        f"{NORTH} {EAST}",
        "N 7 119 997 E 535 510",
        "P: 7119997,00 I: 535510,00",
        "7 119 997 535 510",
        "535 510 7 119 997",
        "E=535510 N=7119997",
    ],
)
def test_metres_of_the_national_system_are_told_from_their_size(text: str) -> None:
    longitude, latitude = parse_coordinates(text)["coordinates"]
    assert to_etrs_tm35fin(longitude, latitude) == pytest.approx((EAST, NORTH), abs=0.2)


def test_a_zone_in_front_of_the_east_is_understood() -> None:
    """A town's own maps are often in ETRS-GK: 27 500 000 is the middle of zone 27."""
    longitude, latitude = parse_coordinates("7120000, 27500000")["coordinates"]
    assert longitude == pytest.approx(27.0, abs=1e-6)
    assert 64.1 < latitude < 64.3


def test_several_lines_make_an_area_closed_by_itself() -> None:
    found = parse_coordinates("64.0 28.0\n64.0 28.002\n64.001 28.002\n64.001 28.0\n")
    assert found == SQUARE
    assert parse_coordinates("64.0 28.0; 64.0 28.002; 64.001 28.002; 64.001 28.0; 64.0 28.0") == SQUARE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("Kantola", "unreadable"),
        ("64,27", "unreadable"),
        ("64.2 27.7 12", "unreadable"),
        ("NaN, inf", "unreadable"),
        ("64.1 27.1\n64.2 27.2", "two_points"),
        ("3535510 7119997", "system"),
        ("64.1 27.1\n" * 6_000, "too_many_points"),
        ("1" * 300_000, "too_many_points"),
    ],
)
def test_what_is_no_position_is_refused_with_its_line(text: str, code: str) -> None:
    assert refused(text) == code


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789.,;°'\"NEPI -\n\t", max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    with contextlib.suppress(ValidationError):
        parse_coordinates(text)


# --- suspicions ------------------------------------------------------------------------------------------------------


def codes(geometry: dict[str, Any], **given: Any) -> list[str]:
    return [one.code for one in check_shape(geometry, **given)]


def test_an_ordinary_shape_is_not_suspicious() -> None:
    assert codes(SQUARE, boundary=SQUARE, stated_area_m2=10_900) == []


def test_swapped_axes_come_with_the_shape_the_right_way_round() -> None:
    (found,) = check_shape({"type": "Point", "coordinates": [64.2245, 27.7315]})
    assert (found.code, found.mended) == ("swapped", {"type": "Point", "coordinates": [27.7315, 64.2245]})
    assert "64.22450, 27.73150" in str(found)


def test_a_bow_tie_comes_with_its_two_halves() -> None:
    tie = [[28.0, 64.0], [28.002, 64.001], [28.002, 64.0], [28.0, 64.001], [28.0, 64.0]]
    (found,) = check_shape({"type": "Polygon", "coordinates": [tie]})
    assert found.code == "self_crossing"
    assert found.mended is not None
    mended = parse_geojson(found.mended)
    assert mended.geojson["type"] == "MultiPolygon"
    assert f"2 parts, {(mended.area_m2 or 0) / 10_000:.2f} ha" in str(found)


def test_a_place_outside_the_municipality_is_told_with_its_share() -> None:
    half = {
        "type": "Polygon",
        "coordinates": [[[28.0, 64.0], [28.001, 64.0], [28.001, 64.001], [28.0, 64.001], [28.0, 64.0]]],
    }
    (found,) = check_shape(SQUARE, boundary=half)
    assert str(found) == "50 % of the area is outside the municipality."
    assert codes({"type": "Point", "coordinates": [28.5, 64.5]}, boundary=half) == ["outside_municipality"]
    assert codes({"type": "Point", "coordinates": [28.0005, 64.0005]}, boundary=half) == []


def test_an_area_that_differs_by_more_than_a_tenth_offers_the_measured_one() -> None:
    (found,) = check_shape(SQUARE, stated_area_m2=20_000)
    assert found.code == "area"
    assert found.area_m2 == parse_geojson(SQUARE).area_m2
    assert "1.09 ha" in str(found)
    assert "2.00 ha" in str(found)


def test_what_lies_in_another_country_is_an_error_and_no_suspicion() -> None:
    assert codes({"type": "Point", "coordinates": [2.3, 48.8]}) == []
