"""The benchmark of OGC API Features: `python -m benchmarks.ogc`.

Made-up features are written straight into the table that the door reads, as publishing writes them, and random boxes of a
hundred are asked with wrk: of this product on PostgreSQL and on SQLite, and in the same run of pgbench (the same rows by the
same index, nothing around them), pygeoapi and tipg (the same records as a PostGIS table), where they are installed
(`ogc_peers`). What is not there is left out by name. Everything shares the machine: ratios of one run are what counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import ogc_peers
from benchmarks.__main__ import CONNECTIONS, PROJECT, THREADS, Server, _milliseconds, environment_in
from benchmarks.ogc_data import BOX
from tools import machine, postgres

SIZES = (10_000, 100_000, 1_000_000)
#: the size that the peers are compared at, the side of a box in degrees, and so many boxes for pgbench
MIDDLE, SIDE, BOXES = 100_000, 0.2, 2_000
#: of the larger and the smaller offer the boxes are such that a page is full in both
WIDE_SIDE = 0.35
#: how often ours and pgbench are measured by turns
ROUNDS = 3
SCRIPT = Path(__file__).with_name("random_box.lua")
ITEMS = "/ogc/collections/sites/items?limit=100"
ROWS = """\\set box random(0, {last})
SELECT g.* FROM bench_box b CROSS JOIN LATERAL unnest(b.low, b.high) AS r(low, high) CROSS JOIN LATERAL (
SELECT f.head, f.place FROM syndication_publishedfeature f WHERE f.language = 'en' AND f.west <= b.east AND f.east >= b.west
AND f.south <= b.north AND f.north >= b.south AND f.spot BETWEEN r.low AND r.high ORDER BY f.spot, f.id LIMIT 100
) AS g WHERE b.id = :box LIMIT 100;
"""


@dataclass
class Load:
    """One measured case; milliseconds. `records` is how many were stored."""

    name: str
    records: int
    requests_per_second: float
    p50_ms: float = 0.0
    p99_ms: float = 0.0
    errors: int = 0


def load(name: str, records: int, address: str, seconds: int, side: float = SIDE) -> Load:
    """This will ask random boxes of an address and read wrk's figures; nobody is asked to compress."""
    command = [
        "wrk",
        "-t",
        str(THREADS),
        "-c",
        str(CONNECTIONS),
        "-d",
        f"{seconds}s",
        "--latency",
        "--timeout",
        "30s",
    ]
    command += ["-s", str(SCRIPT), address, "--", str(side)]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    spent = {share: re.search(rf"\n\s+{share}%\s+(\S+)", text) for share in (50, 99)}
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    if rate is None or not all(spent.values()):
        raise SystemExit(f"wrk said something unexpected:\n{text}")
    p50, p99 = (_milliseconds(found[1]) for found in spent.values() if found)
    return Load(name, records, float(rate[1]), p50, p99, int(refused[1]) if refused else 0)


def warm(items: str, records: int, seconds: int) -> None:
    """This will let both processes see most of what is stored before anything is counted, in pages of a thousand: how warm
    they are must not hang on how busy the machine is."""
    load("warm", records, items.replace("limit=100", "limit=1000"), seconds * 4, WIDE_SIDE)


def here(code: str, environment: dict[str, str], *words: str) -> str:
    """This will run a few lines of Python in the environment of a server; returns what they print."""
    lines = f"import django; django.setup()\n{code}"
    return subprocess.run([sys.executable, "-c", lines, *words], env=environment, check=True, text=True, stdout=subprocess.PIPE).stdout  # fmt: skip


def prepare(environment: dict[str, str]) -> None:
    """This will make the tables, the region and some sites whose features are the patterns."""
    vetovoima = [sys.executable, "-m", "vetovoima.config.cli"]
    subprocess.run([*vetovoima, "init", "-v0"], env=environment, check=True)
    subprocess.run([*vetovoima, "load-region"], env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*vetovoima, "collectstatic", "--noinput", "-v0"], env=environment, check=True)


def fill(environment: dict[str, str], count: int) -> None:
    """This will replace what is stored by so many features."""
    here("import sys; from benchmarks.ogc_data import fill; fill(int(sys.argv[1]))", environment, str(count))


