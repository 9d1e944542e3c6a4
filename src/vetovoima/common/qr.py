"""Addresses as QR codes: for a screen as SVG, for paper as runs of dark squares."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

#: quiet squares around a code, as the standard (ISO/IEC 18004) asks
BORDER = 4


@dataclass(frozen=True)
class Code:
    """A code as a drawing: squares on a side, and its dark runs as (left, top, length)."""

    size: int
    runs: list[tuple[int, int, int]]


def _made(text: str) -> segno.QRCode:
    import segno  # only who draws a code pays for it

    # The smallest code that holds the text, with as much repair as still fits into it.
    return segno.make(text, error="l", boost_error=True, micro=False)


def qr_svg(text: str, title: str) -> bytes:
    """This will draw a text as an SVG image without a size of its own, dark on white in every colour scheme."""
    file = io.BytesIO()
    _made(text).save(
        file, kind="svg", border=BORDER, dark="#000", light="#fff", omitsize=True, title=title, xmldecl=False
    )
    return file.getvalue()


def qr_runs(text: str) -> Code:
    """This will return a text's code as runs of dark squares, for whoever draws it by other means."""
    rows = [bytes(row) for row in _made(text).matrix]
    return Code(len(rows), [run for top, row in enumerate(rows) for run in _dark(row, top)])


def _dark(row: bytes, top: int) -> list[tuple[int, int, int]]:
    found, left = [], 0
    while left < len(row):
        length = 0
        while left + length < len(row) and row[left + length]:
            length += 1
        if length:
            found.append((left, top, length))
        left += length + 1
    return found
