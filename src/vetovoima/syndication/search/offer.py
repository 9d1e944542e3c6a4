"""The offer as arrays: one place in each for every record, in the order of the entries' numbers.

An `Offer` is never changed. A publication makes a new one, for which only what changed is read from the database.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vetovoima.common.fields import LANGUAGES

from .columns import CATEGORIES, FLAGS, NUMBERS, TAGS

Whole = NDArray[np.int64]
Figures = NDArray[np.float64]
Mask = NDArray[np.bool_]
Values = Mapping[str, Any]
#: letters that stand at the end of the alphabet in Finnish and Swedish, in their order
LAST_LETTERS = str.maketrans({"å": "{", "ä": "|", "æ": "|", "ö": "}", "ø": "}"})


@dataclass(frozen=True)
class Category:
    """A column of few words: the words, and each record's as a number."""

    names: tuple[str, ...]
    numbers: NDArray[np.int16]

    def of(self, place: int) -> str:
        """The word of one record."""
        return self.names[int(self.numbers[place])]

    def mask(self, values: Iterable[str]) -> Mask:
        """Those that have any of the values."""
        wanted = np.zeros(len(self.names) + 1, dtype=bool)
        for value in values:
            if value in self.names:
                wanted[self.names.index(value)] = True
        found: Mask = wanted[self.numbers]
        return found

    def counts(self, among: Mask) -> dict[str, int]:
        """How many have each value."""
        found = np.bincount(self.numbers[among], minlength=len(self.names))
        return {name: int(number) for name, number in zip(self.names, found, strict=True) if number and name}


@dataclass(frozen=True)
class Tags:
    """A column of which a record may have several values: pairs of a record's place and a word's number."""

    names: tuple[str, ...]
    places: Whole
    numbers: Whole

    def mask(self, values: Iterable[str], size: int) -> Mask:
        """Those that have any of the values."""
        wanted = [self.names.index(value) for value in values if value in self.names]
        found = np.zeros(size, dtype=bool)
        found[self.places[np.isin(self.numbers, wanted)]] = True
        return found

    def counts(self, among: Mask) -> dict[str, int]:
        """How many have each value."""
        found = np.bincount(self.numbers[among[self.places]], minlength=len(self.names))
        return {name: int(number) for name, number in zip(self.names, found, strict=True) if number}


@dataclass(frozen=True)
class Power:
    """Free power of records from a year on, by year within each record; year 0 means now."""

    places: Whole
    years: Whole
    figures: Figures

    def column(self, year: int | None, size: int) -> Figures:
        """The most that is free in any year, or what the latest figure says for the year asked for; else unknown."""
        found = np.full(size, np.nan)
        if year is None:
            np.fmax.at(found, self.places, self.figures)
            return found
        until = self.years <= year
        # Of several figures of a record the last is kept, which is the latest.
        found[self.places[until]] = self.figures[until]
        return found

    def meeting(self, place: int, least: float, until: int | None) -> tuple[int, float] | None:
        """The year and the figure by which a record has at least so many MW: the first that is enough, or the latest one
        of the year asked for; None when it never has."""
        mine = self.places == place
        pairs = [
            (int(year), float(figure))
            for year, figure in zip(self.years[mine], self.figures[mine], strict=True)
            if until is None or year <= until
        ]
        enough = [pair for pair in (pairs if until is None else pairs[-1:]) if pair[1] >= least]
        return enough[0] if enough else None


@dataclass(frozen=True)
class Offer:
    """Every published record by what it can be asked by."""

    mark: str
    ids: Whole
    stamps: Whole
    codes: NDArray[np.object_]
    names: dict[str, NDArray[np.object_]]
    categories: dict[str, Category]
    tags: dict[str, Tags]
    flags: dict[str, Mask]
    numbers: dict[str, Figures]
    power: Power
    #: what was computed of this offer: orders, and the records that have a word
    remembered: dict[Any, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.ids)

    def everything(self) -> Mask:
        """A mask of all records."""
        return np.ones(self.size, dtype=bool)

    def column(self, name: str, year: int | None = None) -> Figures:
        """A column of figures; unknown is not a number."""
        if name != "power_mw":
            return self.numbers[name]
        if year is not None:  # a figure for each year that somebody may think of would never be thrown away
            return self.power.column(year, self.size)
        found: Figures = self.once(("power",), lambda: self.power.column(None, self.size))
        return found

    def once(self, key: Any, make: Callable[[], Any]) -> Any:
        """This will compute something of this offer only once; so few things that none is thrown away again."""
        if key not in self.remembered:
            self.remembered[key] = make()
        return self.remembered[key]

    def order(self, name: str, language: str) -> Whole:
        """The places of all records in one of the orders that do not hang on what is asked."""
        found: Whole = self.once(("order", name, language), lambda: ORDERS[name](self, language))
        return found


