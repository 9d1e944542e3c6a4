"""vetovoima export, and the same by key: the offer as files."""

from __future__ import annotations

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.api.conftest import Caller, caller_for
from tests.factories import make_person
from tests.factories.sites import make_site
from vetovoima.accounts.enums import Role
from vetovoima.catalogue.models import Site
from vetovoima.collection.imports import services as imports
from vetovoima.reference.models import Municipality

pytestmark = pytest.mark.django_db
PLACE = {"type": "Point", "coordinates": [29.5, 64.1]}


@pytest.fixture
def sites() -> list[Site]:
    return [
        make_site("kuhmo", area_m2=1234.5, geometry=PLACE, place_precision="exact"),
        make_site("kuhmo", kind="premises", state="published"),
        make_site("sotkamo", area_m2=77),
    ]


def export(path: Path, *arguments: str) -> Any:
    """This will run the command and read what it says it wrote."""
    out = StringIO()
    call_command("export", str(path), *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_json_and_geojson_hold_what_records_say(sites: list[Site], tmp_path: Path) -> None:
    assert export(tmp_path / "all.json")["records"] == 3
    found = json.loads((tmp_path / "all.json").read_text())
    assert [(one["code"], one["values"].get("area_m2")) for one in found] == [
        (sites[0].code, 1234.5), (sites[1].code, None), (sites[2].code, 77),
    ]  # fmt: skip
    export(tmp_path / "kuhmo.geojson", "--municipality", "kuhmo")
    features = json.loads((tmp_path / "kuhmo.geojson").read_text())["features"]
    assert [(one["id"], one["geometry"]) for one in features] == [
        (sites[0].code, PLACE),
        (sites[1].code, None),
    ]


def test_records_are_chosen(sites: list[Site], tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    assert export(path, "--kind", "premises")["records"] == 1
    assert export(path, "--published")["records"] == 1
    assert export(path, "--state", "draft", "--municipality", "sotkamo")["records"] == 1
    with pytest.raises(CommandError, match="no municipality"):
        export(path, "--municipality", "atlantis")
    with pytest.raises(CommandError, match="--format"):
        export(tmp_path / "x.doc")
    with pytest.raises(CommandError, match="cannot be written"):
        export(tmp_path / "no-such-folder" / "x.csv")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_what_is_exported_and_taken_in_again_changes_nothing(
    sites: list[Site], tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"kuhmo.{ending}"
    export(path, "--municipality", "kuhmo", "--kind", "plot")
    if ending == "xlsx":
        assert openpyxl.load_workbook(path).sheetnames
    begun = imports.start_import(
        content=path.read_bytes(), filename=path.name, kind="plot", municipality=Municipality.objects.get(slug="kuhmo"),
        by=None, now=timezone.now(),
    )  # fmt: skip
    checked = imports.check_import(begun)
    assert {state: count for state, count in checked.counts.items() if count} == {"same": 1}


def test_a_key_exports_what_is_within_its_reach(sites: list[Site]) -> None:
    town = caller_for(make_person(Role.MUNICIPALITY_OFFICER, "kuhmo"), "sites:read")
    features = json.loads(town.get("export?format=geojson").content)["features"]
    assert [one["id"] for one in features] == [sites[0].code, sites[1].code]
    workbook = town.get("export?kind=plot")
    assert workbook.headers["Content-Disposition"] == "attachment; filename=offer.xlsx"
    assert openpyxl.load_workbook(BytesIO(workbook.content)).sheetnames
    assert sites[2].code.encode() not in town.get("export?format=csv").content
    assert Caller().get("export").status_code == 401
