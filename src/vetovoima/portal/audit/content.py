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
from vetovoima.catalogue.knowledge.queries import facts, policies_in_force, public_references
from vetovoima.monitoring.audit.enums import Result
from vetovoima.monitoring.audit.permits import paths, says_cost, says_time
from vetovoima.monitoring.audit.registry import Evidence, Finding, Run, check, judged
from vetovoima.portal.sitemap import entries
from vetovoima.reference.queries import municipalities

FRESH = timedelta(days=365)
#: "the last two years"
LATELY = timedelta(days=2 * 365)
DESK = "/desk/facts/"
#: shares of dated facts that are at most a year old
ENOUGH_FRESH = 0.5


@dataclass(frozen=True)
class Words:
    """Facts by whole words of their code: how it begins or how it ends, but for some beginnings."""

    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    but: tuple[str, ...] = ()

    def fits(self, code: str) -> bool:
        """Whether a code is about it."""
        begins, left_out = (
            any(f"{code}-".startswith(f"{word}-") for word in some) for some in (self.begins, self.but)
        )
        return (begins and not left_out) or any(f"-{code}".endswith(f"-{word}") for word in self.ends)


@dataclass(frozen=True)
class About:
    """What answers an item: facts by topic or by the words of their code, policies by topic, pages by the end of their address."""

    topics: tuple[str, ...] = ()
    #: each of them needs a fact of its own
    words: tuple[Words, ...] = ()
    policies: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    #: so many at least
    fewest: int = 1
    #: a fact counts when it is of one municipality and has a number
    placed: bool = False
    #: each municipality has its own
    each_town: bool = False
    #: what is of an earlier time does not count
    within: timedelta | None = None


