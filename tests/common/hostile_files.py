"""Files as they come: hostile, broken, strange and merely messy; made by code, so that no binary lies in the repository.

`FILES` maps a name to a `Case`: how to make the file, and what becomes of it: the code of the refusal, or the header
and some cells by (row, column name).
"""

from __future__ import annotations

import random

from . import hostile_layouts, hostile_refused, hostile_texts
from .hostile_making import FILES, GOOD, Case, entries, packed, text, workbook

__all__ = [
    "FILES",
    "GOOD",
    "Case",
    "good_files",
    "hostile_layouts",
    "hostile_refused",
    "hostile_texts",
    "mutants",
    "text",
    "workbook",
]


def good_files() -> list[tuple[str, bytes]]:
    """The files that mutants are made of."""
    names = (
        "good workbook",
        "merged header of two rows",
        "good ods",
        "CSV in utf-8",
        "CSV in utf-16",
        "CSV with commas",
    )
    return [(FILES[name].filename, FILES[name].make()) for name in names]


def mutants(count: int, seed: int = 20261012) -> list[tuple[str, bytes]]:
    """This will spoil good files at random, the same ones each time: bytes flipped, cut out, doubled, inserted."""
    chance = random.Random(seed)
    sources = good_files()
    made = []
    for number in range(count):
        filename, content = sources[number % len(sources)]
        spoilt = bytearray(content)
        if number % 3 == 0 and content[:2] == b"PK":
            spoilt = bytearray(_spoilt_part(content, chance))
        else:
            for _time in range(chance.randint(1, 12)):
                _spoil(spoilt, chance)
        made.append((filename, bytes(spoilt)))
    return made


def _spoil(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(max(len(content), 1))
    kind = chance.randrange(4)
    if kind == 0 and content:
        content[at] = chance.randrange(256)
    elif kind == 1:
        del content[at : at + chance.randint(1, 40)]
    elif kind == 2:
        content[at:at] = content[at : at + chance.randint(1, 40)]
    else:
        content[at:at] = chance.randbytes(chance.randint(1, 8))


def _spoilt_part(content: bytes, chance: random.Random) -> bytes:
    """Spoil the XML inside and pack it anew: such files pass every check of the archive."""
    parts = entries(content)
    name = chance.choice([one for one in parts if one.endswith((".xml", ".rels"))])
    inside = bytearray(parts[name])
    for _time in range(chance.randint(1, 6)):
        _spoil(inside, chance)
    return packed({**parts, name: bytes(inside)})
