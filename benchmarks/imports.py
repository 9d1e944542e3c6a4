"""The benchmark of imports: `python -m benchmarks.imports`, part of `make bench`.

A workbook of 5,000 rows × 40 columns: preview and commit, what the portal's visitors feel meanwhile, memory for ten
times as many rows, and the same work through django-import-export with its default settings, all in one run.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

PROJECT = Path(__file__).resolve().parents[1]
ROWS, COLUMNS = 5_000, 40
#: the limits of the issue: preview and commit in seconds, the portal's p95, how many times faster
PREVIEW_S, COMMIT_S, PORTAL_WORSE, FASTER = 10.0, 20.0, 1.25, 10.0
#: how the portal is asked meanwhile: so many pages a second, each measured
PAGES_A_SECOND = 5
FIELDS = (
    "external_key", "name@fi", "name@en", "municipality", "latitude", "longitude", "locality", "address", "postal_code",
    "availability", "available_from", "area_m2", "usable_area_m2", "is_divisible", "min_parcel_m2", "plot_count",
    "owner_kind", "owner_name", "tenure", "price_eur_m2", "price_eur", "price_note@fi", "plan_state", "plan_name",
    "plan_use_code", "building_right_m2", "plan_url", "free_capacity_mw", "capacity_year", "voltage_kv", "substation_name",
    "substation_distance_km", "grid_company", "connection_lead_months", "road_name", "road_distance_km",
    "railway_distance_km", "airport_distance_km", "summary@fi", "source.size.title",
)  # fmt: skip
CHILD = "import django; django.setup(); from benchmarks.imports import {name}; {name}({arguments})"


def make_workbook(path: Path, rows: int, *, edited_every: int = 0) -> None:
    """This will write a workbook of made-up plots, the same for the same number of rows; of those that somebody edited
    since, price and availability differ."""
    import xlsxwriter

    dice = random.Random(20221201)
    towns = ("Kuhmo", "Sotkamo", "Kajaani", "Paltamo")
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Plots")
        for column, name in enumerate(FIELDS):
            sheet.write(0, column, f"Column {name}")
            sheet.write(1, column, name)
        for number in range(rows):
            values = _row(number, towns[number % len(towns)], dice)
            if edited_every and number % edited_every == 0:
                values[FIELDS.index("price_eur_m2")] = 4.25
                values[FIELDS.index("owner_name")] = "Toinen"
            for column, value in enumerate(values):
                sheet.write(number + 2, column, value)


def _row(number: int, town: str, dice: random.Random) -> list[Any]:
    area = dice.randrange(1000, 500_000)
    return [
        f"B-{number}", f"Tontti {number}", f"Plot {number}", town, round(64 + dice.random() / 2, 5),
        round(28 + dice.random() / 2, 5), f"Kylä {number % 90}", f"Tie {number}", "88900", "vapaa", "1.6.2027", area,
        area * 0.8, "kyllä", 1000, 3, "kunta", "Esimerkki", "myynti", 3.5, area * 3.5, "Ehdot kunnasta.",
        "asemakaava", f"Kaava {number % 50}", "TY", area // 2, "https://example.org/plan", 12.5, 2028, 110, "Asema",
        2.4, "Verkko Oy", 18, "Valtatie 5", 1.2, 4.5, 38.0, f"Tontti numero {number} testiä varten.", "Bench",
    ]  # fmt: skip


# -- what is measured, each in a process of its own ------------------------------------------------------------------------


def measure_import(path: str, commit: bool = True) -> None:
    """This will read, check and take in a workbook, and print seconds and peak memory as JSON."""
    from django.utils import timezone

    from vetovoima.collection.imports import services

    content, now = Path(path).read_bytes(), timezone.now()
    first = time.perf_counter()
    started = services.start_import(
        content=content, filename="bench.xlsx", kind="plot", municipality=None, by=None, now=now
    )
    checked = services.check_import(started, now=now)
    second = time.perf_counter()
    print("checked", flush=True)
    done = services.commit_import(import_=checked, by=None, now=now) if commit else checked
    third = time.perf_counter()
    print(
        json.dumps(
            {
                "preview_s": second - first, "commit_s": third - second, "counts": done.counts,
                "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )  # fmt: skip


def measure_other(path: str, whole: bool = True) -> None:
    """This will do the same work through django-import-export as it is out of the box, and print the seconds.

    Its rows are saved through the product's own services, as ours are in the end: values checked, quality judged, a fact
    for each record, all rows or none. With `whole` False it only writes the columns, unchecked and without a history.
    """
    import tablib
    from import_export import fields, resources
    from import_export.widgets import ForeignKeyWidget

    from vetovoima.catalogue.models import Site
    from vetovoima.reference.models import Municipality

    plain = [
        name
        for name in FIELDS
        if "@" not in name and "." not in name and name not in ("municipality", "external_key")
    ]

    class SiteResource(resources.ModelResource):  # type: ignore[misc]
        municipality = fields.Field("municipality", "municipality", ForeignKeyWidget(Municipality, "slug"))

        class Meta:
            model = Site
            import_id_fields = ("external_key",)
            fields = ("external_key", "municipality", "kind", "code", "name", "summary", "price_note", "created_at", "updated_at",
                      *plain)  # fmt: skip

        def do_instance_save(self, instance: Any, is_create: bool) -> None:
            if whole:
                _save_whole(instance, is_create)
            else:
                super().do_instance_save(instance, is_create)

    first = time.perf_counter()
    data = _plain_table(tablib.Dataset().load(Path(path).read_bytes(), "xlsx"), plain, "X" if whole else "Y")
    trial = SiteResource().import_data(data, dry_run=True)
    second = time.perf_counter()
    SiteResource().import_data(data, dry_run=False)
    third = time.perf_counter()
    errors = len(trial.row_errors()) + len(trial.invalid_rows)
    print(json.dumps({"preview_s": second - first, "commit_s": third - second, "errors": errors}))


def _save_whole(instance: Any, is_create: bool) -> None:
    """One row as the product stores it: through the service that a person's form calls."""
    from django.utils import timezone

    from vetovoima.catalogue import services

    names = [name.partition("@")[0] for name in FIELDS if "." not in name]
    others = {"external_key", "municipality", "latitude", "longitude"}
    values = {name: instance.value(name) for name in names if name not in others}
    values["geometry"] = {"type": "Point", "coordinates": [instance.longitude, instance.latitude]}
    values["place_precision"] = "exact"
    now = timezone.now()
    if is_create:
        stored = services.create_site(
            municipality=instance.municipality, kind=instance.kind, values=values, by=None, now=now,
            external_key=instance.external_key,
        )  # fmt: skip
        instance.__dict__.update(stored.__dict__)
    else:
        services.edit_site(site=instance, values=values, by=None, now=now, revision=None)


