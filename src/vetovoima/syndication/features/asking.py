"""What may be asked of features, and what it means in SQL on both databases.

A box is looked up along the curve (`curve.py`), so the rows come in the order of the curve, which is the order of pages
too: a page begins after the last place and key of the one before, however much is published meanwhile.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from .curve import Box, Run, after, runs

TABLE = "syndication_publishedfeature"
#: the spot of the row that is none: it tells the version of the public side
OF_MARK = -1


class Mark(NamedTuple):
    """Where a page ended: the place on the curve and the key of its last row."""

    spot: int
    key: int


@dataclass(frozen=True)
class Wish:
    """Which features are asked for. Boxes are in degrees and together one area; no boxes ask for everything.

    `metric` is the box in EPSG:3067 when it was asked in that system: then `boxes` holds the one box of degrees that
    covers it, and `inner` one that it covers.
    """

    language: str
    boxes: tuple[Box, ...] = ()
    metric: Box | None = None
    inner: Box | None = None
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    availabilities: tuple[str, ...] = ()
    examples: bool = True
    since: datetime | None = None
    until: datetime | None = None
    after: Mark | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether more is asked than a place: then the database plans with the values before it."""
        return bool(
            self.kinds or self.municipalities or self.sectors or self.availabilities or self.since or self.until
        ) or not self.examples  # fmt: skip


@dataclass
class Statement:
    """SQL with its values, in order."""

    sql: str
    values: list[Any]


def marked(statement: Statement) -> Statement:
    """This will ask for the version of the public side in the same statement, on PostgreSQL: a row before the others with
    OF_MARK as its spot, the version as its stamp and the moment of change, in microseconds, as its key."""
    sql = (
        "SELECT (extract(epoch FROM changed_at) * 1000000)::bigint, version, -1::bigint, false "
        f"FROM syndication_publicstate WHERE id = 1 UNION ALL ({statement.sql})"
    )
    return Statement(sql, statement.values)


def columns_of(statement: Statement) -> Statement:
    """This will ask for the four columns of a choice as four lists in one row, on PostgreSQL: a hundred rows cost whoever
    reads them more than three times what one does."""
    sql = f"SELECT array_agg(q.a), array_agg(q.b), array_agg(q.c), array_agg(q.d) FROM ({statement.sql}) AS q(a, b, c, d)"
    return Statement(sql, statement.values)


def choice_of(wish: Wish, limit: int) -> Statement:
    """This will ask which rows fit: (key, stamp, spot, is doubtful) in the order of the curve, at most `limit`.

    A row is doubtful when its own box meets the box asked for and that is not enough to know. Everything that is read here
    stands in the index, so that choosing fetches no row.
    """
    doubt, doubts = _doubt(wish)
    where, values = _where(wish)
    columns = f"f.id, f.stamp, f.spot, {doubt} AS doubt"
    if not wish.boxes:
        sql = f"SELECT {columns} FROM {TABLE} f WHERE {where} ORDER BY f.spot, f.id LIMIT %s"
        return Statement(sql, [*doubts, *values, limit])
    several = _runs(wish)
    if connection.vendor == "postgresql":
        # The runs are walked one after the other, each in the order of the index, until there are enough rows.
        sql = (
            f"SELECT g.* FROM unnest(%s::bigint[], %s::bigint[]) AS r(low, high) CROSS JOIN LATERAL ("
            f"SELECT {columns} FROM {TABLE} f WHERE {where} AND f.spot BETWEEN r.low AND r.high "
            "ORDER BY f.spot, f.id LIMIT %s) AS g LIMIT %s"
        )
        return Statement(sql, [*_ends(several), *doubts, *values, limit, limit])
    # CROSS JOIN keeps SQLite to the order that is written here; INDEXED BY makes another way an error.
    sql = (
        f"SELECT {columns} FROM json_each(%s) AS r CROSS JOIN {TABLE} AS f INDEXED BY feature_place "
        f"WHERE {where} AND f.spot BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]') LIMIT %s"
    )
    return Statement(sql, [*doubts, json.dumps(several), *values, limit])


def rows_of(keys: list[int], columns: str) -> Statement:
    """This will ask for columns of the rows with some keys, in no order."""
    if connection.vendor == "postgresql":
        which = "f.id = ANY(%s::bigint[])"
        return Statement(
            f"SELECT f.id, {columns} FROM {TABLE} f WHERE {which}", [f"{{{','.join(map(str, keys))}}}"]
        )
    return Statement(
        f"SELECT f.id, {columns} FROM {TABLE} f WHERE f.id IN (SELECT value FROM json_each(%s))",
        [json.dumps(keys)],
    )


