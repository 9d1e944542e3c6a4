"""What the system can see of a municipality's readiness by itself, shown beside the self-assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.translation import gettext as _

from vetovoima.catalogue import quality
from vetovoima.catalogue.models import Site
from vetovoima.cooperation.emphasis.enums import EmphasisState
from vetovoima.cooperation.models import Emphasis

from .checklist import ITEMS

#: from which step of its ladder a record can be offered
READY = 3


@dataclass(frozen=True)
class Observed:
    """What stands in collecting, which is asked above: who keeps the data, and how many duties are kept."""

    has_steward: bool
    has_deputy: bool
    duties: int
    overdue: int


@dataclass(frozen=True)
class Gathered:
    """Everything that the measures look at: one municipality's records that are no examples, and its emphases."""

    sites: list[Site]
    emphases: list[Emphasis]
    observed: Observed
    today: date


@dataclass(frozen=True)
class Measured:
    """One figure: its level, and what was seen in words."""

    level: int
    words: str


def _steward(seen: Gathered) -> tuple[float, str] | None:
    if not seen.observed.has_steward:
        return 0, _("nobody is named")
    if not seen.observed.has_deputy:
        return 1, _("a steward is named, a deputy is not")
    return 2, _("a steward and a deputy are named")


def _emphasis(seen: Gathered) -> tuple[float, str] | None:
    by_state = {one.state: one for one in seen.emphases if not one.is_example}
    approved = by_state.get(EmphasisState.APPROVED)
    if approved is None:
        is_draft = EmphasisState.DRAFT in by_state
        return (1, _("there is a draft")) if is_draft else (0, _("nothing is written down"))
    if approved.has_ended(seen.today):
        return 2, _("approved, but its term has ended")
    if not approved.gatherings.exists():
        return 2, _("approved; what it rests on is not recorded")
    return 3, _("approved, in force, and its grounds are recorded")


def _ready_share(seen: Gathered) -> tuple[float, str] | None:
    if not seen.sites:
        return None
    ready = sum(quality.readiness_level(site, seen.today) >= READY for site in seen.sites)
    said = _("%(ready)s of %(all)s records are at readiness 3 or above") % {
        "ready": ready,
        "all": len(seen.sites),
    }
    return 100 * ready / len(seen.sites), said


def _completeness(seen: Gathered) -> tuple[float, str] | None:
    if not seen.sites:
        return None
    middle = median(quality.completeness(site).percent for site in seen.sites)
    return middle, _("median completeness %(share)s %%") % {"share": round(middle)}


def _freshness(seen: Gathered) -> tuple[float, str] | None:
    states = Counter(
        one.state
        for site in seen.sites
        if site.published_version
        for one in quality.freshness(site, seen.today).values()
    )
    total = sum(states.values())
    if not total:
        return None
    share = 100 * states[quality.FRESH] / total
    return share, _("%(share)s %% of the groups of the public records are fresh") % {"share": round(share)}


def _duties(seen: Gathered) -> tuple[float, str] | None:
    observed = seen.observed
    if not observed.duties:
        return None
    kept = observed.duties - observed.overdue
    said = _("%(kept)s of %(all)s duties are kept") % {"kept": kept, "all": observed.duties}
    return 100 * kept / observed.duties, said


MEASURES: dict[str, Callable[[Gathered], tuple[float, str] | None]] = {
    "steward": _steward,
    "emphasis": _emphasis,
    "ready_share": _ready_share,
    "completeness": _completeness,
    "freshness": _freshness,
    "duties": _duties,
}


def measure(seen: Gathered, items: Iterable[str] = ITEMS) -> dict[str, Measured | None]:
    """This will compute every item that the system can see; None where there is nothing to measure yet."""
    found: dict[str, Measured | None] = {}
    for code in items:
        wanted = ITEMS[code].measure
        if wanted is None:
            continue
        seen_value = MEASURES[wanted.name](seen)
        found[code] = None if seen_value is None else Measured(wanted.level(seen_value[0]), seen_value[1])
    return found
