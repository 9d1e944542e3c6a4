"""The benchmark of feeds, embeds and webhooks: `python -m benchmarks.doors`; about two minutes for each database.

Two questions. What does "nothing has changed" cost, beside a view that answers nothing on the same server in the same
run? And how long does it take from pressing "publish" until every municipality's embed shows the new version in every way
(component, frame, fragment) and every living subscriber has been told, three of them being dead?

The web server and the worker are the product's own. BENCH_SITES says how many sites there are (1,000), BENCH_PUBLISHES how
many publications are timed (24), BENCH_SUBSCRIBERS how many subscribers there are (20; three of them dead).
"""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.request import urlopen

from benchmarks.__main__ import CONNECTIONS, PROJECT, THREADS, Server, environment_in
from benchmarks.receivers import Receivers
from tools import postgres

SITES = int(os.environ.get("BENCH_SITES", "1000"))
PUBLISHES = int(os.environ.get("BENCH_PUBLISHES", "24"))
SUBSCRIBERS, DEAD = int(os.environ.get("BENCH_SUBSCRIBERS", "20")), 3
#: answers a second that are enough, whatever an empty view does; most seconds for 95 of 100 publications
ENOUGH, MOST_SECONDS = 5_000, 2.0
#: after so long a publication counts as never seen
LONGEST = 300.0
#: seconds between the questions of a page that shows an embed, and so what a time may be too long by; a page on the web asks
#: once, when somebody opens it, and 24 addresses asked without a pause would be a load of their own
PAUSE = 0.1
EMPTY, FEED = "/bench/empty", "/feeds/sites.json?lang=fi&limit=500"
ASKED = "lang=fi&sort=updated&limit=20"
WAYS = {
    "component": f"/embed/data.json?municipality={{slug}}&{ASKED}",
    "frame": f"/embed/{{slug}}/?{ASKED}",
    "fragment": f"/embed/{{slug}}/fragment.html?{ASKED}",
}


@dataclass
class Rate:
    """One measured door; milliseconds."""

    name: str
    database: str
    requests_per_second: float
    p99_ms: float


@dataclass
class Publication:
    """One publication: seconds until the last embed showed it, and until the last living subscriber was told."""

    embeds: float
    webhooks: float

    @property
    def whole(self) -> float:
        """Seconds until everybody had it."""
        return max(self.embeds, self.webhooks)


def _here(code: str, environment: dict[str, str]) -> str:
    lines = f"import django; django.setup()\n{code}"
    return subprocess.run([sys.executable, "-c", lines], env=environment, check=True, text=True, stdout=subprocess.PIPE).stdout  # fmt: skip


@contextmanager
def _running(words: list[str], environment: dict[str, str], **pipes: Any) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, *words], env=environment, text=True, **pipes)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()


# The first question.


def rate(name: str, database: str, address: str, seconds: int, headers: dict[str, str] | None = None) -> Rate:
    """This will load one address with wrk."""
    words = ["wrk", "-t", str(THREADS), "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency"]
    for one in (headers or {}).items():
        words += ["-H", ": ".join(one)]
    text = subprocess.run([*words, address], capture_output=True, text=True, check=True).stdout
    found, worst = (
        re.search(r"Requests/sec:\s+([\d.]+)", text),
        re.search(r"\n\s+99%\s+([\d.]+)(us|ms|s)", text),
    )
    if found is None or worst is None or "Non-2xx" in text:
        raise SystemExit(f"wrk said something unexpected:\n{text}")
    return Rate(
        name, database, float(found[1]), float(worst[1]) * {"us": 0.001, "ms": 1, "s": 1000}[worst[2]]
    )


def asked_again(server: Server, database: str, seconds: int) -> list[Rate]:
    """This will compare a feed that has not changed with an empty view, in turns: the median of three each."""
    with urlopen(server.address(FEED), timeout=60) as response:
        etag, size = response.headers["ETag"], len(response.read())
    headers = {"If-None-Match": etag}
    _must_be_unchanged(server, headers)
    several: dict[str, list[Rate]] = {}
    for _round in range(3):
        for name, path, more in (
            ("empty view", EMPTY, None),
            (f"feed of {size // 1000} kB, unchanged", FEED, headers),
        ):
            several.setdefault(name, []).append(rate(name, database, server.address(path), seconds, more))
    _must_be_unchanged(server, headers)
    return [sorted(rates, key=lambda one: one.requests_per_second)[1] for rates in several.values()]


