"""Reading a data pack: what is wrong is refused with file, row, column and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.regions.packs import MADE_UP, copy_of
from vetovoima.common.fields import Translated
from vetovoima.reference.pack import BrokenPack, Pack, Row, open_pack


def row(**cells: str) -> Row:
    """This will make the second row of a table."""
    return Row("things.csv", 2, cells)


def said(found: Row) -> list[str]:
    """This will return the problems of a row as a person reads them."""
    return [str(problem) for problem in found.problems]


@pytest.mark.parametrize("cell", ["NaN", "nan", "inf", "-Infinity", "1e999", "12 km", "1,5", "--1"])
def test_a_number_must_be_a_finite_number(cell):
    found = row(latitude=cell)

    assert found.number_or_none("latitude") is None
    assert said(found) == [f"things.csv, row 2, column latitude: {cell!r} is not a number"]


@pytest.mark.parametrize(("cell", "number"), [("64.5", 64.5), ("", None), (" -3 ", -3.0), ("0", 0.0)])
def test_a_number_or_nothing(cell, number):
    found = row(latitude=cell)

    assert found.number_or_none("latitude") == number
    assert said(found) == []


@pytest.mark.parametrize("cell", ["1.0", "1e6", "NaN", "ten"])
def test_a_whole_number_must_be_whole(cell):
    found = row(amount_eur=cell)

    assert found.whole_or_none("amount_eur") is None
    assert said(found) == [f"things.csv, row 2, column amount_eur: {cell!r} is not a whole number"]


@pytest.mark.parametrize(("cell", "expected"), [("yes", True), ("no", False), ("", None)])
def test_yes_no_or_not_known(cell, expected):
    assert row(flag=cell).flag("flag") is expected


def test_a_flag_that_is_neither_is_refused():
    found = row(flag="true")

    found.flag("flag")

    assert said(found) == ["things.csv, row 2, column flag: 'true' is neither yes nor no"]


@pytest.mark.parametrize("cell", ["2026", "2026-10", "2026-10-12", "", "2024-02-29"])
def test_a_day_month_or_year_is_kept_as_it_is(cell):
    found = row(decided=cell)

    assert found.day_text("decided") == cell
    assert said(found) == []


@pytest.mark.parametrize(
    "cell", ["2026-13", "2026-02-30", "12.10.2026", "2026-1", "26", "2023-02-29", "0000"]
)
def test_what_is_no_day_is_refused(cell):
    found = row(decided=cell)

    found.day_text("decided")

    assert said(found) == [
        f"things.csv, row 2, column decided: {cell!r} is not a day, month or year like 2026-10-12"
    ]


def test_lists_choices_and_references():
    found = row(sectors="kites; ;wind", kind="plot", owner="nobody", missing="")

    assert found.items("sectors") == ["kites", "wind"]
    assert found.choice("kind", ("plot", "premises")) == "plot"
    assert found.choice("missing", ("plot",), "plot") == "plot"
    found.choice("kind", ("premises",))
    found.known("owner", {"somebody"})
    found.text("missing", required=True)
    assert said(found) == [
        "things.csv, row 2, column kind: 'plot' is not one of premises",
        "things.csv, row 2, column owner: 'nobody' is not known",
        "things.csv, row 2, column missing: is empty",
    ]


def test_a_translated_text_has_only_the_languages_that_are_there():
    found = row(name_fi="Tontti", name_en=" ", name_sv="Tomt")

    assert found.translated("name") == Translated(fi="Tontti", sv="Tomt")
    assert row().translated("name", required=True) == Translated()


def test_a_source_without_its_empty_parts():
    found = row(source="Page", source_url="", source_date="2026-05", confidence="certain")

    assert found.source() == {"title": "Page", "dated": "2026-05", "confidence": "certain"}
    assert said(found) == ["things.csv, row 2, column confidence: must be high, medium or low"]


def pack(folder: Path, **files: str | bytes) -> Pack:
    """This will write a pack of the given files (`things_csv` is things.csv)."""
    for name, content in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Pack(folder)


def problems(found: Pack) -> list[str]:
    """This will return why a pack is refused."""
    with pytest.raises(BrokenPack) as refused:
        found.check()
    return str(refused.value).splitlines()


def test_a_missing_table_is_empty(tmp_path):
    found = pack(tmp_path)

    assert found.table("things.csv", ("slug",)) == []
    found.check()


def test_a_missing_column_is_refused(tmp_path):
    found = pack(tmp_path, things_csv="slug,name_fi\na,A\n")

    found.table("things.csv", ("slug", "kind"))

    assert problems(found) == ["things.csv, row 1, column kind: the column is missing"]


def test_a_key_must_be_there_once(tmp_path):
    found = pack(tmp_path, things_csv="slug,kind\na,x\nb,x\na,y\n,z\n")

    found.table("things.csv", ("slug",), key=("slug",))

    assert problems(found) == [
        "things.csv, row 4, column slug: 'a' stands already on row 2",
        "things.csv, row 5, column slug: is empty",
    ]


def test_a_row_of_another_length_than_the_header_is_refused(tmp_path):
    found = pack(tmp_path, things_csv="slug,kind\na\nb,x,y\n")

    assert found.table("things.csv") == []
    assert problems(found) == [
        "things.csv, row 2: the row has more or fewer cells than the header",
        "things.csv, row 3: the row has more or fewer cells than the header",
    ]


def test_what_is_not_utf8_is_refused(tmp_path):
    found = pack(
        tmp_path,
        things_csv="slug,kind\nsyöte,x\n".encode("latin-1"),
        thing_json='{"a": "ö"}'.encode("latin-1"),
    )

    found.table("things.csv")
    found.document("thing.json")

    assert problems(found) == ["things.csv: is not UTF-8 text", "thing.json: is not UTF-8 text"]


def test_a_byte_order_mark_does_no_harm(tmp_path):
    found = pack(tmp_path, things_csv="\ufeffslug\na\n".encode())

    assert [one.text("slug") for one in found.table("things.csv", ("slug",))] == ["a"]
    found.check()


def test_quotes_that_do_not_close_are_refused(tmp_path):
    found = pack(tmp_path, things_csv='slug,kind\na,"x\n')

    found.table("things.csv")

    assert problems(found) == ["things.csv: is not valid CSV: unexpected end of data"]


def test_broken_json_is_refused_with_its_line(tmp_path):
    found = pack(tmp_path, thing_json='{"a": 1,\n "b": }\n')

    assert found.document("thing.json") is None
    assert problems(found) == ["thing.json, row 2, column character 7: is not JSON: Expecting value"]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_json_knows_no_nan(tmp_path, number):
    found = pack(tmp_path, thing_json=f'{{"latitude": {number}}}')

    assert found.document("thing.json") is None
    assert problems(found) == [f"thing.json: is not JSON: {number} is not a number"]


def test_a_missing_document_is_nothing(tmp_path):
    assert pack(tmp_path).document("thing.json") is None


@pytest.mark.parametrize("code", ["nowhere", "../tuulisaari", "Tuulisaari", ""])
def test_a_region_without_a_folder_is_refused(code):
    with pytest.raises(BrokenPack, match="there is no such region"):
        open_pack(MADE_UP, code)


def test_a_region_with_a_folder_is_opened(tmp_path):
    assert (
        open_pack(copy_of("tuulisaari", tmp_path), "tuulisaari").document("region.json")["code_prefix"]
        == "TUU"
    )
