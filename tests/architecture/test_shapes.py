"""How large things may grow and what must not stand in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, report

LONGEST_FILE = 600
LONGEST_TEMPLATE = 120
# The content security policy refuses these, so they would only work on the desk of whoever wrote them.
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "a javascript: address": re.compile(r"=\s*[\"']\s*javascript:", re.IGNORECASE),
    "a <style> element without a nonce": re.compile(r"<style(?![^>]*nonce)", re.IGNORECASE),
    "a <script> element without src or nonce": re.compile(
        r"<script(?![^>]*(\bsrc=|nonce|type=\"application/(ld\+)?json\"))", re.IGNORECASE
    ),
}


def code_files() -> list[Path]:
    """This will return every file of code that people write."""
    found = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py"), *(ROOT / "tools").rglob("*.py")]
    found += [*(ROOT / "benchmarks").rglob("*.py")]
    found += [path for path in (ROOT / "frontend").rglob("*.ts") if "node_modules" not in path.parts]
    return [path for path in sorted(found) if "migrations" not in path.parts]


def templates() -> list[Path]:
    """This will return every HTML template of the project."""
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def test_no_file_is_longer_than_a_reader_can_hold():
    wrong = []
    for path in code_files():
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > LONGEST_FILE:
            wrong.append(f"{path.relative_to(ROOT)}: {length} lines")

    assert wrong == [], report(wrong, f"More than {LONGEST_FILE} lines: make it a package of nouns.")


def test_no_module_is_called_utils():
    wrong = [
        str(path.relative_to(ROOT))
        for path in code_files()
        if path.stem in {"utils", "util", "helpers", "misc"}
    ]

    assert wrong == [], report(
        wrong, "Look for the noun: text, time, money, geometry and HTTP live in common/."
    )


def test_templates_are_short():
    wrong = []
    for path in templates():
        length = len(path.read_text(encoding="utf-8").splitlines())
        if length > LONGEST_TEMPLATE:
            wrong.append(f"{path.relative_to(ROOT)}: {length} lines")

    assert wrong == [], report(
        wrong, f"More than {LONGEST_TEMPLATE} lines: a part of it is a component of its own."
    )


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_that_the_content_policy_refuses(what):
    wrong = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        for match in INLINE[what].finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            wrong.append(f"{path.relative_to(ROOT)}:{line}: {what}")

    assert wrong == [], report(
        wrong, "Styles go to frontend/, behaviour to a TypeScript element or an hx- attribute."
    )
