"""Reading JSON-stat 2.0: one array of figures over the product of its dimensions. Checked before anything is believed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Any

from .problems import SourceChanged

#: more cells than the largest answer that a PxWeb server gives
MOST_CELLS = 200_000


@dataclass(frozen=True)
class Dimension:
    """One dimension: its codes in their order, what they are called, and in what they are counted."""

    code: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]
    units: Mapping[str, str]


@dataclass(frozen=True)
class Dataset:
    """A whole answer."""

    label: str
    source: str
    updated: str
    dimensions: tuple[Dimension, ...]
    values: tuple[Decimal | None, ...]

    def cells(self) -> Iterator[tuple[dict[str, str], Decimal | None]]:
        """Each cell as ({dimension: code}, figure or None)."""
        names = [one.code for one in self.dimensions]
        places = itertools.product(*(one.codes for one in self.dimensions))
        for place, value in zip(places, self.values, strict=True):
            yield dict(zip(names, place, strict=True)), value

    def dimension(self, code: str) -> Dimension | None:
        """One dimension, or None."""
        return next((one for one in self.dimensions if one.code == code), None)


def read_dataset(data: Any) -> Dataset:
    """This will check an answer and return it; raises SourceChanged with the part that is not as the standard says.

    Numbers must have been read as int and Decimal (`json.loads(parse_float=Decimal)`).
    """
    if not isinstance(data, dict):
        raise _wrong("dataset")
    names, sizes = data.get("id"), data.get("size")
    if not (isinstance(names, list) and names and all(isinstance(name, str) for name in names)):
        raise _wrong("id")
    if not (isinstance(sizes, list) and len(sizes) == len(names) and all(_is_count(size) for size in sizes)):
        raise _wrong("size")
    if len(set(names)) != len(names):
        raise _wrong("id")
    described = data.get("dimension")
    if not isinstance(described, dict):
        raise _wrong("dimension")
    dimensions = tuple(
        _dimension(name, described.get(name), size) for name, size in zip(names, sizes, strict=True)
    )
    return Dataset(
        str(data.get("label") or "")[:300], str(data.get("source") or "")[:300], str(data.get("updated") or "")[:40],
        dimensions, _values(data.get("value"), prod(sizes)),
    )  # fmt: skip


def _wrong(what: str) -> SourceChanged:
    return SourceChanged("shape", what=what)


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MOST_CELLS


def _dimension(name: str, described: Any, size: int) -> Dimension:
    place = f"dimension.{name}.category"
    category = described.get("category") if isinstance(described, dict) else None
    if not isinstance(category, dict):
        raise _wrong(place)
    labels = category.get("label") or {}
    if not isinstance(labels, dict):
        raise _wrong(f"{place}.label")
    codes = _codes(category.get("index"), labels, place)
    if len(codes) != size or len(set(codes)) != size:
        raise _wrong(f"{place}.index")
    units = category.get("unit") or {}
    if not isinstance(units, dict):
        raise _wrong(f"{place}.unit")
    named = {
        code: str(unit.get("base") or unit.get("label") or "")
        for code, unit in units.items()
        if isinstance(unit, dict)
    }
    return Dimension(name, codes, {code: str(labels.get(code, code)) for code in codes}, named)


def _codes(index: Any, labels: Mapping[str, Any], place: str) -> tuple[str, ...]:
    """The standard allows an array, an object of positions, and nothing when there is a single category."""
    if index is None and len(labels) == 1:
        return tuple(labels)
    if isinstance(index, list) and all(isinstance(code, str) for code in index):
        return tuple(index)
    if isinstance(index, dict) and sorted(map(str, index.values())) == sorted(map(str, range(len(index)))):
        return tuple(sorted(index, key=lambda code: int(index[code])))
    raise _wrong(f"{place}.index")


def _values(given: Any, count: int) -> tuple[Decimal | None, ...]:
    if count > MOST_CELLS:
        raise _wrong("size")
    if isinstance(given, list):
        if len(given) != count:
            raise _wrong("value")
        return tuple(_value(one) for one in given)
    if isinstance(given, dict):
        found: list[Decimal | None] = [None] * count
        for key, one in given.items():
            if not (key.isascii() and key.isdigit() and len(key) < 9 and int(key) < count):
                raise _wrong("value")
            found[int(key)] = _value(one)
        return tuple(found)
    raise _wrong("value")


def _value(given: Any) -> Decimal | None:
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise _wrong("value")
    return Decimal(given)
