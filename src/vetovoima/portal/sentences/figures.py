"""Figures with units in a text: where each stands, what it measures, and which end of a range it sets.

Only units that some filter knows are looked for, and a figure must stand by itself: E10, 3D, 2030, a post code and
KAJ-001 are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from vetovoima.common.notation import read_number
from vetovoima.common.units import unit_of
from vetovoima.syndication.asking import Bound

from .vocabulary import after, before, phrases, vocabulary

#: what a unit measures here: the search's own subjects, by units as the product writes them
SUBJECTS = {
    **dict.fromkeys(("m²", "ha", "km²", "acre", "sq ft"), "area"),
    **dict.fromkeys(("kW", "MW", "GW"), "power"),
    "kV": "voltage",
    **dict.fromkeys(("m³/d", "m³/h", "m³/a", "l/s"), "flow"),
    **dict.fromkeys(("€/m²", "€/ha", "€/acre"), "price"),
    **dict.fromkeys(("€", "k€", "M€"), "money"),
    **dict.fromkeys(("m", "km", "mil", "mile"), "length"),
}
#: names of units that are words or marks of something else in a sentence
REFUSED = frozenset({"e", "me", "ac", "sf", "mi", "mtr", "metre", "metres", "meters"})
NUMBER = r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*"
FIGURE = re.compile(
    rf"(?<![\w.,:/+\-–—−'’])(?:(?P<currency>€|EUR)\s?)?(?P<first>{NUMBER})"
    rf"(?:(?:\s?(?:-|–|—|\.\.+)\s?|\s(?:to|till|and|och|ja)\s)(?P<second>{NUMBER}))?(?P<more>\+)?",
    re.IGNORECASE,
)
#: up to three words after a number, the first no number: "ha", "m³ a day", "miljoonaa euroa"
UNIT = re.compile(r"[\s\u00a0\u202f-]?(?P<words>[^\s\d,;()+][^\s,;()+]*(?:\s[^\s,;()+]+){0,2})")
#: the ending of a Finnish case: 20 ha:n, 110 kV:n
ENDING = re.compile(r":\w{1,6}$")
LONGEST_UNIT = 3
#: phrases before a figure: at least about …
MOST_PHRASES = 3


@dataclass(frozen=True)
class Figure:
    """One figure of a text: from where to where it stands with all that belongs to it, its number (and the upper one of
    a range), its unit, what it measures, and the end of a range that was said; `is_floor` of a unit of floor area."""

    start: int
    end: int
    low: float
    high: float | None
    unit: str
    subject: str
    bound: Bound | None
    is_floor: bool


def figures_in(text: str, language: str) -> Iterator[Figure]:
    """This will yield the figures of a text in their order; `language` decides what 1,000 is."""
    found = FIGURE.search(text)
    while found:
        one = _figure(text, found, language)
        if one is not None:
            yield one
        # What is no range may still be two figures: by 2030 and 60 MW.
        found = FIGURE.search(text, one.end if one else found.end("first"))


def _figure(text: str, found: re.Match[str], language: str) -> Figure | None:
    unit, end, is_floor = _unit(text, found)
    if unit not in SUBJECTS:
        return None
    try:
        low = read_number(found["first"], language)
        high = read_number(found["second"], language) if found["second"] else None
    except ValidationError:
        return None
    bound, start = _said_before(text, found.start())
    bound, end = _said_after(text, end, Bound.LEAST if found["more"] else bound)
    if high is not None and (high <= low or bound is not None):
        return None
    return Figure(start, end, low, high, unit, SUBJECTS[unit], bound, is_floor)


def _unit(text: str, found: re.Match[str]) -> tuple[str, int, bool]:
    """The unit of a number as the product writes it, where it ends, and whether it is one of floor area."""
    tail = UNIT.match(text, found.end())
    words = [(one.group(), one.end()) for one in re.finditer(r"\S+", tail["words"])] if tail else []
    begins = tail.start("words") if tail else found.end()
    for count in range(min(LONGEST_UNIT, len(words)), 0, -1):
        written = " ".join(word for word, _end in words[:count])
        name = ENDING.sub("", written.rstrip(".,;:!?")).lower()
        unit = _with_currency(name) if found["currency"] else _named(name)
        if unit:
            return unit, begins + words[count - 1][1], name in phrases("floor_units")
    return ("€", found.end(), False) if found["currency"] else ("", found.end(), False)


def _named(name: str) -> str:
    unit = "" if name in REFUSED else vocabulary()["units"].get(name) or unit_of(name)
    return unit if unit in SUBJECTS else ""


def _with_currency(name: str) -> str:
    """What follows an amount whose currency stands before it: EUR 5 million, €20/m²; "" when it is another word."""
    if name in phrases("millions"):
        return "M€"
    if name.startswith("/"):
        return _named(f"€{name}")
    unit = _named(name)
    return unit if unit == "M€" else ""


def _said_before(text: str, start: int) -> tuple[Bound | None, int]:
    """The end of a range that the words before a figure set, and where they begin."""
    bound: Bound | None = None
    for _phrase in range(MOST_PHRASES):
        head = text[:start]
        about = before("about").search(head) or before("between").search(head)
        least = None if bound or about else before("at_least").search(head)
        most = None if bound or about else before("at_most").search(head)
        # "no more than" ends as "more than" does: the longer one is meant.
        said = min((one for one in (about, least, most) if one), key=lambda one: one.start(), default=None)
        if said is None:
            break
        bound = Bound.LEAST if said is least else Bound.MOST if said is most else bound
        start = said.start()
    return bound, start


def _said_after(text: str, end: int, bound: Bound | None) -> tuple[Bound | None, int]:
    """The same for the words after it."""
    if text.startswith("+", end) and bound is None:
        return Bound.LEAST, end + 1
    for name, said in (("at_least_after", Bound.LEAST), ("at_most_after", Bound.MOST)):
        if bound in (None, said) and (words := after(name).match(text, end)):
            return said, words.end()
    return bound, end
