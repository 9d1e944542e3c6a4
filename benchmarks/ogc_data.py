"""Features for the benchmark of OGC API Features: copies of real ones, each with a code and a place of its own."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

#: where the made-up records lie: west, south, east, north
BOX = (26.0, 63.5, 30.0, 65.5)
COLUMNS = (
    "language", "spot", "code", "kind", "municipality_slug", "availability", "sectors", "is_example", "updated_at",
    "west", "south", "east", "north", "is_area", "stamp", "head", "place", "place_metric",
)  # fmt: skip
TABLE = "syndication_publishedfeature"


@dataclass(frozen=True)
class Pattern:
    """A real feature, with its code cut out of its head."""

    values: dict[str, Any]
    head: tuple[bytes, ...]


def patterns(language: str = "en") -> list[Pattern]:
    """This will take the features that are stored as patterns."""
    from vetovoima.syndication.features.models import PublishedFeature

    found = []
    for one in PublishedFeature.objects.filter(language=language).order_by("pk")[:60]:
        values = {name: getattr(one, name) for name in COLUMNS}
        found.append(Pattern(values, tuple(bytes(one.head).split(one.code.encode()))))
    if not found:
        raise SystemExit("There is no feature to copy: generate some sites first.")
    return found


def rows(count: int, made_of: list[Pattern]) -> Iterator[tuple[Any, ...]]:
    """This will make so many rows, in no order of place."""
    from pyproj import Transformer

    from vetovoima.syndication.features.curve import spot

    dice = random.Random(20261122)
    to_metres = Transformer.from_crs(4326, 3067, always_xy=True)
    for start in range(0, count, 10_000):
        numbers = range(start, min(start + 10_000, count))
        xs = [round(dice.uniform(BOX[0], BOX[2]), 6) for _number in numbers]
        ys = [round(dice.uniform(BOX[1], BOX[3]), 6) for _number in numbers]
        for number, x, y, east, north in zip(numbers, xs, ys, *to_metres.transform(xs, ys), strict=True):
            pattern = made_of[number % len(made_of)]
            code = f"BEN-{number:07d}"
            yield tuple({
                **pattern.values, "code": code, "spot": spot((x, y, x, y)), "west": x, "east": x, "south": y, "north": y,
                "is_area": False, "stamp": secrets.randbits(62), "head": code.encode().join(pattern.head),
                "place": f'{{"type":"Point","coordinates":[{x},{y}]}}'.encode(),
                "place_metric": f'{{"type":"Point","coordinates":[{east:.1f},{north:.1f}]}}'.encode(),
            }.values())  # fmt: skip


def fill(count: int) -> None:
    """This will replace what is stored by so many features and bring the database's statistics up to date."""
    from django.db import connection

    made_of = patterns()
    connection.ensure_connection()
    raw = connection.connection
    names = ", ".join(COLUMNS)
    if connection.vendor == "postgresql":
        with raw.cursor() as cursor:
            # VACUUM marks no page as seen by all whose writing has not reached the disk: then each choice would fetch rows
            cursor.execute("SET synchronous_commit = on")
            cursor.execute(f"TRUNCATE {TABLE}")
            with cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as copy:
                for row in rows(count, made_of):
                    copy.write_row(row)
            cursor.execute(f"VACUUM ANALYZE {TABLE}")
        return
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(f"DELETE FROM {TABLE}")
    marks = ", ".join("?" * len(COLUMNS))
    plain = (
        (str(value) if hasattr(value, "tzinfo") else value for value in row) for row in rows(count, made_of)
    )
    raw.executemany(f"INSERT INTO {TABLE} ({names}) VALUES ({marks})", map(tuple, plain))
    raw.execute("COMMIT")
    raw.execute("ANALYZE")