def _plain_table(raw: Any, plain: list[str], mark: str) -> Any:
    """The same rows in the words that the library understands: it reads neither "kyllä" nor "1.6.2027"."""
    import tablib

    words = {"kyllä": True, "vapaa": "available", "kunta": "municipality", "myynti": "sale", "asemakaava": "detailed_in_force",
             "1.6.2027": "2027-06-01"}  # fmt: skip
    index = {name: place for place, name in enumerate(FIELDS)}
    extra = (
        "external_key",
        "municipality",
        "kind",
        "code",
        "name",
        "summary",
        "price_note",
        "created_at",
        "updated_at",
    )
    table = tablib.Dataset(headers=[*extra, *plain])
    moment = "2026-01-01 00:00:00"
    for number, row in enumerate(raw[1:]):
        texts = [json.dumps({"fi": row[index[name]]}) for name in ("name@fi", "summary@fi", "price_note@fi")]
        own = [
            f"X-{number}",
            str(row[index["municipality"]]).lower(),
            "plot",
            f"X-{number}",
            *texts,
            moment,
            moment,
        ]
        table.append([*own, *(words.get(row[index[name]], row[index[name]]) for name in plain)])
    return table


# -- the run -----------------------------------------------------------------------------------------------------------------


@dataclass
class Pages:
    """How long a visitor of the portal waits, asked at a steady pace."""

    address: str

    def measure(self, until: Callable[[], bool]) -> float:
        """This will ask until told to stop and return the p95 in milliseconds."""
        times: list[float] = []
        begun = time.monotonic()
        while not until():
            due = begun + len(times) / PAGES_A_SECOND
            time.sleep(max(0.0, due - time.monotonic()))
            started = time.perf_counter()
            with urlopen(Request(self.address, headers={"Accept-Encoding": "gzip"}), timeout=30) as answer:
                answer.read()
            times.append((time.perf_counter() - started) * 1000)
        return statistics.quantiles(times, n=20)[18] if len(times) > 20 else max(times, default=0.0)


def _child(environment: dict[str, str], name: str, *arguments: str, nice: bool = True) -> dict[str, Any]:
    code = CHILD.format(name=name, arguments=", ".join(arguments))
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True,
        preexec_fn=(lambda: os.nice(NICE)) if nice else None,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


#: as the product's own worker runs: what visitors ask for goes first
NICE = 5


