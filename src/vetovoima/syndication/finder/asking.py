"""What is asked of the finder as it stands in an address: read with a sentence for what cannot be read, and written."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qs, urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from vetovoima.catalogue.enums import SiteKind
from vetovoima.catalogue.registry import PLACES
from vetovoima.common.digits import whole_number
from vetovoima.common.notation import read_between, unambiguous

from .criteria import CRITERIA, MAX_WEIGHT, Criterion

#: kinds that have an area, a place and networks; resources and opportunities are searched, not ranked
KINDS = tuple(SiteKind(one) for one in PLACES)
SORTS = ("score", "name", "known")
YEARS = (2020, 2100)
MAX_PAGE = 1000
#: an address longer than this is no requirement that a person made
MAX_ADDRESS = 4000


class Query(Protocol):
    """A parsed address: Django's QueryDict, or anything that answers alike."""

    def get(self, name: str, default: str, /) -> str | None: ...
    def getlist(self, name: str, /) -> list[str]: ...


class Address:
    """A parsed address that did not come with a request: a requirement handed on as text, say."""

    def __init__(self, text: str) -> None:
        self._values = parse_qs(text[:MAX_ADDRESS], max_num_fields=200) if text.count("&") < 200 else {}

    def get(self, name: str, default: str = "", /) -> str:
        """The last value of a name."""
        return self._values.get(name, [default])[-1]

    def getlist(self, name: str, /) -> list[str]:
        """Every value of a name."""
        return self._values.get(name, [])


@dataclass(frozen=True)
class Wishes:
    """What somebody looks for: limits that must hold, how much is enough, and what weighs how much."""

    musts: Mapping[str, float] = field(default_factory=dict)
    enough: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    power_year: int | None = None
    with_taken: bool = False
    preset: str = ""
    sort: str = "score"
    page: int = 1

    @property
    def named(self) -> tuple[Criterion, ...]:
        """The criteria that a person has named in any way."""
        return tuple(
            one
            for one in CRITERIA
            if one.name in self.musts or one.name in self.enough or self.weights.get(one.name)
        )

    @property
    def weighed(self) -> dict[str, int]:
        """The weights that order: those given; without any, everything named weighs the same."""
        given = {name: weight for name, weight in self.weights.items() if weight}
        return given or {one.name: 1 for one in self.named if self.weights.get(one.name) != 0}

    @property
    def asks(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.named or self.kinds or self.municipalities or self.sectors)


@dataclass(frozen=True)
class Asked:
    """What was read of an address, and what could not be read: parameter → sentence."""

    wishes: Wishes
    problems: Mapping[str, str]


def read(query: Query, language: str, municipalities: Collection[str], sectors: Collection[str]) -> Asked:
    """This will read an address. What cannot be read is left out and told; nothing is guessed."""
    problems: dict[str, str] = {}
    wishes = Wishes(
        musts=_numbers(query, "must", language, problems),
        enough=_numbers(query, "enough", language, problems),
        weights=_weights(query, problems),
        kinds=_chosen(query, "kind", KINDS, problems),
        municipalities=_chosen(query, "municipality", municipalities, problems),
        sectors=_chosen(query, "sector", sectors, problems),
        power_year=_whole(query, "power_year", YEARS, problems),
        with_taken=query.get("taken", "") == "yes",
        preset=(query.get("preset", "") or "")[:40],
        sort=found if (found := query.get("sort", "") or "") in SORTS else SORTS[0],
        page=_whole(query, "page", (1, MAX_PAGE), problems) or 1,
    )
    return Asked(wishes, problems)


def _numbers(query: Query, part: str, language: str, problems: dict[str, str]) -> dict[str, float]:
    found = {}
    for one in CRITERIA:
        name = f"{one.name}_{part}"
        text = (query.get(name, "") or "").strip()
        if not text:
            continue
        try:
            found[one.name] = read_between(text, language, 0, one.high)
        except ValidationError as error:
            problems[name] = " ".join(error.messages)
    return found


def _weights(query: Query, problems: dict[str, str]) -> dict[str, int]:
    found = {one.name: _whole(query, f"{one.name}_weight", (0, MAX_WEIGHT), problems) for one in CRITERIA}
    return {name: weight for name, weight in found.items() if weight is not None}


def _whole(query: Query, name: str, between: tuple[int, int], problems: dict[str, str]) -> int | None:
    text = (query.get(name, "") or "").strip()
    if not text:
        return None
    low, high = between
    number = whole_number(text, longest=6)
    if number is not None and low <= number <= high:
        return number
    problems[name] = _("Write a whole number from %(low)s to %(high)s.") % {"low": low, "high": high}
    return None


def _chosen(query: Query, name: str, allowed: Collection[str], problems: dict[str, str]) -> tuple[str, ...]:
    asked = list(dict.fromkeys(one for one in query.getlist(name) if one))
    if any(one not in allowed for one in asked):
        problems[name] = pgettext("finder", "One of the choices is not known, and was left out.")
    return tuple(one for one in asked if one in allowed)


def address(wishes: Wishes, **changed: str) -> str:
    """This will write wishes as the query of an address, so that it can be kept and sent; `changed` adds or replaces."""
    pairs: list[tuple[str, str]] = []
    for part, numbers in (("must", wishes.musts), ("enough", wishes.enough)):
        pairs += [(f"{name}_{part}", unambiguous(number)) for name, number in numbers.items()]
    pairs += [(f"{name}_weight", str(weight)) for name, weight in wishes.weights.items()]
    for name, values in (
        ("kind", wishes.kinds),
        ("municipality", wishes.municipalities),
        ("sector", wishes.sectors),
    ):
        pairs += [(name, value) for value in values]
    if wishes.power_year:
        pairs.append(("power_year", str(wishes.power_year)))
    if wishes.with_taken:
        pairs.append(("taken", "yes"))
    if wishes.sort != SORTS[0]:
        pairs.append(("sort", wishes.sort))
    if wishes.preset:
        pairs.append(("preset", wishes.preset))
    kept = [(name, value) for name, value in pairs if name not in changed]
    return urlencode([*kept, *((name, value) for name, value in changed.items() if value)])
