"""The letters of the web pages' fonts stand in two style sheets and in the tool that cuts the files: CSS shares no lists."""

from __future__ import annotations

import re
from pathlib import Path

from tools.fonts import NORTH

TOKENS = Path(__file__).resolve().parents[2] / "frontend" / "tokens"


def ranges(sheet: str) -> list[str]:
    """The letters of each font of a style sheet, as it has them."""
    return re.findall(r"unicode-range: ([^;]+);", (TOKENS / sheet).read_text(encoding="utf-8"))


def letters(written: str) -> set[str]:
    """The letters of a `unicode-range`."""
    found: set[str] = set()
    for part in written.split(","):
        first, _to, last = part.strip().removeprefix("U+").partition("-")
        found |= {chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)}
    return found


def test_words_and_headings_are_asked_for_the_same_letters() -> None:
    assert ranges("fonts.css") == ranges("headings.css")


def test_the_smaller_files_hold_every_letter_that_they_are_asked_for() -> None:
    _latin, north = ranges("fonts.css")
    assert letters(north) == set(NORTH)
