"""Imports and validation by key: a file in, checked, taken in, undone; the bad ones refused with words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.api.conftest import Caller, caller_for, problem, read
from vetovoima.accounts.models import User
from vetovoima.catalogue.models import Site

pytestmark = pytest.mark.django_db
ROWS = "Kohteen nimi;Pinta-ala (ha);Saatavuus\nRantatontti;1,25;vapaa\nMäkitontti;2;vapaa\n"
MAPPING = {
    "Kohteen nimi": "name@fi",
    "Pinta-ala (ha)": {"field": "area_m2", "unit": "ha"},
    "Saatavuus": "availability",
}


def csv(text: str = ROWS, name: str = "tontit.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def sent(town: Caller, **more: Any) -> Any:
    """This will send the file with its mapping and read the import."""
    given = {"file": csv(), "kind": "plot", "municipality": "kuhmo", "mapping": json.dumps(MAPPING), **more}
    return read(town.upload("imports", **given), 201)


def test_a_file_goes_in_is_taken_in_undone_and_taken_in_again(town: Caller) -> None:
    begun = sent(town)
    assert (begun["state"], begun["counts"]["new"], begun["counts"]["error"]) == ("ready", 2, 0)
    path = f"imports/{begun['id']}"
    rows = read(town.get(f"{path}/rows"))
    assert [row["state"] for row in rows["items"]] == ["new", "new"]
    area = next(one for one in rows["items"][0]["changes"] if one["field"] == "area_m2")
    assert area["after"] == 12_500
    assert not Site.objects.exists(), "nothing is taken in by looking"

    done = read(town.post(f"{path}/commit"))
    assert (done["state"], done["result"]["created"]) == ("committed", 2)
    assert sorted(site.area_m2 for site in Site.objects.all()) == [12_500, 20_000]
    assert read(town.post(f"{path}/undo"))["state"] == "undone"
    assert read(town.post(f"{path}/redo"))["state"] == "ready", "what changed meanwhile is looked at first"
    assert read(town.post(f"{path}/commit"))["state"] == "committed"
    assert read(town.get("imports"))["items"][0]["id"] == begun["id"]
    problem(town.post(f"{path}/commit"), 409, "conflict")


def test_an_import_sent_again_is_one_import(town: Caller) -> None:
    # The client makes a new boundary for each form: the same file is the same request all the same.
    first, again = _upload(town, "night-1"), _upload(town, "night-1")
    assert read(first, 201)["id"] == read(again, 201)["id"]
    assert read(town.get("imports"))["total"] == 1


def _upload(town: Caller, idempotency: str) -> Any:
    from django.test import Client

    headers = {"Authorization": f"Bearer {town.token}", "Idempotency-Key": idempotency}
    return Client().post(
        "/api/v1/imports", {"file": csv(), "kind": "plot", "municipality": "kuhmo"}, headers=headers
    )


def test_columns_are_said_and_rows_mended(town: Caller) -> None:
    begun = sent(town, file=csv(ROWS.replace("1,25", "iso")), check="yes")
    assert begun["counts"]["error"] == 1
    path = f"imports/{begun['id']}"
    wrong = read(town.get(f"{path}/rows?state=error"))["items"][0]
    assert (wrong["messages"][0]["field"], bool(wrong["messages"][0]["message"])) == ("area_m2", True)
    assert town.get(f"{path}/marked").content.startswith(b"PK")
    mended = read(town.call("PUT", f"{path}/rows/{wrong['row']}", {"cells": {"1": "1,5"}}))
    assert (mended["counts"]["new"], mended["counts"]["error"]) == (2, 0)
    chosen = read(town.call("PUT", f"{path}/columns", {"columns": [{"index": 1, "field": ""}]}))
    assert [column["field"] for column in chosen["columns"]][1] == ""
    problem(town.call("PUT", f"{path}/columns", {"columns": [{"index": 99}]}), 422, "invalid")


def test_rows_with_errors_are_left_out(town: Caller) -> None:
    begun = sent(town, file=csv(ROWS.replace("1,25", "iso")))
    skipped = read(town.post(f"imports/{begun['id']}/skip-errors"))
    assert (skipped["counts"]["new"], skipped["counts"]["skipped"]) == (1, 1)
    assert read(town.post(f"imports/{begun['id']}/commit"))["result"]["created"] == 1


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"kind": "castle"}, "/kind"), ({"municipality": "atlantis"}, "/municipality"), ({"mapping": "["}, "/mapping"),
        ({"mapping": '{"x": 1}'}, "/mapping"), ({"colour": "red"}, "/colour"), ({"style": "de"}, "/style"),
        ({"file": ""}, "/file"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_named(town: Caller, given: dict[str, Any], pointer: str) -> None:
    fields = {"file": csv(), "kind": "plot", "municipality": "kuhmo", **given}
    found = problem(town.upload("imports", **fields), 422, "invalid")
    assert [one["pointer"] for one in found["errors"]] == [pointer]


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no workbook"), SimpleUploadedFile("a.xls", b"\xd0\xcf\x11\xe0"),
        SimpleUploadedFile("a.csv", b""), SimpleUploadedFile("a.exe", b"MZ"), SimpleUploadedFile("a.geojson", b"{"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_words(town: Caller, file: SimpleUploadedFile) -> None:
    file.seek(0)
    found = problem(town.upload("imports", file=file, kind="plot", municipality="kuhmo"), 422, "invalid")
    assert found["errors"][0]["detail"]


def test_a_file_that_is_too_large_is_refused(town: Caller, settings: Any) -> None:
    settings.VETOVOIMA_MAX_UPLOAD_BYTES = 10
    problem(town.upload("imports", file=csv(), kind="plot", municipality="kuhmo"), 413, "too-large")


def test_imports_of_neighbours_are_not_there_and_theirs_are_closed(town: Caller, neighbour: Caller) -> None:
    begun = sent(town)
    path = f"imports/{begun['id']}"
    assert read(neighbour.get("imports"))["items"] == []
    for response in (neighbour.get(path), neighbour.get(f"{path}/rows"), neighbour.post(f"{path}/commit"),
                     neighbour.post(f"{path}/undo"), neighbour.get(f"imports/{2**70}")):  # fmt: skip
        problem(response, 404, "not-found")
    problem(neighbour.upload("imports", file=csv(), kind="plot", municipality="kuhmo"), 403, "forbidden")
    assert not Site.objects.exists()


def test_taking_in_and_sending_to_review_needs_both_scopes(officer: User) -> None:
    importer = caller_for(officer, "collection:write")
    begun = sent(importer)
    problem(importer.post(f"imports/{begun['id']}/commit", {"submit": True}), 403, "forbidden")
    assert read(importer.post(f"imports/{begun['id']}/commit"))["state"] == "committed"


def test_a_reader_sees_imports_and_begins_none(town: Caller, officer: User) -> None:
    sent(town)
    reader = caller_for(officer, "collection:read")
    assert read(reader.get("imports"))["total"] == 1
    problem(reader.upload("imports", file=csv(), kind="plot", municipality="kuhmo"), 403, "scope-missing")


# The validator


def test_rows_are_checked_and_nothing_is_kept(town: Caller) -> None:
    records = [{"name": {"fi": "Hyvä"}, "area_m2": 1250.5}, {"name": {}, "area_m2": "iso", "colour": "red"}]
    found = read(town.post("validate", {"kind": "plot", "records": records}))
    assert found["counts"] == {"ok": 1, "error": 1}
    wrong = found["rows"][1]["messages"]
    assert {"area_m2", "colour"} <= {one["field"] for one in wrong}
    assert all(one["mend"] for one in wrong)
    assert not Site.objects.exists()
    problem(town.post("validate", {"records": [{}] * 1001}), 422, "invalid")
