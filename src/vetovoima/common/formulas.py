"""Texts that a spreadsheet program would take for a formula."""

from __future__ import annotations

import re

#: `common.sandbox.delimited` takes the mark away again
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def safe(text: str) -> str:
    """This will put an apostrophe before a text that a spreadsheet program would run as a formula."""
    return f"'{text}" if FORMULA.match(text) else text
