"""Guessing what a column means: from the standard's own words, from people's words, from memory, from likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import override
from rapidfuzz import fuzz, process

from vetovoima.catalogue.registry import BY_NAME, CHOICE, FIGURES, MONEY, NUMBER, TRANSLATED, fields_of
from vetovoima.common.fields import LANGUAGES
from vetovoima.common.units import dimension_of, unit_of

from .cells import reader_of
from .enums import Rule
from .synonyms import LANGUAGE_WORDS, PREFERRED, SYNONYMS
from .targets import SPECIAL, Target, targets
from .words import absence_in, says_nothing

#: how like a known header another one must be to be offered; set by the headers in tests/collection/test_guessing.py
LIKE_ENOUGH = 88
IN_BRACKETS = re.compile(r"[\(\[]([^\)\]]*)[\)\]]")
NOT_WORDS = re.compile(r"[^\w²³€/%*@.]+")
SHORTEST_LIKE = 5
MAY_BE_UNIT = re.compile(r"(?=.*[^\W\d_]|.*[$£¥])[^\d]?.{0,19}")
#: what stands in brackets beside a figure and is no unit
NO_UNITS = frozenset(
    [
        "arvio",
        "arviolta",
        "arvioitu",
        "noin",
        "n",
        "ca",
        "c",
        "est",
        "estimate",
        "estimated",
        "uppskattad",
        "uppskattning",
        "vapaa",
        "vapaana",
        "ledig",
        "free",
        "yhteensä",
        "total",
        "totalt",
        "yht",
        "brutto",
        "netto",
        "gross",
        "net",
        "alv",
        "vat",
        "moms",
    ]
)
#: what `common.tables` puts between a heading of several columns and a column's own
JOINT = " – "


@dataclass(frozen=True)
class Guess:
    """What a column probably means, and how that is known: machine, name, synonym, memory, likeness or "".

    `strange_unit` stands beside a figure's name and is not known: a person must say what the column holds, and in what.
    """

    field: str = ""
    unit: str = ""
    how: str = ""
    rule: str = Rule.OVERWRITE
    strange_unit: str = ""


def plain(text: str) -> str:
    """This will write a header as it is compared: lower case, single spaces, no signs."""
    words = NOT_WORDS.sub(" ", text.casefold().replace("\u00a0", " ").replace("-", " ").replace("_", " "))
    return re.sub(r"[\s.,:;]+", " ", words).strip()


@dataclass(frozen=True)
class Parts:
    """A header taken apart: its words, the unit beside them, the language it names."""

    words: str
    unit: str = ""
    language: str = ""
    #: what stands in brackets and is neither a unit nor a language
    extra: tuple[str, ...] = ()


def take_apart(header: str) -> Parts:
    """This will find the unit and the language in a header: "Hinta €/m2", "Kuvaus (en)", "Area, acres"."""
    unit = language = ""
    extra = []
    for part in (found.strip() for found in IN_BRACKETS.findall(header)):
        if not unit and unit_of(part):
            unit = unit_of(part)
        elif not language and (found := _language_words().get(plain(part), "")):
            language = found
        else:
            extra.append(part)
    outside = IN_BRACKETS.sub(" ", header)
    if not unit:
        outside, unit = _unit_at_end(outside)
    words = plain(" ".join([outside, *extra]))
    if not language:
        words, language = _language_at_end(words)
    return Parts(words, unit, language, tuple(extra))


def _unit_at_end(header: str) -> tuple[str, str]:
    """A header without the unit at its end; the unit alone ("ha") is both."""
    tokens = [token for token in re.split(r"[,;:\s]+", header) if token]
    for count in (3, 2, 1):
        if len(tokens) > count and (unit := unit_of(" ".join(tokens[-count:]))):
            return " ".join(tokens[:-count]), unit
    alone = len(tokens) == 1 and len(tokens[0]) > 1
    return header, unit_of(tokens[0]) if alone else ""


@lru_cache(maxsize=1)
def _language_words() -> dict[str, str]:
    return {plain(word): language for language, words in LANGUAGE_WORDS.items() for word in words}


def _language_at_end(words: str) -> tuple[str, str]:
    tokens = words.split(" ")
    for count in (2, 1):
        if len(tokens) > count and (language := _language_words().get(" ".join(tokens[-count:]), "")):
            return " ".join(tokens[:-count]), language
    return words, ""


@lru_cache(maxsize=32)
def _known(kind: str) -> dict[str, tuple[str, ...]]:
    """Every header that is known for a kind → the targets it may mean, the standard's own words first."""
    found: dict[str, list[str]] = {}

    def add(words: str, path: str) -> None:
        found.setdefault(plain(words), [])
        if path not in found[plain(words)]:
            found[plain(words)].append(path)

    paths = targets(kind, "en")
    for path in paths:
        add(path, path)
    for language in LANGUAGES:
        with override(language):
            for spec in fields_of(kind):
                add(str(spec.label), spec.name)
            for name, label in SPECIAL.items():
                add(str(label), name)
    for path, words in SYNONYMS.items():
        if path in paths:
            for word in words:
                add(word, path)
    first = PREFERRED.get(kind, ())
    return {
        words: tuple(sorted(fitting, key=lambda path: path not in first)) for words, fitting in found.items()
    }


def fits(unit: str, wanted: str) -> bool:
    """Whether figures in one unit can be told in another."""
    return bool(wanted) and (unit == wanted or (dimension_of(unit) == dimension_of(wanted) != ""))


