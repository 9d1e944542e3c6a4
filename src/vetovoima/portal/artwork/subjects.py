"""The pictures of sectors and other subjects: strata, growth rings, fells, signals, lakes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from .shapes import HEIGHT, WIDTH, Artwork, Layer, closed, dots, open_line
from .terrain import contours, ground, lattice, level_of, walk

STEP = 20
#: how high above water the lines of the shore are drawn, as shares of the land above them
SHORES = (0.34, 0.48, 0.64, 0.82)
#: a made-up lake landscape without a municipality's own share
LAKE_SHARE = 0.2


def lake_layers(seed: str, share: float) -> list[Layer]:
    """This will draw lakes that cover a share of the ground, with lines of the land around them."""
    heights = ground(seed, WIDTH // STEP + 3, HEIGHT // STEP + 3)
    share = min(max(share, 0.02), 0.6)
    layers = []
    for part, covered in (
        *(("line", share + (1 - share) * more) for more in SHORES),
        ("tone-2", share),
        ("tone-4", share * 0.4),
    ):
        rings = contours(heights, level_of(heights, covered))
        path = "".join(closed([((x - 1) * STEP, (y - 1) * STEP) for x, y in ring]) for ring in rings)
        layers.append(Layer(part, path))
    return layers


def _lakes(seed: str) -> list[Layer]:
    return lake_layers(seed, LAKE_SHARE)


def _strata(seed: str) -> list[Layer]:
    """Layers of rock, folded and broken by a fault, with grains of ore in one of them."""
    fault = 0.35 + 0.3 * lattice(f"{seed}/fault", 1, 1)[0][0]
    drop, columns = 46, 32
    fold = walk(f"{seed}/fold", columns, 3)
    layers, seams = [], []
    for number in range(8):
        wave = walk(f"{seed}/{number}", columns, 6)
        top = [
            (
                n * STEP,
                -20
                + number * 50
                + 120 * (fold[n] - 0.5)
                + 26 * wave[n]
                + (drop if n / columns > fault else 0),
            )
            for n in range(columns + 1)
        ]
        seams.append(top)
        shape = open_line(top) + f"L{WIDTH} {top[-1][1]:.0f}V{HEIGHT}H0z"
        layers.append(Layer(f"tone-{(1, 3, 2, 4, 1, 3, 2, 5)[number]}", shape))
    vein = seams[4]
    layers.append(Layer("accent", dots(_grains(seed, vein))))
    return layers


def _grains(seed: str, vein: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    scattered = lattice(f"{seed}/ore", 3, len(vein))
    return [
        (x + 14 * (drawn[1] - 0.5), y + 8 + 30 * drawn[2])
        for (x, y), drawn in zip(vein, scattered, strict=True)
        if drawn[0] > 0.38
    ]


def _rings(seed: str) -> list[Layer]:
    """The growth rings of a tree: a year each, narrow and wide, and the bark."""
    widths = walk(f"{seed}/years", 25, 12)
    angles, bent = 30, walk(f"{seed}/bent", 29, 5)
    bent = [value * (1 - n / 29) + bent[0] * n / 29 for n, value in enumerate(bent)]
    across, down, radius, layers = WIDTH * 0.66, HEIGHT * 0.54, 10.0, []
    rings = []
    for width in widths:
        radius += 5 + 20 * width
        points = [
            (
                across + radius * (0.82 + 0.36 * bent[n]) * math.cos(2 * math.pi * n / angles),
                down + radius * (0.82 + 0.36 * bent[n]) * math.sin(2 * math.pi * n / angles),
            )
            for n in range(angles)
        ]
        rings.append(closed(points))
    for number in (22, 16, 10, 5):
        layers.append(Layer(f"tone-{(number % 4) + 1}", rings[number]))
    layers.append(Layer("line", "".join(rings)))
    layers.append(Layer("accent", dots([(across, down)])))
    return layers


def _fells(seed: str) -> list[Layer]:
    """Ridges one behind the other, far ones pale, with a low sun."""
    layers = [Layer("glow", dots([(WIDTH * (0.3 + 0.4 * lattice(f"{seed}/sun", 1, 1)[0][0]), HEIGHT * 0.3)]))]
    for number in range(5):
        ridge = walk(f"{seed}/{number}", 32, 3 + number)
        rise = 150 - 14 * number
        points = [(n * STEP, HEIGHT * (0.34 + 0.15 * number) + rise * (0.5 - ridge[n])) for n in range(33)]
        layers.append(
            Layer(f"tone-{number + 1}", open_line(points) + f"L{WIDTH} {points[-1][1]:.0f}V{HEIGHT}H0z")
        )
    return layers


def _signals(seed: str) -> list[Layer]:
    """A field of points, bright where the made-up current runs; a few stand out."""
    heights = ground(seed, 33, 19)
    found: dict[str, list[tuple[float, float]]] = {"dots-1": [], "dots-2": [], "dots-3": [], "accent": []}
    levels = [level_of(heights, share) for share in (0.62, 0.3, 0.12, 0.012)]
    for row, line in enumerate(heights):
        for column, height in enumerate(line):
            part = sum(height >= level for level in levels)
            if part:
                found[tuple(found)[part - 1]].append((column * STEP, row * STEP))
    return [Layer(part, dots(places)) for part, places in found.items() if places]


MOTIFS: dict[str, Callable[[str], list[Layer]]] = {
    "lakes": _lakes, "strata": _strata, "rings": _rings, "fells": _fells, "signals": _signals,
}  # fmt: skip


def motif_of(tokens: Mapping[str, Any] | None, *slugs: str) -> str:
    """This will return the motif that the region's pack names for a subject or for what it belongs to; lakes else."""
    named = (tokens or {}).get("motifs")
    named = named if isinstance(named, dict) else {}
    return next((named[slug] for slug in slugs if named.get(slug) in MOTIFS), "lakes")


@lru_cache(maxsize=128)
def subject_artwork(motif: str, seed: str) -> Artwork:
    """This will draw a motif for a subject; lakes when there is no such motif."""
    motif = motif if motif in MOTIFS else "lakes"
    return Artwork(motif, tuple(MOTIFS[motif](seed)))
