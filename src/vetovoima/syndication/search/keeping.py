"""The offer that this process keeps in memory, and how it learns what has changed."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vetovoima.syndication.models import PublicState, SearchEntry

from .offer import Category, Mask, Offer, Power, Tags, Values, Whole, build

#: beyond so many changed entries all between the first and the last are read
FEW = 900
#: so many entries are read at a time
PART = 5_000
_lock = Lock()
_kept: list[Offer] = []


def current_offer() -> Offer:
    """This will return the offer as this connection sees it: one small question while nothing has changed."""
    mark = PublicState.objects.filter(pk=1).values_list("offer_mark", flat=True).first() or ""
    kept = _found(mark)
    if kept is not None:
        return kept
    with _lock:
        kept = _found(mark)
        if kept is None:
            # The mark was read before the entries: what was published meanwhile has another, and is read next time.
            kept = _brought_up(_kept[0] if _kept else None, mark)
            _kept[:] = [kept]
    return kept


def _found(mark: str) -> Offer | None:
    kept = _kept[0] if _kept else None
    return kept if kept is not None and mark and kept.mark == mark else None


def _brought_up(old: Offer | None, mark: str) -> Offer:
    """The offer of now. Entries are compared one by one by their stamps, so that what a rolled-back transaction has
    shown us does not stay."""
    rows = np.array(list(SearchEntry.objects.order_by("pk").values_list("pk", "stamp")), dtype=np.int64)
    ids, stamps = rows.reshape(-1, 2).T.copy()
    offer = old or build(ids[:0], stamps[:0], [])
    _at, same = _unchanged(offer, ids, stamps)
    if bool(same.all()) and offer.size == len(ids):
        return replace(offer, mark=mark)
    changed, wanted = np.flatnonzero(~same), same
    # A part at a time: the values of a hundred thousand entries at once would take more memory than all the arrays.
    for start in range(0, max(len(changed), 1), PART):
        part = changed[start : start + PART]
        wanted = wanted.copy()
        wanted[part] = True
        offer = _merged(offer, ids[wanted], stamps[wanted], mark)
    return offer


def _unchanged(old: Offer, ids: Whole, stamps: Whole) -> tuple[Whole, Mask]:
    """Where entries would stand in an offer, and which of them stand there as they are."""
    if not old.size:
        return np.zeros(len(ids), dtype=np.int64), np.zeros(len(ids), dtype=bool)
    at = np.minimum(np.searchsorted(old.ids, ids), old.size - 1)
    return at, (old.ids[at] == ids) & (old.stamps[at] == stamps)


def _merged(old: Offer, ids: Whole, stamps: Whole, mark: str) -> Offer:
    at, same = _unchanged(old, ids, stamps)
    fresh = build(ids[~same], stamps[~same], _read(ids[~same]))
    return _Merger(old, fresh, at[same], same).merged(ids, stamps, mark)


def _read(wanted: Whole) -> list[Values]:
    """The values of the entries wanted, in the order of their numbers."""
    if not len(wanted):
        return []
    entries = SearchEntry.objects.order_by("pk").filter(pk__gte=int(wanted[0]), pk__lte=int(wanted[-1]))
    if len(wanted) <= FEW:
        entries = entries.filter(pk__in=wanted.tolist())
    asked = set(wanted.tolist())
    by_id = {pk: values for pk, values in entries.values_list("pk", "values").iterator() if pk in asked}
    # An entry that went away since its number was read is left as one that says nothing, until the next reading.
    return [by_id.get(pk, {"code": ""}) for pk in wanted.tolist()]


class _Merger:
    """Puts what changed among what stayed: `same` tells which places of the new arrays are taken from the old."""

    def __init__(self, old: Offer, fresh: Offer, at: Whole, same: Mask) -> None:
        self.old, self.fresh, self.at, self.same = old, fresh, at, same
        self.fresh_places = np.flatnonzero(~same)
        self.place_of_old = np.full(old.size, -1, dtype=np.int64)
        self.place_of_old[at] = np.flatnonzero(same)

    def merged(self, ids: Whole, stamps: Whole, mark: str) -> Offer:
        """The new offer."""
        old, fresh = self.old, self.fresh
        return Offer(
            mark=mark,
            ids=ids,
            stamps=stamps,
            codes=self._array(old.codes, fresh.codes),
            names={name: self._array(column, fresh.names[name]) for name, column in old.names.items()},
            categories={
                name: self._category(column, fresh.categories[name])
                for name, column in old.categories.items()
            },
            tags={name: self._tags(column, fresh.tags[name]) for name, column in old.tags.items()},
            flags={name: self._array(column, fresh.flags[name]) for name, column in old.flags.items()},
            numbers={name: self._array(column, fresh.numbers[name]) for name, column in old.numbers.items()},
            power=self._power(old.power, fresh.power),
        )

    def _array(self, old: NDArray[Any], fresh: NDArray[Any]) -> NDArray[Any]:
        found = np.empty(len(self.same), dtype=old.dtype)
        found[self.same] = old[self.at]
        found[~self.same] = fresh
        return found

    def _category(self, old: Category, fresh: Category) -> Category:
        names, numbers = _joined(old.names, fresh.names)
        return Category(names, self._array(old.numbers, numbers.astype(np.int16)[fresh.numbers]))

    def _places(self, old: Whole, fresh: Whole) -> tuple[Mask, Whole]:
        """Which of the old pairs stay, and the places of those and of the fresh ones."""
        moved = self.place_of_old[old]
        stays = moved >= 0
        return stays, np.concatenate([moved[stays], self.fresh_places[fresh]])

    def _tags(self, old: Tags, fresh: Tags) -> Tags:
        names, numbers = _joined(old.names, fresh.names)
        stays, places = self._places(old.places, fresh.places)
        return Tags(names, places, np.concatenate([old.numbers[stays], numbers[fresh.numbers]]))

    def _power(self, old: Power, fresh: Power) -> Power:
        stays, places = self._places(old.places, fresh.places)
        years = np.concatenate([old.years[stays], fresh.years])
        return Power(places, years, np.concatenate([old.figures[stays], fresh.figures]))


def _joined(old: tuple[str, ...], fresh: tuple[str, ...]) -> tuple[tuple[str, ...], Whole]:
    """The words of both, and the numbers that the fresh ones have among them."""
    names = tuple(dict.fromkeys((*old, *fresh)))
    return names, np.array([names.index(name) for name in fresh], dtype=np.int64)
