"""Features that are made when they are asked for, because they are few: the region itself, and what happens in it.

Each collection of them is one maker; pages, counts and boxes are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from shapely import box as rectangle
from shapely.geometry import shape

from .asking import Mark, Wish
from .curve import Box
from .queries import FeaturePage
from .rendering import box_of, head_of, metric, written


class Times(NamedTuple):
    """When something is: from the first moment until the last, which is not among it any more."""

    start: datetime
    end: datetime

    def meets(self, since: datetime | None, until: datetime | None) -> bool:
        """Whether it is at any moment between two, both ends among them; None is open. What has no length is a moment."""
        return (until is None or self.start <= until) and (
            since is None or self.end > since or self.start >= since
        )


@dataclass(frozen=True)
class MadeFeature:
    """A feature that is not rendered beforehand: its place in the order of pages, what it is found by, its properties, and
    its shape in degrees, if it has any. What has no times is at any time."""

    mark: Mark
    code: str
    properties: dict[str, Any]
    geometry: dict[str, Any] | None
    kind: str = ""
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    times: Times | None = None

    def written(self, is_metric: bool) -> bytes:
        """The feature, whole but for the `}` at its end."""
        geometry = metric(self.geometry) if self.geometry and is_metric else self.geometry
        return head_of(self.code, self.properties) + written(geometry)

    def fits(self, wish: Wish) -> bool:
        """Whether it is among what is asked for. What has no shape meets no box."""
        return (
            (not wish.kinds or self.kind in wish.kinds)
            and (not wish.municipalities or not set(wish.municipalities).isdisjoint(self.municipalities))
            and (not wish.sectors or not set(wish.sectors).isdisjoint(self.sectors))
            and (self.times is None or self.times.meets(wish.since, wish.until))
            and self._meets_box(wish)
        )

    def _meets_box(self, wish: Wish) -> bool:
        if wish.metric is None and not wish.boxes:
            return True
        if self.geometry is None:
            return False
        if wish.metric is not None:
            return bool(shape(metric(self.geometry)).intersects(rectangle(*wish.metric)))
        found = shape(self.geometry)
        return any(found.intersects(rectangle(*box)) for box in wish.boxes)


Maker = Callable[[str], Iterable[MadeFeature]]


def _fitting(maker: Maker, wish: Wish) -> list[MadeFeature]:
    return sorted((one for one in maker(wish.language) if one.fits(wish)), key=lambda one: one.mark)


def made_page(maker: Maker, wish: Wish, *, limit: int, metric: bool = False) -> FeaturePage:
    """This will return a page of made features, as `feature_page` does of published records."""
    found = [one for one in _fitting(maker, wish) if wish.after is None or one.mark > wish.after]
    shown = found[:limit]
    return FeaturePage([one.written(metric) for one in shown], shown[-1].mark if len(found) > limit else None)


def made_count(maker: Maker, wish: Wish) -> int:
    """This will count the made features that fit."""
    return len(_fitting(maker, wish))


def made_feature(maker: Maker, language: str, code: str, *, metric: bool = False) -> bytes | None:
    """This will return one made feature, whole but for the `}` at its end, or None."""
    return next((one.written(metric) for one in maker(language) if one.code == code), None)


def made_box(maker: Maker) -> Box | None:
    """This will return the box of everything that has a shape, in degrees."""
    boxes = [box_of(one.geometry) for one in maker("en") if one.geometry]
    if not boxes:
        return None
    return (
        min(one[0] for one in boxes), min(one[1] for one in boxes), max(one[2] for one in boxes), max(one[3] for one in boxes),
    )  # fmt: skip


def made_times(maker: Maker) -> tuple[datetime, datetime] | None:
    """This will return from when until when anything is, in UTC; None where nothing has a time."""
    found = [one.times for one in maker("en") if one.times]
    if not found:
        return None
    return min(one.start for one in found).astimezone(UTC), max(one.end for one in found).astimezone(UTC)
