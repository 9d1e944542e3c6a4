"""Filters as the page shows them: choices with numbers, what is chosen as removable words, what could be dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vetovoima.catalogue.enums import Availability, QueueState, SiteKind
from vetovoima.syndication.queries import SearchPage, SearchTerms

from .forms import SearchForm

#: the search's terms and the names they have in the address
PARAMETERS = {
    "text": "q", "kinds": "kind", "municipalities": "municipality", "sectors": "sector",
    "availabilities": "availability", "box": "bbox", "min_area_m2": "min_area", "min_power_mw": "min_power",
    "with_rail": "rail", "min_voltage_kv": "min_voltage", "with_redundancy": "redundant", "with_firm_power": "firm",
    "with_grid_confirmed": "grid_confirmed", "min_readiness": "min_readiness", "queue_states": "queue",
    "max_lead_months": "max_lead", "flexible": "flexible",
}  # fmt: skip


FLEXIBLE_WORDS = {
    "only": gettext_lazy("only flexible"),
    "also": gettext_lazy("also flexible: alone or beside firm power"),
}


@dataclass(frozen=True)
class Option:
    """One value of a filter: how many records there would be with it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetGroup:
    """One filter with its values; open when something is chosen in it or when it is one of the first."""

    name: str
    label: str
    options: list[Option]
    is_open: bool


def facet_groups(form: SearchForm, terms: SearchTerms, found: SearchPage) -> list[FacetGroup]:
    """This will return the filters in their order; a value without records is shown only when it is chosen."""
    groups = []
    for name, term, choices, always_open in (
        ("kind", "kinds", SiteKind.choices, True),
        ("municipality", "municipalities", form.municipalities, True),
        ("sector", "sectors", form.sectors, False),
        ("availability", "availabilities", Availability.choices, True),
        ("queue", "queue_states", QueueState.choices, False),
    ):
        counts, chosen = found.facets.get(term, {}), getattr(terms, term)
        options = [
            Option(value, str(label), counts.get(value, 0), value in chosen)
            for value, label in choices
            if counts.get(value) or value in chosen
        ]
        groups.append(FacetGroup(name, str(form.labels[name]), options, always_open or bool(chosen)))
    return [group for group in groups if group.options]


def flexible_options(terms: SearchTerms, found: SearchPage) -> list[Option]:
    """This will return the wishes for a flexible connection, each with how many records there would be with it."""
    counts = found.facets.get("flexible", {})
    return [
        Option(value, str(label), counts.get(value, 0), terms.flexible == value)
        for value, label in FLEXIBLE_WORDS.items()
    ]


def _word(form: SearchForm, name: str, value: str) -> str:
    """A chosen value in words."""
    known: dict[str, Any] = {
        "kind": dict(SiteKind.choices),
        "availability": dict(Availability.choices),
        "municipality": dict(form.municipalities),
        "sector": dict(form.sectors),
        "queue": dict(QueueState.choices),
    }
    if name in known:
        return str(known[name].get(value, value))
    if name == "min_area":
        return _("at least %(number)s ha") % {"number": value}
    if name == "min_power":
        return _("at least %(number)s MW") % {"number": value}
    if name == "min_voltage":
        return _("at least %(number)s kV") % {"number": value}
    if name == "max_lead":
        return _("connected within %(number)s months") % {"number": value}
    if name == "flexible":
        return _("connection: %(wish)s") % {"wish": FLEXIBLE_WORDS.get(value, value)}
    if name == "min_readiness":
        return _("readiness at least %(number)s") % {"number": value}
    words = {
        "bbox": _("in the map's area"),
        "rail": _("rail siding"),
        "redundant": _("two separate feeds"),
        "firm": _("firm connection"),
        "grid_confirmed": _("confirmed by the grid company"),
    }
    return words.get(name, f"“{value}”")


def _without(query: QueryDict, name: str, value: str | None = None) -> str:
    changed = query.copy()
    kept = [one for one in changed.getlist(name) if value is not None and one != value]
    changed.setlist(name, kept) if kept else changed.pop(name, None)
    return f"?{changed.urlencode()}"


def chips(form: SearchForm, query: QueryDict) -> list[dict[str, str]]:
    """This will return what is chosen, each with the address of the search without it."""
    return [
        {"word": _word(form, name, value), "url": _without(query, name, value)}
        for name in PARAMETERS.values()
        for value in query.getlist(name)
        if value and len(value) <= 200 and name not in form.errors
    ]


def relaxation_links(form: SearchForm, query: QueryDict, found: SearchPage) -> list[dict[str, str]]:
    """This will return, when nothing fits, what to drop and how many there would be: "without rail siding: 4 sites"."""
    links = []
    for one in found.relaxations:
        name = PARAMETERS[one.term]
        words = ", ".join(_word(form, name, value) for value in query.getlist(name) if value)
        number = ngettext("%(count)s site", "%(count)s sites", one.total) % {"count": one.total}
        links.append({"words": words, "number": number, "url": _without(query, name)})
    return links
