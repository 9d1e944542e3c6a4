"""How good a record is: complete, fresh, ready. Pure functions of the record and of the rules in `standard/*.json`.

Completeness and freshness are the offer's main quality numbers (strategy 6.2 and 8; weights: records and terms 5.4);
readiness 0–5 is computed from evidence, never claimed.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vetovoima.common.fields import Translated
from vetovoima.media.enums import FileKind, Scan

from .enums import Absence
from .models import Site
from .reasons import reason_for
from .registry import BY_NAME, GROUP_LABELS, GROUPS, FieldSpec, expected_of, fields_of

RULES = Path(__file__).parent / "standard"
FRESH, STALE, EXPIRED, UNDATED = "fresh", "stale", "expired", "undated"


@cache
def _rules(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((RULES / f"{name}.json").read_text(encoding="utf-8"))
    return read


@dataclass(frozen=True)
class GroupScore:
    """One group's share: how much of what is expected in it is known, in per cent, and its weight in the whole."""

    group: str
    label: str | Promise
    percent: int
    weight: float


@dataclass(frozen=True)
class Missing:
    """A field that would add to completeness: how many per cent, and why it is asked."""

    spec: FieldSpec
    points: float
    is_mandatory: bool
    absence: str = ""

    @property
    def why(self) -> str:
        """One sentence on why it is asked, in the active language."""
        if self.is_mandatory:
            return _("Must be answered before the record is published.")
        if self.absence == Absence.NOT_STUDIED:
            return _("Said not to be studied: a study would fill it.")
        return reason_for(self.spec, _rules("completeness")["why"])


@dataclass(frozen=True)
class Completeness:
    """The share of what is expected that is known, in per cent; group by group; and what is missing, dearest first."""

    percent: int
    groups: list[GroupScore] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


def _weights(kind: str, profiles: Sequence[str]) -> dict[str, float]:
    """The weight of each area for a record: its kind's, moved by its profiles; the largest wish of several wins."""
    rules = _rules("completeness")
    found = {name: float(area["weight"]) for name, area in rules["areas"].items()}
    found.update(rules["kinds"].get(kind, {}))
    moved: dict[str, float] = {}
    for profile in profiles:
        for name, weight in rules["profiles"].get(profile, {}).items():
            moved[name] = max(moved.get(name, 0), weight)
    return {**found, **moved}


def _points(spec: FieldSpec, kind: str, profiles: Sequence[str]) -> float:
    points = _rules("completeness")["points"]
    is_mandatory = spec.required or spec.is_mandatory(kind, profiles)
    return float(points["mandatory" if is_mandatory else "expected"])


@dataclass(frozen=True)
class _Plan:
    """What is the same for every record of a kind and profiles: its fields with their points, what each group is asked,
    and what a point of it is worth in per cent."""

    fields: tuple[tuple[FieldSpec, float], ...]
    asked: dict[str, float]
    worth: dict[str, float]
    photos: int


def _plan_of(site: Site) -> _Plan:
    return _plan(site.kind, tuple(site.profiles))


@lru_cache(maxsize=256)
def _plan(kind: str, profiles: tuple[str, ...]) -> _Plan:
    """Thousands of records are judged in an import: their weights are added up once."""
    rules = _rules("completeness")
    area_of = {group: name for name, area in rules["areas"].items() for group in area["groups"]}
    weights = _weights(kind, profiles)
    fields = tuple((spec, _points(spec, kind, profiles)) for spec in expected_of(kind, profiles))
    asked: dict[str, float] = defaultdict(float)
    for spec, points in fields:
        asked[spec.group] += points
    asked["media"] += rules["photos_wanted"]
    by_area: dict[str, float] = defaultdict(float)
    for group, points in asked.items():
        by_area[area_of[group]] += points
    whole = sum(weights[name] for name in by_area) or 1.0
    worth = {group: 100 * weights[area_of[group]] / whole / by_area[area_of[group]] for group in asked}
    return _Plan(fields, dict(asked), worth, rules["photos_wanted"])


def expected_fields(site: Site) -> list[FieldSpec]:
    """The fields whose absence is a gap in this record, in the standard's order: its required and expected ones."""
    return list(expected_of(site.kind, site.profiles))


