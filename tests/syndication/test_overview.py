"""What all real records come to: counted and gathered once for a state of the offer."""

from __future__ import annotations

from typing import Any

import numpy as np

from vetovoima.syndication.search.offer import Offer, build
from vetovoima.syndication.search.overview import lights, real_counts, real_sectors


def entry(number: int, **values: Any) -> dict[str, Any]:
    """A record's values as its search entry has them."""
    given = {
        "municipality": "kuhmo",
        "precision": "exact",
        "latitude": 64.0,
        "longitude": 29.0,
        "sectors": ["wind"],
    }
    return {"code": f"KAI-{number:04d}", "names": {}, **given, **values}


def offer(*entries: dict[str, Any]) -> Offer:
    numbers = np.arange(len(entries), dtype=np.int64)
    return build(numbers, numbers, entries)


def test_examples_are_neither_counted_nor_lit() -> None:
    found = offer(entry(1), entry(2, municipality="kajaani", sectors=[]), entry(3, is_example=True))

    assert real_counts(found) == {"total": 2, "kuhmo": 1, "kajaani": 1}
    assert real_sectors(found) == {"wind": 1}
    assert sum(one.count for one in lights(found, 10)) == 2


def test_a_place_is_one_light_and_what_has_no_place_is_none() -> None:
    found = offer(
        entry(1), entry(2), entry(3, precision="municipality"), entry(4, latitude=None, longitude=None)
    )

    assert sorted((one.precision, one.count) for one in lights(found, 10)) == [
        ("exact", 2),
        ("municipality", 1),
    ]


def test_many_places_are_gathered_into_fewer_lights_that_stand_for_all() -> None:
    many = offer(*(entry(n, latitude=63.5 + n / 1000, longitude=27 + n / 700) for n in range(1000)))

    few = lights(many, 50)

    assert len(few) <= 50
    assert sum(one.count for one in few) == 1000
    assert all(63.3 < one.latitude < 64.7 and 26.8 < one.longitude < 28.7 for one in few)


def test_it_is_worked_out_once() -> None:
    found = offer(entry(1))

    assert real_counts(found) is real_counts(found)
    assert lights(found, 10) is lights(found, 10)
