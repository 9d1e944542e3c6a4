"""OGC API Features against a plain reading of the same records, and against whatever anybody may type."""

from __future__ import annotations

import itertools
import json
import math
import random
import secrets
from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from shapely import box as rectangle
from shapely.geometry import shape

from tests.factories import NOW, make_municipality, make_region
from vetovoima.api.caching import Refused
from vetovoima.api.ogc.asking import items_request
from vetovoima.api.ogc.collections import SITES
from vetovoima.api.ogc.systems import ETRS_TM35FIN, BadBox, area_in
from vetovoima.syndication.features.curve import Box, runs, spot
from vetovoima.syndication.features.models import PublishedFeature
from vetovoima.syndication.features.queries import Wish, feature_count, feature_page
from vetovoima.syndication.features.rendering import HOST, box_of, head_of, metric, written

ITEMS = "/ogc/collections/sites/items"
degrees = st.floats(-180, 180, allow_nan=False)
heights = st.floats(-90, 90, allow_nan=False)
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def boxes(draw: Any) -> Box:
    """Boxes of any size, points among them."""
    west, south = draw(degrees), draw(heights)
    width, height = draw(st.sampled_from((0.0, 1e-7, 0.01, 0.02, 0.3, 5.0, 400.0))), draw(st.floats(0, 30))
    return west, south, min(west + width, 180.0), min(south + height, 90.0)


def meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


@given(boxes(), boxes())
@settings(max_examples=400, deadline=None)
def test_what_meets_a_box_stands_in_its_runs(what: Box, asked: Box) -> None:
    several = runs(asked)
    assert several == sorted(several)
    assert all(low <= high for low, high in several)
    assert all(before.high < after.low for before, after in itertools.pairwise(several))
    if meet(what, asked):
        number = spot(what)
        assert any(low <= number <= high for low, high in several)


def test_a_box_that_is_asked_for_is_few_runs() -> None:
    dice = random.Random(5)
    counts = []
    for _each in range(500):
        west, south, size = dice.uniform(20, 31), dice.uniform(60, 69), 10 ** dice.uniform(-3, 1)
        counts.append(len(runs((west, south, west + size, south + size))))
    assert max(counts) <= 50


def _made(count: int, dice: random.Random) -> list[PublishedFeature]:
    """Features of every size around the middle of the region, some on the very same spot."""
    return [_one(number, _geometry(dice)) for number in range(count)]


def _geometry(dice: random.Random) -> dict[str, Any]:
    longitude, latitude = round(dice.uniform(26, 30), 6), round(dice.uniform(63, 66), 6)
    if dice.random() < 0.5:
        return {"type": "Point", "coordinates": dice.choice(([longitude, latitude], [28.0, 64.0]))}
    size = round(10 ** dice.uniform(-3, 0.5), 6)
    ring = [
        [longitude, latitude],
        [longitude + size, latitude],
        [longitude, latitude + size / 2],
        [longitude, latitude],
    ]
    return {"type": "Polygon", "coordinates": [ring]}


def _one(number: int, geometry: dict[str, Any]) -> PublishedFeature:
    west, south, east, north = box = box_of(geometry)
    return PublishedFeature(
        language="en", spot=spot(box), code=f"WILD-{number:05d}", kind="plot" if number % 3 else "premises",
        municipality_slug="kuhmo" if number % 2 else "sotkamo", availability="available", sectors="||", updated_at=NOW,
        west=west, south=south, east=east, north=north, is_area=geometry["type"] != "Point",
        stamp=secrets.randbits(62),
        head=head_of(f"WILD-{number:05d}", {"code": f"WILD-{number:05d}", "url": "/x/"}),
        place=written(geometry), place_metric=written(metric(geometry)),
    )  # fmt: skip


def _walk(wish: Wish, limit: int) -> list[str]:
    """The codes of all pages."""
    found: list[str] = []
    while True:
        page = feature_page(wish, limit=limit)
        assert page.count <= limit
        found += [json.loads(one.replace(HOST, b"") + b"}")["id"] for one in page.features]
        if page.next is None:
            return found
        wish = Wish(**{**wish.__dict__, "after": page.next})


