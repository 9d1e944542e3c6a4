"""JSON-stat: every form that the standard allows is read, and nothing that only looks like it."""

from __future__ import annotations

import copy
import json
from decimal import Decimal
from typing import Any

import pytest

from tests.collection.statfin import ANSWERS, population
from vetovoima.collection.connectors.jsonstat import read_dataset
from vetovoima.collection.connectors.problems import SourceChanged


def real(language: str) -> Any:
    text = (ANSWERS / f"real-statfin-response-2022-{language}.jsonstat2.json").read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


def test_a_real_answer_is_read_with_its_units() -> None:
    dataset = read_dataset(real("sv"))
    figures = {place["Tiedot"]: value for place, value in dataset.cells()}
    assert figures["velat_yht"] == Decimal("58443598209")
    assert figures["vaste"] == Decimal("70.3")
    content = dataset.dimension("Tiedot")
    assert content is not None
    assert content.units["vaste"] == "procent"


def test_one_category_needs_no_index() -> None:
    data = real("fi")
    del data["dimension"]["Vuosi"]["category"]["index"]
    assert next(read_dataset(data).cells())[0]["Vuosi"] == "2002"


def test_values_are_row_major_and_the_index_decides_the_order() -> None:
    plain = list(read_dataset(population()).cells())
    data = population()
    index = data["dimension"]["alue_23_20260101"]["category"]["index"]
    data["dimension"]["alue_23_20260101"]["category"]["index"] = sorted(index, key=index.get)
    assert list(read_dataset(data).cells()) == plain
    figures = {(place["alue_23_20260101"], place["timeperiod_y"]): value for place, value in plain}
    assert figures["KU205", "2022"] == 36297
    assert figures["KU777", "2021"] == 7508


def test_a_sparse_object_is_the_array_with_gaps() -> None:
    data = population()
    full = data["value"]
    data["value"] = {str(place): value for place, value in enumerate(full) if place != 3}
    values = [value for _place, value in read_dataset(data).cells()]
    assert values == [Decimal(value) if place != 3 else None for place, value in enumerate(full)]


def spoilt(path: str, value: Any) -> Any:
    data: Any = copy.deepcopy(population())
    here = data
    *steps, last = path.split("/")
    for step in steps:
        here = here[step]
    if value is ...:
        del here[last]
    else:
        here[last] = value
    return data


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", ...), ("id", "alue"), ("id", []), ("id", ["a", "a", "b"]), ("id", [1, 2, 3]),
        ("size", ...), ("size", [9, 2]), ("size", [9, 2, "1"]), ("size", [9, 2, True]), ("size", [9, 2, 0]),
        ("size", [9, 2, -1]), ("size", [9, 3, 1]), ("size", [900_000, 2, 1]), ("size", [90_000, 90_000, 90_000]),
        ("value", ...), ("value", []), ("value", "1,2"), ("value", [1] * 17), ("value", [1] * 19),
        ("value", ["1"] * 18), ("value", [True] * 18), ("value", [[1]] * 18), ("value", {"18": 1}),
        ("value", {"-1": 1}), ("value", {"x": 1}), ("value", {"²": 1}), ("value", {"0": "1"}),
        ("dimension", ...), ("dimension", []), ("dimension/timeperiod_y", ...), ("dimension/timeperiod_y", 7),
        ("dimension/timeperiod_y/category", ...), ("dimension/timeperiod_y/category/index", ...),
        ("dimension/timeperiod_y/category/index", {"2021": 0, "2022": 0}),
        ("dimension/timeperiod_y/category/index", {"2021": 0, "2022": 5}),
        ("dimension/timeperiod_y/category/index", ["2021", 2022]),
        ("dimension/timeperiod_y/category/index", ["2021", "2021"]),
        ("dimension/timeperiod_y/category/label", "2021"), ("dimension/contentscode/category/unit", ["persons"]),
    ],
)  # fmt: skip
def test_another_form_is_refused_with_the_part_that_is_different(path: str, value: Any) -> None:
    with pytest.raises(SourceChanged, match=r"another form than before: [a-z_A-Z0-9.]+\.$"):
        read_dataset(spoilt(path, value))


@pytest.mark.parametrize("data", [None, [], "", 7, {}, {"error": "x"}])
def test_what_is_no_dataset_is_refused(data: Any) -> None:
    with pytest.raises(SourceChanged):
        read_dataset(data)