def count_of(wish: Wish) -> Statement:
    """This will ask how many rows fit, and how many of them are doubtful."""
    fitting = _fitting(wish)
    sql = f"SELECT count(*), count(CASE WHEN g.doubt THEN 1 END) FROM ({fitting.sql}) AS g"
    return Statement(sql, fitting.values)


def doubtful_of(wish: Wish) -> Statement:
    """This will ask for the keys of the doubtful rows."""
    fitting = _fitting(wish)
    return Statement(f"SELECT g.id FROM ({fitting.sql}) AS g WHERE g.doubt", fitting.values)


def _fitting(wish: Wish) -> Statement:
    """The keys of all rows that fit, each with whether it is doubtful, in no order."""
    doubt, doubts = _doubt(wish)
    where, values = _where(wish)
    columns = f"f.id, {doubt} AS doubt"
    if not wish.boxes:
        return Statement(f"SELECT {columns} FROM {TABLE} f WHERE {where}", [*doubts, *values])
    several = _runs(wish)
    if connection.vendor == "postgresql":
        # OFFSET keeps the planner from turning the runs round: it would read the whole index once instead of some parts.
        sql = (
            f"SELECT h.* FROM unnest(%s::bigint[], %s::bigint[]) AS r(low, high) CROSS JOIN LATERAL ("
            f"SELECT {columns} FROM {TABLE} f WHERE {where} AND f.spot BETWEEN r.low AND r.high OFFSET 0) AS h"
        )
        return Statement(sql, [*_ends(several), *doubts, *values])
    sql = (
        f"SELECT {columns} FROM json_each(%s) AS r CROSS JOIN {TABLE} AS f INDEXED BY feature_place "
        f"WHERE {where} AND f.spot BETWEEN json_extract(r.value, '$[0]') AND json_extract(r.value, '$[1]')"
    )
    return Statement(sql, [*doubts, json.dumps(several), *values])


def _ends(several: list[Run]) -> list[str]:
    """The ends of runs as PostgreSQL writes arrays: text is the same type whatever the numbers are."""
    return [f"{{{','.join([str(one[side]) for one in several])}}}" for side in (0, 1)]


def _runs(wish: Wish) -> list[Run]:
    """The runs of all boxes, each place once, those before the mark left out."""
    found = runs(wish.boxes[0])
    if len(wish.boxes) > 1:
        found = _joined(sorted({run for box in wish.boxes for run in runs(box)}))
    return after(found, wish.after.spot) if wish.after else found


def _joined(several: list[Run]) -> list[Run]:
    """Runs in ascending order, those that touch made one."""
    found: list[Run] = []
    for run in several:
        if found and run.low <= found[-1].high + 1:
            found[-1] = Run(found[-1].low, max(found[-1].high, run.high))
        else:
            found.append(run)
    return found


def _where(wish: Wish) -> tuple[str, list[Any]]:
    parts = ["f.language = %s"]
    values: list[Any] = [wish.language]
    if wish.boxes:
        one = "f.west <= %s AND f.east >= %s AND f.south <= %s AND f.north >= %s"
        parts.append("(" + " OR ".join([one] * len(wish.boxes)) + ")")
        values += [edge for west, south, east, north in wish.boxes for edge in (east, west, north, south)]
    for column, chosen in (
        ("kind", wish.kinds), ("municipality_slug", wish.municipalities), ("availability", wish.availabilities),
    ):  # fmt: skip
        if chosen:
            parts.append(f"f.{column} IN ({', '.join(['%s'] * len(chosen))})")
            values += chosen
    if wish.sectors:
        parts.append("(" + " OR ".join(["f.sectors LIKE %s"] * len(wish.sectors)) + ")")
        values += [f"%|{slug}|%" for slug in wish.sectors]
    if not wish.examples:
        parts.append("NOT f.is_example")
    for sign, moment in ((">=", wish.since), ("<=", wish.until)):
        if moment is not None:
            parts.append(f"f.updated_at {sign} %s")
            values.append(connection.ops.adapt_datetimefield_value(moment))
    if wish.after:
        parts.append("(f.spot, f.id) > (%s, %s)")
        values += wish.after
    return " AND ".join(parts), values


def _doubt(wish: Wish) -> tuple[str, list[Any]]:
    """An expression that is false where the row's own box is enough to know, with its values."""
    inside = "(f.west >= %s AND f.east <= %s AND f.south >= %s AND f.north <= %s)"
    if wish.metric is not None:
        west, south, east, north = wish.inner or (1.0, 1.0, 0.0, 0.0)
        return f"NOT {inside}", [west, east, south, north]
    if not wish.boxes:
        return "1 = 0", []
    several = " OR ".join([inside] * len(wish.boxes))
    edges = [edge for west, south, east, north in wish.boxes for edge in (west, east, south, north)]
    return f"(f.is_area AND NOT ({several}))", edges