@pytest.mark.django_db
def test_every_box_holds_what_a_plain_reading_finds() -> None:
    dice = random.Random(20261122)
    made = _made(400, dice)
    PublishedFeature.objects.bulk_create(made)
    shapes = {one.code: shape(json.loads(one.place)) for one in made}
    in_metres = {one.code: shape(json.loads(one.place_metric)) for one in made}
    to_metres = Transformer.from_crs(4326, 3067, always_xy=True)
    for number in range(150):
        west, south = dice.uniform(25.5, 30), dice.uniform(62.8, 66)
        width, height = 10 ** dice.uniform(-4, 0.7), 10 ** dice.uniform(-4, 0.5)
        asked: Box = (west, south, west + width, south + height)
        limit = dice.choice((1, 2, 7, 50, 1000))
        if number % 3 == 0:
            x, y = to_metres.transform(west, south)
            asked = (x, y, x + width * 60_000, y + height * 110_000)
            area = area_in(",".join(map(str, asked)), ETRS_TM35FIN)
            expected = {code for code, one in in_metres.items() if one.intersects(rectangle(*asked))}
        else:
            area = area_in(",".join(map(str, asked)), "")
            expected = {code for code, one in shapes.items() if one.intersects(rectangle(*asked))}
        wish = Wish("en", boxes=area.boxes, metric=area.metric, inner=area.inner)
        found = _walk(wish, limit)
        assert (len(found), set(found)) == (len(expected), expected), (asked, limit)
        assert feature_count(wish) == len(expected)
        narrow = Wish(
            "en",
            boxes=area.boxes,
            metric=area.metric,
            inner=area.inner,
            kinds=("premises",),
            municipalities=("kuhmo",),
        )
        chosen = {one.code for one in made if one.kind == "premises" and one.municipality_slug == "kuhmo"}
        assert set(_walk(narrow, limit)) == expected & chosen


@pytest.mark.django_db
def test_the_order_is_that_of_the_curve_however_rows_were_stored() -> None:
    made = _made(120, random.Random(3))
    PublishedFeature.objects.bulk_create(made[60:] + made[:60])
    expected = list(PublishedFeature.objects.order_by("spot", "id").values_list("code", flat=True))
    assert _walk(Wish("en"), 7) == expected
    everywhere = Wish("en", boxes=((-180.0, -90.0, 180.0, 90.0),))
    assert _walk(everywhere, 7) == expected


anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
numbers = st.one_of(
    st.floats().map(str), st.integers().map(str), st.sampled_from(("", "-0", "1e308", "٣", "inf", " 1"))
)
WORDS: dict[str, Any] = {
    "bbox": st.one_of(anything, st.lists(numbers, min_size=3, max_size=7).map(",".join), st.tuples(degrees, heights, degrees, heights).map(lambda four: ",".join(map(str, four)))),
    "bbox-crs": st.sampled_from(("", ETRS_TM35FIN, "x")), "crs": st.sampled_from(("", ETRS_TM35FIN, "x")),
    "limit": st.one_of(numbers, anything), "datetime": st.one_of(anything, st.datetimes().map(lambda one: f"{one.isoformat()}Z/.."), st.datetimes().map(lambda one: f"../{one.isoformat()[:19]}+14:00")),
    "after": st.one_of(anything, st.from_regex(r"[0-9a-f]{1,14}\.[0-9a-f]{1,15}", fullmatch=True)),
    "count": st.sampled_from(("yes", "no", "")), "kind": st.one_of(anything, st.just("plot,premises")), "municipality": anything,
    "sector": anything, "f": st.sampled_from(("json", "html", "x")), "lang": st.sampled_from(("fi", "sv", "xx")), "foo": anything,
}  # fmt: skip


@pytest.mark.django_db
@given(asked=st.fixed_dictionaries({}, optional=WORDS))
@QUICK
def test_whatever_is_asked_is_answered_or_refused(asked: dict[str, str]) -> None:
    make_region()
    make_municipality("kuhmo")
    if not PublishedFeature.objects.exists():
        PublishedFeature.objects.bulk_create(_made(30, random.Random(1)))
    response = Client().get(ITEMS, asked)
    assert response.status_code in (200, 400), response.content[:300]
    if response.status_code == 400:
        told = json.loads(response.content)
        assert (told["status"], bool(told["detail"])) == (400, True)
    elif response.headers["Content-Type"] == "application/geo+json":
        page = json.loads(response.content)
        assert page["numberReturned"] == len(page["features"])


@given(st.lists(numbers, min_size=4, max_size=6))
@settings(max_examples=300, deadline=None)
def test_a_box_in_metres_is_read_or_refused(parts: list[str]) -> None:
    try:
        area = area_in(",".join(parts), ETRS_TM35FIN)
    except BadBox:
        return
    assert all(math.isfinite(edge) for box in area.boxes for edge in box)


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["limit=5", "bbox=1,2,3,4", "datetime=2026-03-10T08:00:00.123456789Z"])
def test_a_good_question_is_read(query: str) -> None:
    request = HttpRequest()
    request.GET = QueryDict(query)
    assert items_request(request, SITES).limit in (5, 100)


@pytest.mark.django_db
def test_a_parameter_given_twice_is_refused() -> None:
    request = HttpRequest()
    request.GET = QueryDict("bbox=1,2,3,4&bbox=1,2,3,4")
    with pytest.raises(Refused):
        items_request(request, SITES)