#: a price is told in any of these ways
PRICES = (
    "price_eur_m2",
    "price_eur",
    "rent_eur_m2_month",
    "lease_eur_m2_year",
    "price_note",
    "is_price_on_request",
)


def is_told(site: Site, spec: FieldSpec) -> bool:
    """Whether a field says something: a value, or that there is none. Not known and not studied are gaps."""
    if site.absent.get(spec.name) == Absence.NONE:
        return True
    if spec.name in ("price_eur_m2", "rent_eur_m2_month"):
        return any(site.is_known(name) for name in PRICES if site.kind in BY_NAME[name].kinds)
    return site.is_known(spec.name)


def _weighed(site: Site, plan: _Plan) -> tuple[dict[str, float], list[tuple[FieldSpec, float]]]:
    """What of each group is known, in points, and the fields that are gaps."""
    known = dict.fromkeys(plan.asked, 0.0)
    gaps: list[tuple[FieldSpec, float]] = []
    for spec, points in plan.fields:
        if is_told(site, spec):
            known[spec.group] += points
        else:
            gaps.append((spec, points))
    known["media"] += min(plan.photos, len(site.photo_rows()))
    return known, gaps


def _percent(known: dict[str, float], plan: _Plan) -> int:
    return round(sum(known[group] * plan.worth[group] for group in plan.asked))


def completeness_percent(site: Site) -> int:
    """The number of `completeness` alone, for stores and imports: without the groups and without what is missing."""
    plan = _plan_of(site)
    return _percent(_weighed(site, plan)[0], plan)


def completeness(site: Site) -> Completeness:
    """This will weigh what is known of a record against what is expected of its kind and profiles."""
    plan = _plan_of(site)
    asked, worth = plan.asked, plan.worth
    known, gaps = _weighed(site, plan)
    groups = [
        GroupScore(
            one.name,
            one.label,
            round(100 * known[one.name] / asked[one.name]),
            worth[one.name] * asked[one.name],
        )
        for one in GROUPS
        if asked.get(one.name)
    ]
    missing = [
        Missing(
            spec,
            round(points * worth[spec.group], 1),
            spec.is_mandatory(site.kind, site.profiles),
            site.absent.get(spec.name, ""),
        )
        for spec, points in gaps
    ]
    ordered = sorted(missing, key=lambda one: (-one.points, one.spec.name))
    return Completeness(_percent(known, plan), groups, ordered)


@dataclass(frozen=True)
class Freshness:
    """How old a group's values are: when and by whom they were checked, when they turn grey and when they are hidden."""

    state: str
    checked_on: date | None = None
    checked_by: str = ""
    stale_on: date | None = None
    hidden_on: date | None = None

    @property
    def next_change(self) -> date | None:
        """The day on which the state changes by itself, if ever."""
        return {FRESH: self.stale_on or self.hidden_on, STALE: self.hidden_on}.get(self.state)


def _months_after(day: date, months: int) -> date:
    """The same day some months later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def dated(text: str) -> date | None:
    """The latest day that a date as precise as its source can mean: 2026, 2026-10 or 2026-10-12; None when it is none."""
    parts = text.split("-")
    try:
        numbers = [int(part) for part in parts]
        if len(numbers) == 3:
            return date(*numbers)
        if len(numbers) == 2:
            return date(numbers[0], numbers[1], monthrange(numbers[0], numbers[1])[1])
        return date(numbers[0], 12, 31)
    except (ValueError, IndexError):
        return None


def checked_day(source: dict[str, str]) -> date | None:
    """The day a group's values were last known to hold: checked, else collected, else the date of their source."""
    for part in ("verified_on", "collected_on", "dated"):
        if found := dated(source.get(part, "")):
            return found
    return None


def freshness_of(group: str, source: dict[str, str], today: date) -> Freshness:
    """This will judge one group by the rule of its group."""
    rules = _rules("freshness")
    rule = rules["groups"].get(group, rules["default"])
    day = checked_day(source)
    if day is None:
        return Freshness(UNDATED)
    stale_on, hidden_on = (
        _months_after(day, rule[one]) if rule[one] else None for one in ("stale", "hidden")
    )
    state = FRESH
    if stale_on and today >= stale_on:
        state = STALE
    if hidden_on and today >= hidden_on:
        state = EXPIRED
    return Freshness(state, day, source.get("verified_by", ""), stale_on, hidden_on)


