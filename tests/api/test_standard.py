"""The doors of the published standard: read by people and programs, checked without anything being kept."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.common.hostile_files import FILES, workbook
from tests.factories import make_municipality, make_region
from vetovoima.api.standard import CHECKS
from vetovoima.catalogue.registry import STANDARD_VERSION
from vetovoima.collection.standard.template import template_workbook
from vetovoima.common.tables import open_table

pytestmark = pytest.mark.django_db
FORM = "/schema/validate"
GOOD = "kind;municipality;name@fi;area_m2;availability\nplot;Kuhmo;Paja;12 500;Available\nplot;Kuhmo;Talo;3 ha;Reserved\n"
BAD = "kind;municipality;name@fi;area_m2;availability\nplot;Kuhmo;Paja;iso;maybe\nplot;Atlantis;;5;Reserved\nplot;Kuhmo;Halli;1;Available\n"


@pytest.fixture(autouse=True)
def region() -> None:
    cache.clear()
    make_region()
    make_municipality("kuhmo")


def send(
    client: Client,
    content: bytes | str,
    name: str = "x.csv",
    *,
    accept: str = "application/json",
    **fields: str,
) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(
        f"{FORM}?lang=en", {"file": SimpleUploadedFile(name, raw), **fields}, headers={"Accept": accept}
    )


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("/schema/", "text/html; charset=utf-8"),
        ("/schema/site.json", "application/schema+json"),
        ("/schema/mapping/cnig.json", "application/json"),
        ("/schema/site-template.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("/schema/site-template.csv", "text/csv; charset=utf-8"),
    ],
)
def test_every_door_is_open_to_all_origins_and_sets_no_cookie(
    client: Client, path: str, content_type: str
) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["Content-Type"]) == (200, content_type)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    again = client.get(path, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_schema_names_its_version(client: Client) -> None:
    assert client.get("/schema/site.json").json()["x-version"] == STANDARD_VERSION


@pytest.mark.parametrize(("language", "word"), [("fi", "Nimi"), ("sv", "Namn"), ("en", "Name")])
def test_a_template_speaks_the_language_that_is_asked_for(client: Client, language: str, word: str) -> None:
    response = client.get(f"/schema/site-template.xlsx?lang={language}&kind=business-area")
    assert f"business_area-{language}.xlsx" in response.headers["Content-Disposition"]
    with open_table(response.content, "x.xlsx") as table:
        assert any(one.startswith(word) for one in table.header)


@pytest.mark.parametrize("query", ["kind=castle", "profile=magic", "foo=1", "lang=de"])
def test_what_there_is_not_is_refused_by_name(client: Client, query: str) -> None:
    response = client.get(f"/schema/site-template.xlsx?{query}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_pages_are_in_three_languages(client: Client, language: str) -> None:
    for path in ("/schema/", FORM):
        shown = client.get(f"{path}?lang={language}").content.decode()
        assert f'<html lang="{language}">' in shown
        assert f"{path}?lang=fi" in shown
    assert STANDARD_VERSION in client.get("/schema/").content.decode()


def wrong_fields(row: dict[str, Any]) -> list[str]:
    """The fields of a row that must be mended, apart from those that a submission would ask for."""
    return [one["field"] for one in row["messages"] if one["level"] == "error"]


def test_a_good_file_is_fine(client: Client) -> None:
    response = send(client, GOOD)
    assert response.status_code == 200
    body = response.json()
    assert body["counts"] == {"ok": 2, "error": 0}
    assert [(row["row"], row["state"], wrong_fields(row)) for row in body["rows"]] == [
        (2, "ok", []),
        (3, "ok", []),
    ]
    asked = [one["field"] for one in body["rows"][0]["messages"] if one["level"] == "before_submitting"]
    assert "owner_kind" in asked, "what a submission would refuse is not said beforehand"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "no-store" in response.headers["Cache-Control"]
    assert not response.cookies


def test_what_is_wrong_is_said_row_by_row(client: Client) -> None:
    body = send(client, BAD).json()
    assert body["counts"] == {"ok": 1, "error": 2}
    first, second, _third = body["rows"]
    assert (first["row"], wrong_fields(first)) == (2, ["area_m2", "availability"])
    assert "iso" in first["messages"][0]["message"] and "m²" in first["messages"][0]["mend"]
    assert (second["row"], wrong_fields(second)) == (3, ["municipality", "name@fi"])


def test_a_page_without_script_says_the_same(client: Client) -> None:
    response = send(client, BAD, accept="text/html")
    shown = response.content.decode()
    assert response.status_code == 200
    assert "2 rows need mending. Fine: 1." in shown
    assert "“iso” is not a number" in shown and "Total area (m²)" in shown
    assert not response.cookies


def test_forgery_checks_do_not_stand_in_the_way_of_a_form_without_cookies() -> None:
    strict = Client(enforce_csrf_checks=True)
    assert send(strict, GOOD).status_code == 200


def test_labels_work_as_headers_and_columns_nobody_knows_are_named(client: Client) -> None:
    text = "Name, in Finnish;Total area (ha);Väri\nPaja;1,5;sininen\n"
    body = send(client, text, kind="plot").json()
    assert (body["counts"], body["unknown_columns"]) == ({"ok": 1, "error": 0}, ["Väri"])


def test_a_kind_is_needed_from_the_file_or_the_form(client: Client) -> None:
    text = "name@fi;area_m2\nPaja;5\n"
    assert [one["field"] for one in send(client, text).json()["rows"][0]["messages"]] == ["kind"]
    assert send(client, text, kind="business-area").json()["counts"] == {"ok": 1, "error": 0}
    assert send(client, text, kind="castle").status_code == 422


def test_the_template_checks_itself(client: Client) -> None:
    body = send(client, template_workbook(language="sv", kind="plot"), "x.xlsx").json()
    assert (body["counts"], body["unknown_columns"]) == ({"ok": 0, "error": 0}, [])


@pytest.mark.parametrize(
    "name",
    [
        "one cell of 200 MB",
        "XXE in the sheet",
        "PDF",
        "truncated workbook",
        "a quotation mark that never closes",
    ],
)
def test_a_file_that_cannot_be_read_ends_in_words(client: Client, name: str) -> None:
    case = FILES[name]
    problem = send(client, case.make(), case.filename)
    assert (problem.status_code, problem.headers["Content-Type"]) == (422, "application/problem+json")
    assert problem.json().get("row") == case.row
    page = send(client, case.make(), case.filename, accept="text/html")
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_nothing_chosen_is_told(client: Client) -> None:
    assert (
        client.post(f"{FORM}?lang=en", {}, headers={"Accept": "application/json"}).json()["detail"]
        == "Choose a file first."
    )


def test_a_table_without_a_known_column_is_told(client: Client) -> None:
    body = send(client, workbook([["Foo", "Bar"], ["x", 1]]), "x.xlsx").json()
    assert body["counts"] == {"ok": 0, "error": 0}
    assert "No column of the file" in body["notes"][-1]


def post_json(client: Client, body: Any, query: str = "") -> Any:
    raw = body if isinstance(body, str) else json.dumps(body)
    return client.post(f"{FORM}?lang=en{query}", raw, content_type="application/json")


def test_records_are_checked_as_json(client: Client) -> None:
    good = {
        "kind": "plot", "municipality": "kuhmo", "name": {"fi": "Paja"}, "area_m2": 12500, "uses": ["logistics"], "is_divisible": True,
        "available_from": "2027-01-02", "capacity_by_year": {"2027": 40}, "absent": {"owner_kind": "not_studied", "price_note": "none"},
        "geometry": {"type": "Point", "coordinates": [29.5, 64.1]}, "place_precision": "exact", "sources": {"size": {"title": "x", "method": "measured"}},
    }  # fmt: skip
    bad = {"kind": "plot", "name": {"fi": "Talo"}, "area_m2": "big", "colour": "blue", "uses": ["party"]}
    body = post_json(client, {"records": [good, bad, 5]}).json()
    assert (body["rows"][0]["state"], wrong_fields(body["rows"][0])) == ("ok", [])
    assert wrong_fields(body["rows"][1]) == ["area_m2", "uses", "colour"]
    assert body["counts"] == {"ok": 1, "error": 2}
    assert post_json(client, good).json()["counts"] == {"ok": 1, "error": 0}
    assert post_json(client, {**good, "kind": ""}, "&kind=plot").json()["counts"] == {"ok": 1, "error": 0}


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[" * 100_000,
        "null",
        "5",
        '"x"',
        '{"records": 5}',
        '[{"name": 5, "absent": 3, "sources": []}]',
        '[{"name": {"fi": 5}, "profiles": 7, "kind": [], "geometry": {"type": "Point"}}]',
    ],
)
def test_no_json_breaks_the_validator(client: Client, body: str) -> None:
    response = post_json(client, body)
    assert response.status_code in (200, 422)
    assert response.json()


def test_too_many_files_an_hour_are_refused_with_a_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vetovoima.api.standard.CHECKS", 2)
    assert CHECKS > 2
    answers = [post_json(client, {"kind": "plot", "name": {"fi": "x"}}).status_code for _time in range(3)]
    assert answers == [200, 200, 429]
    refused = post_json(client, {})
    assert int(refused.headers["Retry-After"]) > 0


def test_programs_of_other_origins_may_ask(client: Client) -> None:
    response = client.options(FORM)
    assert response.status_code == 204
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert client.put(FORM).status_code == 405


def test_too_large_a_file_is_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vetovoima.api.standard.LARGEST_BODY", 100)
    response = client.post(
        f"{FORM}?lang=en", {"file": io.BytesIO(b"x" * 200_000)}, headers={"Accept": "application/json"}
    )
    assert response.status_code == 413
