"""Finding the record that a row speaks of: every key is read into a map once, never asked row by row."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from vetovoima.catalogue.models import Site
from vetovoima.reference.models import Municipality

#: from which likeness of names a row is asked whether it is not a record that is there already
ALIKE = 87
#: a beginning that more names than this share tells nothing ("tontti", "alue")
COMMON = 200
NUMBERS, WORDS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Known:
    """What is needed of a record to find it."""

    pk: int
    code: str
    kind: str
    municipality_id: int
    names: tuple[str, ...]
    external_key: str = ""


@dataclass(frozen=True)
class Match:
    """The record found, how, and what must be said: `problem` refuses the row, `hint` asks a question."""

    site: Known | None = None
    how: str = ""
    problem: str = ""
    hint: str = ""
    code: str = ""


def squeezed(text: Any) -> str:
    """A name or key as it is compared: lower case, single spaces."""
    return " ".join(str(text or "").casefold().split())


@dataclass
class Records:
    """The records among which rows are matched: one municipality's, or all."""

    kind: str
    by_code: dict[str, Known] = field(default_factory=dict)
    by_key: dict[tuple[int, str], Known] = field(default_factory=dict)
    by_property: dict[tuple[int, str], list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[tuple[int, str], list[Known]] = field(default_factory=lambda: defaultdict(list))
    likely: dict[Any, dict[str, Known]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, one: Known, external_key: str, property_ids: Iterable[Any]) -> None:
        """This will make a record findable by each of its keys; by property and name only within its kind."""
        self.by_code[one.code.casefold()] = one
        if external_key:
            self.by_key[one.municipality_id, external_key] = one
        if one.kind != self.kind:
            return
        for number in property_ids:
            self.by_property[one.municipality_id, squeezed(number)].append(one)
        for name in set(one.names):
            self.by_name[one.municipality_id, name].append(one)
            for block in _blocks(name):
                self.likely[one.municipality_id, block][name] = one

    def find(
        self, *, code: str, external_key: str, property_ids: Iterable[Any], names: Iterable[str], place: int
    ) -> Match:
        """This will find a row's record: by code, own key, property identifier, then by name; or by likeness ask.

        A row with a key of its own is never a record with another key, however like the two are: it asks at most.
        """
        if code:
            found = self.by_code.get(code.casefold())
            return Match(found, "code", code=code) if found else Match(problem="no_such_code", code=code)
        if external_key and (place, external_key) in self.by_key:
            return Match(self.by_key[place, external_key], "key")
        wanted = [squeezed(name) for name in names if name]
        others: list[Known] = []
        if match := self._by_property(place, property_ids, wanted, external_key, others):
            return match
        return self._by_name(place, wanted, external_key, others)

    def _by_property(
        self, place: int, property_ids: Iterable[Any], wanted: list[str], key: str, others: list[Known]
    ) -> Match | None:
        found = _of_key(key, others, (
            one for number in property_ids for one in self.by_property.get((place, squeezed(number)), ())
        ))  # fmt: skip
        if len(found) == 1:
            return Match(next(iter(found.values())), "property")
        same_name = [one for one in found.values() if set(one.names) & set(wanted)]
        if len(same_name) == 1:
            return Match(same_name[0], "property")
        return Match(problem="several", code=_codes(found.values())) if found else None

    def _by_name(self, place: int, wanted: list[str], key: str, others: list[Known]) -> Match:
        found = _of_key(key, others, (one for name in wanted for one in self.by_name.get((place, name), ())))
        if len(found) == 1:
            return Match(next(iter(found.values())), "name")
        if found:
            return Match(problem="several", code=_codes(found.values()))
        if others:
            return Match(hint="perhaps", code=others[0].code)
        for name in wanted:
            if like := self._like(place, name):
                return Match(hint="perhaps", code=like.code)
        return Match()

    def _like(self, place: int, name: str) -> Known | None:
        """A record whose name is nearly the same; only names that share the beginning of a word, and every number, are
        compared: plot 3 is not plot 4, and thousands of rows are not compared with thousands of records."""
        known: dict[str, Known] = {}
        for block in _blocks(name):
            found = self.likely.get((place, block), {})
            if len(found) <= COMMON:
                known |= found
        like = process.extractOne(name, known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        return known[like[0]] if like else None


def _blocks(name: str) -> set[tuple[str, str]]:
    """What two names must share to be compared: the beginning of a word, and all numbers."""
    numbers = " ".join(NUMBERS.findall(name))
    return {(word[:4], numbers) for word in WORDS.findall(name) if len(word) > 2}


def _of_key(key: str, others: list[Known], found: Iterable[Known]) -> dict[int, Known]:
    """The records that a row with a key may be: those without a key or with the same; the `others` are set aside."""
    may_be: dict[int, Known] = {}
    for one in found:
        if key and one.external_key and one.external_key != key:
            others.append(one)
        else:
            may_be[one.pk] = one
    return may_be


def _codes(found: Iterable[Known]) -> str:
    return ", ".join(sorted(one.code for one in found))


def load_records(kind: str, municipality: Municipality | None) -> Records:
    """This will read the keys of the records that a file may speak of: one municipality's, or every one."""
    records = Records(kind)
    rows = Site.objects.order_by().values_list(
        "pk", "code", "kind", "municipality_id", "name", "external_key", "property_ids"
    )
    if municipality is not None:
        rows = rows.filter(municipality=municipality)
    for pk, code, of_kind, place, name, external_key, property_ids in rows.iterator(chunk_size=2000):
        names = tuple(squeezed(text) for text in dict(name or {}).values() if text)
        records.add(Known(pk, code, of_kind, place, names, external_key), external_key, property_ids or ())
    return records
