"""The situation that somebody compares: places, inputs and their own figures, as they stand in an address."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from vetovoima.common.notation import read_between, unambiguous
from vetovoima.syndication.finder.asking import Query

from .factors import BASES, FACTORS, INPUTS, Factor, Input

#: places that can be picked beside this region, a place that somebody names of their own among them
MOST_PLACES = 4
#: the place that the visitor names: everything about it is the visitor's own figure
OWN = "own"
MAX_NAME = 60
MAX_ADDRESS = 4000


@dataclass(frozen=True)
class Situation:
    """What is compared. `own` are the visitor's figures: (place, factor) → value; nothing of it is ever stored."""

    places: tuple[str, ...] = ()
    inputs: Mapping[str, float] = field(default_factory=dict)
    own: Mapping[tuple[str, str], float] = field(default_factory=dict)
    basis: str = "wholesale"
    size: str = "large"
    destination: str = ""
    own_name: str = ""

    def value_of(self, one: Input) -> float | None:
        """The visitor's number, else the assumption, else None."""
        return self.inputs.get(one.name, one.assumed)


@dataclass(frozen=True)
class Asked:
    """What was read of an address, and what could not be read: parameter → sentence."""

    situation: Situation
    problems: Mapping[str, str]


def read(query: Query, language: str, places: Collection[str], destinations: Collection[str]) -> Asked:
    """This will read an address; what cannot be read is left out and told."""
    problems: dict[str, str] = {}
    chosen = [one for one in dict.fromkeys(query.getlist("place")) if one in places or one == OWN]
    if len(chosen) > MOST_PLACES:
        problems["place"] = _("Choose at most %(count)s places; the first ones were kept.") % {
            "count": MOST_PLACES
        }
    destination = query.get("destination", "") or ""
    situation = Situation(
        places=tuple(chosen[:MOST_PLACES]),
        inputs=_inputs(query, language, problems),
        own=_own(query, language, {*places, OWN}, problems),
        basis=_choice(query, "basis"),
        size=_choice(query, "size"),
        destination=destination if destination in destinations else "",
        own_name=" ".join(re.sub(r"[\x00-\x1f]", " ", query.get("own_name", "") or "").split())[:MAX_NAME],
    )
    return Asked(situation, problems)


def _choice(query: Query, name: str) -> str:
    text = query.get(name, "") or ""
    return text if text in BASES[name] else next(iter(BASES[name]))


def _inputs(query: Query, language: str, problems: dict[str, str]) -> dict[str, float]:
    found = {}
    for one in INPUTS:
        value = _number(query, one.name, language, 0, one.high, problems)
        if value is not None:
            found[one.name] = value
    return found


def _own(
    query: Query, language: str, places: Collection[str], problems: dict[str, str]
) -> dict[tuple[str, str], float]:
    found = {}
    for place in places:
        for one in FACTORS:
            value = _own_number(query, place, one, language, problems)
            if value is not None:
                found[place, one.name] = value
    return found


def _own_number(
    query: Query, place: str, one: Factor, language: str, problems: dict[str, str]
) -> float | None:
    return _number(query, own_name(place, one.name), language, one.low, one.high, problems)


def own_name(place: str, factor: str) -> str:
    """The parameter that holds the visitor's own figure of a place."""
    return f"{place}.{factor}"


def _number(
    query: Query, name: str, language: str, low: float, high: float, problems: dict[str, str]
) -> float | None:
    text = (query.get(name, "") or "").strip()
    if not text:
        return None
    try:
        return read_between(text, language, low, high)
    except ValidationError as error:
        problems[name] = " ".join(error.messages)
        return None


def address(situation: Situation) -> str:
    """This will write a situation as the query of an address."""
    pairs = [("place", one) for one in situation.places]
    pairs += [(name, unambiguous(value)) for name, value in situation.inputs.items()]
    pairs += [(own_name(*key), unambiguous(value)) for key, value in situation.own.items()]
    pairs += [("basis", situation.basis), ("size", situation.size)]
    for name in ("destination", "own_name"):
        if text := getattr(situation, name):
            pairs.append((name, text))
    return urlencode(pairs)
