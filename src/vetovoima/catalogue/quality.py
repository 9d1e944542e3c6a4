"""How good a record is: complete, fresh, ready. Pure functions of the record and of the rules in `standard/*.json`.

Completeness and freshness are the offer's main quality numbers (strategy 6.2 and 8; weights: records and terms 5.4);
readiness 0–5 is computed from evidence, never claimed.
"""

from __future__ import annotations

import json
from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vetovoima.common.fields import Translated

from .enums import Absence
from .models import Site
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
        return _("Investors drop a site of which this is not told.")


@dataclass(frozen=True)
class Completeness:
    """The share of what is expected that is known, in per cent; group by group; and what is missing, dearest first."""

    percent: int
    groups: list[GroupScore] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)


def _weights(kind: str, profiles: list[str]) -> dict[str, float]:
    """The weight of each area for a record: its kind's, moved by its profiles; the largest wish of several wins."""
    rules = _rules("completeness")
    found = {name: float(area["weight"]) for name, area in rules["areas"].items()}
    found.update(rules["kinds"].get(kind, {}))
    moved: dict[str, float] = {}
    for profile in profiles:
        for name, weight in rules["profiles"].get(profile, {}).items():
            moved[name] = max(moved.get(name, 0), weight)
    return {**found, **moved}


def _points(spec: FieldSpec, site: Site) -> float:
    points = _rules("completeness")["points"]
    is_mandatory = spec.required or spec.is_mandatory(site.kind, site.profiles)
    return float(points["mandatory" if is_mandatory else "expected"])


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


def completeness(site: Site) -> Completeness:
    """This will weigh what is known of a record against what is expected of its kind and profiles."""
    rules = _rules("completeness")
    area_of = {group: name for name, area in rules["areas"].items() for group in area["groups"]}
    weights = _weights(site.kind, site.profiles)
    known: dict[str, float] = defaultdict(float)
    asked: dict[str, float] = defaultdict(float)
    gaps: list[tuple[FieldSpec, float]] = []
    for spec in expected_fields(site):
        points = _points(spec, site)
        asked[spec.group] += points
        if is_told(site, spec):
            known[spec.group] += points
        else:
            gaps.append((spec, points))
    wanted = rules["photos_wanted"]
    asked["media"] += wanted
    known["media"] += min(wanted, len(site.photo_rows()))

    by_area: dict[str, float] = defaultdict(float)
    for group, points in asked.items():
        by_area[area_of[group]] += points
    whole = sum(weights[name] for name in by_area) or 1.0
    worth = {group: 100 * weights[area_of[group]] / whole / by_area[area_of[group]] for group in asked}
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
    percent = sum(known[group] * worth[group] for group in asked)
    return Completeness(round(percent), groups, sorted(missing, key=lambda one: (-one.points, one.spec.name)))


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


def last_checked(site: Site) -> date | None:
    """The newest day on which somebody checked or collected anything of the record; None when nobody said so."""
    days = [
        found
        for source in site.sources.values()
        for part in ("verified_on", "collected_on")
        if (found := dated(source.get(part, "")))
    ]
    return max(days, default=None)


@dataclass(frozen=True)
class Step:
    """A step of the ladder: its name, whether it is reached, what speaks for it and what is missing."""

    level: int
    name: Translated
    is_met: bool
    evidence: list[str]
    missing: list[str]

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
    evidence: list[str] = []
    missing: list[str] = []
    for condition in given["all"]:
        (evidence if _holds(site, condition, today) else missing).append(_in_words(site, condition))
    return Step(given["level"], Translated(given["name"]), not missing, evidence, missing)


def _holds(site: Site, condition: dict[str, Any], today: date) -> bool:
    if "known" in condition:
        return is_told(site, BY_NAME[condition["known"]])
    if "answered" in condition:
        return site.is_answered(condition["answered"])
    if "any" in condition:
        return any(site.is_known(name) for name in condition["any"] if site.kind in BY_NAME[name].kinds)
    if "in" in condition:
        name, allowed = condition["in"]
        return site.value(name) in allowed
    group = condition["checked"]
    return freshness_of(group, site.sources.get(group, {}), today).state == FRESH


def _in_words(site: Site, condition: dict[str, Any]) -> str:
    """What a condition looks at, in the active language: of several fields the first known one, else the first."""
    if "any" in condition:
        names = [name for name in condition["any"] if site.kind in BY_NAME[name].kinds]
        return str(BY_NAME[next((name for name in names if site.is_known(name)), names[0])].label)
    if "in" in condition:
        spec = BY_NAME[condition["in"][0]]
        return f"{spec.label}: {', '.join(str(spec.choices(one).label) for one in condition['in'][1])}"
    if "checked" in condition:
        return _("%(group)s checked lately") % {"group": GROUP_LABELS[condition["checked"]]}
    return str(BY_NAME[condition.get("known") or condition["answered"]].label)
