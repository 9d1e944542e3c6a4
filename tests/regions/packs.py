"""Copies of data packs that a test may change, and the loading of their facts without pages and sites."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from vetovoima.accounts.loading import load_organisations
from vetovoima.cooperation.loading import load_responsibilities, load_strategy
from vetovoima.monitoring.loading import load_indicators, load_investments, load_observations, load_targets
from vetovoima.reference import loading as reference
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import Pack, open_pack

ROOT = Path(__file__).resolve().parents[2]
MADE_UP = ROOT / "tests/regions"
REAL = ROOT / "regions"


def copy_of(code: str, folder: Path) -> Path:
    """This will copy a made-up pack into a folder of the test's own and return that folder, as `--packs` has it."""
    shutil.copytree(MADE_UP / code, folder / code)
    return folder


def change_cells(path: Path, change: Callable[[dict[str, str]], None]) -> None:
    """This will change every row of a table in place."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    header = list(rows[0])
    for row in rows:
        change(row)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def set_cell(path: Path, key: str, column: str, value: str) -> None:
    """This will set one cell of the row whose first cell is `key`."""

    def change(row: dict[str, str]) -> None:
        if next(iter(row.values())) == key:
            row[column] = value

    change_cells(path, change)


def load_facts(packs: Path, code: str) -> LoadReport:
    """This will load the region, its actors, its model and its figures; raises BrokenPack."""
    pack, report = open_pack(packs, code), LoadReport()
    _load(pack, report)
    return report


def _load(pack: Pack, report: LoadReport) -> None:
    region = reference.load_region(pack, report)
    municipalities = reference.load_municipalities(pack, report)
    sectors = reference.load_sectors(pack, report)
    reference.load_themes(pack, report)
    reference.load_s3_priorities(pack, report, sectors)
    reference.load_places(pack, report, municipalities)
    reference.load_claims(pack, report)
    organisations = load_organisations(pack, report, municipalities)
    load_strategy(pack, report, organisations)
    load_responsibilities(pack, report, organisations)
    load_investments(pack, report, municipalities, sectors)
    load_targets(pack, report)
    indicators = load_indicators(pack, report)
    load_observations(pack, report, indicators, {*municipalities, *([region.code] if region else [])})