def boxes(environment: dict[str, str]) -> None:
    """This will store the random boxes that pgbench asks, with the runs of the curve that the door would compute."""
    dice = random.Random(1)
    asked = [
        (dice.uniform(BOX[0], BOX[2] - SIDE), dice.uniform(BOX[1], BOX[3] - SIDE)) for _each in range(BOXES)
    ]
    code = (
        "import json, sys; from benchmarks.ogc import store_boxes; store_boxes(json.loads(sys.stdin.read()))"
    )
    lines = f"import django; django.setup()\n{code}"
    subprocess.run(
        [sys.executable, "-c", lines], env=environment, check=True, text=True, input=json.dumps(asked)
    )


def store_boxes(corners: list[tuple[float, float]]) -> None:
    """This will write the boxes into a table of their own (in the process of `boxes`)."""
    from django.db import connection

    from vetovoima.syndication.features.curve import runs

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_box")
        cursor.execute(
            "CREATE TABLE bench_box (id int PRIMARY KEY, low bigint[], high bigint[], west float8, south float8, east float8, north float8)"
        )
        for number, (west, south) in enumerate(corners):
            box = (west, south, west + SIDE, south + SIDE)
            found = runs(box)
            ends = [[one.low for one in found], [one.high for one in found]]
            cursor.execute("INSERT INTO bench_box VALUES (%s, %s, %s, %s, %s, %s, %s)", [number, *ends, *box])
        cursor.execute("ANALYZE bench_box")


def pgbench(address: str, records: int, seconds: int, folder: Path) -> Load | str:
    """This will fetch the same rows with pgbench and nothing around them."""
    binaries = machine.postgres_folder()
    program = binaries / "pgbench" if binaries else None
    if program is None or not program.exists():
        return "pgbench was left out: it is not beside PostgreSQL."
    script = folder / "rows.sql"
    script.write_text(ROWS.format(last=BOXES - 1).replace("\n) AS g", ") AS g"), encoding="ascii")
    words = [program, "-n", "-M", "prepared", "-c", str(CONNECTIONS), "-j", str(THREADS), "-T", str(seconds), "-f", script, address]  # fmt: skip
    text = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    rate, latency = re.search(r"tps = ([\d.]+)", text), re.search(r"latency average = ([\d.]+) ms", text)
    if rate is None or latency is None:
        raise SystemExit(f"pgbench said something unexpected:\n{text}")
    return Load("pgbench, the same rows", records, float(rate[1]), float(latency[1]))


@contextmanager
def served(environment: dict[str, str]) -> Iterator[Server]:
    """The product, served as in production; the page cache keeps nothing of these addresses."""
    server = Server(environment, "off")
    try:
        yield server
    finally:
        server.stop()


def on_postgresql(sizes: tuple[int, ...], seconds: int) -> tuple[list[Load], list[str]]:
    """This will measure every size on PostgreSQL, the middle one beside its peers."""
    found: list[Load] = []
    missing: list[str] = []
    with postgres.server() as address, tempfile.TemporaryDirectory() as folder:
        environment = {**environment_in(folder), "VETOVOIMA_DATABASE_URL": address}
        prepare(environment)
        here("from benchmarks.generate import generate; generate(240)", environment)
        for count in sizes:
            fill(environment, count)
            with served(environment) as server:
                items = server.address(ITEMS)
                warm(items, count, seconds)
                found.append(load("PostgreSQL, page full", count, items, seconds, WIDE_SIDE))
                if count == MIDDLE:
                    boxes(environment)
                    _in_turns(items, address, count, seconds, Path(folder), found, missing)
            if count == MIDDLE:
                _peers(address, count, seconds, Path(folder), found, missing)
    return found, missing


