"""A curve through the plane: one number for a place, so that a plain index finds what lies in a box.

The bits of longitude and latitude are woven into one number (the order of G. M. Morton, 1966): the cells of a grid, at
every size of cell, are runs of consecutive numbers. A box is covered by some cells, so it is some runs of the index, and
a page of a hundred reads little more than a hundred rows however many are stored. The order is the same on every
database and does not change while nothing changes, which a spatial index does not promise.

What has an extent stands where its middle is, in a class of its size; a box is widened by half the greatest extent of the
class before it is looked up there. Only numbers are compared here: whether a shape truly meets the box is asked later.
"""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]
BITS = 25
_MOST = (1 << BITS) - 1
#: the greatest width and height of each class but the last, in degrees; the last holds what is larger
CLASSES = (0.0, 0.02, 0.25)
VAST = len(CLASSES)
#: cells along a side of a box (as a power of two): points are many, what has an extent is seldom
_FINE, _COARSE = 3, 1
#: what rounding may do to a box
_SLACK = 1e-9


class Run(NamedTuple):
    """Consecutive numbers of the curve, both ends among them."""

    low: int
    high: int


WHOLE = Run(0, ((VAST + 1) << (2 * BITS)) - 1)
#: the places that the bits of a longitude take in a number; those of a latitude take the others
_EVEN = sum(1 << (2 * bit) for bit in range(BITS + 1))


def _spread_byte(byte: int) -> int:
    """The bits of a byte, each with an empty one after it."""
    return sum(((byte >> bit) & 1) << (2 * bit) for bit in range(8))


_SPREAD = tuple(_spread_byte(byte) for byte in range(256))


def _spread(steps: int) -> int:
    """The bits of a number of at most 26 bits, each with an empty one after it."""
    return (
        _SPREAD[steps & 255] | _SPREAD[steps >> 8 & 255] << 16
        | _SPREAD[steps >> 16 & 255] << 32 | _SPREAD[steps >> 24] << 48
    )  # fmt: skip


def _woven(x: int, y: int) -> int:
    return _spread(x) | _spread(y) << 1


def _spread_range(first: int, last: int) -> list[int]:
    """The numbers from one to another, all spread. One more is one step in the places of the bits: the empty ones between
    are filled for the moment, so that what is carried runs over them."""
    found = [_spread(first)]
    for _each in range(last - first):
        found.append((found[-1] - _EVEN) & _EVEN)
    return found


def _step(degrees: float, whole: float) -> int:
    """Which of the finest steps a degree lies in; outside the earth it is the first or the last."""
    return min(max(int((degrees / whole + 0.5) * (_MOST + 1)), 0), _MOST)


def spot(box: Box) -> int:
    """This will return the number of what has a box (west, south, east, north in degrees); a point's box has no size."""
    west, south, east, north = box
    size = max(east - west, north - south)
    level = next((number for number, most in enumerate(CLASSES) if size <= most), VAST)
    x, y = _step((west + east) / 2, 360.0), _step((south + north) / 2, 180.0)
    return level << (2 * BITS) | _woven(x, y)


def runs(box: Box) -> list[Run]:
    """This will return the runs of the curve in which everything is that may meet a box, in ascending order."""
    found: list[Run] = []
    west, south, east, north = box
    for level, most in enumerate(CLASSES):
        wider = most / 2 + _SLACK
        cells = _cells(
            (_step(west - wider, 360.0), _step(south - wider, 180.0), _step(east + wider, 360.0), _step(north + wider, 180.0)),
            _COARSE if level else _FINE,
        )  # fmt: skip
        first = level << (2 * BITS)
        found += [Run(first + low, first + high) for low, high in cells]
    found.append(Run(VAST << (2 * BITS), WHOLE.high))
    return found


def _cells(steps: tuple[int, int, int, int], fineness: int) -> list[Run]:
    """The cells that cover a box of steps, those in a row joined to one run."""
    left, low, right, high = steps
    shift = max(max((right - left).bit_length(), (high - low).bit_length()) - fineness, 0)
    columns = _spread_range(left >> shift, right >> shift)
    rows = [y << 1 for y in _spread_range(low >> shift, high >> shift)]
    numbers = sorted([x | y for x in columns for y in rows])
    found: list[Run] = []
    start = before = numbers[0]
    for number in numbers[1:]:
        if number != before + 1:
            found.append(Run(start << 2 * shift, ((before + 1) << 2 * shift) - 1))
            start = number
        before = number
    found.append(Run(start << 2 * shift, ((before + 1) << 2 * shift) - 1))
    return found


def after(several: list[Run], number: int) -> list[Run]:
    """This will return what is left of runs from a number on."""
    return [Run(max(one.low, number), one.high) for one in several if one.high >= number]