def _must_be_unchanged(server: Server, headers: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", FEED, headers=headers)
    answer = connection.getresponse()
    if answer.status != 304 or answer.read():
        raise SystemExit(f"The feed answered {answer.status} to whoever has it.")
    connection.close()


# The second question.


class Page:
    """A municipality's own page with its embed in every way: each is asked again until it shows what was published."""

    def __init__(self, server: Server, slug: str) -> None:
        self.server = server
        self.ways = {name: path.format(slug=slug) for name, path in WAYS.items()}
        self.marks: dict[str, str] = {}

    def read(self, path: str) -> tuple[int, str, str]:
        """Status, mark and body of an embed; of one that has not changed no body comes."""
        headers = {"If-None-Match": self.marks[path]} if path in self.marks else {}
        # another reader each time, as on the web
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=LONGEST)
        connection.request("GET", path, headers={**headers, "Connection": "close"})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        if answer.status not in (200, 304):
            raise SystemExit(f"{path} answered {answer.status}: {body[:200]}")
        return answer.status, answer.headers["ETag"], body

    def settle(self) -> None:
        """This will remember what is shown now."""
        for path in self.ways.values():
            _status, self.marks[path], _body = self.read(path)

    def shows(self, end: float, code: str = "", version: int = 0) -> float:
        """This will ask until every way shows something newer, and the record's version where a code is given; returns
        when that was."""
        waiting = dict(self.ways)
        while waiting:
            for name, path in list(waiting.items()):
                status, mark, body = self.read(path)
                if status == 200 and (not code or _has(name, body, code, version)):
                    self.marks[path] = mark
                    del waiting[name]
            if time.time() > end:
                raise SystemExit(
                    f"After {LONGEST:.0f} s these did not show it: {', '.join(waiting.values())}"
                )
            if waiting:
                time.sleep(PAUSE)
        return time.time()


def _has(way: str, body: str, code: str, version: int) -> bool:
    if way == "component":
        return any(one["code"] == code and one["version"] == version for one in json.loads(body)["items"])
    found = re.search(rf'data-code="{re.escape(code)}"\s+data-version="(\d+)"', body)
    return found is not None and int(found[1]) == version


