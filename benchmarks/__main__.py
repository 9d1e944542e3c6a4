"""`make bench`: requests a second and p50/p99 of the public side on 10,000 generated sites.

Ratios within one run are what counts: the load generator, the server and the database share the machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from benchmarks import goals, imports, pages, search

PROJECT = Path(__file__).resolve().parents[1]
CONNECTIONS, THREADS, WORKERS = 8, 1, 2
SCRIPT = Path(__file__).with_name("random_search.lua")
PERCENTILES = Path(__file__).with_name("percentiles.lua")
#: a browser's name, so that what it costs to count visits is in the figures
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
#: name, address, cache on?, random queries?
CASES = (
    ("static file (limit)", "/static/embed-frame.css", True, False),
    ("one-query view (limit)", "/bench/one-query", True, False),
    ("home page, cached", "/en/", True, False),
    ("home page, uncached", "/en/", False, False),
    ("site page, cached", "/en/sites/{code}/", True, False),
    ("site page, uncached", "/en/sites/{code}/", False, False),
    ("sector page, uncached", "/en/sectors/technology/", False, False),
    ("municipality page, uncached", "/en/municipalities/kajaani/", False, False),
    ("facts, uncached", "/en/facts/", False, False),
    ("facts, cached", "/en/facts/", True, False),
    ("permits, uncached", "/en/permits/", False, False),
    ("enquiry form, uncached", "/en/enquiry/", False, False),
    ("search with box and text, uncached", "/fi/sites/", False, True),
    ("search, first page, cached", "/fi/sites/", True, False),
    ("feed of 100, uncached", "/feeds/sites.json?lang=fi&limit=100", False, False),
    ("feed of 100, cached", "/feeds/sites.json?lang=fi&limit=100", True, False),
    ("GeoJSON feed of 100, uncached", "/feeds/sites.geojson?lang=fi&limit=100", False, False),
    ("embedded frame of 20, uncached", "/embed/kuhmo/?lang=fi&limit=20", False, False),
    ("embedded frame of 20, cached", "/embed/kuhmo/?lang=fi&limit=20", True, False),
)


@dataclass
class Result:
    """One measured case; milliseconds."""

    name: str
    requests_per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    errors: int


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr]
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60000}[unit]


def measure(name: str, url: str, seconds: int, random_search: bool) -> Result:
    """This will load one address with wrk and read its figures."""
    command = ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency"]
    command += ["-H", "Accept-Encoding: gzip", "-H", f"User-Agent: {BROWSER}"]
    command += ["-s", str(SCRIPT if random_search else PERCENTILES), url]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    patterns = {"rate": r"Requests/sec:\s+([\d.]+)", "p50": r"\n\s+50%\s+(\S+)", "p99": r"\n\s+99%\s+(\S+)"}
    patterns["p95"] = r"95th percentile: (\S+)"
    found = {}
    for key, pattern in patterns.items():
        match = re.search(pattern, text)
        if match is None:
            raise SystemExit(f"wrk said something unexpected:\n{text}")
        found[key] = match.group(1)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return Result(
        name,
        float(found["rate"]),
        _milliseconds(found["p50"]),
        _milliseconds(found["p95"]),
        _milliseconds(found["p99"]),
        int(refused.group(1)) if refused else 0,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The product served as in production: granian, WSGI, one blocking thread in each worker."""

    def __init__(self, environment: dict[str, str], cache: str) -> None:
        self.port = _free_port()
        command = [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", str(WORKERS),
            "--blocking-threads", "1", "--log-level", "warning", "vetovoima.config.wsgi:application",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, env={**environment, "BENCH_CACHE": cache})
        self._wait()

    def _wait(self) -> None:
        for _attempt in range(1_200):
            try:
                with urlopen(self.address("/healthz"), timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        self.process.terminate()
        raise SystemExit("The server did not start.")

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def stop(self) -> None:
        """This will end the server."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def prepare(environment: dict[str, str], count: int) -> str:
    """This will make the database with the region's pack and the generated sites; returns one site's code."""
    vetovoima = [sys.executable, "-m", "vetovoima.config.cli"]
    subprocess.run([*vetovoima, "init", "-v0"], env=environment, check=True)
    subprocess.run([*vetovoima, "load-region"], env=environment, check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*vetovoima, "collectstatic", "--noinput", "-v0"], env=environment, check=True)
    code = f"import django; django.setup(); from benchmarks.generate import generate; generate({count})"
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
    pick = "import django; django.setup(); from vetovoima.syndication.models import PublishedDocument as P; "
    pick += "print(P.objects.filter(code__startswith='BEN').order_by('code').first().code)"
    return subprocess.run(
        [sys.executable, "-c", pick], env=environment, check=True, capture_output=True, text=True
    ).stdout.strip()


def environment_in(folder: str) -> dict[str, str]:
    """The environment of the processes of a benchmark that keeps its data in a folder."""
    return {
        **os.environ, "DJANGO_SETTINGS_MODULE": "benchmarks.settings", "VETOVOIMA_VAR_DIR": folder,
        "PYTHONPATH": os.pathsep.join((str(PROJECT / "src"), str(PROJECT))), "VETOVOIMA_LOG_LEVEL": "ERROR",
        "VETOVOIMA_LEMMAS_DIR": str(PROJECT / "var" / "lemmas"),
    }  # fmt: skip


def run(count: int, seconds: int) -> tuple[list[Result], dict[str, int]]:
    """This will measure every case, those with the cache and those without on a server each, and count queries."""
    with tempfile.TemporaryDirectory(prefix="vetovoima-bench-") as folder:
        environment = environment_in(folder)
        started = time.monotonic()
        code = prepare(environment, count)
        print(f"{count:,} sites in three languages generated in {time.monotonic() - started:.0f} s")
        servers = {True: Server(environment, "on"), False: Server(environment, "off")}
        try:
            results = []
            for name, path, cached, is_random in CASES:
                url = servers[cached].address(path.format(code=code))
                urlopen(url, timeout=60).read()
                results.append(measure(name, url, seconds, is_random))
                print(".", end="", flush=True)
            print()
        finally:
            for server in servers.values():
                server.stop()
        subprocess.run([sys.executable, "-m", "benchmarks.editing"], env=environment, check=True)
        return results, goals.counted_apart(environment, code)


def table(results: list[Result]) -> str:
    """This will write the results as a table, each beside the one-query view of the same run."""
    limit = next(result for result in results if result.name.startswith("one-query")).requests_per_second
    lines = [
        f"{'case':<38}{'req/s':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'of one-query':>14}{'errors':>8}"
    ]
    lines += [
        f"{one.name:<38}{one.requests_per_second:>9.0f}{one.p50_ms:>9.1f}{one.p95_ms:>9.1f}{one.p99_ms:>9.1f}"
        f"{one.requests_per_second / limit:>13.2f}×{one.errors:>8}"
        for one in results
    ]
    return "\n".join(lines)


def _pages(runs: int) -> dict[str, Any]:
    """The key pages as a phone gets them, where Lighthouse and a browser are in place."""
    reason = pages.missing() if runs else ""
    if not runs or reason:
        print(reason or "Key pages left out.")
        return {}
    found = pages.run(runs)
    print(pages.table(found))
    return found


def _features(sizes: list[int] | None) -> dict[str, Any]:
    """OGC API Features beside its peers; of every size unless said otherwise."""
    from benchmarks import ogc  # it takes the server from here

    if sizes == []:
        return {}
    found = ogc.measure(tuple(sizes or ogc.SIZES))
    print(ogc.told(found))
    return found


def _doors(is_wanted: bool) -> dict[str, Any]:
    """Feeds that have not changed, and the way from "publish" to embeds and subscribers."""
    from benchmarks import doors  # it takes the server from here

    if not is_wanted:
        return {}
    found = doors.measure()
    print(doors.told(found))
    return found


def main() -> None:
    """This will run the benchmark and keep its figures in var/bench/."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=10_000)
    parser.add_argument("--seconds", type=int, default=5, help="for each case")
    parser.add_argument("--import-rows", type=int, default=imports.ROWS, help="0 leaves imports out")
    parser.add_argument(
        "--search-records", type=int, nargs="*", default=list(search.SIZES), help="none leaves it out"
    )
    parser.add_argument(
        "--lighthouse", type=int, default=1, help="measurements of each key page; 0 leaves them out"
    )
    parser.add_argument("--ogc-records", type=int, nargs="*", help="OGC API Features; none leaves it out")
    parser.add_argument("--no-doors", action="store_true", help="leaves feeds, embeds and webhooks out")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        raise SystemExit("The benchmark needs wrk. On Debian or Ubuntu: apt-get install wrk")
    results, queries = run(options.sites, options.seconds)
    print(table(results))
    print("\n".join(["goals:", *goals.verdicts(results, queries)]))
    seen = _pages(options.lighthouse)
    taken_in = imports.measure(options.import_rows) if options.import_rows else {}
    if taken_in:
        print(imports.table(taken_in))
    searched = search.measure(tuple(options.search_records)) if options.search_records else {}
    if searched:
        print(search.table(searched))
    features = _features(options.ogc_records)
    doors = _doors(not options.no_doors)
    folder = PROJECT / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    machine = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    figures = {
        "machine": machine,
        "sites": options.sites,
        "connections": CONNECTIONS,
        "results": [asdict(one) for one in results],
        "queries": queries,
        "imports": taken_in,
        "pages": seen,
        "search": searched,
        "ogc": features,
        "doors": doors,
    }
    (folder / "latest.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    if any(one.errors for one in results):
        raise SystemExit("Some answers were errors.")
    if searched.get("missed"):
        raise SystemExit("\n".join(searched["missed"]))


if __name__ == "__main__":
    main()
