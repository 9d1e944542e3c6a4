"""Tables out of files as they come: each is read right, or refused in a sentence with its row; nothing else happens."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils.translation import override

from vetovoima.common.sandbox.child import _why
from vetovoima.common.sandbox.headers import find_header, letters
from vetovoima.common.table_words import REFUSALS, note_words, refusal
from vetovoima.common.tables import CannotRead, Table, open_table

from .hostile_files import FILES, GOOD, Case, mutants, text, workbook

ROOT = Path(__file__).parents[2]


def check_read(table: Table, case: Case) -> None:
    """This will compare a table with what its case says of it."""
    rows = dict(table.rows())
    assert len(rows) == table.row_count
    assert len(table.header) == len(table.letters)
    assert all(len(cells) == len(table.header) for cells in rows.values())
    if case.header is not None:
        assert table.header == case.header
    if case.rows is not None:
        assert table.row_count == case.rows
    for (row, name), wanted in case.cells.items():
        found = rows[row][table.header.index(name)]
        assert (found, type(found)) == (wanted, type(wanted))
    assert case.notes in " ".join(table.notes)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_read_right_or_refused_in_words(name: str) -> None:
    case = FILES[name]
    wanted = case.codes or (case.code,)
    refused = read_or_refused(case)
    assert (refused.code if refused else "") in wanted
    if refused:
        assert len(refused.messages) == 1 and "%(" not in refused.messages[0]
        assert case.row in (None, refused.row)
        assert refused.row is None or str(refused.row) in refused.messages[0]


def read_or_refused(case: Case) -> CannotRead | None:
    """This will read a file and compare it with what its case says; returns why it was refused, if it was."""
    try:
        with open_table(case.make(), case.filename) as table:
            check_read(table, case)
    except CannotRead as error:
        return error
    return None


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(FILES) >= 80


def test_three_hundred_spoilt_files_end_in_words_or_in_rows(tmp_path: Path) -> None:
    for number, (filename, content) in enumerate(mutants(300)):
        folder = tmp_path / f"{number:03d}"
        folder.mkdir()
        (folder / "in").write_bytes(content)
        wanted = {"sheet": "", "header_row": None, "name": filename}
        (folder / "wanted.json").write_text(json.dumps(wanted))
    program = str(Path(__file__).with_name("read_spoilt.py"))
    environment = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    done = subprocess.run(
        [sys.executable, program, str(tmp_path)],
        capture_output=True,
        timeout=120,
        check=True,
        env=environment,
    )
    endings = json.loads(done.stdout)
    assert len(endings) == 300
    kinds = {"read": 0, "refused": 0, "failed": 0}
    for number, (status, answer, seconds, words) in endings.items():
        assert seconds < 20, number
        if status:
            # A library that breaks on nonsense breaks alone, in its child: the person gets a sentence.
            assert _why(status, words.encode()) in REFUSALS, number
            kinds["failed"] += 1
        elif "refused" in answer:
            assert refusal(answer["refused"], answer).messages, number
            assert answer["refused"] in REFUSALS, number
            kinds["refused"] += 1
        else:
            with Table(tmp_path / number, answer) as table:
                assert len(list(table.rows())) == table.row_count
            kinds["read"] += 1
    assert kinds["read"] > 60
    assert kinds["refused"] > 60
    assert kinds["failed"] < 60


def test_a_sheet_and_a_header_row_can_be_chosen() -> None:
    content = workbook(GOOD, lambda book, sheet: book.get_worksheet_by_name("Muut").write_row(0, 0, ["x", "y"]), ("Tontit", "Muut"))  # fmt: skip
    with open_table(content, "a.xlsx", sheet="Tontit", header_row=3) as table:
        assert (table.header_row, table.header, table.row_count) == (3, ["Talo", "2.25", "5.5"], 1)
    with open_table(content, "a.xlsx", sheet="Muut", header_row=0) as table:
        assert (table.header_row, table.first_row, list(table.rows())) == (0, 1, [(1, ["x", "y"])])
    with pytest.raises(CannotRead, match="no sheet called Kadonnut. The sheets are: Tontit, Muut"):
        open_table(content, "a.xlsx", sheet="Kadonnut")


def test_what_stood_above_the_header_is_kept() -> None:
    with open_table(workbook([["Kunnan tontit"], [], *GOOD]), "a.xlsx") as table:
        assert (table.above, table.header_row, table.first_row) == ([["Kunnan tontit"]], 3, 4)


def test_a_file_can_be_a_path_or_something_to_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(text())
    for source in (path, io.BytesIO(text())):
        with open_table(source, "x.csv") as table:
            assert (table.row_count, table.encoding, table.delimiter) == (2, "utf-8", ";")


def test_rows_can_be_streamed_again_and_the_folder_goes_in_the_end() -> None:
    with open_table(workbook(), "a.xlsx") as table:
        folder = table._folder
        assert list(table.rows()) == list(table.rows())
        assert table.sample(2) == list(table.rows())[:2]
    assert not folder.exists()


def test_a_refused_file_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(CannotRead):
        open_table(b"", "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_child_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_args: object, **more: object) -> None:
        raise subprocess.TimeoutExpired("x", 20)

    monkeypatch.setattr("vetovoima.common.sandbox.child.subprocess.run", hang)
    with pytest.raises(CannotRead, match="took too long"):
        open_table(workbook(), "a.xlsx")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_sentence_can_be_filled_in_every_language(language: str) -> None:
    params = {"row": 5, "sheet": "A", "sheets": "A, B", "column": "KP", "count": 3, "limit": 20, "names": "B"}
    with override(language):
        for code in REFUSALS:
            assert "%(" not in refusal(code, params).messages[0]
        for code in (
            "formulas",
            "hidden_rows",
            "mixed_encoding",
            "macros",
            "links",
            "hidden_sheets",
            "other_sheets",
            "no_header",
        ):
            assert note_words(code, params) and "%(" not in note_words(code, params)


@pytest.mark.parametrize(("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (299, "KN"), (16383, "XFD")])
def test_columns_are_named_as_a_spreadsheet_does(column: int, name: str) -> None:
    assert letters(column) == name


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["Tontit"], ["Nimi", "Ala"], ["x", 1]], (2,)),
        ([["Nimi", "Ala"], ["x", "1"], ["y", "2"]], (1,)),
        ([["Raportti", "", "2026"], ["Nimi", "Kunta", "Ala"], ["x", "y", 1]], (2,)),
        ([["x", 1], ["y", 2]], ()),
        ([["Nimi", "Ala", ""], ["", "ha", "m2"], ["x", 1, 2]], (1, 2)),
        ([["Nimi", "Ala"], ["name", "area_m2"], ["x", 1]], (1,)),
    ],
)  # fmt: skip
def test_the_header_is_found(rows: list[list[object]], found: tuple[int, ...]) -> None:
    assert find_header(list(enumerate(rows, 1))).rows == found
