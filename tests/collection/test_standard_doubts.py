"""The validator's further word, and lists of items in one cell."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import make_region
from vetovoima.collection.standard.cells import items, joined
from vetovoima.collection.standard.checking import check_records

BOW = {
    "type": "Polygon",
    "coordinates": [[[28.05, 64.1], [28.06, 64.11], [28.06, 64.1], [28.05, 64.11], [28.05, 64.1]]],
}
OPPORTUNITY = {
    "kind": "opportunity", "name": {"en": "Mill"}, "availability": "available", "place_precision": "municipality",
    "return_measure": "irr", "return_low": 5, "return_high": 8, "opportunity_stage": "planning",
}  # fmt: skip


@pytest.mark.django_db
def test_what_submitting_would_refuse_is_told_of_a_row_that_is_right() -> None:
    make_region()
    answered = {"reason_to_come": {"en": "Wood"}, "return_basis": {"en": "A study"}, "sought": ["equity"]}
    report = check_records(
        [OPPORTUNITY, OPPORTUNITY | answered, OPPORTUNITY | {"code": "KAI-1-1"}], kind="", language="en"
    )
    assert report.counts == {"ok": 3, "error": 0}
    told = [[(one["field"], one["level"]) for one in row["messages"]] for row in report.rows]
    lacking = {name for name, level in told[0] if level == "before_submitting"}
    assert {"reason_to_come", "return_basis", "sought"} <= lacking
    assert not lacking & answered.keys() & {name for name, _level in told[1]}
    assert told[2] == []
    assert report.spoken_of[0]["row"] == 1


@pytest.mark.django_db
@pytest.mark.parametrize("given_as", [BOW, json.dumps(BOW)])
def test_the_mend_of_a_crossing_border_names_its_repair(given_as: object) -> None:
    make_region()
    record = {"kind": "plot", "name": {"en": "A"}, "place_precision": "exact", "geometry": given_as}
    (message,) = [
        one
        for one in check_records([record], kind="", language="en").rows[0]["messages"]
        if one["field"] == "geometry"
    ]
    assert "The repair keeps what it encloses: 2 parts, 27.15 ha in all." in message["mend"]


ITEMS = st.text('ab1-;|,"\n ').map(str.strip).filter(bool)


@given(st.lists(ITEMS))
@pytest.mark.parametrize("commas", [True, False])
def test_a_list_in_a_cell_is_read_back_as_it_was(commas: bool, listed: list[str]) -> None:
    assert items(joined(listed), commas=commas) == listed


@pytest.mark.parametrize(
    ("cell", "commas", "listed"),
    [
        ("290-1; 290-2", False, ["290-1", "290-2"]),
        ("290-1, 290-2", True, ["290-1", "290-2"]),
        ("one; two\nthree", False, ["one; two", "three"]),
        ('12" pipe; 6" pipe', False, ['12" pipe', '6" pipe']),
        (290.0, True, ["290"]),
    ],
)
def test_people_list_things_in_their_own_ways(cell: object, commas: bool, listed: list[str]) -> None:
    assert items(cell, commas=commas) == listed
