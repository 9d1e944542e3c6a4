"""Figures in texts, and whether the fact bank backs them. Pure: texts and values in, findings out.

Precision before recall: a warning that is wrong teaches people to ignore warnings. So only numbers with a unit that is
known, or with grouped thousands, are figures; years, dates, telephone numbers, codes and laws never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape

from .measures import MULTIPLIERS, NOT_FIGURES, SYMBOLS, WORDS

_SPACE = "[ \u00a0\u2009\u202f]"
_GROUPED = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)"
_NUMBERS = {
    "fi": rf"(?:{_GROUPED}|\d+)(?:[,.]\d+)?",
    "sv": rf"(?:{_GROUPED}|\d+)(?:[,.]\d+)?",
    "en": rf"(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|{_GROUPED}|\d+)(?:\.\d+)?",
}
#: a written rounding is believed up to this share of the figure: "about 70 000" may stand for 70 521, not for 75 000
MOST_ROUNDING = 0.05
#: what a figure written without a unit (120 000, 508.5 million) may count
WITHOUT_UNIT = {"persons", "count", "companies", "turbines", "money", "volume", "mass"}
#: beginnings of words that nearly every text of a region has: sharing one proves nothing
GENERIC = {
    "inves",
    "regio",
    "aluee",
    "alue",
    "areal",
    "landa",
    "maaku",
    "lands",
    "kunta",
    "kunna",
    "munic",
    "kommu",
    "yhtee",
    "vuode",
    "vuosi",
}
_TAG = re.compile(r"<[^>]+>")
_BLOCK = re.compile(r"</(?:p|li|h[1-6]|div|td|th|tr)>|<br\s*/?>", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÅÄÖ0-9\"”])|\n+")
_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5


@dataclass(frozen=True)
class Figure:
    """A figure as a text writes it: its values in the base unit (two for a range), and how far it may be rounded."""

    written: str
    values: tuple[float, ...]
    measures: str
    roundings: tuple[float, ...]
    digits: int
    start: int
    end: int
    sentence: str

    def fits(self, value: float) -> bool:
        """Whether a value may have been written so."""
        return any(
            abs(value - own) <= min(rounding, abs(own) * MOST_ROUNDING) + 1e-9
            for own, rounding in zip(self.values, self.roundings, strict=True)
        )

    def is_exactly(self, value: float) -> bool:
        """Whether a value is written without any rounding."""
        return any(abs(value - own) <= abs(own) * 1e-9 for own in self.values)


@dataclass(frozen=True)
class Known:
    """A value that backs figures: of a fact of the bank, or of the record itself (then without a code)."""

    code: str
    label: str
    value: float
    measures: str
    area: str = ""
    is_stale: bool = False
    is_retired: bool = False


@dataclass(frozen=True)
class Finding:
    """What is known of one figure: `backed`, `stale` (backed by what is old or retired) or `unbacked`."""

    figure: Figure
    state: str
    known: Known | None = None


@cache
def _pattern(language: str) -> re.Pattern[str]:
    number = _NUMBERS.get(language, _NUMBERS["fi"])
    multipliers = "|".join(f"(?:{pattern})" for pattern, _factor in MULTIPLIERS.get(language, ()))
    symbols = "|".join(f"(?:{pattern})" for pattern, _what, _factor in SYMBOLS)
    words = "|".join(f"(?:{pattern})" for pattern, _what, _factor in WORDS.get(language, ()))
    return re.compile(
        rf"(?<![\w.,/§+-])(?P<before>€|EUR{_SPACE}?)?(?P<low>{number})"
        rf"(?:{_SPACE}?[–—-]{_SPACE}?(?P<high>{number}))?"
        rf"(?:[{_SPACE[1:-1]}-]?(?P<times>{multipliers})(?![^\W\d_]))?"
        rf"(?:[{_SPACE[1:-1]}-]?(?P<unit>{symbols}|(?:{words})\b))?",
        re.IGNORECASE,
    )


@cache
def _units(language: str) -> tuple[tuple[re.Pattern[str], str, float], ...]:
    return tuple(
        (re.compile(pattern, re.IGNORECASE), what, factor)
        for pattern, what, factor in (*SYMBOLS, *WORDS.get(language, ()))
    )


def plain_text(text: str) -> str:
    """This will return rich text as words: the end of a paragraph ends a sentence."""
    return unescape(_TAG.sub("", _BLOCK.sub("\n", text)))


def _blank(found: re.Match[str]) -> str:
    return "\x00" * len(found[0])


def _number(text: str, language: str) -> float:
    plain = re.sub(_SPACE, "", text)
    return float(plain.replace(",", "") if language == "en" else plain.replace(",", "."))


def _step(text: str, language: str) -> float:
    """How fine a number is written: 1,2 to a tenth, 36 297 to one, 70 000 to ten thousands."""
    plain = re.sub(_SPACE, "", text)
    plain = plain.replace(",", "") if language == "en" else plain.replace(",", ".")
    whole, _point, decimals = plain.partition(".")
    if decimals:
        return float(10 ** -len(decimals))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10**zeros)


def _times(text: str | None, language: str) -> float:
    for pattern, factor in MULTIPLIERS.get(language, ()):
        if text and re.fullmatch(pattern, text, re.IGNORECASE):
            return factor
    return 1


def _unit(text: str | None, language: str) -> tuple[str, float]:
    for pattern, what, factor in _units(language):
        if text and pattern.fullmatch(text):
            return what, factor
    return "", 1


def measure_of(unit: str, language: str = "fi") -> tuple[str, float]:
    """This will say what a unit's sign measures and how much of the base unit it is: ("area", 10000) for ha."""
    return _unit(unit.strip(), language)


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds, start = [], 0
    for found in _SENTENCE.finditer(text):
        bounds.append((start, found.start()))
        start = found.end()
    return [*bounds, (start, len(text))]


