"""Checks of the permit paths: what each step says, counted."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from vetovoima.catalogue.knowledge.queries import permit_paths
from vetovoima.common.fields import LANGUAGES

from .enums import Result
from .registry import Evidence, Finding, Run, check, judged, share

WHERE = "/en/permits/"
EDITED_AT = "/desk/facts/"
FRESH = timedelta(days=365)
STEPS_SAY_IT = gettext_noop("%(number)s of %(total)s steps say it.")
STEPS_IN_PART = gettext_noop("%(number)s of %(total)s steps say it, %(part)s in part.")
#: a sum of money; a step that costs nothing says so by a sum as well
EUROS = re.compile(r"(?:€|\bEUR)\s*\d|\d\s*(?:€|EUR\b|euro)", re.IGNORECASE)
#: item: the fields of a step that answer it, any of them
SAID_BY = {
    "G03": ("result",),
    "G05": ("documents",),
    "G09": ("appeal",),
    "G10": ("online_url", "online"),
}


def paths(run: Run) -> list[Any]:
    """Every real permit path with its steps, read once in a run."""
    return run.once("permit paths", lambda: [one for one in permit_paths() if not one.is_example])


def steps(run: Run) -> list[Any]:
    """Every step of every path."""
    return [step for path in paths(run) for step in path.steps.all()]


def _of_steps(run: Run, says_it: Callable[[Any], bool]) -> Finding:
    found = steps(run)
    return share(sum(says_it(step) for step in found), len(found), STEPS_SAY_IT, WHERE)


def _of_paths(run: Run, is_good: Callable[[Any], bool], said: str, url: str = WHERE) -> Finding:
    found = paths(run)
    return share(sum(is_good(path) for path in found), len(found), said, url)


def _said(code: str, run: Run) -> Finding:
    return _of_steps(run, lambda step: any(getattr(step, name) for name in SAID_BY[code]))


for _code in SAID_BY:
    check(_code)(partial(_said, _code))


@check("G02")
def in_order(run: Run) -> Finding:
    """Every path has steps, and no two in the same place."""

    def is_in_order(path: Any) -> bool:
        places = [step.position for step in path.steps.all()]
        return 0 < len(places) == len(set(places))

    return _of_paths(
        run, is_in_order, gettext_noop("%(number)s of %(total)s paths have their steps in order.")
    )


@check("G04")
def authority(run: Run) -> Finding:
    """Every step names who decides; how to reach them makes it whole."""
    found = steps(run)
    named, reached = sum(bool(step.decides) for step in found), sum(bool(step.contact) for step in found)
    said = gettext_noop("%(named)s of %(total)s steps name who decides, %(reached)s how to reach them.")
    evidence = Evidence(said, {"named": named, "reached": reached, "total": len(found)}, WHERE)
    finding = judged(named, len(found), evidence)
    if finding.result == Result.PASS and reached < len(found):
        return Finding(Result.PART, finding.evidence)
    return finding


def says_cost(step: Any) -> bool:
    """Whether a step says what it costs: in euros, in one of its languages."""
    return any(EUROS.search(step.cost.text(language)) for language in LANGUAGES)


def says_time(step: Any) -> bool:
    """Whether a step says how long it takes, at least and at most."""
    return step.months_from is not None and step.months_to is not None


def _in_part(run: Run, whole: Callable[[Any], bool], half: Callable[[Any], bool]) -> Finding:
    """Steps that say it all count one each, those that say some of it a half."""
    found = steps(run)
    number, part = sum(map(whole, found)), sum(half(step) and not whole(step) for step in found)
    evidence = Evidence(STEPS_IN_PART, {"number": number, "part": part, "total": len(found)}, WHERE)
    return judged(2 * number + part, 2 * len(found), evidence)


@check("G06")
def cost(run: Run) -> Finding:
    """Every step says what it costs in euros; how the fee is set is a half of it."""
    return _in_part(run, says_cost, lambda step: bool(step.cost))


@check("G07")
def time_needed(run: Run) -> Finding:
    """Every step says its shortest and its longest time; one of them is a half."""
    return _in_part(run, says_time, lambda step: step.months_from is not None or step.months_to is not None)


@check("G11")
def checked_lately(run: Run) -> Finding:
    """Every path was checked by somebody within a year."""
    first = run.today - FRESH
    said = gettext_noop("%(number)s of %(total)s paths name who checked them within a year.")
    return _of_paths(
        run, lambda path: bool(path.checked_by and path.checked_on and path.checked_on >= first), said, EDITED_AT
    )  # fmt: skip


@check("G12")
def totals(run: Run) -> Finding:
    """The time of a path can be added up only when every step tells its own."""

    def can_be_added(path: Any) -> bool:
        of_path = list(path.steps.all())
        return bool(of_path) and all(step.months_to is not None and says_cost(step) for step in of_path)

    said = gettext_noop(
        "The steps of %(number)s of %(total)s paths tell enough for a total of time and cost."
    )
    return _of_paths(run, can_be_added, said)


@check("G14")
def languages(run: Run) -> Finding:
    """Every step's name, authority and law stand in every language."""

    def is_in_all(step: Any) -> bool:
        texts = [step.name, *(one for one in (step.decides, step.legal_basis) if one)]
        return all(text.text(language) for text in texts for language in LANGUAGES)

    return _of_steps(run, is_in_all)
