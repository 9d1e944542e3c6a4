"""The figures of a text against the fact bank and a record's own values: what the desk and the content editor show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from vetovoima.catalogue.registry import FIELDS
from vetovoima.catalogue.registry.spec import FIGURES, YEARS
from vetovoima.common.fields import LANGUAGES

from .enums import FactState
from .numbers import Finding, Known, compare, find_figures, measure_of
from .queries import facts
from .units import UNITS

if TYPE_CHECKING:
    from vetovoima.catalogue.models import KnownFact, Site


def number_findings(text: str, language: str, site: Site | None = None) -> list[Finding]:
    """This will return every figure of a text (plain or rich) with what backs it; one query, none without figures."""
    figures = find_figures(text, language)
    if not figures:
        return []
    return compare(figures, bank(), own_values(site) if site is not None else ())


def unbacked(findings: Iterable[Finding]) -> list[Finding]:
    """Those that somebody should look at: figures that no fact backs, or only an old one."""
    return [one for one in findings if one.state != "backed"]


def bank() -> list[Known]:
    """Every number of the fact bank, as a value that backs figures."""
    return [_known(one) for one in facts().exclude(number=None)]


def _known(fact: KnownFact) -> Known:
    unit = UNITS.get(fact.unit)
    return Known(
        code=fact.code,
        label=" ".join(_words(fact)),
        value=(fact.number or 0) * (unit.factor if unit else 1),
        measures=unit.measures if unit else "",
        area=" ".join(fact.municipality.name.values()) if fact.municipality else "",
        is_stale=fact.state == FactState.STALE,
        is_retired=fact.state == FactState.RETIRED,
    )


def _words(fact: KnownFact) -> list[str]:
    """The fact's names without its area: that a text speaks of the same town proves nothing about the figure."""
    names = [*(fact.label.text(language) for language in LANGUAGES), fact.code.replace("-", " ")]
    town = fact.municipality
    for place in (*town.name.values(), town.slug.replace("-", " ")) if town else ():
        names = [name.replace(place, " ") for name in names]
    return names


def own_values(site: Site) -> list[Known]:
    """The record's own figures, which its texts may repeat."""
    found = [Known("", "", site.geometry_area_m2, "area")] if site.geometry_area_m2 else []
    for spec in FIELDS:
        if spec.type not in (*FIGURES, YEARS):
            continue
        for value in _numbers(site.value(spec.name)):
            measures, factor = measure_of(str(spec.unit or ""))
            found.append(Known("", str(spec.label), value * factor, measures))
    return found


def _numbers(value: Any) -> list[float]:
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, dict):
        return [float(one) for one in value.values() if isinstance(one, (int, float))]
    if hasattr(value, "as_tuple") or isinstance(value, (int, float)):
        return [float(value)]
    return []