def find_figures(text: str, language: str) -> list[Figure]:
    """This will return the figures of a text (plain or rich) in its language, in order."""
    plain = plain_text(text)
    masked = NOT_FIGURES.sub(_blank, plain)
    bounds = _sentences(plain)
    found = []
    for match in _pattern(language).finditer(masked):
        figure = _figure(match, language)
        if figure is None:
            continue
        sentence = next(plain[a:b] for a, b in bounds if a <= match.start() < b or b == len(plain))
        written = plain[match.start() : match.end()].strip(" -\u00a0")
        found.append(Figure(written, *figure, match.start(), match.end(), sentence.strip()))
    return found


def _figure(
    match: re.Match[str], language: str
) -> tuple[tuple[float, ...], str, tuple[float, ...], int] | None:
    low, high = match["low"], match["high"]
    times = _times(match["times"], language)
    measures, factor = _unit(match["unit"], language)
    if match["before"] and not measures:
        measures = "money"
    if not _is_figure(low, high, times, measures):
        return None
    scale = times * factor
    values = tuple(_number(one, language) * scale for one in (low, high) if one)
    roundings = tuple(_step(one, language) / 2 * scale for one in (low, high) if one)
    digits = len(re.sub(r"\D", "", low).strip("0"))
    return values, measures, roundings, digits


def _is_figure(low: str, high: str | None, times: float, measures: str) -> bool:
    """Whether a number states an amount: it has a unit or a multiplier, or its thousands are grouped."""
    if low.startswith("0") and low not in {"0"} and not re.match(r"0[.,]", low):
        return False
    if measures or times > 1:
        return True
    grouped = bool(re.search(_SPACE, low)) or bool(re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", low))
    return grouped and not high


def compare(figures: Iterable[Figure], bank: Sequence[Known], own: Sequence[Known] = ()) -> list[Finding]:
    """This will say of each figure whether a fact of the bank or the record's own value backs it.

    A figure of one or two digits (9 %, 1,2 milliard) fits many values by chance: there the sentence must also have a
    word of the fact's name, or name its place with the value written exactly.
    """
    return [_finding(figure, bank, own) for figure in figures]


def _finding(figure: Figure, bank: Sequence[Known], own: Sequence[Known]) -> Finding:
    for known in own:
        if _measures_alike(figure.measures, known.measures) and figure.fits(known.value):
            return Finding(figure, "backed", known)
    stems = _stems(figure.sentence)
    fitting = [
        (known, bool(stems & _stems(known.label)) or _is_of_place(figure, known, stems))
        for known in bank
        if _measures_alike(figure.measures, known.measures) and figure.fits(known.value)
    ]
    sure = [one for one in fitting if one[1] or figure.digits > 2]
    if not sure:
        return Finding(figure, "unbacked")
    best = min(sure, key=lambda one: (not one[1], _is_old(one[0]), _distance(figure, one[0]), one[0].code))[0]
    return Finding(figure, "stale" if _is_old(best) else "backed", best)


def _measures_alike(written: str, known: str) -> bool:
    return written == known or (not written and known in WITHOUT_UNIT)


def _is_of_place(figure: Figure, known: Known, stems: set[str]) -> bool:
    return figure.is_exactly(known.value) and bool(stems & _stems(known.area))


def _is_old(known: Known) -> bool:
    return known.is_stale or known.is_retired


def _distance(figure: Figure, known: Known) -> float:
    return min(abs(known.value - own) for own in figure.values)


def _stems(text: str) -> set[str]:
    """The beginnings of a text's words: enough to know a word again in another case of Finnish."""
    return {word[:_STEM].lower() for word in _WORD.findall(text)} - GENERIC
