"""A region that nobody has thought of while writing the code loads whole: nothing is wired to a real one."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.regions.packs import MADE_UP, ROOT, copy_of, set_cell
from vetovoima.catalogue.models import Site
from vetovoima.config.loading import load_pack
from vetovoima.monitoring import queries as monitoring
from vetovoima.monitoring.models import Investment
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.models import LoadedRow, Municipality, Region
from vetovoima.reference.pack import BrokenPack, open_pack

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
REAL_NAMES = (
    "kainuu",
    "kajaani",
    "sotkamo",
    "suomussalmi",
    "hyrynsalmi",
    "ristijärvi",
    "puolanka",
    "paltamo",
)


def load(packs: Path = MADE_UP) -> LoadReport:
    """This will load the made-up region as the command does."""
    return load_pack(open_pack(packs, "tuulisaari"), LoadReport(), NOW)


def test_the_made_up_region_loads_whole():
    report = load()

    assert (report.total("changed"), report.total("same"), report.left_alone) == (0, 0, [])
    assert [one.code for one in Site.objects.order_by("code")] == ["TUU-ITA-0001", "TUU-LAN-0001"]
    assert [one.published_version for one in Site.objects.all()] == [1, 1]
    target = monitoring.target()
    assert target is not None
    progress = monitoring.target_progress(target, today=date(2026, 11, 22))
    assert (progress.totals.secured.amount, progress.goal_eur) == (4_000_000, 10_000_000)


def test_it_loads_again_without_a_change():
    load()
    rows = LoadedRow.objects.count()

    report = load()

    assert (report.total("added"), report.total("changed"), report.left_alone) == (0, 0, [])
    assert LoadedRow.objects.count() == rows


def test_a_broken_pack_stores_nothing(tmp_path):
    packs = copy_of("tuulisaari", tmp_path)
    set_cell(packs / "tuulisaari/observations.csv", "wind", "value", "NaN")

    with pytest.raises(BrokenPack):
        load(packs)

    assert (Region.objects.count(), Municipality.objects.count(), Site.objects.count()) == (0, 0, 0)


def test_the_command_says_what_it_did_and_what_it_left_alone(tmp_path):
    packs, out = copy_of("tuulisaari", tmp_path), StringIO()
    call_command("load_region", "tuulisaari", packs=packs, stdout=StringIO())
    Investment.objects.update(amount_eur=4_400_000)

    call_command("load_region", "tuulisaari", packs=packs, json=True, stdout=out)

    said = json.loads(out.getvalue())
    assert said["counts"]["investment"] == {"left alone": 1}
    assert said["left_alone"] == ["investment kite-works"]


def test_the_command_refuses_with_file_row_column_and_reason(tmp_path):
    packs = copy_of("tuulisaari", tmp_path)
    set_cell(packs / "tuulisaari/investments.csv", "kite-works", "amount_eur", "NaN")

    with pytest.raises(CommandError) as refused:
        call_command("load_region", "tuulisaari", packs=packs, stdout=StringIO())

    assert str(refused.value).splitlines() == [
        "The pack was refused, nothing was stored:",
        "investments.csv, row 2, column amount_eur: 'NaN' is not a whole number",
    ]


def test_no_code_of_the_domain_names_a_real_place():
    apps = ("reference", "accounts", "activity", "directory", "cooperation", "syndication", "monitoring")
    wrong = [
        f"{path.relative_to(ROOT)}: {name}"
        for app in apps
        for path in sorted((ROOT / "src/vetovoima" / app).rglob("*.py"))
        for name in REAL_NAMES
        if name in path.read_text(encoding="utf-8").lower()
    ]

    assert wrong == [], "What is true of one region only belongs to its data pack."
