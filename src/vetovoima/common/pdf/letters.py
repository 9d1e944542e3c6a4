"""Which characters the bundled fonts can write, and what becomes of the others.

An archivable, accessible PDF may not hold a character without a letter for it, so none reaches the typesetter.
"""

from __future__ import annotations

import struct
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

FONTS = Path(__file__).parent / "fonts"
#: stands where a character was that the fonts lack: an emoji, a script that they do not write
MISSING = "\u25ca"
#: a run of more signs without a space gets places where the line may break
LONGEST_RUN = 40
BREAK = "\u200b"
KEPT_CONTROLS = "\n\t\u00ad"


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """This will return the code points for which every bundled font has a letter."""
    return frozenset.intersection(*(_letters_of(path) for path in sorted(FONTS.glob("*.ttf"))))


def _letters_of(path: Path) -> frozenset[int]:
    """The code points of a TrueType file: the format 12 part of its character map."""
    data = path.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {
        data[at : at + 4]: struct.unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * count, 16)
    }
    table = tables[b"cmap"]
    (parts,) = struct.unpack_from(">H", data, table + 2)
    for part in range(parts):
        start = table + struct.unpack_from(">I", data, table + 8 + 8 * part)[0]
        if struct.unpack_from(">H", data, start)[0] == 12:
            (groups,) = struct.unpack_from(">I", data, start + 12)
            ranges = (struct.unpack_from(">II", data, start + 16 + 12 * one) for one in range(groups))
            return frozenset(point for first, last in ranges for point in range(first, last + 1))
    raise ValueError(f"{path.name} has no character map of format 12")


def printable(text: str) -> str:
    """This will return a text in characters that the fonts have: composed, without hidden signs, a lozenge for the others."""
    composed = unicodedata.normalize("NFC", text)
    if composed.isascii() and composed.isprintable():
        shown = composed
    else:
        known = covered()
        shown = "".join(_sign(sign, known) for sign in composed)
    return _breakable(shown) if len(shown) > LONGEST_RUN else shown


def _sign(sign: str, known: frozenset[int]) -> str:
    if sign in KEPT_CONTROLS:
        return sign
    category = unicodedata.category(sign)
    if category == "Zs":
        return sign if ord(sign) in known else " "
    if category in ("Cc", "Cf", "Cs", "Me", "Mn"):
        # Hidden signs, signs that turn the direction of writing, accents that belong to no letter of ours.
        return ""
    if category in ("Zl", "Zp"):
        return "\n"
    return sign if ord(sign) in known and category != "Co" else MISSING


def _breakable(text: str) -> str:
    words = text.split(" ")
    if max(map(len, words)) <= LONGEST_RUN:
        return text
    return " ".join(_broken(word) if len(word) > LONGEST_RUN else word for word in words)


def _broken(word: str) -> str:
    return BREAK.join(word[at : at + LONGEST_RUN] for at in range(0, len(word), LONGEST_RUN))


def printable_data(value: Any) -> Any:
    """This will make every text in data printable, keys left alone."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: printable_data(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [printable_data(inner) for inner in value]
    return value
