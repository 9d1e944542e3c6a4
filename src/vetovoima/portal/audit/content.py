"""Checks of what an investor finds: C of the checklist. Facts, policies and pages, each with source and date."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.utils.translation import gettext_noop

from vetovoima.catalogue.knowledge.enums import FactState, PolicyTopic, Topic
from vetovoima.catalogue.knowledge.queries import facts, permit_paths, policies_in_force, public_references
from vetovoima.monitoring.audit.enums import Result
from vetovoima.monitoring.audit.registry import Evidence, Finding, Run, check, judged
from vetovoima.portal.sitemap import entries
from vetovoima.reference.queries import municipalities

FRESH = timedelta(days=365)
DESK = "/desk/facts/"
#: shares of dated facts that are at most a year old
ENOUGH_FRESH = 0.5


@dataclass(frozen=True)
class About:
    """What answers an item: facts by topic or by a word of their code, policies by topic, pages by the end of their address."""

    topics: tuple[str, ...] = ()
    words: str = ""
    policies: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    #: so many at least
    fewest: int = 1


ABOUT = {
    "C01": About(
        (Topic.REGION, Topic.CONNECTIONS), pages=("region", "getting-here", "accessibility-and-transport")
    ),
    "C03": About(words="wage|salary|salaries|earning|employer-cost|labour-cost"),
    "C04": About(
        (Topic.EXPERTISE,),
        words="education|student|language|research",
        pages=("skills", "labour", "expertise"),
    ),
    "C05": About(words="employer|largest-compan", fewest=25),
    "C06": About(words="new-compan|expan|came-|investment", pages=("newcomers", "new-and-growing")),
    "C07": About(
        words="downsiz|layoff|closure|closed|-end$", pages=("downsizing", "what-is-hard", "why-not")
    ),
    "C08": About((Topic.ENERGY,), pages=("energy", "energy-and-grid")),
    "C09": About((Topic.CONNECTIONS,), pages=("getting-here", "logistics", "accessibility-and-transport")),
    "C10": About(words="tax", policies=(PolicyTopic.TAX,), pages=("taxes", "taxes-and-aid")),
    "C11": About(
        (Topic.FUNDING,), policies=(PolicyTopic.AID_AREA, PolicyTopic.FUNDING), pages=("aid", "taxes-and-aid")
    ),
    "C13": About(words="price", policies=(PolicyTopic.PRICING, PolicyTopic.LAND)),
    "C14": About(
        words="climate|snow|cooling|temperature|construction-cost|building-cost|soil", pages=("climate",)
    ),
    "C15": About(words="housing|school|health|living|commut", pages=("living", "quality-of-life")),
}
#: items that a page answers, by the end of its address
PAGES = {
    "C19": ("questions", "faq", "questions-and-answers"),
    "C21": ("events",),
    "C23": ("services", "service-promise"),
    "C24": ("privacy",),
    "C27": ("value", "compare", "comparison", "value-comparison"),
    "C28": ("finance", "investors", "investors-and-finance", "capital", "funding"),
    "C29": ("ownership-transfers", "ownership-transfer", "succession", "transfers"),
    "C30": ("aftercare",),
}
PAGE_FOUND = gettext_noop("Page: %(place)s, changed %(day)s.")
NO_PAGE = gettext_noop("There is no page for it.")


def _bank(run: Run) -> list[Any]:
    return run.once("facts", lambda: [
        one for one in facts() if one.state != FactState.RETIRED and (one.number is not None or one.text)
    ])  # fmt: skip


def _pages(run: Run) -> dict[str, tuple[str, str]]:
    """The English pages by the end of their address: (address, day of the last change)."""

    def listed() -> dict[str, tuple[str, str]]:
        found = {}
        for entry in entries():
            link = entry["links"].get("en") or next(iter(entry["links"].values()))
            path = "/" + link.split("/", 3)[3]
            found[path.strip("/").rpartition("/")[2]] = (path, entry["changed"])
        return found

    return run.once("pages", listed)


def newest_day(as_of: str, checked_on: date | None) -> date | None:
    """The day until which a value is known to be true: the end of the time it is of, or when somebody looked again."""
    exact = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", as_of)
    if exact is None:
        years = [int(year) for year in re.findall(r"\d{4}", as_of)]
        end = date(max(years) + 1, 1, 1) if years else None
    else:
        year, month, day = (int(part) if part else 0 for part in exact.groups())
        end = date(year, month, day) if day else date(year + (month or 12) // 12, (month or 12) % 12 + 1, 1)
    return max(filter(None, (checked_on, end)), default=None)


def _is_fresh(one: Any, today: date) -> bool:
    day = newest_day(one.as_of or str(one.source.get("date", "")), one.checked_on)
    return day is not None and day >= today - FRESH


def _has_source(one: Any) -> bool:
    return bool(one.source.get("title")) and bool(one.as_of or one.source.get("date"))


def _counted(found: list[Any], run: Run) -> Evidence:
    said = gettext_noop(
        "%(number)s facts and policies, %(sourced)s with source and date, %(fresh)s at most a year old."
    )
    values = {"number": len(found), "sourced": sum(map(_has_source, found)),
              "fresh": sum(_is_fresh(one, run.today) for one in found)}  # fmt: skip
    return Evidence(said, values, DESK)


def _page_evidence(run: Run, names: Iterable[str]) -> list[Evidence]:
    known = _pages(run)
    return [
        Evidence(PAGE_FOUND, {"place": known[name][0], "day": known[name][1] or "?"}, known[name][0])
        for name in names if name in known
    ]  # fmt: skip


def _about(code: str, run: Run) -> Finding:
    asked = ABOUT[code]
    pattern = re.compile(asked.words) if asked.words else None
    found = [one for one in _bank(run) if one.topic in asked.topics or (pattern and pattern.search(one.code))]
    found += [one for one in policies_in_force(run.today) if one.topic in asked.policies]
    pages = _page_evidence(run, asked.pages)
    evidence = (_counted(found, run), *pages)
    if not found and not pages:
        return Finding(Result.FAIL, evidence)
    sourced = bool(found) and all(map(_has_source, found))
    fresh = sum(_is_fresh(one, run.today) for one in found) >= ENOUGH_FRESH * len(found)
    is_whole = sourced and fresh and len(found) >= asked.fewest
    return Finding(Result.PASS if is_whole else Result.PART, evidence)


for _code in ABOUT:
    check(_code)(partial(_about, _code))


def _page(code: str, run: Run) -> Finding:
    pages = _page_evidence(run, PAGES[code])
    if not pages:
        return Finding(Result.FAIL, (Evidence(NO_PAGE, {}, "/cms/"),))
    days = [one.values["day"] for one in pages if one.values["day"] != "?"]
    old = bool(days) and max(days) < (run.today - FRESH).isoformat()
    return Finding(Result.PART if old else Result.PASS, tuple(pages))


for _code in PAGES:
    check(_code)(partial(_page, _code))


@check("C02")
def people(run: Run) -> Finding:
    """Population and unemployment of each municipality."""
    towns = [one.slug for one in municipalities()]
    of_towns = [
        one for one in _bank(run) if one.municipality_id and re.search("population|unemploy", one.code)
    ]
    kept = {(one.municipality.slug, one.code.partition("-")[0]) for one in of_towns}
    good = sum((town, "population") in kept and (town, "unemployment") in kept for town in towns)
    said = gettext_noop("%(number)s of %(total)s municipalities have both population and unemployment.")
    return judged(
        good, len(towns), Evidence(said, {"number": good, "total": len(towns)}, DESK), _counted(of_towns, run)
    )


@check("C12")
def permits(run: Run) -> Finding:
    """Permit paths; what their steps leave unsaid is judged item by item under G."""
    paths = [one for one in permit_paths() if not one.is_example]
    said = gettext_noop("%(number)s permit paths.")
    evidence = Evidence(said, {"number": len(paths)}, "/en/permits/")
    whole = all(step.cost and step.months_to is not None for path in paths for step in path.steps.all())
    return Finding(Result.FAIL if not paths else Result.PASS if whole else Result.PART, (evidence,))


@check("C18")
def references(run: Run) -> Finding:
    """Companies that let themselves be named; examples do not count."""
    found = [one for one in public_references(run.today) if not one.is_example]
    said = gettext_noop("%(number)s companies with a consent in force.")
    return judged(
        len(found), max(len(found), 1), Evidence(said, {"number": len(found)}, "/desk/facts/references/")
    )


@check("C26")
def sourced(run: Run) -> Finding:
    """Every public fact names source and date."""
    found = _bank(run)
    good = sum(map(_has_source, found))
    return judged(good, len(found), _counted(found, run))