def _fits(target: Target, unit: str) -> bool:
    if not unit:
        return True
    return target.type in (NUMBER, MONEY) and fits(unit, target.unit)


def _choose(
    paths: Sequence[str], parts: Parts, known: Mapping[str, Target], cells: Sequence[Any] = ()
) -> str:
    """The first target that the header's unit fits and whose cells can be read so; a language makes it that
    language's text."""
    fitting = [path for path in paths if path in known and _fits(known[path], parts.unit)]
    if not fitting:
        return ""
    path = next((path for path in fitting if reads(known[path], cells)), fitting[0])
    if parts.language and known[path].type == TRANSLATED and not known[path].language:
        return f"{path}@{parts.language}"
    return path


def reads(target: Target, cells: Sequence[Any]) -> bool:
    """Whether at least half of some cells can be read as a target; absences and dashes say nothing about it."""
    spec = BY_NAME.get(target.field)
    telling = [cell for cell in cells if not says_nothing(cell) and not absence_in(cell)]
    if spec is None or spec.type not in (CHOICE, *FIGURES) or not telling:
        return True
    read, good = reader_of(spec, "", "fi"), 0
    for cell in telling:
        try:
            read(cell)
        except ValidationError as error:
            good += error.code in ("unit", "range")
        else:
            good += 1
    return good * 2 >= len(telling)


def guess(
    header: str,
    kind: str,
    memory: Mapping[str, Any] | None = None,
    cell_unit: str = "",
    cells: Sequence[Any] = (),
) -> Guess:
    """This will say what a header means for a kind of record; `memory` is {plain header: (field, unit, rule)},
    `cell_unit` the unit that stands in the cells, `cells` the first of them."""
    remembered = (memory or {}).get(plain(header))
    known = targets(kind, "en")
    if remembered is not None and (not remembered[0] or remembered[0] in known):
        return Guess(remembered[0], remembered[1], "memory", remembered[2] or Rule.OVERWRITE)
    if header.strip() in known:
        return Guess(header.strip(), "", "name")
    for part in _readings(header):
        parts = take_apart(part)
        if cell_unit and not parts.unit:
            parts = replace(parts, unit=cell_unit)
        for words, unit in ((plain(part), parts.unit), (parts.words, parts.unit), (plain(part), "")):
            found = _known(kind).get(words, ())
            if path := _choose(found, replace(parts, unit=unit), known, cells):
                return Guess(path, _unit_for(known, path, parts), "synonym")
    parts = take_apart(header)
    likely = _by_likeness(parts, kind, known)
    strange = _strange_unit(parts)
    if not strange or not (path := likely.field or _without_brackets(header, kind, known)):
        return likely
    target = known.get(path)
    return Guess(strange_unit=strange) if target and target.has_unit and not likely.unit else likely


def _strange_unit(parts: Parts) -> str:
    """What in a header's brackets may be a unit that nobody here knows: mistaken for ours it is wrong by a factor."""
    if parts.unit:
        return ""
    return next((one for one in parts.extra if MAY_BE_UNIT.fullmatch(one) and plain(one) not in NO_UNITS), "")


def _without_brackets(header: str, kind: str, known: Mapping[str, Target]) -> str:
    """What a header would mean without its brackets."""
    words = plain(IN_BRACKETS.sub(" ", header))
    paths = [path for path in _known(kind).get(words, ()) if path in known]
    return paths[0] if paths else _by_likeness(Parts(words), kind, known).field


def _readings(header: str) -> list[str]:
    """A header, and when a heading of several columns was joined to it, its own part alone."""
    group, joint, own = header.rpartition(JOINT)
    return [header, own] if joint and group else [header]


def _unit_for(known: Mapping[str, Target], path: str, parts: Parts) -> str:
    target = known.get(path)
    return parts.unit if target and target.has_unit and fits(parts.unit, target.unit) else ""


def _by_likeness(parts: Parts, kind: str, known: Mapping[str, Target]) -> Guess:
    if len(parts.words) < SHORTEST_LIKE:
        return Guess()
    candidates = [words for words in _known(kind) if len(words) >= SHORTEST_LIKE]
    for words, _score, _index in process.extract(
        parts.words, candidates, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=5
    ):
        if path := _choose(_known(kind)[words], parts, known):
            return Guess(path, _unit_for(known, path, parts), "likeness")
    return Guess()


def guess_columns(
    headers: Sequence[str],
    kind: str,
    memory: Mapping[str, Any] | None = None,
    cell_units: Sequence[str] = (),
    cells: Sequence[Sequence[Any]] = (),
) -> list[Guess]:
    """This will guess every column, of which `cells` are the first; of two that mean the same the surer one keeps it."""
    surest = {"name": 0, "memory": 1, "synonym": 2, "likeness": 3}
    nothing: Sequence[Any] = ()
    found = [
        guess(header, kind, memory, unit or "", below or ()) if header.strip() else Guess()
        for header, unit, below in zip(
            headers, [*cell_units, *[""] * len(headers)], [*cells, *[nothing] * len(headers)], strict=False
        )
    ]
    taken: set[str] = set()
    for index in sorted(range(len(found)), key=lambda one: (surest.get(found[one].how, 9), one)):
        if found[index].field in taken:
            found[index] = Guess()
        elif found[index].field:
            taken.add(found[index].field)
    return found
