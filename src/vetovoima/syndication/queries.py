"""Questions of the public side: search, one record, counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery

from vetovoima.catalogue.enums import Firmness
from vetovoima.common.fields import Translated
from vetovoima.common.geo import Box

from .documents import part_of
from .models import DocumentPower, DocumentSector, PublicState, PublishedDocument, PublishedDocumentQuerySet

PAGE = 20
MAX_PAGE = 500
MAX_POINTS = 2000
SORTS = {
    "updated": ("is_example", "-updated_at", "code"),
    "name": ("sort_name", "code"),
    "area": ("-area_m2", "code"),
    "code": ("code",),
    "readiness": ("-readiness", "-completeness", "code"),
}


@dataclass(frozen=True)
class SearchTerms:
    """What is asked of the offer; empty asks for everything."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    availabilities: tuple[str, ...] = ()
    box: Box | None = None
    min_area_m2: float | None = None
    min_power_mw: float | None = None
    power_year: int | None = None
    min_voltage_kv: float | None = None
    queue_states: tuple[str, ...] = ()
    max_lead_months: int | None = None
    #: a key of FLEXIBLE
    flexible: str = ""
    with_redundancy: bool = False
    with_firm_power: bool = False
    with_grid_confirmed: bool = False
    min_readiness: int | None = None
    with_rail: bool = False
    examples: bool = True
    sort: str = "updated"
    limit: int = PAGE
    offset: int = 0


@dataclass(frozen=True)
class Relaxation:
    """A term that could be dropped, and how many records there would be then."""

    term: str
    total: int


@dataclass(frozen=True)
class SearchPage:
    """One page of results: cards, the total, counts for each facet's values, and what to relax when nothing fits."""

    documents: list[PublishedDocument]
    total: int
    real_total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    next_offset: int | None = None
    relaxations: list[Relaxation] = field(default_factory=list)


Narrow = Callable[[PublishedDocumentQuerySet], PublishedDocumentQuerySet]
SWITCHES = {
    "with_rail": "has_rail",
    "with_redundancy": "has_redundancy",
    "with_firm_power": "is_firm",
    "with_grid_confirmed": "is_grid_confirmed",
}
FACETS = {
    "kinds": "kind",
    "municipalities": "municipality_slug",
    "availabilities": "availability",
    "queue_states": "queue_state",
}
BOUNDS = {
    "min_area_m2": "area_m2__gte",
    "min_voltage_kv": "voltage_kv__gte",
    "max_lead_months": "connection_lead_months__lte",
    "min_readiness": "readiness__gte",
}
#: the wish for a flexible connection, and the firmness that meets it
FLEXIBLE: dict[str, tuple[str, ...]] = {
    "only": (Firmness.FLEXIBLE.value,),
    "also": (Firmness.FLEXIBLE.value, Firmness.BOTH.value),
}


def _narrowings(language: str, terms: SearchTerms) -> dict[str, Narrow]:
    """Each term in use as a function that narrows a queryset; by name, so that one can be left out."""
    found: dict[str, Narrow] = {}
    if terms.text.strip():
        found["text"] = lambda rows: rows.matching(terms.text, language)
    for name, column in FACETS.items():
        if values := getattr(terms, name):
            found[name] = lambda rows, column=column, values=values: rows.filter(**{f"{column}__in": values})  # type: ignore[misc]
    if terms.sectors:
        found["sectors"] = lambda rows: rows.filter(
            pk__in=DocumentSector.objects.filter(slug__in=terms.sectors).values("document")
        )
    if terms.box:
        box = terms.box
        found["box"] = lambda rows: rows.within(box)
    for name, lookup in BOUNDS.items():
        if (bound := getattr(terms, name)) is not None:
            found[name] = lambda rows, lookup=lookup, bound=bound: rows.filter(**{lookup: bound})  # type: ignore[misc]
    if terms.min_power_mw is not None:
        found["min_power_mw"] = lambda rows: _with_power(rows, terms)
    if terms.flexible in FLEXIBLE:
        found["flexible"] = lambda rows: rows.filter(firmness__in=FLEXIBLE[terms.flexible])
    for name, column in SWITCHES.items():
        if getattr(terms, name):
            found[name] = lambda rows, column=column: rows.filter(**{column: True})  # type: ignore[misc]
    return found