def run(environment: dict[str, str], address: str, folder: Path, rows: int) -> dict[str, Any]:
    """This will measure everything; `address` is a page of the portal served from the same database."""
    small, again, large = folder / "small.xlsx", folder / "again.xlsx", folder / "large.csv"
    make_workbook(small, rows)
    make_workbook(again, rows, edited_every=10)
    _make_csv(large, rows * 10)
    pages = Pages(address)
    calm_end = time.monotonic() + 12
    before = pages.measure(lambda: time.monotonic() > calm_end)
    busy, found = _during(pages, environment, small)
    print(".", end="", flush=True)
    second = _child(environment, "measure_import", repr(str(again)))
    other = _child(environment, "measure_other", repr(str(small)))
    other_second = _child(environment, "measure_other", repr(str(again)))
    bare = _child(environment, "measure_other", repr(str(small)), "False")
    print(".", end="", flush=True)
    peak_small = _child(environment, "measure_import", repr(str(_smaller(folder, rows))))
    peak_large = _child(environment, "measure_import", repr(str(large)))
    print(".", flush=True)
    return {
        "rows": rows, "columns": COLUMNS, **found, "portal_p95_before_ms": before, "portal_p95_during_ms": busy,
        "again": second, "other": other, "other_again": other_second, "other_bare": bare,
        "peak_mib_rows": peak_small["peak_mib"], "peak_mib_ten_times": peak_large["peak_mib"],
        "ten_times_preview_s": peak_large["preview_s"], "ten_times_commit_s": peak_large["commit_s"],
        "times_faster": _whole(other) / _whole(found), "times_faster_again": _whole(other_second) / _whole(second),
    }  # fmt: skip


def _whole(found: dict[str, Any]) -> float:
    return float(found["preview_s"] + found["commit_s"])


def _during(pages: Pages, environment: dict[str, str], path: Path) -> tuple[float, dict[str, Any]]:
    """An import in a process of its own, and the portal asked all the while."""
    found: dict[str, Any] = {}
    work = threading.Thread(
        target=lambda: found.update(_child(environment, "measure_import", repr(str(path))))
    )
    work.start()
    p95 = pages.measure(lambda: not work.is_alive())
    work.join()
    return p95, found


def _make_csv(path: Path, rows: int) -> None:
    import csv

    dice = random.Random(1)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(FIELDS)
        for number in range(rows):
            writer.writerow(_row(number + 1_000_000, "Kuhmo", dice))


def _smaller(folder: Path, rows: int) -> Path:
    path = folder / "same.csv"
    _make_csv(path, rows)
    return path


def table(found: dict[str, Any]) -> str:
    """This will write the figures beside their limits."""
    again, other, other_again, bare = (
        found[name] for name in ("again", "other", "other_again", "other_bare")
    )
    worse = found["portal_p95_during_ms"] / max(found["portal_p95_before_ms"], 0.001)
    lines = [
        f"import of {found['rows']:,} rows × {found['columns']} columns{'':<12}{'measured':>10}{'limit':>10}",
        f"{'preview, s':<46}{found['preview_s']:>10.1f}{PREVIEW_S:>10.0f}",
        f"{'commit, s':<46}{found['commit_s']:>10.1f}{COMMIT_S:>10.0f}",
        f"{'portal p95 before → during, ms':<46}{found['portal_p95_before_ms']:>5.0f} → {found['portal_p95_during_ms']:<5.0f}"
        f"= {worse:.2f}× (limit {PORTAL_WORSE}×)",
        f"{'the same file again, a tenth edited: preview, commit':<52}{again['preview_s']:>6.1f}{again['commit_s']:>7.1f}",
        f"{'django-import-export, all new: preview, commit':<52}{other['preview_s']:>6.1f}{other['commit_s']:>7.1f}",
        f"{'django-import-export, again: preview, commit':<52}{other_again['preview_s']:>6.1f}{other_again['commit_s']:>7.1f}",
        f"{'times faster: all new · again':<52}{found['times_faster']:>5.1f}×{found['times_faster_again']:>6.1f}×{FASTER:>9.0f}×",
        f"{'columns alone, no check, no history: preview, commit':<52}{bare['preview_s']:>6.1f}{bare['commit_s']:>7.1f}",
        f"{'peak memory, MiB: as many rows · ten times as many':<52}{found['peak_mib_rows']:>6.0f}{found['peak_mib_ten_times']:>7.0f}",
        f"{'ten times as many rows: preview, commit, s':<52}{found['ten_times_preview_s']:>6.0f}{found['ten_times_commit_s']:>7.0f}",
    ]
    return "\n".join(lines)


def measure(rows: int = ROWS) -> dict[str, Any]:
    """This will prepare a database and a server, and measure everything."""
    from benchmarks.__main__ import Server, environment_in, prepare

    with tempfile.TemporaryDirectory(prefix="vetovoima-bench-") as folder:
        environment = environment_in(folder)
        prepare(environment, 300)
        server = Server(environment, "off")
        try:
            return run(environment, server.address("/fi/sites/"), Path(folder), rows)
        finally:
            server.stop()


def main() -> None:
    """This will run the benchmark alone and keep its figures in var/bench/imports.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    found = measure(parser.parse_args().rows)
    print(table(found))
    keep = PROJECT / "var" / "bench"
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "imports.json").write_text(json.dumps(found, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
