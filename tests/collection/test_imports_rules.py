"""What the columns of a file may do to a record that is there, and what of our own files is never data."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from tests.collection.test_imports import begin, commit, only_row
from tests.factories import make_person, make_region
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.accounts.models import User
from vetovoima.catalogue.enums import Method
from vetovoima.catalogue.models import Site
from vetovoima.collection.imports.cleaning import Cleaner
from vetovoima.collection.standard import words
from vetovoima.collection.standard.template import template_csv, template_workbook

pytestmark = pytest.mark.django_db

POINT = {"type": "Point", "coordinates": [28.1, 64.1]}


@pytest.fixture
def officer(db: None) -> User:
    make_region()
    return make_person(Role.MUNICIPALITY_OFFICER, "kuhmo")


def placed(**values: Any) -> Site:
    """A record of Kuhmo whose place is known exactly."""
    return make_site("kuhmo", geometry=POINT, place_precision="exact", **values)


def check(text: str, by: User, columns: dict[str, tuple[str, str]]) -> Any:
    """This will check a file whose columns go where `columns` say, each with its rule."""
    mapping = {header: {"field": field, "rule": rule} for header, (field, rule) in columns.items()}
    return begin(text, by, mapping={"Koodi": "code", **mapping})


@pytest.mark.parametrize(
    "columns",
    [
        {"a": ("latitude", "keep"), "b": ("longitude", "keep")},
        {"a": ("latitude", "overwrite"), "b": ("longitude", "keep")},
        {"a": ("latitude", "fill"), "b": ("longitude", "fill")},
    ],
)
def test_coordinates_that_are_kept_move_nothing(officer: User, columns: dict[str, tuple[str, str]]) -> None:
    site = placed()
    checked = check(f"Koodi;a;b\n{site.code};64,3;28,9\n", officer, columns)
    assert only_row(checked).changes == {}


def test_a_cell_that_says_there_is_no_place_does_not_clear_a_kept_one(officer: User) -> None:
    site = placed()
    checked = check(f"Koodi;a\n{site.code};ei tiedossa\n", officer, {"a": ("geometry", "keep")})
    assert only_row(checked).changes == {}


def test_a_kept_precision_stays_when_the_place_is_given(officer: User) -> None:
    site = make_site("kuhmo", geometry=None, place_precision="municipality")
    checked = check(
        f"Koodi;a;b\n{site.code};64.1, 28.1;tarkka\n", officer,
        {"a": ("coordinates", "overwrite"), "b": ("place_precision", "keep")},
    )  # fmt: skip
    assert set(only_row(checked).changes) == {"geometry"}


def test_a_shape_too_long_for_a_cell_comes_back_as_it_was(officer: User) -> None:
    """An export writes […] for it: the row is no error, and the place stays."""
    site = placed(locality="Vanha")
    checked = begin(f"Koodi;Sijainti kartalla;Kylä tai kaupunginosa\n{site.code};{words.KEPT};Uusi\n", officer,
                    mapping={"Koodi": "code", 1: "geometry", 2: "locality"})  # fmt: skip
    assert only_row(checked).state == "changed"
    commit(checked, officer)
    site.refresh_from_db()
    assert (site.geometry, site.locality) == (POINT, "Uusi")


def test_each_language_and_each_part_of_a_source_goes_by_its_own_column(officer: User) -> None:
    site = make_site("kuhmo", summary={"fi": "Hyvä"}, sources={"size": {"title": "Rekisteri"}})
    checked = check(
        f"Koodi;a;b;c;d\n{site.code};Parempi;Good;Muu;2026-03-02\n", officer,
        {"a": ("summary@fi", "keep"), "b": ("summary@en", "overwrite"),
         "c": ("source.size.title", "keep"), "d": ("source.size.collected_on", "fill")},
    )  # fmt: skip
    changes = only_row(checked).changes
    assert changes["summary"][1] == {"fi": "Hyvä", "en": "Good"}
    assert changes["source.size"][1] == {"title": "Rekisteri", "collected_on": "2026-03-02"}


def test_a_text_that_is_said_not_to_exist_is_not_filled(officer: User) -> None:
    site = make_site("kuhmo", summary={}, absent={"summary": "none"})
    checked = check(f"Koodi;a\n{site.code};Hyvä\n", officer, {"a": ("summary@fi", "fill")})
    assert only_row(checked).changes == {}


def test_words_of_a_source_are_looked_up_and_not_translated_again_for_each_cell(
    officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    words.methods(), words.confidences()
    monkeypatch.setattr(words, "in_every_language", lambda _labels: pytest.fail("translated for a cell"))
    label = str(Method.REGISTER.label) if hasattr(Method, "REGISTER") else str(Method.choices[0][1])
    assert Cleaner._source_part(None, "method", label) in Method.values  # type: ignore[arg-type]
    assert Cleaner._source_part(None, "confidence", "high") == "high"  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_example_of_our_own_form_is_no_record_and_the_notes_say_so(
    officer: User, language: str, ending: str
) -> None:
    if ending == "csv":
        content = template_csv(language=language, kind="plot").encode()
    else:
        content = template_workbook(language=language, kind="plot")
    checked = begin(content, officer, name=f"lomake.{ending}")
    assert checked.counts == {"new": 0, "changed": 0, "same": 0, "error": 0, "skipped": 0}
    assert "Row 3 is the example of the form. It is left out." in checked.notes


def test_rows_written_below_the_example_are_taken_in(officer: User) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook(language="fi", kind="plot")))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[2]]
    for name, value in {"name@fi": "Oikea tontti", "area_m2": 900}.items():
        sheet.cell(4, names.index(name) + 1, value)
    out = io.BytesIO()
    book.save(out)
    row = only_row(begin(out.getvalue(), officer, name="lomake.xlsx"))
    assert (row.state, row.name) == ("new", "Oikea tontti")