def freshness(site: Site, today: date) -> dict[str, Freshness]:
    """This will judge every group of a record's kind and profiles."""
    groups = {spec.group for spec in fields_of(site.kind, profiles=site.profiles)}
    return {
        one.name: freshness_of(one.name, site.sources.get(one.name, {}), today)
        for one in GROUPS
        if one.name in groups
    }


def is_checked(group: str, source: dict[str, str], today: date) -> bool:
    """Whether somebody checked a group, not in the future, and so lately that it is fresh: collecting is no check."""
    day = dated(source.get("verified_on", ""))
    return day is not None and day <= today and freshness_of(group, source, today).state == FRESH


def last_checked(site: Site) -> date | None:
    """The newest day on which somebody checked anything of the record; None when nobody did: collecting is no check."""
    days = (dated(source.get("verified_on", "")) for source in site.sources.values())
    return max((day for day in days if day), default=None)


def last_collected(site: Site) -> tuple[date, str] | None:
    """The newest day on which anything of the record was collected, and from what source; None when nobody said so."""
    found = (
        (day, source.get("title", ""))
        for source in site.sources.values()
        if (day := dated(source.get("collected_on", "")))
    )
    return max(found, default=None)


@dataclass(frozen=True)
class Evidence:
    """What meets a condition of a step: a field (`field` names it, the record says its value), the day of a check, or
    the kind of a document."""

    label: str
    field: str = ""
    day: str = ""
    document: str = ""

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class Step:
    """A step of the ladder: its name, whether it is reached, what speaks for it, what is missing in words, and which
    fields would help."""

    level: int
    name: Translated
    is_met: bool
    evidence: list[Evidence]
    missing: list[str]
    lacks: list[str]

    @property
    def label(self) -> str:
        """Its name in the active language."""
        return self.name.best(get_language() or "en")[0]


@dataclass(frozen=True)
class Readiness:
    """How ready a record is: 0 (idea) to 5, with every step explained."""

    level: int
    name: Translated
    steps: list[Step]

    @property
    def label(self) -> str:
        """The name of the step reached, in the active language."""
        return self.name.best(get_language() or "en")[0]


def readiness(site: Site, today: date | None = None) -> Readiness:
    """This will climb the ladder of the record's kind as far as its evidence carries."""
    rules = _rules("readiness")
    day = today or localdate()
    steps = [_step(site, given, day) for given in rules["ladders"][rules["kinds"][site.kind]]]
    level, name = 0, Translated(rules["start"])
    for step in steps:
        if not step.is_met:
            break
        level, name = step.level, step.name
    return Readiness(level, name, steps)


def readiness_level(site: Site, today: date) -> int:
    """This will climb the ladder without words: the number of the step reached, for lists and stores."""
    rules = _rules("readiness")
    level = 0
    for given in rules["ladders"][rules["kinds"][site.kind]]:
        if not all(_holds(site, condition, today) for condition in given["all"]):
            break
        level = given["level"]
    return level


def _step(site: Site, given: dict[str, Any], today: date) -> Step:
    evidence: list[Evidence] = []
    missing: list[str] = []
    lacks: list[str] = []
    for condition in given["all"]:
        if found := _evidence(site, condition, today):
            evidence.append(found)
        else:
            missing.append(_or_documents(_in_words(site, condition), condition))
            lacks += _looks_at(site, condition)
    return Step(given["level"], Translated(given["name"]), not missing, evidence, missing, lacks)


def _looks_at(site: Site, condition: dict[str, Any]) -> list[str]:
    if "either" in condition:
        return [name for one in condition["either"] for name in _looks_at(site, one)]
    return [] if "checked" in condition else _fields_in(site, condition)


def _holds(site: Site, condition: dict[str, Any], today: date) -> bool:
    return _holds_by_fields(site, condition, today) or _is_documented(site, condition)


