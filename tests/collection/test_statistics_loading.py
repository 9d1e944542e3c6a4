"""`statistics.csv` of a data pack, and the commands that read sources and statistics now."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.collection.statfin import PLACES, TABLE, statfin
from tests.common.loopback import Reply, Server
from tests.factories import NOW, make_municipality, make_region
from vetovoima.collection.connectors import pxweb
from vetovoima.collection.connectors.loading import load_statistics
from vetovoima.collection.models.sources import Statistic
from vetovoima.collection.sources import services
from vetovoima.common.fields import Translated
from vetovoima.monitoring.models import Indicator, Observation
from vetovoima.reference.loading import LoadReport
from vetovoima.reference.pack import BrokenPack, Pack

pytestmark = pytest.mark.django_db
HEADER = "code,indicator,table,content,areas,choices,periods,note,unit,lowest,highest,most_change\n"


def load(folder: Path, rows: str) -> LoadReport:
    cells = rows.rstrip("\n").split(",")
    row = ",".join(cells + [""] * (HEADER.count(",") + 1 - len(cells)))
    (folder / "statistics.csv").write_text(f"{HEADER}{row}\n", encoding="utf-8")
    report = LoadReport()
    load_statistics(Pack(folder), report, {"population"})
    return report


def test_a_series_is_stored_and_loaded_again_without_a_change(tmp_path: Path) -> None:
    row = "population,population,StatFin/vaerak/11ra.px,vaerak-vaesto,municipalities;MK18,sukupuoli=SSS;ika=15-,5,,henkilöä,1,,3\n"
    load(tmp_path, row)
    one = Statistic.objects.get()
    assert (one.areas, one.choices, one.periods) == (
        ["municipalities", "MK18"],
        {"sukupuoli": "SSS", "ika": "15-"},
        5,
    )
    assert (one.unit, one.lowest, one.highest, one.most_change) == ("henkilöä", 1, None, 3)
    assert load(tmp_path, row).counts["statistic"]["same"] == 1


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a,nobody,StatFin/vaerak/11ra.px,x,MK18,,,", "indicator"),
        ("a,population,StatFin/vaerak/statfin_vaerak_pxt_11ra.px,x,MK18,,,", "table"),
        ("a,population,../../etc/passwd,x,MK18,,,", "table"),
        ("a,population,https://other.example/t.px,x,MK18,,,", "table"),
        ("a,population,StatFin/vaerak/11ra.px,,MK18,,,", "content"),
        ("a,population,StatFin/vaerak/11ra.px,x,,,,", "areas"),
        ("a,population,StatFin/vaerak/11ra.px,x,Kajaani,,,", "areas"),
        ("a,population,StatFin/vaerak/11ra.px,x,MK18;SSS,,,", "areas"),
        ("a,population,StatFin/vaerak/11ra.px,x,MK18,sex,,", "choices"),
        ("a,population,StatFin/vaerak/11ra.px,x,MK18,,0,", "periods"),
        ("a,population,StatFin/vaerak/11ra.px,x,MK18,,,,,9,1,", "lowest"),
        ("a,population,StatFin/vaerak/11ra.px,x,MK18,,,,,,,1", "most_change"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused_with_its_column(tmp_path: Path, row: str, column: str) -> None:
    with pytest.raises(BrokenPack) as caught:
        load(tmp_path, row + "\n")
    assert {one.column for one in caught.value.problems} == {column}
    assert not Statistic.objects.exists()


def said(command: str, *arguments: str) -> tuple[Any, int]:
    out = io.StringIO()
    try:
        call_command(command, *arguments, "--json", stdout=out, stderr=io.StringIO())
    except SystemExit as error:
        return json.loads(out.getvalue()), int(error.code or 0)
    return json.loads(out.getvalue()), 0


def test_statistics_are_read_by_command(
    server: Server, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pxweb, "PAUSE", 0)
    settings.VETOVOIMA_PXWEB_URL = server.url
    server.answer = statfin()
    make_region(code="kainuu")
    for slug, code in PLACES.items():
        make_municipality(slug, lau_code=code)
    Indicator.objects.create(code="population", name=Translated(en="Population"), unit="persons")
    Statistic.objects.create(
        code="population",
        indicator="population",
        table=TABLE,
        content="vaerak-vaesto",
        areas=["municipalities", "MK18"],
    )
    answer, code = said("statistics")
    assert (code, answer["runs"]) == (
        0,
        [
            {
                "connector": "pxweb", "subject": "population", "state": "ok", "counts": {"rows": 18, "empty": 0},
                "problem": "", "message": "",
            }
        ],
    )  # fmt: skip
    assert Observation.objects.count() == 18
    server.answer = lambda call: Reply(status=404)
    answer, code = said("statistics")
    assert (code, answer["runs"][0]["problem"]) == (1, "table_gone")


def test_sources_are_read_by_command(server: Server) -> None:
    make_region()
    values = {
        "title": "Tontit", "kind": "csv", "address": f"{server.url}/a.csv", "record_kind": "plot", "schedule": "by_hand",
        "ending": "draft",
    }  # fmt: skip
    source = services.add_source(municipality=make_municipality("kuhmo"), values=values, by=None, now=NOW)
    server.answer = lambda call: Reply("tunnus;nimi;pinta-ala m2\nA1;Tontti 1;5200\nA2;Tontti 2;paljon\n")
    answer, code = said("harvest", "--source", str(source.pk))
    assert code == 0
    (run,) = answer["runs"]
    assert (run["state"], run["counts"]) == ("partly", {"new": 1, "changed": 0, "same": 0, "error": 1})
    assert [one["row"] for one in run["errors"]] == [3]
    server.answer = lambda call: Reply(status=500)
    answer, code = said("harvest")
    assert (code, answer["runs"][0]["state"]) == (1, "failed")
    services.pause_source(source=source, is_active=False, by=None, now=NOW)
    assert said("harvest") == ({"runs": []}, 0)
    with pytest.raises(CommandError, match="no source 999"):
        call_command("harvest", "--source", "999")
