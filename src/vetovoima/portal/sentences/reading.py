"""From figures and the words of places to filters: what each means, and which words are left to be searched for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from vetovoima.common.fields import LANGUAGES
from vetovoima.common.notation import unambiguous
from vetovoima.common.text import WORD, word_bases
from vetovoima.common.units import convert
from vetovoima.syndication.asking import BY_NAME, Bound

from .figures import Figure, figures_in
from .vocabulary import kind_of_place, means, phrases, vocabulary

#: what a subject sets: the parameter of “at least” and that of “at most”
PARAMETERS: Mapping[str, tuple[str, str]] = {
    "area": ("min_area", "max_area"), "floor": ("min_floor", "max_floor"), "power": ("min_power", ""),
    "voltage": ("min_voltage", ""), "flow": ("min_water", ""), "price": ("", "max_price"),
    "money": ("min_investment", "max_investment"),
}  # fmt: skip
#: whoever names an amount alone names what there is to spend
SPENT = ("money", "price")
#: "by a railway" without a distance: so many km at most; shown as the filter that it becomes, and to be changed there
BY_PLACE = {"rail_km": "5", "port_km": "30", "airport_km": "30", "substation_km": "5"}
#: m² without a word beside them: so many or more are land, fewer are floor
LAND_FROM_M2 = 10_000
#: smaller amounts are no investments
LEAST_AMOUNT = 10_000
#: so many words may stand between a distance and its place
WORDS_BETWEEN = 4
QUOTED = ("“”", '""', "””", "»»", "«»")
LONGEST = 200


@dataclass(frozen=True)
class Reading:
    """What a text means: parameters by name as an address writes them, the words left to be searched for, and the
    figures that no filter takes."""

    values: dict[str, str]
    words: str
    unused: tuple[str, ...] = ()


@dataclass
class _Place:
    """A word of a place in the text: which parameter it is ("" of one that is denied: no railway), or which
    municipality (`town`)."""

    start: int
    end: int
    name: str
    town: str = ""
    is_used: bool = False


@dataclass
class _Work:
    """What has been understood so far; `spans` are the parts of the text that are no words any more."""

    values: dict[str, str] = field(default_factory=dict)
    subjects: set[str] = field(default_factory=set)
    unused: list[str] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)


def read_sentence(text: str, language: str, towns: Mapping[str, str] | None = None) -> Reading | None:
    """This will read figures with units, and places beside them, out of a text; None when there is no figure that a
    filter takes: words alone stay words. `towns` are municipalities by their names in lower case.

    What stands in quotation marks is meant as it is.
    """
    stripped = text.strip()
    is_quoted = len(stripped) > 1 and stripped[0] + stripped[-1] in QUOTED
    if is_quoted or len(text) > LONGEST or not any(one.isdigit() for one in text):
        return None
    figures = list(figures_in(text, language))
    work, places = _Work(), _places(text, figures, towns or {})
    for one in figures:
        found = _distance(text, one, figures, places) if one.subject == "length" else _as_filter(text, one)
        if found and not found.keys() & work.values.keys():
            work.values.update(found)
            work.subjects.add(_subject(text, one))
        else:
            work.unused.append(" ".join(text[one.start : one.end].split()))
        work.spans.append((one.start, one.end))
    if not work.values:
        return None
    _name_places(text, work, places)
    _year(text, work)
    return Reading(work.values, _left(text, work), tuple(work.unused))


def _as_filter(text: str, one: Figure) -> dict[str, str]:
    """The parameters that a figure sets; none when there is no filter for it."""
    subject = _subject(text, one)
    least, most = PARAMETERS[subject]
    if one.high is not None:
        ends = {least: one.low, most: one.high}
    else:
        bound = one.bound or (Bound.MOST if subject in SPENT else Bound.LEAST)
        ends = {least if bound == Bound.LEAST else most: one.low}
    written = {name: _written(name, figure, one.unit) for name, figure in ends.items() if name}
    return written if all(written.values()) else {}


def _written(name: str, figure: float, unit: str) -> str:
    """A figure in the unit of its parameter, as an address writes it; "" outside of what may be asked."""
    parameter = BY_NAME[name]
    try:
        number = convert(figure, unit, parameter.unit)
    except ValidationError:
        return ""
    least = LEAST_AMOUNT if parameter.unit == "€" else parameter.low
    if not least <= number <= parameter.high or (parameter.bound == Bound.LEAST and not number):
        return ""
    # What was said in another unit is no sharper than it was said: 50 acres are 20.23 ha.
    return unambiguous(number if convert(1, unit, parameter.unit) == 1 else float(f"{number:.4g}"))


def _subject(text: str, one: Figure) -> str:
    """What a figure is about: square metres may be floor or land."""
    if one.subject != "area" or one.unit not in ("m²", "sq ft"):
        return one.subject
    words = [found.group() for found in WORD.finditer(text)]
    if one.is_floor or any(means(word, "floor") for word in words):
        return "floor"
    is_land = any(means(word, "ground") for word in words) or convert(one.low, one.unit, "m²") >= LAND_FROM_M2
    return "area" if is_land else "floor"


def _places(text: str, figures: list[Figure], towns: Mapping[str, str]) -> list[_Place]:
    """The places that the text names outside of its figures."""
    words = [
        found
        for found in WORD.finditer(text)
        if not any(one.start < found.end() and found.start() < one.end for one in figures)
    ]
    found: list[_Place] = []
    taken = -1
    for at, word in enumerate(words):
        if at <= taken:
            continue
        pair = (
            words[at + 1]
            if at + 1 < len(words) and not text[word.end() : words[at + 1].start()].strip()
            else None
        )
        both = kind_of_place(f"{word.group()} {pair.group()}") if pair else ""
        if name := both or kind_of_place(word.group()):
            taken = at + bool(both)
            is_denied = at > 0 and words[at - 1].group().lower() in phrases("not")
            start = words[at - 1].start() if is_denied else word.start()
            found.append(_Place(start, words[taken].end(), "" if is_denied else name))
        elif slug := _town(word.group(), towns):
            found.append(_Place(word.start(), word.end(), "near", slug))
    return found


def _town(word: str, towns: Mapping[str, str]) -> str:
    """The municipality that a word names, in any of its forms."""
    return next((towns[one] for one in sorted(_forms(word)) if one in towns), "")


def _distance(text: str, one: Figure, figures: list[Figure], places: list[_Place]) -> dict[str, str]:
    """A distance with the place it is counted from: the nearest in the text that has none yet, with no figure between."""
    if one.bound == Bound.LEAST:
        return {}
    near = [
        (gap, place.start > one.start, place)
        for place in places
        if not place.is_used
        and place.name not in ("", "rail")
        and (gap := _gap(text, one, place, figures)) <= WORDS_BETWEEN
    ]
    if not near:
        return {}
    place = min(near, key=lambda pair: pair[:2])[2]
    figure = one.low if one.high is None else one.high
    name = "radius" if place.town else place.name
    written = _written(name, figure, one.unit)
    if not written:
        return {}
    place.is_used = True
    return {"near": place.town, name: written} if place.town else {name: written}


def _gap(text: str, one: Figure, place: _Place, figures: list[Figure]) -> int:
    """How many words stand between a figure and a place; too many when another figure does."""
    low, high = (one.end, place.start) if place.start >= one.end else (place.end, one.start)
    if any(low <= other.start < high for other in figures if other is not one):
        return WORDS_BETWEEN + 1
    return len(WORD.findall(text[low:high]))


def _name_places(text: str, work: _Work, places: list[_Place]) -> None:
    """Beside a figure the word of a place is a wish too, with or without a distance of its own."""
    for place in places:
        if place.name in BY_PLACE:
            work.values.setdefault(place.name, BY_PLACE[place.name])
        elif place.name == "rail":
            work.values["rail"] = "yes"
        elif not place.name:
            work.unused.append(text[place.start : place.end])
        if place.is_used or not place.town:
            work.spans.append((place.start, place.end))


def _year(text: str, work: _Work) -> None:
    """The year of the power, when it is said as one: by 2030, vuonna 2030, år 2030."""
    said = "|".join(re.escape(one) for one in vocabulary()["year"])
    found = re.search(rf"(?<!\w)(?:{said})\s+(20[2-9]\d)(?!\w)", text, re.IGNORECASE)
    if found and "min_power" in work.values and not _is_taken(found.start(), work):
        work.values["power_year"] = found[1]
        work.spans.append(found.span())


def _is_taken(at: int, work: _Work) -> bool:
    return any(start <= at < end for start, end in work.spans)


def _left(text: str, work: _Work) -> str:
    """The words that are left, without those that only join the others or name what a figure is about."""
    said = {word for subject in work.subjects for word in vocabulary()["subjects"].get(subject, ())}
    left = "".join(" " if _is_taken(at, work) else letter for at, letter in enumerate(text))
    words = [word.strip(".,;:!?()&+-") for word in left.split()]
    kept = [
        word for word in words if word and word.lower() not in phrases("joins") and not said & _forms(word)
    ]
    return " ".join(kept)


def _forms(word: str) -> set[str]:
    """A word as it stands and in every base form it may have."""
    return {word.lower(), *(base for language in LANGUAGES for base in word_bases(word, language))}
