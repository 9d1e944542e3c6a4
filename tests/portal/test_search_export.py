"""The result of a search as a spreadsheet: every row, its units and sources, nothing that runs."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests.factories import NOW, make_municipality, make_region
from vetovoima.catalogue import services as catalogue
from vetovoima.catalogue.models import Site
from vetovoima.common.fields import Translated
from vetovoima.syndication import queries
from vetovoima.syndication.papers import results

pytestmark = pytest.mark.django_db


def publish(name: str, **values: Any) -> Site:
    site = catalogue.create_site(
        municipality=make_municipality("kuhmo"), kind="plot", by=None, now=NOW,
        values={"name": Translated(fi=name, en=name, sv=name), **values},
    )  # fmt: skip
    return catalogue.publish_site(site=site, by=None, now=NOW)


@pytest.fixture(autouse=True)
def region() -> None:
    make_region(map_bounds=[26, 63, 30, 66], licence="CC BY 4.0")


def book(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].startswith('attachment; filename="sites-')
    return load_workbook(io.BytesIO(response.content))


def rows(sheet: Any) -> list[dict[str, Any]]:
    head, *others = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in others]


def test_the_workbook_has_what_the_search_finds_with_units_in_its_headings(client: Client) -> None:
    publish("Small", area_m2=50_000)
    large = publish("Large", area_m2=250_000)
    found = rows(book(client, "/en/sites/export.xlsx?min_area=20")["Sites"])
    assert [(row["Code"], row["Total area, m²"]) for row in found] == [(large.code, 250_000)]
    assert found[0]["Address"].endswith(f"/en/sites/{large.code}/")
    sheets = book(client, "/fi/sites/export.xlsx?min_area=20").sheetnames
    assert len(sheets) == 3


def test_the_workbook_says_whose_it_is_what_was_asked_and_under_which_licence(client: Client) -> None:
    publish("Large", area_m2=250_000)
    about = dict(book(client, "/en/sites/export.xlsx?min_area=20 ha")["About this file"].iter_rows(min_row=2, values_only=True))  # fmt: skip
    assert about["Publisher"] == "Invest in Windy Isle"
    assert about["Searched for"] == "area at least 20 ha"
    assert about["Licence"] == "CC BY 4.0"
    assert about["The search on the web"].endswith("/en/sites/?min_area=20%20ha")
    assert (about["Records in this file"], about["Records found"]) == (1, 1)


def test_a_name_that_is_a_formula_stays_a_name(client: Client) -> None:
    publish("=HYPERLINK(\"http://evil.example\")")  # fmt: skip
    cell = next(book(client, "/en/sites/export.xlsx")["Sites"].iter_rows(min_row=2))[1]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://evil.example")')
    text = client.get("/en/sites/export.csv").content.decode("utf-8-sig")
    assert next(csv.DictReader(io.StringIO(text)))["Name"] == '\'=HYPERLINK("http://evil.example")'


def test_csv_is_written_as_the_language_writes_numbers(client: Client) -> None:
    publish("Tontti", area_m2=250_000.5)
    text = client.get("/fi/sites/export.csv").content.decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(text), delimiter=";")
    assert row[next(at for at, name in enumerate(head) if name.endswith(", m²"))] == "250000,5"
    assert row[-1] == "CC BY 4.0"


def test_a_wrong_part_of_the_search_is_left_out_as_on_the_page(client: Client) -> None:
    publish("Large", area_m2=250_000)
    assert len(rows(book(client, "/en/sites/export.xlsx?min_area=much")["Sites"])) == 1


def test_a_file_holds_no_more_than_its_limit_and_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        publish(f"Plot {number}")
    monkeypatch.setattr(results, "MOST", 3)
    monkeypatch.setattr(queries, "MAX_PAGE", 2)
    found = book(client, "/en/sites/export.xlsx")
    assert len(rows(found["Sites"])) == 3
    about = dict(found["About this file"].iter_rows(min_row=2, values_only=True))
    assert (about["Records in this file"], about["Records found"]) == (3, 5)
