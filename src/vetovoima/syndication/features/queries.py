"""Questions about published features: a page, one, how many, where and when they are."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, Min
from shapely import box as rectangle
from shapely.geometry import shape

from .asking import OF_MARK, TABLE, Mark, Wish, choice_of, columns_of, count_of, doubtful_of, marked, rows_of
from .curve import Box
from .memory import kept
from .models import PublishedFeature
from .reading import Rows, read

__all__ = ["Mark", "Wish"]
#: so often a page goes on looking when shapes turn out to lie beside the box
ROUNDS = 4
#: so many shapes are compared for a count; more than that and no number is told
MOST_COMPARED = 5_000


class PublicMark(NamedTuple):
    """The version of the public side and when it last changed."""

    version: int
    changed_at: datetime | None


@dataclass
class FeaturePage:
    """Some features as bytes, each whole but for the `}` at its end, and where to go on when there may be more."""

    features: list[bytes]
    next: Mark | None
    #: the version of the public side that the page was read at, when it was asked for, and when that came to be
    version: PublicMark | None = None

    @property
    def count(self) -> int:
        """How many features."""
        return len(self.features)


def feature_page(wish: Wish, *, limit: int, metric: bool = False, with_version: bool = False) -> FeaturePage:
    """This will return the features that fit, in the order of the curve; `metric` asks for shapes in EPSG:3067.

    Fewer than `limit` with a `next` are possible where many shapes only seemed to meet the box.
    """
    chosen: list[tuple[int, int]] = []
    version: PublicMark | None = None
    for number in range(ROUNDS):
        rows, told = _choose(wish, limit - len(chosen) + 1, with_version=with_version and not number)
        version = version or told
        shown = rows[: limit - len(chosen)]
        beside = _beside([row[0] for row in shown if row[3]], wish)
        chosen += [(row[0], row[1]) for row in shown if row[0] not in beside]
        if len(rows) == len(shown):
            return FeaturePage(kept(chosen, metric), None, version)
        ended = Mark(shown[-1][2], shown[-1][0])
        if len(chosen) == limit:
            return FeaturePage(kept(chosen, metric), ended, version)
        wish = replace(wish, after=ended)
    return FeaturePage(kept(chosen, metric), wish.after, version)


def _choose(wish: Wish, limit: int, *, with_version: bool) -> tuple[Rows, PublicMark | None]:
    """Which rows fit, and the version of the public side, which is never newer than they are."""
    asked, prepare = choice_of(wish, limit), not wish.is_narrowed
    if connection.vendor != "postgresql":
        version = public_mark() if with_version else None
        return read(asked.sql, asked.values, prepare=prepare), version
    asked = columns_of(marked(asked) if with_version else asked)
    (columns,) = read(asked.sql, asked.values, prepare=prepare)
    # without a row there is no list either
    rows = list(zip(*columns, strict=True)) if columns[0] else []
    if not with_version:
        return rows, None
    if rows and rows[0][2] == OF_MARK:
        changed, version_number = rows.pop(0)[:2]
        return rows, PublicMark(version_number, datetime.fromtimestamp(changed / 1_000_000, UTC))
    return rows, PublicMark(0, None)


def _beside(keys: list[int], wish: Wish) -> set[int]:
    """Which doubtful rows have shapes that do not meet what is asked for; touching is meeting."""
    if not keys:
        return set()
    asked = rows_of(keys, "f.place" if wish.metric is None else "f.place_metric")
    boxes = [rectangle(*one) for one in (wish.boxes if wish.metric is None else (wish.metric,))]
    found = set()
    for key, place in read(asked.sql, asked.values):
        geometry = shape(json.loads(bytes(place)))
        if not any(geometry.intersects(box) for box in boxes):
            found.add(key)
    return found


def feature_count(wish: Wish) -> int | None:
    """This will count what fits; None where too many shapes would have to be compared."""
    whole = replace(wish, after=None)
    asked = count_of(whole)
    ((total, doubtful),) = read(asked.sql, asked.values, prepare=not wish.is_narrowed)
    if not doubtful:
        return int(total)
    if doubtful > MOST_COMPARED:
        return None
    asked = doubtful_of(whole)
    return int(total) - len(_beside([row[0] for row in read(asked.sql, asked.values)], wish))


def one_feature(language: str, code: str, *, metric: bool = False) -> bytes | None:
    """This will return one feature, whole but for the `}` at its end, or None."""
    place = "place_metric" if metric else "place"
    sql = f"SELECT f.head, f.{place} FROM {TABLE} f WHERE f.language = %s AND f.code = %s"
    rows = read(sql, [language, code], prepare=True)
    return bytes(rows[0][0]) + bytes(rows[0][1]) if rows else None


def public_mark() -> PublicMark:
    """The version of the public side and when it last changed, as `public_state` tells them, in one short question."""
    rows = read("SELECT version, changed_at FROM syndication_publicstate WHERE id = 1", (), prepare=True)
    if not rows:
        return PublicMark(0, None)
    version, changed_at = rows[0]
    # SQLite knows no zones: Django writes moments there in UTC
    if changed_at.tzinfo is None:
        changed_at = changed_at.replace(tzinfo=UTC)
    return PublicMark(version, changed_at)


@dataclass(frozen=True)
class Extent:
    """Where and when features are: a box in degrees and the first and last moment of change."""

    box: Box
    since: datetime
    until: datetime


def extent() -> Extent | None:
    """This will return the extent of everything that is published; None when nothing is."""
    found: dict[str, Any] = PublishedFeature.objects.filter(language="en").aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north"),
        since=Min("updated_at"), until=Max("updated_at"),
    )  # fmt: skip
    if found["west"] is None:
        return None
    box = (found["west"], found["south"], found["east"], found["north"])
    return Extent(box, found["since"], found["until"])