ABOUT = {
    "C01": About(
        (Topic.REGION, Topic.CONNECTIONS), pages=("region", "getting-here", "accessibility-and-transport")
    ),
    "C03": About(
        words=(
            Words(("wage", "wages", "salary", "salaries", "earnings")),
            Words(("employer-cost", "employer-costs", "labour-cost", "labour-costs")),
        )
    ),
    "C04": About(
        (Topic.EXPERTISE,),
        words=(Words(("education", "student", "students", "language", "languages", "research")),),
        pages=("skills", "labour", "expertise"),
    ),
    # "-jobs" is left out: so end the jobs of an area of many companies, and those that a plan promises
    "C05": About(
        words=(
            Words(
                ("employer", "largest-company", "largest-companies"),
                ends=("personnel", "staff", "employees"),
                but=("employer-cost", "employer-costs"),
            ),
        ),
        fewest=25,
        placed=True,
    ),
    "C06": About(
        words=(
            Words(
                ("new-company", "new-companies", "came", "expansion"),
                ends=("came", "expansion", "investment"),
            ),
        ),
        pages=("newcomers", "new-and-growing"),
        within=LATELY,
    ),
    "C07": About(
        words=(
            Words(
                ("downsizing", "layoffs", "closure", "closed"), ends=("layoffs", "closure", "closed", "end")
            ),
        ),
        pages=("downsizing", "what-is-hard", "why-not"),
        within=LATELY,
    ),
    "C08": About((Topic.ENERGY,), pages=("energy", "energy-and-grid")),
    "C09": About((Topic.CONNECTIONS,), pages=("getting-here", "logistics", "accessibility-and-transport")),
    "C10": About(
        words=(Words(("tax", "taxes", "property-tax", "income-tax")),),
        policies=(PolicyTopic.TAX,),
        pages=("taxes", "taxes-and-aid"),
        each_town=True,
    ),
    "C11": About(
        (Topic.FUNDING,), policies=(PolicyTopic.AID_AREA, PolicyTopic.FUNDING), pages=("aid", "taxes-and-aid")
    ),
    "C13": About(
        words=(
            Words(
                ("land-price", "plot-price", "premises-price", "premises-rent"),
                ends=("land-price", "plot-price", "premises-price", "premises-rent"),
            ),
        ),
        policies=(PolicyTopic.PRICING, PolicyTopic.LAND),
    ),
    "C14": About(
        words=(
            Words(("building-cost", "building-costs", "construction-cost", "construction-costs")),
            Words(("climate", "temperature")),
            Words(("soil", "ground")),
            Words(("snow",)),
        ),
        pages=("climate",),
    ),
    "C15": About(
        words=(
            Words(("housing", "home", "homes")),
            Words(("school", "schools")),
            Words(("health", "healthcare", "hospital")),
        ),
        pages=("living", "quality-of-life"),
    ),
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
#: a code that names its year is history, not how things stand
OF_A_YEAR = re.compile(r"-\d{4}(?:-|$)")
PAGE_FOUND = gettext_noop("Page: %(place)s, changed %(day)s.")
NO_PAGE = gettext_noop("There is no page for it.")
LACKING = gettext_noop("Facts are missing whose code begins with: %(words)s.")
OF_TOWNS = gettext_noop("%(number)s of %(total)s municipalities have their own.")


def _bank(run: Run) -> list[Any]:
    return run.once("facts", lambda: [
        one for one in facts()
        if one.state != FactState.RETIRED and not one.is_example and (one.number is not None or one.text)
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


def _time_of(one: Any) -> str:
    return one.as_of or str(one.source.get("dated", ""))


def _is_fresh(one: Any, today: date) -> bool:
    day = newest_day(_time_of(one), one.checked_on)
    return day is not None and day >= today - FRESH


def _has_source(one: Any) -> bool:
    return bool(one.source.get("title")) and bool(one.as_of or one.source.get("dated"))


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


def _of_item(asked: About, run: Run) -> list[Any]:
    """The facts and policies that are about an item; examples are about none."""
    found = [
        one
        for one in _bank(run)
        if one.topic in asked.topics or any(some.fits(one.code) for some in asked.words)
    ]
    found += [
        one for one in policies_in_force(run.today) if one.topic in asked.policies and not one.is_example
    ]
    if asked.placed:
        found = [one for one in found if one.municipality_id and one.number is not None]
    if asked.within is not None:
        first = run.today - asked.within
        found = [one for one in found if (newest_day(_time_of(one), None) or date.min) >= first]
    return found


def _lacking(asked: About, found: list[Any]) -> list[str]:
    """What an item needs and no fact is about, as beginnings of codes; topics answer for the words beside them."""
    if asked.topics or asked.policies:
        return []
    return [" / ".join(some.begins) for some in asked.words if not any(some.fits(one.code) for one in found)]


def _about(code: str, run: Run) -> Finding:
    asked = ABOUT[code]
    found = _of_item(asked, run)
    pages, lacking = _page_evidence(run, asked.pages), _lacking(asked, found)
    evidence = [_counted(found, run)]
    sourced = bool(found) and all(map(_has_source, found))
    fresh = sum(_is_fresh(one, run.today) for one in found) >= ENOUGH_FRESH * len(found)
    is_whole = sourced and fresh and len(found) >= asked.fewest and not lacking
    if lacking:
        evidence.append(Evidence(LACKING, {"words": "; ".join(lacking)}, DESK))
    if asked.each_town:
        towns, total = {one.municipality_id for one in found} - {None}, len(municipalities())
        evidence.append(Evidence(OF_TOWNS, {"number": len(towns), "total": total}, DESK))
        is_whole = is_whole and len(towns) == total
    result = Result.PASS if is_whole else Result.PART if found or pages else Result.FAIL
    return Finding(result, (*evidence, *pages))


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
        one for one in _bank(run)
        if one.municipality_id and re.match("population|unemploy", one.code) and not OF_A_YEAR.search(one.code)
    ]  # fmt: skip
    kept = {(one.municipality.slug, one.code.partition("-")[0]) for one in of_towns}
    good = sum((town, "population") in kept and (town, "unemployment") in kept for town in towns)
    said = gettext_noop("%(number)s of %(total)s municipalities have both population and unemployment.")
    return judged(
        good, len(towns), Evidence(said, {"number": good, "total": len(towns)}, DESK), _counted(of_towns, run)
    )


@check("C12")
def permits(run: Run) -> Finding:
    """Permit paths; what their steps leave unsaid is judged item by item under G."""
    found = paths(run)
    said = gettext_noop("%(number)s permit paths.")
    evidence = Evidence(said, {"number": len(found)}, "/en/permits/")
    each = [step for path in found for step in path.steps.all()]
    whole = all(path.steps.all() for path in found) and all(
        step.decides and says_cost(step) and says_time(step) for step in each
    )
    return Finding(Result.FAIL if not each else Result.PASS if whole else Result.PART, (evidence,))


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
