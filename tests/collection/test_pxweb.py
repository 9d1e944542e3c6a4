"""Statistics Finland's client: what it asks, and what it says when the table is no longer what it was."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.collection.statfin import PLACES, TABLE, population, statfin
from tests.common.loopback import Reply, Server, as_json
from vetovoima.collection.connectors import pxweb
from vetovoima.collection.connectors.problems import SourceChanged
from vetovoima.collection.connectors.pxweb import Wanted, period_of, read_statistics, updated_at, vintage_of
from vetovoima.common.http import CannotFetch, Deadline, TookTooLong, TryLater

AREAS = ("MK18", *(f"KU{code}" for code in PLACES.values()))
WANTED = Wanted(TABLE, ("vaerak-vaesto",), AREAS)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pxweb, "PAUSE", 0)


def read(server: Server, wanted: Wanted = WANTED, seconds: float = 5) -> pxweb.StatisticTable:
    return read_statistics(server.url, wanted, Deadline(seconds))


def test_the_query_is_built_from_the_tables_own_description(server: Server) -> None:
    server.answer = statfin()
    read(server)
    assert [call.method for call in server.calls] == ["GET", "POST"]
    asked = server.calls[1].json
    assert asked["response"] == {"format": "json-stat2"}
    picked = {one["code"]: (one["selection"]["filter"], one["selection"]["values"]) for one in asked["query"]}
    assert picked == {
        "alue_23_20260101": ("item", list(AREAS)),
        "timeperiod_y": ("top", ["2"]),
        "contentscode": ("item", ["vaerak-vaesto"]),
    }


def test_the_answer_has_everything_that_must_be_said_beside_it(server: Server) -> None:
    server.answer = statfin()
    table = read(server)
    assert (table.vintage, table.updated) == ("2026-01-01", datetime(2026, 4, 1, 5, 0, tzinfo=UTC))
    assert table.source_credit.startswith("Statistics Finland, MADE for tests")
    assert len(table.rows) == 18
    kajaani = {one.period: one.value for one in table.rows if one.area == "KU205"}
    assert kajaani == {"2021": 36493, "2022": 36297}
    assert {one.unit for one in table.rows} == {"henkilöä"}
    assert not any(one.is_provisional for one in table.rows)


def test_a_provisional_period_is_marked(server: Server) -> None:
    def star(data: Any) -> Any:
        data["dimension"]["timeperiod_y"]["category"]["label"]["2022"] = "2022*"
        return data

    server.answer = statfin(data=star)
    assert {one.period for one in read(server).rows if one.is_provisional} == {"2022"}


def test_a_gap_is_a_gap_and_not_a_zero(server: Server) -> None:
    def gap(data: Any) -> Any:
        data["value"][4] = None
        return data

    server.answer = statfin(data=gap)
    gaps = [one for one in read(server).rows if one.value is None]
    assert [(one.area, one.period) for one in gaps] == [("KU205", "2021")]


def rename(before: str, after: str) -> Callable[[Any], Any]:
    return lambda data: json.loads(json.dumps(data).replace(before, after))


def with_variable(**more: Any) -> Callable[[Any], Any]:
    def spoil(data: Any) -> Any:
        data["variables"].append(
            {"code": "sukupuoli_9", "text": "Sex", "values": ["1", "2"], "valueTexts": [], **more}
        )
        return data

    return spoil


CHANGES: list[tuple[Callable[[Any], Any], str]] = [
    (rename("alue_23_20260101", "kunta_23"), "no variable for the area any more. It has: kunta_23"),
    (rename("contentscode", "tieto"), "no variable for the content"),
    (lambda data: {**data, "variables": [*data["variables"], {**data["variables"][0], "code": "alue_2"}]}, "several variables for the area"),
    (rename("vaerak-vaesto", "vaesto-uusi"), "no figure vaerak-vaesto any more"),
    (rename("vaerak-vaesto", "vkour-vaesto"), "Perhaps it is called vkour-vaesto now"),
    (with_variable(), "has got the variable sukupuoli_9, of which one value must be chosen: 1, 2"),
    (lambda data: [{"id": "x", "type": "t"}], "is a folder, not a table"),
    (lambda data: {"title": "x"}, "another form than before: variables"),
    (lambda data: {"variables": [{"code": "alue"}]}, "another form"),
    (lambda data: {"variables": [{"values": ["1"]}]}, "another form"),
    (lambda data: Reply("<!DOCTYPE html><html><body>We are closed"), "another form than before: HTML"),
    (lambda data: Reply('{"title": "x", "variab'), "another form than before: no JSON"),
    (lambda data: Reply("", status=400), "no table StatFin/vaerak/11ra.px any more"),
    (lambda data: Reply("", status=404), "no table StatFin/vaerak/11ra.px any more"),
]  # fmt: skip


@pytest.mark.parametrize(("about", "said"), CHANGES)
def test_a_table_that_has_changed_is_said_in_words(
    server: Server, about: Callable[[Any], Any], said: str
) -> None:
    server.answer = statfin(about=about)
    with pytest.raises(SourceChanged) as caught:
        read(server)
    assert said in str(caught.value)


DATA_CHANGES: list[tuple[Callable[[Any], Any], str]] = [
    (rename("alue_23_20260101", "kunta_23"), "area"),
    (rename("timeperiod_y", "vuosi"), "timeperiod_y"),
    (rename("contentscode", "tieto"), "content"),
    (rename("KU205", "KU206"), "KU206"),
    (rename("vaerak-vaesto", "vaerak-synt"), "vaerak-synt"),
    (lambda data: {**data, "value": data["value"][:-1]}, "value"),
    (lambda data: {**data, "value": [str(one) for one in data["value"]]}, "value"),
    (lambda data: {**data, "value": [None] * 18}, "holds no figure"),
    (rename('"2021"', '"21-22-23"'), "period 21-22-23"),
    (lambda data: Reply("<html>maintenance</html>"), "HTML"),
    (lambda data: Reply(json.dumps(population())[:900]), "no JSON"),
    (lambda data: Reply("", status=400), "refused the query (400)"),
    (lambda data: Reply("", status=404), "refused the query (404)"),
    (lambda data: Reply("", status=403), "at most 100000"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), DATA_CHANGES)
def test_an_answer_that_is_not_what_was_asked_for_is_never_believed(
    server: Server, data: Callable[[Any], Any], said: str
) -> None:
    server.answer = statfin(data=data)
    with pytest.raises(SourceChanged) as caught:
        read(server)
    assert said in str(caught.value)


def test_municipalities_that_are_gone_are_named_and_the_others_read(server: Server) -> None:
    def merged(data: Any) -> Any:
        data["variables"][0]["values"].remove("KU697")
        return data

    def fewer(data: Any) -> Any:
        category = data["dimension"]["alue_23_20260101"]["category"]
        place = category["index"].pop("KU697")
        category["index"] = {code: index - (index > place) for code, index in category["index"].items()}
        del data["value"][place * 2 : place * 2 + 2]
        data["size"] = [8, 2, 1]
        return data

    server.answer = statfin(about=merged, data=fewer)
    table = read(server)
    assert table.missing_areas == ["KU697"]
    assert len(table.rows) == 16
    assert "KU697" not in server.calls[1].json["query"][0]["selection"]["values"]


def test_none_of_our_areas_is_a_change(server: Server) -> None:
    server.answer = statfin()
    with pytest.raises(SourceChanged, match="nothing for these areas: KU999"):
        read(server, Wanted(TABLE, ("vaerak-vaesto",), ("KU999",)))


@pytest.mark.parametrize(
    "more",
    [
        {"elimination": True},
        {"values": ["SSS", "1", "2"]},
        {"values": ["yht", "1"]},
        {"values": ["only"]},
    ],
)
def test_a_further_variable_with_a_total_is_no_change(server: Server, more: dict[str, Any]) -> None:
    server.answer = statfin(about=with_variable(**more))
    assert len(read(server).rows) == 18
    picked = {one["code"]: one["selection"]["values"] for one in server.calls[1].json["query"]}
    expected = [] if more.get("elimination") else [more["values"][0]]
    assert picked.get("sukupuoli_9", []) == expected


def test_a_chosen_value_is_asked_for_and_must_be_there(server: Server) -> None:
    server.answer = statfin(about=with_variable())
    wanted = Wanted(TABLE, ("vaerak-vaesto",), AREAS, choices={"sukupuoli": "2"})
    read(server, wanted)
    assert {"code": "sukupuoli_9", "selection": {"filter": "item", "values": ["2"]}} in server.calls[1].json[
        "query"
    ]
    with pytest.raises(SourceChanged, match="no value 3 any more. It has: 1, 2"):
        read(server, Wanted(TABLE, ("vaerak-vaesto",), AREAS, choices={"sukupuoli": "3"}))
    server.answer = statfin()
    with pytest.raises(SourceChanged, match="no variable for the sukupuoli"):
        read(server, wanted)


def test_an_address_of_before_june_2026_is_explained_without_a_call(server: Server) -> None:
    old = Wanted("StatFin/vaerak/statfin_vaerak_pxt_11ra.px", ("vaesto",), AREAS)
    with pytest.raises(SourceChanged, match=r"before 8 June 2026.*Try StatFin/vaerak/11ra\.px"):
        read(server, old)
    assert server.calls == []


def test_too_much_at_once_is_refused_without_asking(server: Server) -> None:
    def huge(data: Any) -> Any:
        data["variables"][0]["values"] = [f"KU{number}" for number in range(60_000)]
        return data

    server.answer = statfin(about=huge)
    wanted = Wanted(TABLE, ("vaerak-vaesto",), tuple(f"KU{number}" for number in range(60_000)))
    with pytest.raises(SourceChanged, match="120000 figures; the source gives at most 100000"):
        read(server, wanted)
    assert len(server.calls) == 1


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("step", ["about", "data"])
def test_a_busy_service_is_asked_later(server: Server, status: int, step: str) -> None:
    busy: Any = {step: lambda _data: Reply(status=status, headers={"Retry-After": "30"})}
    server.answer = statfin(**busy)
    with pytest.raises(TryLater) as caught:
        read(server)
    assert caught.value.seconds == 30


def test_a_service_that_refuses_or_breaks_is_told_as_that(server: Server) -> None:
    for status in (403, 500):
        server.answer = statfin(about=lambda _data, status=status: Reply(status=status))
        with pytest.raises(CannotFetch, match=str(status)):
            read(server)


def test_a_slow_service_costs_no_more_than_the_deadline(server: Server) -> None:
    server.answer = statfin(data=lambda data: as_json(data, drip=0.01))
    started = time.monotonic()
    with pytest.raises(TookTooLong):
        read(server, seconds=0.5)
    assert time.monotonic() - started < 2


def test_calls_keep_their_distance(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pxweb, "PAUSE", 0.4)
    server.answer = statfin()
    read(server)
    started = time.monotonic()
    read(server)
    assert time.monotonic() - started >= 0.7


@pytest.mark.parametrize(
    ("code", "period"),
    [
        ("2025", "2025"), ("2025*", "2025"), ("2025M06", "2025-06"), ("2025Q2", "2025-Q2"), ("2025Q2*", "2025-Q2"),
        ("2025H1", "2025-H1"), ("2015-2021", "2015-2021"),
    ],
)  # fmt: skip
def test_periods_are_written_as_the_product_does(code: str, period: str) -> None:
    assert period_of(code) == period


@pytest.mark.parametrize("code", ["", "25", "2025W03", "June", "2025Q5", "2025M6", "²⁰²⁵"])
def test_an_unknown_period_is_a_change(code: str) -> None:
    with pytest.raises(SourceChanged):
        period_of(code)


def test_the_vintage_stands_in_the_variables_name() -> None:
    assert [vintage_of(code) for code in ("alue_23_20260101", "alue_23_20251301", "Alue", "alue_23")] == [
        "2026-01-01", "", "", "",
    ]  # fmt: skip


def test_both_forms_of_the_moment_are_read() -> None:
    moment = datetime(2022, 12, 21, 6, 0, tzinfo=UTC)
    assert updated_at("2022-12-21T06.00.00Z") == updated_at("2022-12-21T06:00:00Z") == moment
    assert updated_at("yesterday") is None


def test_periods_that_are_not_the_latest_are_a_change(server: Server) -> None:
    def older(data: Any) -> Any:
        category = data["dimension"]["timeperiod_y"]["category"]
        category["index"], category["label"] = ["1999", "2000"], {"1999": "1999", "2000": "2000"}
        return data

    server.answer = statfin(data=older)
    with pytest.raises(SourceChanged, match="figures of 1999, 2000; asked for were the latest, 2021, 2022"):
        read(server)