def published(
    server: Server, environment: dict[str, str], receivers: Receivers, codes: dict[str, str]
) -> list[Publication]:
    """This will publish one record after another, each municipality in its turn, and time each; the first two only warm up."""
    found = []
    pages = {slug: Page(server, slug) for slug in codes}
    words = ["-c", "import django; django.setup()\nfrom benchmarks.doors_data import press; press()"]
    with (
        _running(words, environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as desk,
        ThreadPoolExecutor(len(pages)) as readers,
    ):
        slugs = list(codes)
        for number in range(PUBLISHES + 2):
            slug = slugs[number % len(slugs)]
            list(readers.map(Page.settle, pages.values()))
            receivers.forget()
            found.append(_one(desk, readers, pages, slug, codes[slug], receivers))
    return found[2:]


def _one(
    desk: subprocess.Popen[str],
    readers: ThreadPoolExecutor,
    pages: dict[str, Page],
    slug: str,
    code: str,
    receivers: Receivers,
) -> Publication:
    assert desk.stdin is not None
    assert desk.stdout is not None
    desk.stdin.write(f"{code}\n")
    desk.stdin.flush()
    told = json.loads(desk.stdout.readline())
    end = told["pressed"] + LONGEST
    waits = [
        readers.submit(page.shows, end, *((code, told["version"]) if one == slug else ()))
        for one, page in pages.items()
    ]
    embeds = max(wait.result() for wait in waits)
    webhooks = receivers.wait_for(code, told["version"], end)
    return Publication(embeds - told["pressed"], webhooks - told["pressed"])


# Both, on one database.


def on_database(name: str, address: str, seconds: int) -> tuple[list[Rate], list[Publication]]:
    """This will make the data, start the server and the worker, and ask both questions."""
    with (
        tempfile.TemporaryDirectory(prefix="vetovoima-doors-") as folder,
        Receivers(SUBSCRIBERS - DEAD) as receivers,
    ):
        environment = {
            **environment_in(folder), "VETOVOIMA_DATABASE_URL": address or f"sqlite:///{folder}/doors.sqlite3",
            "VETOVOIMA_HTTP_ALLOWED_LOOPBACK": ",".join(receivers.places()), "BENCH_CACHE": "on",
        }  # fmt: skip
        for words in (["init", "-v0"], ["load-region"], ["collectstatic", "--noinput", "-v0"]):
            subprocess.run(
                [sys.executable, "-m", "vetovoima.config.cli", *words],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
            )
        _here(f"from benchmarks.generate import generate; generate({SITES})", environment)
        codes = json.loads(_here("from benchmarks.doors_data import prepare; prepare()", environment))
        server = Server(environment, "on")
        try:
            rates = asked_again(server, name, seconds)
            _here(
                f"from benchmarks.doors_data import subscribe; subscribe({receivers.addresses()!r})",
                environment,
            )
            _finish_what_making_the_data_left(environment)
            with _running(["-m", "vetovoima.config.cli", "worker"], environment):
                return rates, published(server, environment, receivers, codes)
        finally:
            server.stop()


def _finish_what_making_the_data_left(environment: dict[str, str]) -> None:
    words = [sys.executable, "-m", "vetovoima.config.cli", "worker", "--once"]
    subprocess.run(words, env=environment, check=True)


def verdicts(rates: list[Rate], times: dict[str, list[Publication]]) -> list[str]:
    """This will say of each goal whether it is reached."""
    told = []
    for name in {one.database: 0 for one in rates}:
        empty, feed = (one.requests_per_second for one in rates if one.database == name)
        least = min(ENOUGH, empty / 2)
        told.append(
            _said(
                feed >= least,
                f"{name}: {feed:,.0f} unchanged feeds a second, at least {least:,.0f}; {feed / empty:.2f} of an empty view",
            )
        )
    for name, several in times.items():
        worst = quantiles([one.whole for one in several], n=20)[-1]
        told.append(
            _said(
                worst < MOST_SECONDS,
                f"{name}: everybody has it, 95 of 100 within {worst:.2f} s, below {MOST_SECONDS:g}",
            )
        )
    return told


def _said(is_reached: bool, goal: str) -> str:
    return f"  {'reached' if is_reached else 'not reached':<12}{goal}"


def told(found: dict[str, Any]) -> str:
    """This will write what was measured as tables, and what is reached."""
    lines = [f"{'asked again':<44}{'database':<12}{'req/s':>9}{'p99 ms':>9}"]
    lines += [
        f"{one['name']:<44}{one['database']:<12}{one['requests_per_second']:>9.0f}{one['p99_ms']:>9.1f}"
        for one in found["rates"]
    ]
    lines.append(f"{'from publish to everybody, seconds':<44}{'database':<12}{'p50':>9}{'p95':>9}")
    for name, several in found["times"].items():
        for what in ("embeds", "webhooks", "whole"):
            values = [one[what] for one in several]
            lines.append(
                f"{what + f', {len(values)} times':<44}{name:<12}{median(values):>9.2f}{quantiles(values, n=20)[-1]:>9.2f}"
            )
    return "\n".join([*lines, *found["missing"], "goals:", *found["verdicts"]])


def measure(seconds: int = 4) -> dict[str, Any]:
    """This will measure on SQLite, and on PostgreSQL where it can be started."""
    rates, times = on_database("SQLite", "", seconds)
    several, missing = {"SQLite": times}, []
    try:
        with postgres.server() as address:
            more, several["PostgreSQL"] = on_database("PostgreSQL", address, seconds)
            rates += more
    except postgres.CannotStart as error:
        missing.append(f"PostgreSQL was left out. {error}")
    return {
        "rates": [asdict(one) for one in rates],
        "times": {
            name: [{**asdict(one), "whole": one.whole} for one in found] for name, found in several.items()
        },
        "missing": missing,
        "verdicts": verdicts(rates, several),
    }


def main() -> None:
    """This will run the benchmark alone and keep its figures in var/bench/doors.json."""
    found = measure()
    print(told(found))
    keep = Path(PROJECT) / "var" / "bench"
    keep.mkdir(parents=True, exist_ok=True)
    (keep / "doors.json").write_text(
        json.dumps({"cores": os.cpu_count(), **found}, indent=2), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
