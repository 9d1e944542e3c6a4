"""What the benchmarks say of their goals."""

from __future__ import annotations

from types import SimpleNamespace as Row

from benchmarks.goals import verdicts
from benchmarks.pages import CONTENT, shortfalls


def test_goals_name_what_does_not_reach_them() -> None:
    results = [
        Row(name="static file (limit)", requests_per_second=1000.0, p95_ms=1.0),
        Row(name="home page, cached", requests_per_second=490.0, p95_ms=2.0),
        Row(name="facts, cached", requests_per_second=500.0, p95_ms=2.0),
        Row(name="facts, uncached", requests_per_second=50.0, p95_ms=401.0),
        Row(name="home page, uncached", requests_per_second=50.0, p95_ms=400.0),
    ]
    assert verdicts(results, {"/en/": 25, "/en/facts/": 26, "/en/none/": 0}) == [
        "  not reached uncached, 95 of 100 within 400 ms: facts, uncached 401 ms",
        "  not reached cached, at least 50% of a static file's throughput: home page, cached 0.49×",
        "  not reached uncached, at most 25 queries (most: 26): /en/facts/ 26",
        "  not there, so not counted: /en/none/",
    ]


def test_a_page_is_told_what_it_does_not_reach() -> None:
    scores = {"performance": 94, "accessibility": 100, "best-practices": 100, "seo": 92}
    found = {
        "scores": scores,
        "lcpMs": 1800,
        "cls": 0.06,
        "bytes": 151 * 1024,
        "imageBytes": 0,
        "scriptBytes": 30 * 1024,
    }
    assert shortfalls(found, CONTENT) == [
        "performance 94 < 95",
        "seo 92 < 100",
        "CLS 0.06 > 0.05",
        "KB 151 > 150",
    ]
