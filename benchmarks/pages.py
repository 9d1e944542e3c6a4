"""Twelve key pages as a phone on a slow line gets them: Lighthouse's scores, when they show, what they weigh.

`.venv/bin/python -m benchmarks.pages` measures them alone. The pages are those of the region's pack with its examples, served as in production.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[1]
FOLDER = Path(__file__).with_name("lighthouse")
KB = 1024


@dataclass(frozen=True)
class Goal:
    """What a page must reach; bytes are what crosses the line, compressed."""

    performance: int = 95
    others: int = 100
    lcp_ms: int = 1800
    cls: float = 0.05
    page_kb: int = 150
    image_kb: int = 300
    script_kb: int = 30


CONTENT = Goal()
#: a page with a map draws more and later
MAP = Goal(performance=85, lcp_ms=2500, page_kb=850, script_kb=600)
PAGES: dict[str, tuple[str, Goal]] = {
    "home": ("/en/", CONTENT),
    "region": ("/en/region/", CONTENT),
    "sector": ("/en/sectors/technology/", CONTENT),
    "municipality": ("/en/municipalities/kajaani/", CONTENT),
    "search": ("/en/sites/", CONTENT),
    "search, map view": ("/en/sites/?view=map", MAP),
    "site": ("/en/sites/{site}/", CONTENT),
    "opportunity": ("/en/opportunities/{opportunity}/", CONTENT),
    "enquiry": ("/en/enquiry/", CONTENT),
    "news": ("/en/news/", CONTENT),
    "facts": ("/en/facts/", CONTENT),
    "permits": ("/en/permits/", CONTENT),
}


def chrome() -> str | None:
    """The Chromium to measure with: CHROME_PATH, or the machine's."""
    from tools import machine

    return os.environ.get("CHROME_PATH") or machine.chromium()


def node_environment() -> tuple[str, dict[str, str]]:
    """Node.js, and the environment in which it finds the browser."""
    from tools import frontend

    node, _npm = frontend.find_node(Path(sys.executable))
    return node, {**os.environ, "CHROME_PATH": chrome() or ""}


def missing() -> str:
    """Why Lighthouse cannot run here; "" when it can."""
    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        return "Lighthouse is not installed: make bench puts it into benchmarks/lighthouse/."
    return "" if chrome() else "There is no Chromium on this machine (or name one by CHROME_PATH)."


def examine(base: str, addresses: list[str], runs: int = 1) -> list[dict[str, Any]]:
    """This will have Lighthouse measure addresses of a running server, one after the other."""
    node, environment = node_environment()
    command = [node, str(FOLDER / "run.mjs"), *(base + address for address in addresses)]
    environment["LIGHTHOUSE_RUNS"] = str(runs)
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True, cwd=FOLDER)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def shortfalls(found: dict[str, Any], goal: Goal) -> list[str]:
    """This will say what a page does not reach, each with its figure."""
    scores = found["scores"]
    wrong = [f"performance {scores['performance']} < {goal.performance}"] * (
        scores["performance"] < goal.performance
    )
    wrong += [
        f"{name} {scores[name]} < {goal.others}"
        for name in ("accessibility", "best-practices", "seo")
        if scores[name] < goal.others
    ]
    for name, value, most in (
        ("LCP ms", found["lcpMs"], goal.lcp_ms),
        ("CLS", found["cls"], goal.cls),
        ("KB", round(found["bytes"] / KB), goal.page_kb),
        ("KB of images", round(found["imageBytes"] / KB), goal.image_kb),
        ("KB of script", round(found["scriptBytes"] / KB), goal.script_kb),
    ):
        if value > most:
            wrong.append(f"{name} {value} > {most}")
    return wrong


def table(results: dict[str, dict[str, Any]]) -> str:
    """This will write the results as a table; under it, page by page, what is not reached and what holds it back."""
    head = f"{'page':<18}{'perf':>6}{'a11y':>6}{'best':>6}{'SEO':>5}{'LCP ms':>8}{'TBT ms':>8}{'CLS':>7}{'KB':>6}{'script':>8}{'images':>8}"
    lines, below = [head], []
    for name, one in results.items():
        scores = [one["scores"][key] for key in ("performance", "accessibility", "best-practices", "seo")]
        sizes = [round(one[key] / KB) for key in ("bytes", "scriptBytes", "imageBytes")]
        lines.append(
            f"{name:<18}{scores[0]:>6}{scores[1]:>6}{scores[2]:>6}{scores[3]:>5}{one['lcpMs']:>8}{one['tbtMs']:>8}"
            f"{one['cls']:>7}{sizes[0]:>6}{sizes[1]:>8}{sizes[2]:>8}"
        )
        wrong = shortfalls(one, PAGES[name][1])
        if wrong:
            causes = "; ".join(f"{part}: {', '.join(ids[:4])}" for part, ids in one["holding"].items())
            below.append(f"  {name}: {'; '.join(wrong)}\n      {causes}")
    return "\n".join([*lines, "", "Not reached:" if below else "Every page reaches its goals.", *below])


def _codes(base: str) -> dict[str, str]:
    """One plot and one opportunity of the real offer."""
    with urlopen(f"{base}/feeds/sites.json?lang=en&limit=100", timeout=30) as answer:
        items = json.load(answer)["items"]
    found = {}
    for one in items:
        kind = "opportunity" if one["kind"]["value"] == "opportunity" else "site"
        found.setdefault(kind, one["code"])
    return found


def measure(base: str, runs: int = 1) -> dict[str, dict[str, Any]]:
    """This will measure the key pages of a running server."""
    codes = _codes(base)
    wanted = {name: path.format(**codes) for name, (path, _goal) in PAGES.items() if "{" not in path or codes}
    for address in wanted.values():
        urlopen(base + address, timeout=60).read()
    return dict(zip(wanted, examine(base, list(wanted.values()), runs), strict=True))


def run(runs: int = 1) -> dict[str, dict[str, Any]]:
    """This will serve the region's pack with its labelled examples as in production, and measure its key pages."""
    # the module that runs as the program imports this one
    from benchmarks.__main__ import Server, environment_in

    with tempfile.TemporaryDirectory(prefix="vetovoima-pages-") as folder:
        environment = environment_in(folder)
        vetovoima = [sys.executable, "-m", "vetovoima.config.cli"]
        for words in (["init", "-v0"], ["load-region"], ["load-demo"], ["collectstatic", "--noinput", "-v0"]):
            loading = {
                **environment,
                "BENCH_EXAMPLES": "on",
                "VETOVOIMA_DEMO_PASSWORD": secrets.token_hex(16),
            }
            subprocess.run([*vetovoima, *words], env=loading, check=True, stdout=subprocess.DEVNULL)
        server = Server(environment, "on")
        try:
            return measure(server.address(""), runs)
        finally:
            server.stop()


def main() -> None:
    """This will measure a running server, or one of its own, and say what is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", default="", help="of a running server; without it one is started")
    parser.add_argument("--runs", type=int, default=1, help="measurements of each page; the median counts")
    options = parser.parse_args()
    if reason := missing():
        raise SystemExit(reason)
    found = measure(options.address.rstrip("/"), options.runs) if options.address else run(options.runs)
    print(table(found))


if __name__ == "__main__":
    main()