def _with_power(rows: PublishedDocumentQuerySet, terms: SearchTerms) -> PublishedDocumentQuerySet:
    """Those with enough free power: in any year, or by the latest figure that holds in the year asked for."""
    power = DocumentPower.objects.filter(document=OuterRef("pk"))
    if terms.power_year is None:
        return rows.filter(Exists(power.filter(free_mw__gte=terms.min_power_mw)))
    latest = power.filter(year__lte=terms.power_year).order_by("-year").values("free_mw")[:1]
    return rows.alias(power_then=Subquery(latest)).filter(power_then__gte=terms.min_power_mw)


def _base(language: str, terms: SearchTerms) -> PublishedDocumentQuerySet:
    rows = PublishedDocument.objects.in_language(language)
    return rows if terms.examples else rows.filter(is_example=False)


def _narrowed(language: str, terms: SearchTerms, without: str = "") -> PublishedDocumentQuerySet:
    rows = _base(language, terms)
    for name, narrow in _narrowings(language, terms).items():
        if name != without:
            rows = narrow(rows)
    return rows


@dataclass(frozen=True)
class _Slim:
    """What facets are counted from: one record in its narrow columns."""

    kind: str
    municipality_slug: str
    availability: str
    queue_state: str
    firmness: str
    is_example: bool
    sectors: frozenset[str]


def _slim_rows(language: str, terms: SearchTerms) -> list[_Slim]:
    """Every record that fits all terms but the facets' own: read once, so that words are searched once."""
    facetless = replace(
        terms, kinds=(), municipalities=(), availabilities=(), queue_states=(), sectors=(), flexible=""
    )
    rows = _narrowed(language, facetless).order_by()
    sectors: dict[int, set[str]] = defaultdict(set)
    for pk, slug in (
        DocumentSector.objects.filter(document__in=rows.values("pk"))
        .order_by()
        .values_list("document", "slug")
    ):
        sectors[pk].add(slug)
    return [
        _Slim(kind, municipality, availability, queue, firmness, is_example, frozenset(sectors.get(pk, ())))
        for pk, kind, municipality, availability, queue, firmness, is_example in rows.values_list(
            "pk", "kind", "municipality_slug", "availability", "queue_state", "firmness", "is_example"
        )
    ]


def _fits(row: _Slim, terms: SearchTerms, without: str = "") -> bool:
    """Whether a record fits the facets chosen, one of them left out."""
    for name, column in FACETS.items():
        chosen = getattr(terms, name)
        if chosen and name != without and getattr(row, column) not in chosen:
            return False
    if without != "flexible" and terms.flexible in FLEXIBLE and row.firmness not in FLEXIBLE[terms.flexible]:
        return False
    return without == "sectors" or not terms.sectors or not row.sectors.isdisjoint(terms.sectors)


def _facets(rows: list[_Slim], terms: SearchTerms) -> dict[str, dict[str, int]]:
    """For each value of each facet, how many records there would be with it: its own choice left out."""
    found: dict[str, Counter[str]] = {
        name: Counter(getattr(row, column) for row in rows if _fits(row, terms, without=name))
        for name, column in FACETS.items()
    }
    found["sectors"] = Counter(
        slug for row in rows if _fits(row, terms, without="sectors") for slug in row.sectors
    )
    found["flexible"] = Counter(
        wish
        for row in rows
        if _fits(row, terms, without="flexible")
        for wish, met_by in FLEXIBLE.items()
        if row.firmness in met_by
    )
    return {name: dict(counter) for name, counter in found.items()}


