"""Whole numbers that a browser or a machine sends as text: counts, revisions, numbers of rows."""

from __future__ import annotations


def whole_number(text: object, longest: int = 9) -> int | None:
    """This will read a number of plain digits, at most `longest` of them; None for anything else.

    Not `isdigit` alone: "²" is a digit to it and no number to `int`, and a number of five thousand digits is refused
    by `int` as well.
    """
    plain = str(text).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= longest else None