def name_key(name: str, language: str) -> str:
    """A name as its language sorts it: å, ä and ö are letters of their own in Finnish and Swedish."""
    plain = name.casefold()
    if language in ("fi", "sv"):
        plain = plain.translate(LAST_LETTERS)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFD", plain)
    return "".join(one for one in decomposed if not unicodedata.combining(one))


def _by_code(offer: Offer, _language: str) -> Whole:
    return np.array(sorted(range(offer.size), key=offer.codes.__getitem__), dtype=np.int64)


def _by_name(offer: Offer, language: str) -> Whole:
    names = [name_key(name, language) for name in offer.names[language]]
    by_code = offer.order("code", "")
    return np.array(sorted(by_code.tolist(), key=names.__getitem__), dtype=np.int64)


def _down(*columns: str) -> Callable[[Offer, str], Whole]:
    """Orders by columns, the highest first and the unknown last, then by code."""

    def order(offer: Offer, _language: str) -> Whole:
        by_code = offer.order("code", "")
        keys = [-np.nan_to_num(offer.column(name)[by_code], nan=-np.inf) for name in reversed(columns)]
        return by_code[np.lexsort(keys)]

    return order


def _by_update(offer: Offer, _language: str) -> Whole:
    by_code = offer.order("code", "")
    newest = -np.nan_to_num(offer.numbers["updated"][by_code])
    return by_code[np.lexsort([newest, offer.flags["is_example"][by_code]])]


#: the orders that do not hang on what is asked; all of them end in the code, so that they are the same everywhere
ORDERS: dict[str, Callable[[Offer, str], Whole]] = {
    "code": _by_code,
    "updated": _by_update,
    "name": _by_name,
    "area": _down("area_m2"),
    "power": _down("power_mw"),
    "readiness": _down("readiness", "completeness"),
}


def build(ids: Whole, stamps: Whole, values: Sequence[Values], mark: str = "") -> Offer:
    """This will make the arrays of entries, which stand in the order of `ids`."""
    return Offer(
        mark=mark,
        ids=ids,
        stamps=stamps,
        codes=_objects([one["code"] for one in values]),
        names={language: _objects([_name(one, language) for one in values]) for language in LANGUAGES},
        categories={name: _category([one.get(name) or "" for one in values]) for name in CATEGORIES},
        tags={name: _tags([one.get(name) or () for one in values]) for name in TAGS},
        flags={name: np.array([bool(one.get(name)) for one in values], dtype=bool) for name in FLAGS},
        numbers={
            one.name: np.array([row.get(one.name) for row in values], dtype=np.float64) for one in NUMBERS
        },
        power=_power([one.get("power") or {} for one in values]),
    )


def _objects(values: list[str]) -> NDArray[np.object_]:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _name(values: Values, language: str) -> str:
    return str(values.get("names", {}).get(language, ""))


def _category(values: list[str]) -> Category:
    names = tuple(dict.fromkeys(values))
    number = {name: at for at, name in enumerate(names)}
    return Category(names, np.array([number[value] for value in values], dtype=np.int16))


def _tags(values: Sequence[Sequence[str]]) -> Tags:
    pairs = [(at, name) for at, several in enumerate(values) for name in several]
    names = tuple(dict.fromkeys(name for _at, name in pairs))
    number = {name: at for at, name in enumerate(names)}
    places = np.array([at for at, _name in pairs], dtype=np.int64)
    return Tags(names, places, np.array([number[name] for _at, name in pairs], dtype=np.int64))


def _power(values: Sequence[Mapping[str, float]]) -> Power:
    rows = [
        (at, int(year), float(figure))
        for at, by_year in enumerate(values)
        for year, figure in sorted(by_year.items(), key=lambda one: int(one[0]))
    ]
    places, years, figures = zip(*rows, strict=True) if rows else ((), (), ())
    return Power(
        np.array(places, dtype=np.int64), np.array(years, dtype=np.int64), np.array(figures, dtype=np.float64)
    )
