"""The checklist of a municipality's basics, read from `checklist.json`.

An item has a criterion for each level from 0 to 3. What the system can see by itself is named by `measure`, with the
values from which levels 1, 2 and 3 begin.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vetovoima.common.fields import Translated

LEVELS = (0, 1, 2, 3)
TOP = LEVELS[-1]


@dataclass(frozen=True)
class Measure:
    """What the system computes beside an item: which figure, and where levels 1, 2 and 3 begin."""

    name: str
    steps: tuple[float, float, float]

    def level(self, value: float) -> int:
        """The level that a value reaches."""
        return sum(value >= step for step in self.steps)


@dataclass(frozen=True)
class Item:
    """One thing that should be in order."""

    code: str
    title: Translated
    levels: tuple[Translated, ...]
    source: str
    measure: Measure | None


@dataclass(frozen=True)
class Group:
    """Items that belong together."""

    code: str
    title: Translated
    items: tuple[Item, ...]


def _item(given: Mapping[str, object]) -> Item:
    measure = given.get("measure")
    levels = given["levels"]
    assert isinstance(levels, list)
    assert len(levels) == len(LEVELS), given["code"]
    title = given["title"]
    assert isinstance(title, dict)
    return Item(
        code=str(given["code"]),
        title=Translated(title),
        levels=tuple(Translated(one) for one in levels),
        source=str(given.get("source", "")),
        measure=Measure(measure["name"], tuple(measure["steps"])) if isinstance(measure, dict) else None,
    )


def _read() -> tuple[Group, ...]:
    data = json.loads(Path(__file__).with_name("checklist.json").read_text(encoding="utf-8"))
    return tuple(
        Group(one["code"], Translated(one["title"]), tuple(_item(item) for item in one["items"]))
        for one in data["groups"]
    )


GROUPS = _read()
ITEMS: Mapping[str, Item] = {item.code: item for group in GROUPS for item in group.items}
