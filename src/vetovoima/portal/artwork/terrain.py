"""A ground made up from a word: heights that are the same at every call, and the lines of equal height on it."""

from __future__ import annotations

import hashlib
from functools import lru_cache

Heights = list[list[float]]
Point = tuple[float, float]
#: an edge of a cell: column, row, and whether it lies (h) or stands (v)
Edge = tuple[int, int, str]
#: which corners are above (1 top left, 2 top right, 4 bottom right, 8 bottom left) → edges that the line joins, the
#: high ground to its left, so that every edge is left once and the pieces close
CASES: dict[int, tuple[str, ...]] = {
    1: ("LT",), 2: ("TR",), 3: ("LR",), 4: ("RB",), 5: ("LT", "RB"), 6: ("TB",), 7: ("LB",),
    8: ("BL",), 9: ("BT",), 10: ("TR", "BL"), 11: ("BR",), 12: ("RL",), 13: ("RT",), 14: ("TL",),
}  # fmt: skip
#: rough features and finer ones: cells across, and how much they matter
OCTAVES = ((4, 1.0), (8, 0.5), (16, 0.22))


def lattice(seed: str, columns: int, rows: int) -> Heights:
    """This will return numbers from 0 to 1 that follow from a word."""
    drawn = hashlib.shake_256(seed.encode()).digest(columns * rows)
    return [[drawn[row * columns + column] / 255 for column in range(columns)] for row in range(rows)]


def _smooth(share: float) -> float:
    return share * share * (3 - 2 * share)


def _between(known: Heights, x: float, y: float) -> float:
    """A value between the numbers of a lattice."""
    column, row = min(int(x), len(known[0]) - 2), min(int(y), len(known) - 2)
    across, down = _smooth(x - column), _smooth(y - row)
    upper = known[row][column] * (1 - across) + known[row][column + 1] * across
    lower = known[row + 1][column] * (1 - across) + known[row + 1][column + 1] * across
    return upper * (1 - down) + lower * down


@lru_cache(maxsize=64)
def _ground(seed: str, columns: int, rows: int) -> tuple[tuple[float, ...], ...]:
    heights = [[0.0] * columns for _row in range(rows)]
    for cells, weight in OCTAVES:
        known = lattice(f"{seed}/{cells}", cells + 2, cells + 2)
        for row in range(rows):
            for column in range(columns):
                heights[row][column] += weight * _between(
                    known, column / columns * cells, row / columns * cells
                )
    return tuple(tuple(line) for line in heights)


def ground(seed: str, columns: int, rows: int) -> Heights:
    """This will return made-up heights, rough and smooth at once, for a grid."""
    return [list(line) for line in _ground(seed, columns, rows)]


def walk(seed: str, steps: int, cells: int) -> list[float]:
    """This will return one line of such heights, from 0 to 1."""
    coarse, fine = lattice(f"{seed}/a", cells + 2, 2), lattice(f"{seed}/b", cells * 3 + 2, 2)
    return [
        0.72 * _between(coarse, n / steps * cells, 0) + 0.28 * _between(fine, n / steps * cells * 3, 0)
        for n in range(steps + 1)
    ]


def level_of(heights: Heights, share: float) -> float:
    """This will return the height above which lies just this share of the ground."""
    ordered = sorted(value for line in heights for value in line)
    return ordered[min(int(len(ordered) * (1 - share)), len(ordered) - 1)]


def contours(heights: Heights, level: float) -> list[list[Point]]:
    """This will return the closed lines at a height, in cells; the ground falls away beyond its edge."""
    low = min(min(line) for line in heights) - 1
    wide = len(heights[0]) + 2
    padded = [[low] * wide, *([low, *line, low] for line in heights), [low] * wide]
    following: dict[Edge, Edge] = {}
    for row in range(len(padded) - 1):
        for column in range(wide - 1):
            _cell(padded, column, row, level, following)
    return [[_crossing(padded, edge, level) for edge in ring] for ring in _rings(following) if len(ring) > 3]


def _cell(heights: Heights, column: int, row: int, level: float, following: dict[Edge, Edge]) -> None:
    corners = (
        heights[row][column], heights[row][column + 1], heights[row + 1][column + 1], heights[row + 1][column],
    )  # fmt: skip
    case = sum(1 << n for n, height in enumerate(corners) if height >= level)
    edges: dict[str, Edge] = {
        "T": (column, row, "h"), "R": (column + 1, row, "v"), "B": (column, row + 1, "h"), "L": (column, row, "v"),
    }  # fmt: skip
    for piece in CASES.get(case, ()):
        following[edges[piece[0]]] = edges[piece[1]]


def _rings(following: dict[Edge, Edge]) -> list[list[Edge]]:
    rings = []
    while following:
        here, after = following.popitem()
        ring = [here]
        while after in following:
            ring.append(after)
            after = following.pop(after)
        rings.append(ring)
    return rings


def _crossing(heights: Heights, edge: Edge, level: float) -> Point:
    """Where a line at this height meets an edge; one off for the border that was put around."""
    column, row, lies = edge
    one = heights[row][column]
    other = heights[row][column + 1] if lies == "h" else heights[row + 1][column]
    share = 0.5 if one == other else (level - one) / (other - one)
    return (column - 1 + share, row - 1) if lies == "h" else (column - 1, row - 1 + share)
