"""The standard's files: what is written is read back as it was, and nothing in them runs."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import jsonschema
import openpyxl
import pytest

from tests.factories import make_region
from tests.factories.sites import make_site
from vetovoima.catalogue.documents import snapshot
from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.models import Site
from vetovoima.catalogue.registry import (
    BY_NAME,
    FIELDS,
    MANY,
    ONE,
    SITES,
    STANDARD_VERSION,
    TRANSLATED,
    fields_of,
)
from vetovoima.collection.standard.export import export_csv, export_workbook, safe
from vetovoima.collection.standard.history import VERSIONS
from vetovoima.collection.standard.layout import (
    column,
    columns_for,
    form_columns,
    is_example_row,
    machine_row,
)
from vetovoima.collection.standard.schema import site_schema
from vetovoima.collection.standard.template import template_csv, template_workbook
from vetovoima.collection.standard.validation import RowChecker
from vetovoima.common.fields import LANGUAGES, Translated
from vetovoima.common.tables import MAX_COLUMNS, open_table

pytestmark = pytest.mark.django_db
AREA = {
    "type": "Polygon",
    "coordinates": [[[29.50, 64.10], [29.52, 64.10], [29.52, 64.12], [29.50, 64.12], [29.50, 64.10]]],
}
VALUES: dict[str, Any] = {
    "name": Translated(fi="=Paja", en="+Works", sv="-Verk"), "summary": Translated(fi="'=lainaus"), "geometry": AREA, "place_precision": "exact",
    "area_m2": 1234.567, "usable_area_m2": 1_000_000.0, "price_eur_m2": 1.125, "is_divisible": False, "available_from": date(2027, 1, 2),
    "tenure": "both", "plan_state": "none", "property_ids": ["290-401-12-5", "a; b"], "uses": ["logistics", "data"],
    "capacity_by_year": {"2027": 40.0, "2030": 60.125}, "plan_url": "https://example.org/=x", "locality": "@home", "plot_count": 7,
    "profiles": ["data_centre", "forest"], "internal_note": "line\nline", "originals": {"area_m2": "0,1234567 ha"},
    "absent": {"free_capacity_mw": "not_studied", "grid_company": "none", "price_note": "unknown", "owner_kind": "unknown", "preconstruction_state": "none"},
    "sources": {"size": {"title": "Kartta; 2", "url": "https://example.org", "dated": "2026-09-01", "collected_on": "2026-10-12", "method": "measured",
                         "confidence": "high", "verified_by": "kunta", "verified_on": "2026-10-12", "licence": "CC BY 4.0"}},
}  # fmt: skip


def read(content: bytes, filename: str, language: str) -> list[tuple[dict[str, Any], Any]]:
    """This will read a file of the standard back: each row as cells by machine name, and what the checker makes of it."""
    with open_table(content, filename) as table:
        rows = [cells for _number, cells in table.rows()]
    columns = machine_row(rows[0])
    assert columns is not None and all(columns)
    checker = RowChecker(style={"en": "en"}.get(language, language), language=language, require=False)
    found = []
    for cells in rows[1:]:
        if not is_example_row(cells):
            named = {one.name: cell for one, cell in zip(columns, cells, strict=True) if one}
            found.append((named, checker.check(named)))
    return found


def plain(value: Any, type_: str) -> Any:
    if type_ == TRANSLATED:
        return {language: text for language, text in (value or {}).items() if text}
    return value


def differences(site: Site, checked: Any) -> list[Any]:
    """What a re-import would change."""
    found: list[Any] = list(checked.errors)
    for name, value in checked.values.items():
        spec = BY_NAME.get(name)
        if (
            spec
            and spec.type not in (MANY, SITES, ONE)
            and name not in checked.absent
            and name not in site.absent
        ):
            mine = plain(site.value(name), spec.type)
            if mine != plain(value, spec.type):
                found.append((name, mine, value))
    if checked.absent != site.absent:
        found.append(("absent", site.absent, checked.absent))
    if checked.values.get("sources", {}) != site.sources:
        found.append(("sources", site.sources, checked.values.get("sources")))
    if checked.values.get("profiles") != site.profiles:
        found.append(("profiles", site.profiles, checked.values.get("profiles")))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_an_export_that_is_read_back_changes_nothing(form: str, language: str) -> None:
    site = make_site(**VALUES)
    site.refresh_from_db()
    content = export_workbook([site], language) if form == "xlsx" else export_csv([site], language).encode()
    ((cells, checked),) = read(content, f"x.{form}", language)
    assert differences(site, checked) == []
    assert checked.identity["code"] == cells["code"] == site.code


@pytest.mark.parametrize("language", LANGUAGES)
def test_records_of_all_kinds_go_into_one_file(language: str) -> None:
    sites = [make_site(kind=kind) for kind in SiteKind.values]
    rows = read(export_workbook(sites, language), "x.xlsx", language)
    assert [checked.identity["kind"] for _cells, checked in rows] == SiteKind.values
    assert [
        differences(Site.objects.get(pk=site.pk), row[1]) for site, row in zip(sites, rows, strict=True)
    ] == [[]] * len(sites)


def test_nothing_in_a_workbook_is_a_formula() -> None:
    content = export_workbook([make_site(**VALUES)], "fi")
    book = openpyxl.load_workbook(io.BytesIO(content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist() if "sheet" in name)


@pytest.mark.parametrize("text", ["=1+1", "+358 44", "-x", "@cmd", "\tx", "\rx", "'=x", "''@x"])
def test_a_text_that_would_run_is_escaped_in_csv(text: str) -> None:
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Paja", "1+1", "a=b", "'lainaus", "", "5"])
def test_other_texts_are_left_alone(text: str) -> None:
    assert safe(text) == text


def test_numbers_in_csv_stay_numbers() -> None:
    site = make_site(geometry=AREA, place_precision="exact", area_m2=1234.5)
    text = export_csv([site], "fi")
    assert ";1234,5;" in text and "'" not in text.splitlines()[-1]
    assert ",1234.5," in export_csv([site], "en")


@pytest.mark.parametrize(
    ("kind", "language"), [*((kind, "fi") for kind in ["", *SiteKind.values]), ("plot", "en"), ("", "sv")]
)
def test_a_form_can_be_read_and_holds_nothing_but_its_example(kind: str, language: str) -> None:
    make_region()
    for content, name in (
        (template_workbook(language=language, kind=kind), "x.xlsx"),
        (template_csv(language=language, kind=kind).encode(), "x.csv"),
    ):
        assert read(content, name, language) == []
        with open_table(content, name) as table:
            assert table.header_row == 1
            assert not any("hidden" in note for note in table.notes)
            assert len(table.header) <= MAX_COLUMNS
            _number, example = list(table.rows())[1]
        assert example[0] == {"fi": "ESIMERKKI", "en": "EXAMPLE", "sv": "EXEMPEL"}[language]


def test_the_example_would_pass_its_own_check() -> None:
    make_region()
    with open_table(template_workbook(language="en", kind="plot"), "x.xlsx") as table:
        names, cells = (row for _number, row in table.rows())
    row = {str(name): cell for name, cell in zip(names, cells, strict=True) if name != "code"}
    assert RowChecker(language="en", style="en").check(row).errors == []


def test_a_workbook_explains_itself() -> None:
    make_region()
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(language="en", kind="plot")))
    data, instructions, lists = book
    assert [sheet.title for sheet in book] == ["Records", "Instructions", "Lists"]
    assert data.row_dimensions[2].hidden
    assert data.freeze_panes == "B3"
    heads = {cell.value: cell for cell in data[1]}
    assert "Total area (m²)" in heads
    assert "Unit: m²" in heads["Total area (m²)"].comment.text
    assert all(cell.comment and cell.comment.text for cell in data[1])
    assert STANDARD_VERSION in instructions["A1"].value
    assert any("CC BY 4.0" in str(row[0].value) for row in instructions.iter_rows())
    available = next(one for one in lists.iter_cols() if one[0].value == "Availability")
    assert available[1].value == "Available"
    rules = {str(one.sqref).split(":")[0]: one.formula1 for one in data.data_validations.dataValidation}
    assert rules[f"{heads['Availability'].column_letter}3"].startswith(
        f"'Lists'!${available[0].column_letter}$2:"
    )
    assert book.properties.subject == f"Vetovoima {STANDARD_VERSION}"


@pytest.mark.parametrize("kind", SiteKind.values)
def test_every_important_field_has_its_column(kind: str) -> None:
    names = {one.field for one in form_columns(kind, language="fi")}
    wanted = {
        spec.name for spec in fields_of(kind, profiles=[]) if spec.required or spec.is_expected(kind, ())
    }
    assert wanted - names == set()


def test_columns_are_known_by_their_machine_names() -> None:
    assert all(column(one.name) == one for one in columns_for())
    assert [
        column(name) for name in ("foo", "area_m2@fi", "name@de", "source.foo.title", "source.size.foo", "")
    ] == [None] * 6
    assert machine_row(["Nimi", "Ala"]) is None
    assert machine_row(["name@fi", 5]) is None
    assert machine_row(["name@fi", "area_m2", None]) == [column("name@fi"), column("area_m2"), None]


@pytest.mark.parametrize("kind", SiteKind.values)
def test_a_record_fits_the_published_schema(kind: str) -> None:
    values = {
        name: value
        for name, value in VALUES.items()
        if name in ("profiles", "sources") or (name in BY_NAME and kind in BY_NAME[name].kinds)
    }
    if kind == SiteKind.OPPORTUNITY:
        values["place_precision"] = "municipality"
    document = snapshot(make_site(kind=kind, **values))
    checker = jsonschema.Draft202012Validator(site_schema())
    assert [error.message for error in checker.iter_errors(document)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"area_m2": "big"}, {"area_m2": -1}, {"availability": "maybe"}, {"foo": 1}, {"name": {"de": "x"}}, {"kind": "castle"},
        {"absent": {"area_m2": "because"}}, {"absent": {"foo": "none"}}, {"clear_height_m": 5}, {"sources": {"size": {"foo": "x"}}},
        {"capacity_by_year": {"soon": 5}}, {"geometry": {"type": "Line", "coordinates": []}}, {"uses": ["party"]},
    ],
)  # fmt: skip
def test_what_is_not_of_the_standard_does_not_fit_the_schema(wrong: dict[str, Any]) -> None:
    document = {**snapshot(make_site()), **wrong}
    assert not jsonschema.Draft202012Validator(site_schema()).is_valid(document)


def test_the_schema_speaks_three_languages_and_knows_every_field() -> None:
    schema = site_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert {spec.name for spec in FIELDS} <= set(schema["properties"])
    assert all(set(schema["properties"][spec.name]["x-title"]) == set(LANGUAGES) for spec in FIELDS)
    assert schema["properties"]["area_m2"]["x-unit"] == "m²"
    assert schema["x-version"] == STANDARD_VERSION == VERSIONS[0].number
