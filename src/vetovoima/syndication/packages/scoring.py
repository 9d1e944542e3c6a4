"""How complete a package is: every step explained, with what to do where it is not reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.syndication.models import PublishedDocument

from .models import OfferPackage
from .queries import offered_facts, records_in

#: records below this share of known facts make a buyer ask more than they answer
GOOD_RECORD = 50
ENOUGH_FACTS = 3


@dataclass(frozen=True)
class Evidence:
    """What the steps look at, read once."""

    package: OfferPackage
    records: list[PublishedDocument]
    facts: set[str]
    today: date


@dataclass(frozen=True)
class Rule:
    """One step: its points, what it asks, what to do, whether a package without it cannot be ready, and the test."""

    name: str
    points: int
    label: str | Promise
    todo: str | Promise
    is_must: bool
    test: Callable[[Evidence], bool]


@dataclass(frozen=True)
class Step:
    """One step as judged."""

    name: str
    label: str
    points: int
    is_met: bool
    is_must: bool
    todo: str


@dataclass(frozen=True)
class Score:
    """The share reached in per cent, and every step."""

    percent: int
    steps: list[Step]


def _said(name: str) -> Callable[[Evidence], bool]:
    """Whether a text is there in the language of the package."""
    return lambda found: bool(getattr(found.package, name).text(found.package.language))


def _all_public(found: Evidence) -> bool:
    return bool(found.records) and len(found.records) == len(found.package.sites)


def _reachable(found: Evidence) -> bool:
    person = found.package.contact
    return person is not None and bool(person.phone or person.email)


def _visit(found: Evidence) -> bool:
    package = found.package
    return bool(package.visit.text(package.language) and package.visit_length and package.visit_host.strip())


RULES = (
    Rule("title", 10, _("A title in the language of the package"), _("Write the title in the language of the package."), True, _said("title")),
    Rule("target", 10, _("Made for somebody: a sector or a kind of investor"), _("Choose the sector or the kind of investor."), False,
         lambda found: bool(found.package.sector or found.package.segment)),
    Rule("records", 20, _("Records that are public now"), _("Choose at least one record, and take out those that were withdrawn."), True, _all_public),
    Rule("quality", 10, _("Records with at least half of what investors expect"), _("Fill in the gaps of the records, or choose fuller ones."), False,
         lambda found: bool(found.records) and all(one.completeness >= GOOD_RECORD for one in found.records)),
    Rule("argument", 15, _("The value argument in the language of the package"), _("Write in the language of the package why this place."), True, _said("argument")),
    Rule("facts", 10, _("Three numbers of the fact bank"), _("Choose at least three numbers; retired ones do not count."), False,
         lambda found: len(found.facts & set(found.package.facts)) >= ENOUGH_FACTS),
    Rule("contact", 10, _("A person who can be called or written to"), _("Choose a contact person with a phone number or an e-mail address."), True, _reachable),
    Rule("spoken", 5, _("The person speaks the language of the package"), _("Choose a person who speaks the language, or add it to the person's languages."), False,
         lambda found: found.package.contact is not None and found.package.language in found.package.contact.languages),
    Rule("visit", 5, _("A visit idea: what to see, how long, who hosts"), _("Write what there is to see, and choose the length and the host."), False, _visit),
    Rule("valid", 5, _("A day until which it is valid, not past"), _("Set a day to come until which the package is valid."), False,
         lambda found: found.package.valid_until is not None and found.package.valid_until >= found.today),
)  # fmt: skip


def evidence_of(package: OfferPackage, today: date) -> Evidence:
    """This will read what the steps look at."""
    known = offered_facts(package.municipality).filter(code__in=package.facts).values_list("code", flat=True)
    return Evidence(package, records_in(package.sites, package.language), set(known), today)


def score_of(package: OfferPackage, today: date) -> Score:
    """This will judge a package on a day."""
    found = evidence_of(package, today)
    steps = [_judged(rule, found) for rule in RULES]
    return Score(sum(step.points for step in steps if step.is_met), steps)


def _judged(rule: Rule, found: Evidence) -> Step:
    is_met = rule.test(found)
    return Step(
        rule.name, str(rule.label), rule.points, is_met, rule.is_must, "" if is_met else str(rule.todo)
    )


def must_do(package: OfferPackage, today: date) -> list[str]:
    """This will return what must be done before a package is ready, as sentences."""
    return [step.todo for step in score_of(package, today).steps if step.is_must and not step.is_met]


def as_shape(score: Score) -> dict[str, Any]:
    """A score as data, for the JSON document."""
    return {
        "percent": score.percent,
        "steps": [
            {
                "name": one.name,
                "label": one.label,
                "points": one.points,
                "is_met": one.is_met,
                "todo": one.todo,
            }
            for one in score.steps
        ],
    }
