"""What is a number: whole ones that a browser or a machine sends as text, and values that are one already."""

from __future__ import annotations

from typing import TypeGuard


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a value is a number; yes and no are none, though Python counts with them."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def whole_number(text: object, longest: int = 9) -> int | None:
    """This will read a number of plain digits, at most `longest` of them; None for anything else.

    Not `isdigit` alone: "²" is a digit to it and no number to `int`, and a number of five thousand digits is refused
    by `int` as well.
    """
    plain = str(text).strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= longest else None
