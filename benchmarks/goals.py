"""What the public side must reach, beside what was measured: figures to read, never a test that fails by the clock."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Protocol

#: most questions to the database for one page that is not in the cache, and most milliseconds for 95 of 100 of them
MOST_QUERIES, MOST_P95_MS = 25, 400
#: least share of a static file's throughput for a page from the cache
CACHED_SHARE = 0.5
#: pages that visitors open, without what is different in each database
PAGES = (
    "/en/", "/en/region/", "/en/sectors/", "/en/sectors/technology/", "/en/municipalities/", "/en/municipalities/kajaani/",
    "/en/sites/", "/en/sites/?municipality=kuhmo&min_area=5", "/en/opportunities/", "/en/facts/", "/en/permits/",
    "/en/expertise/", "/en/references/", "/en/progress/", "/en/news/", "/en/services/", "/en/enquiry/", "/en/enquiry/call/",
    "/en/finder/", "/en/value/", "/en/shortlist/", "/fi/sites/{code}/",
)  # fmt: skip


class Measured(Protocol):
    """One row of the table of speed."""

    name: str
    requests_per_second: float
    p95_ms: float


def count_queries(code: str) -> dict[str, int]:
    """This will read each page once without the cache and count its questions to the database; 0 for one that is not there."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from vetovoima.portal.audit.reading import read

    found = {}
    for page in PAGES:
        address = page.format(code=code)
        read(address)  # what a process asks once, such as content types, is no matter of the page
        with CaptureQueriesContext(connection) as asked:
            answer = read(address)
        found[address] = len(asked) if answer.status == 200 else 0
    return found


def counted_apart(environment: dict[str, str], code: str) -> dict[str, int]:
    """This will count in a process of its own, on the benchmark's database and without the cache."""
    words = "import django, json, sys; django.setup(); from benchmarks.goals import count_queries; "
    words += "print(json.dumps(count_queries(sys.argv[1])))"
    done = subprocess.run([sys.executable, "-c", words, code], env={**environment, "BENCH_CACHE": "off"}, check=True,
                          stdout=subprocess.PIPE, text=True)  # fmt: skip
    found: dict[str, int] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def verdicts(results: list[Any], queries: dict[str, int]) -> list[str]:
    """This will say of each goal whether it is reached, and name what does not reach it."""
    static = next(one for one in results if one.name.startswith("static file")).requests_per_second
    cached = [one for one in results if one.name.endswith(", cached")]
    uncached = [one for one in results if one.name.endswith(", uncached")]
    slow = [f"{one.name} {one.p95_ms:.0f} ms" for one in uncached if one.p95_ms > MOST_P95_MS]
    weak = [
        f"{one.name} {one.requests_per_second / static:.2f}×" for one in cached
        if one.requests_per_second < CACHED_SHARE * static
    ]  # fmt: skip
    many = [f"{page} {number}" for page, number in queries.items() if number > MOST_QUERIES]
    gone = [page for page, number in queries.items() if number == 0]
    return [
        _said(f"uncached, 95 of 100 within {MOST_P95_MS} ms", slow),
        _said(f"cached, at least {CACHED_SHARE:.0%} of a static file's throughput", weak),
        _said(f"uncached, at most {MOST_QUERIES} queries (most: {max(queries.values(), default=0)})", many),
        *([f"  not there, so not counted: {', '.join(gone)}"] if gone else []),
    ]


def _said(goal: str, wrong: list[str]) -> str:
    return f"  {'not reached' if wrong else 'reached':<12}{goal}{': ' + ', '.join(wrong) if wrong else ''}"