def _in_turns(
    items: str, address: str, count: int, seconds: int, folder: Path, found: list[Load], missing: list[str]
) -> None:
    """Ours and pgbench by turns, the median of each: whatever else the machine does meets both alike."""
    several: dict[str, list[Load]] = {}
    for _round in range(ROUNDS):
        measured: list[Load | str] = [
            load("PostgreSQL", count, items, seconds),
            load("PostgreSQL, counted", count, f"{items}&count=yes", seconds),
            pgbench(address, count, seconds, folder),
        ]
        for one in measured:
            if isinstance(one, str):
                missing += [one] * (one not in missing)
            else:
                several.setdefault(one.name, []).append(one)
    for each in several.values():
        each.sort(key=lambda one: one.requests_per_second)
        found.append(each[len(each) // 2])


def _peers(
    address: str, count: int, seconds: int, folder: Path, found: list[Load], missing: list[str]
) -> None:
    if reason := ogc_peers.prepare(address):
        missing.append(f"pygeoapi and tipg were left out: {reason}")
        return
    for running in (ogc_peers.pygeoapi(address, folder), ogc_peers.tipg(address)):
        with running as peer:
            if isinstance(peer, str):
                missing.append(peer)
            else:
                found.append(load(peer.name, count, peer.items, seconds))


def on_sqlite(seconds: int, count: int = MIDDLE) -> list[Load]:
    """This will measure the middle size on SQLite."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        environment = {**environment_in(folder), "VETOVOIMA_DATABASE_URL": f"sqlite:///{folder}/ogc.sqlite3"}
        prepare(environment)
        here("from benchmarks.generate import generate; generate(240)", environment)
        fill(environment, count)
        server = stack.enter_context(served(environment))
        warm(server.address(ITEMS), count, seconds)
        return [load("SQLite", count, server.address(ITEMS), seconds)]


def verdicts(found: list[Load]) -> list[str]:
    """This will say of each goal of the standard's door whether it is reached, as far as it was measured."""
    by_name = {one.name: one for one in found if one.records == MIDDLE}
    ours, counted = by_name.get("PostgreSQL"), by_name.get("PostgreSQL, counted")
    told = []
    for mine, other, least in (
        (ours, "pygeoapi", 20.0), (counted, "pygeoapi", 10.0), (ours, "tipg", 8.0), (ours, "pgbench, the same rows", 0.6),
        (by_name.get("SQLite"), "PostgreSQL", 0.5),
    ):  # fmt: skip
        if mine and other in by_name:
            ratio = mine.requests_per_second / by_name[other].requests_per_second
            told.append(_said(ratio >= least, f"{mine.name} to {other}: {ratio:.2f}, at least {least:g}"))
    if ours:
        told.append(_said(ours.p99_ms < 30, f"p99 {ours.p99_ms:.1f} ms, below 30"))
    full = sorted((one for one in found if one.name.endswith("page full")), key=lambda one: one.records)
    if len(full) > 1:
        ratio = full[0].requests_per_second / full[-1].requests_per_second
        told.append(
            _said(
                ratio <= 2,
                f"{full[-1].records:,} records cost {ratio:.2f} times {full[0].records:,}, at most 2",
            )
        )
    return told


def _said(is_reached: bool, goal: str) -> str:
    return f"  {'reached' if is_reached else 'not reached':<12}{goal}"


def table(found: list[Load]) -> str:
    """This will write the figures as a table."""
    lines = [
        f"{'OGC API Features, random boxes':<34}{'records':>10}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}"
    ]
    lines += [
        f"{one.name:<34}{one.records:>10,}{one.requests_per_second:>9.0f}{one.p50_ms:>9.1f}{one.p99_ms:>9.1f}{one.errors:>8}"
        for one in found
    ]
    return "\n".join(lines)


def measure(sizes: tuple[int, ...] = SIZES, seconds: int = 5) -> dict[str, Any]:
    """This will measure everything that can be measured here."""
    found: list[Load] = []
    missing: list[str] = []
    try:
        found, missing = on_postgresql(sizes, seconds)
    except postgres.CannotStart as error:
        missing.append(f"PostgreSQL was left out. {error}")
    found += on_sqlite(seconds)
    return {"results": [asdict(one) for one in found], "missing": missing, "verdicts": verdicts(found)}


def told(found: dict[str, Any]) -> str:
    """This will write what was measured, what could not be, and what is reached."""
    lines = [
        table([Load(**one) for one in found["results"]]),
        *found["missing"],
        "goals:",
        *found["verdicts"],
    ]
    return "\n".join(lines)


def main() -> None:
    """This will run the benchmark alone and keep its figures in var/bench/ogc.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--seconds", type=int, default=5)
    options = parser.parse_args()
    found = measure(tuple(options.records), options.seconds)
    print(told(found))
    keep = PROJECT / "var" / "bench"
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "ogc.json").write_text(json.dumps({"cores": os.cpu_count(), **found}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
