"""The lists of the API that anybody may read beside the offer: figures, the register, news and events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.api.conftest import Caller, problem, read
from tests.factories import make_municipality
from tests.portal.packs import HOME, load
from vetovoima.common.fields import Translated
from vetovoima.monitoring.models import Indicator, Investment, Observation

pytestmark = pytest.mark.django_db
LISTS = ("indicators", "observations", "investments", "events", "news")
EVENT: dict[str, Any] = {
    "path": "/events/wind-day/", "type": "event", "title": {"fi": "Tuulipäivä", "en": "Wind day"}, "starts": "2099-12-01T09:00",
    "municipality": "kuhmo",
}  # fmt: skip
OLD: dict[str, Any] = {
    "path": "/events/old/",
    "type": "event",
    "title": {"en": "Old day"},
    "starts": "2020-05-05",
}


@pytest.fixture
def figures(anybody: Caller) -> Indicator:
    make_municipality("kuhmo")
    found = Indicator.objects.create(
        code="population", name=Translated(fi="Väkiluku", en="Population"), unit="persons"
    )
    for area, period, value, origin, is_canonical in (
        ("windy-isle", "2023", 100, "Office", True), ("windy-isle", "2024", 98, "Office", True),
        ("windy-isle", "2024", 97, "Paper", False), ("kuhmo", "2024", 40, "Office", True),
    ):  # fmt: skip
        Observation.objects.create(
            indicator=found, area=area, period=period, value=value, origin=origin, is_canonical=is_canonical,
            source={"title": origin, "licence": "CC0 1.0" if origin == "Office" else ""},
        )  # fmt: skip
    return found


@pytest.fixture
def register(anybody: Caller) -> None:
    mill = Investment.objects.create(
        code="mill", company="Mill Ltd", project=Translated(en="A mill"), scope="industrial", stage="decided", amount_eur=5_000_000,
        decided="2024-01-01", source={"title": "The paper"},
    )  # fmt: skip
    mill.municipalities.add(make_municipality("kuhmo"))
    Investment.objects.create(
        code="dream", company="Dream Ltd", scope="energy", stage="idea", is_example=True
    )


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_the_shape_of_all_lists_and_the_rules_of_every_door(anybody: Caller, name: str) -> None:
    response = anybody.get(name)
    found = read(response)
    assert (found["items"], found["next"], found["total"]) == ([], None, 0)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert anybody.get(name, if_none_match=response.headers["ETag"]).status_code == 304
    problem(anybody.get(f"{name}?colour=red"), 400, "unknown-parameter")
    problem(anybody.post(name, {}), 405, "method")


def test_an_indicator_has_its_newest_figures_and_whole_when_it_is_asked_for(
    anybody: Caller, figures: Indicator
) -> None:
    (one,) = read(anybody.get("indicators?lang=en"))["items"]
    assert (one["code"], one["name"]["text"], one["count"], one["has_conflicts"]) == (
        "population",
        "Population",
        4,
        True,
    )
    assert [(row["area"], row["value"]) for row in one["latest"]] == [("kuhmo", "40"), ("windy-isle", "98")]
    whole = read(anybody.get("indicators/population?lang=fi"))
    assert (whole["name"]["text"], len(whole["observations"]), len(whole["conflicts"])) == ("Väkiluku", 4, 1)
    assert read(anybody.get("indicators?area=kuhmo"))["total"] == 1
    assert read(anybody.get("indicators?area=sotkamo"))["total"] == 0
    problem(anybody.get("indicators/unheard"), 404, "not-found")


def test_figures_are_narrowed_and_carry_source_and_licence(anybody: Caller, figures: Indicator) -> None:
    def values(query: str) -> list[str]:
        return [one["value"] for one in read(anybody.get(f"observations?{query}"))["items"]]

    assert values("") == ["40", "100", "98", "97"]
    assert values("area=windy-isle&canonical=yes") == ["100", "98"]
    assert values("canonical=no") == ["97"]
    assert values("indicator=population&period=2024&area=kuhmo&kind=observed") == ["40"]
    assert values("kind=target") == []
    (first, *_rest) = read(anybody.get("observations"))["items"]
    assert (first["licence"], first["source"]["title"]) == ("CC0 1.0", "Office")
    (other,) = read(anybody.get("observations?canonical=no"))["items"]
    assert other["licence"] == "CC BY 4.0"
    assert problem(anybody.get("observations?indicator=luck"), 400, "bad-request")["known"] == ["population"]


def test_a_page_of_figures_leads_to_the_next(anybody: Caller, figures: Indicator) -> None:
    first = read(anybody.get("observations?limit=3"))
    assert (len(first["items"]), first["total"]) == (3, 4)
    second = read(anybody.get(first["next"].split("/api/v1/")[1]))
    assert ([one["value"] for one in second["items"]], second["next"]) == (["97"], None)


def test_the_register_tells_what_counts_and_marks_examples(anybody: Caller, register: None) -> None:
    mill, dream = read(anybody.get("investments?lang=en"))["items"]
    assert (mill["code"], mill["amount_eur"], mill["licence"], mill["is_example"]) == (
        "mill",
        5_000_000,
        "CC BY 4.0",
        False,
    )
    assert (dream["code"], dream["is_example"], dream["counted"]) == ("dream", True, False)
    assert [one["code"] for one in read(anybody.get("investments?examples=no"))["items"]] == ["mill"]
    assert (
        read(anybody.get("investments?municipality=kuhmo&stage=decided&scope=industrial&group=secured"))[
            "total"
        ]
        == 1
    )
    assert read(anybody.get("investments/mill"))["company"] == "Mill Ltd"
    problem(anybody.get("investments/castle"), 404, "not-found")
    problem(anybody.get("investments?municipality=atlantis"), 400, "bad-request")


def test_events_that_come_and_events_that_were(anybody: Caller, tmp_path: Path) -> None:
    make_municipality("kuhmo")
    load(tmp_path, HOME, EVENT, OLD)

    def titles(query: str) -> list[str]:
        return [one["title"] for one in read(anybody.get(f"events?lang=en&{query}"))["items"]]

    assert (titles(""), titles("when=coming"), titles("when=past")) == (
        ["Old day", "Wind day"],
        ["Wind day"],
        ["Old day"],
    )
    assert titles("municipality=kuhmo") == ["Wind day"]
    (one,) = read(anybody.get("events?lang=fi"))["items"]
    assert (one["title"], one["starts_at"], one["url"], one["languages"]) == (
        "Tuulipäivä", "2099-12-01T09:00:00+02:00", "http://testserver/fi/events/wind-day/", ["en", "fi"],
    )  # fmt: skip


def test_a_drawn_area_may_be_as_long_as_it_says(anybody: Caller) -> None:
    corners = " ".join(f"27.{number:03d}123456,64.{number * number % 997:03d}123456" for number in range(40))
    found = anybody.get(f"sites?area={corners}")
    assert len(corners) > 500
    assert found.status_code == 200 or "500" not in found.content.decode()
