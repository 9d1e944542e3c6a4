"""`vetovoima import`: the JSON that scripts rely on, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.collection import messy
from tests.factories import make_municipality, make_region
from vetovoima.activity.models import Fact
from vetovoima.catalogue.models import Site
from vetovoima.collection.models import Import, ImportRow
from vetovoima.monitoring.models import Indicator, Investment, Observation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(db: None) -> None:
    make_region()
    make_municipality("kuhmo")
    make_municipality("sotkamo")


def run(capsys: Any, path: Path, *options: str) -> tuple[int, Any]:
    """This will run the command and return (exit code, its JSON)."""
    code = 0
    try:
        call_command("import", str(path), *options, "--json")
    except SystemExit as end:
        code = int(end.code or 0)
    return code, json.loads(capsys.readouterr().out)


def file(folder: Path, text: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_every_data_row_is_counted_once_and_a_trial_leaves_nothing(tmp_path: Path, capsys: Any) -> None:
    workbook = messy.make_workbook("kuhmo")
    code, answer = run(
        capsys,
        file(tmp_path, workbook.content, "x.xlsx"),
        "--kind",
        "plot",
        "--municipality",
        "kuhmo",
        "--dry-run",
    )
    assert (code, answer["counts"]) == (1, {"new": 16, "changed": 0, "same": 1, "error": 4})
    assert sorted(row["row"] for row in answer["rows"]) == sorted(
        [*workbook.rows.values(), workbook.repeated]
    )
    broken = next(row for row in answer["rows"] if row["row"] == workbook.rows["Kylänpuro"])
    assert broken == {
        "row": workbook.rows["Kylänpuro"],
        "state": "error",
        "messages": ["Saatavuus: “vapaanna” is not on the list. Did you mean “vapaana”?"],
    }
    for model in (Site, Import, ImportRow, Fact):
        assert not model.objects.exists(), model


def test_rows_without_an_error_are_taken_in_and_the_second_time_they_are_the_same(
    tmp_path: Path, capsys: Any
) -> None:
    path = file(tmp_path, "Nimi;Kunta;Pinta-ala ha\nA;Kuhmo;2\nB;Sotkamo;3\n")
    assert run(capsys, path, "--kind", "business-area") == (0, {
        "counts": {"new": 2, "changed": 0, "same": 0, "error": 0},
        "rows": [{"row": 2, "state": "new", "messages": []}, {"row": 3, "state": "new", "messages": []}],
    })  # fmt: skip
    assert {(site.kind, site.municipality.slug, site.area_m2) for site in Site.objects.all()} == {
        ("business_area", "kuhmo", 20_000), ("business_area", "sotkamo", 30_000),
    }  # fmt: skip
    assert run(capsys, path, "--kind", "business-area")[1]["counts"]["same"] == 2


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04 broken"])
def test_a_file_that_cannot_be_read_is_exit_code_two(tmp_path: Path, capsys: Any, content: bytes) -> None:
    code, answer = run(capsys, file(tmp_path, content, "x.xlsx"), "--kind", "plot")
    assert code == 2
    assert answer["error"]
    assert not Import.objects.exists()


def test_a_missing_file_and_an_unknown_municipality_are_exit_code_two(tmp_path: Path, capsys: Any) -> None:
    assert run(capsys, tmp_path / "none.csv", "--kind", "plot")[0] == 2
    assert run(capsys, file(tmp_path, "Nimi\nA\n"), "--kind", "plot", "--municipality", "nowhere")[0] == 2


def test_investments_go_to_the_register(tmp_path: Path, capsys: Any) -> None:
    Investment.objects.create(
        code="mill", company="Old Oy", scope="industrial", stage="planning", source={"title": "X"}
    )
    table = (
        "id,company,project,municipality,status,scope,amount_eur,realised,source_title\n"
        "mill,Old Oy,,Kuhmo,under_construction,,900000000,,\n"
        "saw,New Oy,Sawmill,Sotkamo,realised,industrial,1 200 000,2024-06,News\n"
        "bad,Bad Oy,,Atlantis,dreamt,,-5,soon,\n"
        "saw,Twice Oy,,,planned,industrial,,,\n"
    )
    path = file(tmp_path, table)
    code, answer = run(capsys, path, "--kind", "investment", "--dry-run")
    assert (code, answer["counts"]) == (1, {"new": 1, "changed": 1, "same": 0, "error": 2})
    assert Investment.objects.get().stage == "planning"
    bad = " ".join(answer["rows"][2]["messages"])
    for word in ("Atlantis", "dreamt", "cannot be negative", "soon", "scope: a new investment needs it."):
        assert word in bad
    run(capsys, path, "--kind", "investment")
    mill, saw = Investment.objects.order_by("code")
    assert (mill.stage, mill.amount_eur, mill.source, [one.slug for one in mill.municipalities.all()]) == (
        "construction", 900_000_000, {"title": "X"}, ["kuhmo"],
    )  # fmt: skip
    assert (saw.stage, saw.amount_eur, saw.completed, dict(saw.project)) == (
        "completed", 1_200_000, "2024-06", {"en": "Sawmill"},
    )  # fmt: skip
    assert run(capsys, path, "--kind", "investment")[1]["counts"]["same"] == 2


def test_observations_go_to_their_indicators(tmp_path: Path, capsys: Any) -> None:
    Indicator.objects.create(code="population", name={"en": "Population"}, unit="persons")
    table = "indicator;area;period;value;source\nPopulation;Kuhmo;2022;8 012;Register\npopulation;Nowhere;2022;1;R\n"
    path = file(tmp_path, table)
    code, answer = run(capsys, path, "--kind", "observation")
    assert (code, answer["counts"]) == (1, {"new": 1, "changed": 0, "same": 0, "error": 1})
    found = Observation.objects.get()
    assert (found.area, found.period, found.value, found.origin, found.is_canonical) == (
        "kuhmo", "2022", 8012, "Register", True,
    )  # fmt: skip
    assert run(capsys, path, "--kind", "observation")[1]["counts"] == {
        "new": 0,
        "changed": 0,
        "same": 1,
        "error": 1,
    }