def _relaxations(language: str, terms: SearchTerms) -> list[Relaxation]:
    found = [
        Relaxation(name, _narrowed(language, terms, without=name).count())
        for name in _narrowings(language, terms)
    ]
    return sorted((one for one in found if one.total), key=lambda one: -one.total)[:3]


def search_sites(language: str, terms: SearchTerms, *, with_facets: bool = True) -> SearchPage:
    """This will return one page of published sites. `limit` is bounded to 1–500; an unknown sort is by date."""
    limit = max(1, min(terms.limit, MAX_PAGE))
    rows = _narrowed(language, terms)
    slim = _slim_rows(language, terms) if with_facets else []
    fitting = [row for row in slim if _fits(row, terms)]
    total = len(fitting) if with_facets else rows.count()
    ordered = rows.order_by(*SORTS.get(terms.sort, SORTS["updated"])).defer("lemmas", "body")
    after = terms.offset + limit
    return SearchPage(
        documents=list(ordered[terms.offset : after]),
        total=total,
        real_total=sum(not row.is_example for row in fitting),
        facets=_facets(slim, terms) if with_facets else {},
        next_offset=after if after < total else None,
        relaxations=_relaxations(language, terms) if total == 0 and with_facets else [],
    )


def all_points(language: str, terms: SearchTerms) -> list[dict[str, Any]]:
    """The places of every result, for the map: code, name, kind, how ready and complete it is,
    position and its precision; at most 2,000."""
    rows = _narrowed(language, replace(terms, box=None)).order_by("code")
    columns = (
        "code",
        "name",
        "kind",
        "municipality_slug",
        "place_precision",
        "latitude",
        "longitude",
        "is_example",
        "readiness",
        "completeness",
    )
    return [
        {
            "code": code, "name": name, "kind": kind, "municipality": municipality, "precision": precision,
            "latitude": latitude, "longitude": longitude, "url": f"/{language}/sites/{code}/", "is_example": is_example,
            "readiness": readiness, "completeness": completeness,
        }
        for code, name, kind, municipality, precision, latitude, longitude, is_example, readiness, completeness
        in rows.values_list(*columns)[:MAX_POINTS]
    ]  # fmt: skip


def published_site(code: str, language: str) -> PublishedDocument | None:
    """One record's document in a language, or None."""
    return PublishedDocument.objects.in_language(language).filter(code=code).first()


def published_names(codes: Iterable[str]) -> dict[str, Translated]:
    """What records are called on the public side, by code; one that is not public is not among them. For whoever may not
    see a record's working copy."""
    rows = PublishedDocument.objects.filter(code__in=list(codes)).values_list(
        "code", "language", "body__name"
    )
    found: dict[str, Translated] = {}
    for code, language, name in rows:
        names = found.setdefault(code, Translated())
        if name["language"] == language:
            names[language] = name["text"]
    return found


def site_counts(language: str = "en") -> dict[str, int]:
    """How many real sites are public, in all and by municipality; examples are not counted."""
    rows = PublishedDocument.objects.in_language(language).filter(is_example=False).order_by()
    counts = dict(rows.values_list("municipality_slug").annotate(n=Count("pk")))
    return {"total": sum(counts.values()), **counts}


def newest_sites(language: str, limit: int = 6) -> list[PublishedDocument]:
    """The records updated last; real ones before examples."""
    rows = PublishedDocument.objects.in_language(language).order_by("is_example", "-updated_at", "code")
    return list(rows.defer("lemmas", "body")[:limit])


def public_state() -> tuple[int, Any]:
    """The version of the public side and when it last changed: (version, moment or None)."""
    state = PublicState.objects.filter(pk=1).first()
    return (state.version, state.changed_at) if state else (0, None)


def published_paths() -> list[tuple[str, Any]]:
    """Every public record's path below its language with its last update, by code, for the sitemap."""
    rows = PublishedDocument.objects.in_language("en").order_by("code")
    return [
        (f"{part_of(kind)}/{code}/", updated_at)
        for code, kind, updated_at in rows.values_list("code", "kind", "updated_at")
    ]