def _is_documented(site: Site, condition: dict[str, Any]) -> bool:
    """Whether a document of a kind that the condition names belongs to the record; one with a virus is gone."""
    return bool(_documents(site, condition))


def _documents(site: Site, condition: dict[str, Any]) -> list[str]:
    """The kinds of the record's documents that speak for a condition."""
    kinds = condition.get("documents", ())
    there = (
        {entry.file.kind for entry in site.file_rows() if entry.file.scan != Scan.INFECTED} if kinds else ()
    )
    return [kind for kind in kinds if kind in there]


def _holds_by_fields(site: Site, condition: dict[str, Any], today: date) -> bool:
    if "either" in condition:
        return any(_holds(site, one, today) for one in condition["either"])
    if "checked" in condition:
        return is_checked(condition["checked"], site.sources.get(condition["checked"], {}), today)
    return any(_speaks(site, name, condition, today) for name in _fields_in(site, condition))


def _fields_in(site: Site, condition: dict[str, Any]) -> list[str]:
    """The fields that a condition looks at, of those that the record's kind has."""
    if "any" in condition:
        return [name for name in condition["any"] if site.kind in BY_NAME[name].kinds]
    for way in ("known", "told", "passed"):
        if way in condition:
            return [condition[way]]
    return [(condition.get("in") or condition["above"])[0]]


def _speaks(site: Site, name: str, condition: dict[str, Any], today: date) -> bool:
    """Whether what one field says is what the condition asks for."""
    if "told" in condition and site.absent.get(name) == Absence.NONE:
        return True
    value = site.value(name)
    if "in" in condition:
        return value in condition["in"][1]
    if not site.is_known(name):
        return False
    if "above" in condition:
        return bool(value > condition["above"][1])
    is_ahead = isinstance(value, date) and value > today
    return not (is_ahead and (BY_NAME[name].is_past or "passed" in condition))


def _evidence(site: Site, condition: dict[str, Any], today: date) -> Evidence | None:
    """What meets a condition: a field with its value, a check with its day, a document; None when nothing does."""
    if "either" in condition:
        return next((one for each in condition["either"] if (one := _evidence(site, each, today))), None)
    if _holds_by_fields(site, condition, today):
        if "checked" in condition:
            group = condition["checked"]
            return Evidence(_in_words(site, condition), day=site.sources[group]["verified_on"])
        name = next(one for one in _fields_in(site, condition) if _speaks(site, one, condition, today))
        return Evidence(str(BY_NAME[name].label), field=name)
    kinds = _documents(site, condition)
    if not kinds:
        return None
    label = _in_words(site, condition)
    return Evidence(label, document=str(FileKind(kinds[0]).label))


def _or_documents(words: str, condition: dict[str, Any]) -> str:
    """What is missing, and which document would do instead."""
    kinds = [str(FileKind(one).label) for one in condition.get("documents", ())]
    if not kinds:
        return words
    return _("%(field)s, or the document: %(documents)s") % {"field": words, "documents": ", ".join(kinds)}


def _in_words(site: Site, condition: dict[str, Any]) -> str:
    """What a condition asks for, in the active language: of several fields the first known one, else the first."""
    if "either" in condition:
        words = [_in_words(site, one) for one in condition["either"]]
        return _("%(one)s, or %(other)s") % {"one": ", ".join(words[:-1]), "other": words[-1]}
    if "checked" in condition:
        return _("%(group)s checked lately") % {"group": GROUP_LABELS[condition["checked"]]}
    names = _fields_in(site, condition)
    spec = BY_NAME[next((name for name in names if site.is_known(name)), names[0])]
    if "in" in condition:
        return f"{spec.label}: {', '.join(_choice_in_words(spec, one) for one in condition['in'][1])}"
    if "above" in condition:
        return _("%(field)s: more than %(number)s") % {"field": spec.label, "number": condition["above"][1]}
    if "passed" in condition:
        return _("%(field)s: a day that has come") % {"field": spec.label}
    return str(spec.label)


def _choice_in_words(spec: FieldSpec, value: Any) -> str:
    if spec.choices is None:
        return _("yes") if value else _("no")
    return str(spec.choices(value).label)
