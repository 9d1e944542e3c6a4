"""Checks of the permit paths: what each step says, counted."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from vetovoima.catalogue.knowledge.queries import permit_paths
from vetovoima.common.fields import LANGUAGES

from .enums import Result
from .registry import Evidence, Finding, Run, check, judged

WHERE = "/en/permits/"
EDITED_AT = "/desk/facts/"
FRESH = timedelta(days=365)
#: item: the fields of a step that answer it, any of them; a step without such a field answers nothing
SAID_BY = {
    "G03": ("result", "outcome"),
    "G05": ("documents", "forms"),
    "G06": ("cost", "cost_eur"),
    "G09": ("appeal",),
    "G10": ("online_url", "online"),
}


def paths(run: Run) -> list[Any]:
    """Every real permit path with its steps, read once in a run."""
    return run.once("permit paths", lambda: [one for one in permit_paths() if not one.is_example])


def steps(run: Run) -> list[Any]:
    """Every step of every path."""
    return [step for path in paths(run) for step in path.steps.all()]


def _share(number: int, total: int) -> Evidence:
    return Evidence(
        gettext_noop("%(number)s of %(total)s steps say it."), {"number": number, "total": total}, WHERE
    )


def _said(code: str, run: Run) -> Finding:
    found = steps(run)
    if found and not any(hasattr(found[0], name) for name in SAID_BY[code]):
        return Finding(
            Result.FAIL, (Evidence(gettext_noop("The steps have no field for it yet."), {}, EDITED_AT),)
        )
    good = sum(any(getattr(step, name, None) for name in SAID_BY[code]) for step in found)
    return judged(good, len(found), _share(good, len(found)))


for _code in SAID_BY:
    check(_code)(partial(_said, _code))


@check("G02")
def in_order(run: Run) -> Finding:
    """Every path has steps, and no two in the same place."""
    found = paths(run)
    good = sum(0 < path.steps.count() == len({step.position for step in path.steps.all()}) for path in found)
    said = gettext_noop("%(number)s of %(total)s paths have their steps in order.")
    return judged(good, len(found), Evidence(said, {"number": good, "total": len(found)}, WHERE))


@check("G04")
def authority(run: Run) -> Finding:
    """Every step names who decides; an address or a phone makes it whole."""
    found = steps(run)
    named = sum(bool(step.decides) for step in found)
    reached = sum(
        bool(getattr(step, "authority_contact", None) or getattr(step, "contact", None)) for step in found
    )
    said = gettext_noop("%(named)s of %(total)s steps name who decides, %(reached)s how to reach them.")
    evidence = Evidence(said, {"named": named, "reached": reached, "total": len(found)}, WHERE)
    finding = judged(named, len(found), evidence)
    if finding.result == Result.PASS and reached < len(found):
        return Finding(Result.PART, finding.evidence)
    return finding


@check("G07")
def time_needed(run: Run) -> Finding:
    """Every step says its shortest and longest time."""
    found = steps(run)
    good = sum(step.months_from is not None and step.months_to is not None for step in found)
    return judged(good, len(found), _share(good, len(found)))


@check("G08")
def legal_basis(run: Run) -> Finding:
    """Every step names its law, and its source has an address."""
    found = steps(run)
    good = sum(bool(step.legal_basis) and bool(step.source.get("url")) for step in found)
    return judged(good, len(found), _share(good, len(found)))


@check("G11")
def checked_lately(run: Run) -> Finding:
    """Every path was checked by somebody within a year."""
    found = paths(run)
    good = sum(
        bool(one.checked_by) and one.checked_on is not None and one.checked_on >= run.today - FRESH for one in found
    )  # fmt: skip
    said = gettext_noop("%(number)s of %(total)s paths name who checked them within a year.")
    return judged(good, len(found), Evidence(said, {"number": good, "total": len(found)}, EDITED_AT))


@check("G12")
def totals(run: Run) -> Finding:
    """The time of a path can be added up only when every step tells its own."""
    found = paths(run)
    good = sum(all(step.months_to is not None and step.cost for step in path.steps.all()) for path in found)
    said = gettext_noop(
        "The steps of %(number)s of %(total)s paths tell enough for a total of time and cost."
    )
    return judged(good, len(found), Evidence(said, {"number": good, "total": len(found)}, WHERE))


@check("G14")
def languages(run: Run) -> Finding:
    """Every step's name, authority and law stand in every language."""
    found = steps(run)
    texts = [[step.name, *(one for one in (step.decides, step.legal_basis) if one)] for step in found]
    good = sum(all(text.text(language) for text in group for language in LANGUAGES) for group in texts)
    return judged(good, len(found), _share(good, len(found)))
