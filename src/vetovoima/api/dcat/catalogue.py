"""What is in the catalogue: the offer, the region's facts, its statistics, its investments, its news and events.

The profile of avoindata.fi wants of each data set a title, a description and `adfi:collectionType`, and at most one of
publisher, period of update and modification (dcat-ap-extension of avoindata.fi; DCAT-AP 3 asks no more than that).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vetovoima.common.fields import LANGUAGES
from vetovoima.monitoring.charts.offered import Offered, charts_offered

from . import words
from .graph import Graph, Iri, Literal
from .region import Region


@dataclass(frozen=True)
class File:
    """One way to take a data set along: its path, its format, and the languages in which there is one of it."""

    path: str
    ending: str
    title: str | Promise
    languages: tuple[str, ...] = LANGUAGES
    is_download: bool = True
    size: int = 0
    modified: str = ""
    service: str = ""


@dataclass(frozen=True)
class Dataset:
    """A data set; `name` is the last part of its identity. `titles` and `abouts` are as `words.in_all` makes them."""

    name: str
    titles: Sequence[Literal]
    abouts: Sequence[Literal]
    files: Sequence[File]
    keywords: Sequence[Literal]
    themes: Sequence[str]
    often: str
    page: str
    licence: str
    issued: str = ""
    modified: str = ""
    period: tuple[str, str] | None = None
    sources: Sequence[dict[str, Any]] = field(default_factory=tuple)


def catalogue_of(
    base: str, region: Region, changed: str, archives: Iterable[File], services: Sequence[str]
) -> Graph:
    """This will make the catalogue of a region. `base` is the public address, without a slash at its end; `changed` the
    moment at which the public side changed last; `services` the paths of the interfaces that there are."""
    graph = Graph()
    catalogue = graph.a(f"{base}/dcat/catalog", "dcat:Catalog")
    graph.add(catalogue, "dct:title", words.told(region.site_name, "Vetovoima"))
    graph.add(
        catalogue,
        "dct:description",
        words.in_all(
            _(
                "Sites, facts and statistics of the region as open data. Every figure has its source and its date."
            )
        ),
    )
    graph.add(catalogue, "dct:publisher", region.publisher(graph))
    graph.add(catalogue, "foaf:homepage", graph.a(f"{base}/", "foaf:Document"))
    graph.add(catalogue, "dct:language", words.languages(graph))
    graph.add(catalogue, "dct:spatial", region.place(graph))
    if changed:
        graph.add(catalogue, "dct:modified", words.moment(changed))
    if made := words.licence(graph, region.licence):
        graph.add(catalogue, "dct:license", made)
    sets = [
        _offer(region, changed, [*_through(services), *archives]),
        *_own(region, changed),
        *map(_statistic(region), charts_offered()),
    ]
    named = [_dataset(graph, base, region, one) for one in sets]
    graph.add(catalogue, "dcat:dataset", named)
    offer = named[0]
    graph.add(catalogue, "dcat:service", [_service(graph, base, region, path, offer) for path in services])
    return graph


#: the interfaces: their names, and where they are described
SERVICES: dict[str, tuple[str, str]] = {
    "/api/v1/": ("REST API", "/api/v1/openapi.json"),
    "/ogc/": ("OGC API Features", "/ogc/api"),
}


def _through(services: Iterable[str]) -> list[File]:
    """The offer through each interface that there is."""
    ways = (
        File(
            "/api/v1/sites",
            "json",
            _("Sites through the REST interface"),
            is_download=False,
            service="/api/v1/",
        ),
        File(
            "/ogc/collections/sites/items",
            "geojson",
            _("Sites through OGC API Features"),
            is_download=False,
            service="/ogc/",
        ),
    )
    return [one for one in ways if one.service in set(services)]


def _service_name(base: str, path: str) -> str:
    return f"{base}/dcat/catalog#service{path.rstrip('/').replace('/', '-')}"


def _service(graph: Graph, base: str, region: Region, path: str, offer: Iri) -> Iri:
    title, described = SERVICES[path]
    made = graph.a(_service_name(base, path), "dcat:DataService")
    graph.add(made, "dct:title", Literal(title, "en"))
    graph.add(made, "dcat:endpointURL", graph.a(f"{base}{path}", "rdfs:Resource"))
    graph.add(made, "dcat:endpointDescription", graph.a(f"{base}{described}", "rdfs:Resource"))
    graph.add(made, "dcat:servesDataset", offer)
    graph.add(made, "dct:publisher", region.publisher(graph))
    if found := words.licence(graph, region.licence):
        graph.add(made, "dct:license", found)
    return made


def _dataset(graph: Graph, base: str, region: Region, one: Dataset) -> Iri:
    made = graph.a(f"{base}/dcat/catalog#{one.name}", "dcat:Dataset")
    graph.add(made, "dct:title", one.titles)
    graph.add(made, "dct:description", one.abouts)
    graph.add(made, "dct:identifier", Literal(made.address))
    graph.add(made, "adfi:collectionType", Literal("Open Data"))
    graph.add(made, "dct:publisher", region.publisher(graph))
    graph.add(made, "dcat:contactPoint", region.contact(graph))
    graph.add(made, "dct:spatial", region.place(graph))
    graph.add(made, "dcat:keyword", one.keywords)
    graph.add(made, "dcat:theme", [words.theme(graph, name) for name in one.themes])
    graph.add(made, "dct:accrualPeriodicity", words.frequency(graph, one.often))
    graph.add(made, "dct:language", words.languages(graph))
    graph.add(made, "dct:accessRights", words.public(graph))
    graph.add(
        made, "dcat:landingPage", [graph.a(f"{base}/{code}{one.page}", "foaf:Document") for code in LANGUAGES]
    )
    for name, day in (("dct:issued", one.issued), ("dct:modified", one.modified)):
        if day:
            graph.add(made, name, words.moment(day))
    if one.period:
        graph.add(made, "dct:temporal", _period(graph, f"{made.address}-period", one.period))
    if one.sources:
        graph.add(made, "dct:provenance", _provenance(graph, f"{made.address}-provenance", one.sources))
    graph.add(made, "dcat:distribution", [_file(graph, base, made, one, file) for file in one.files])
    return made


def _period(graph: Graph, address: str, days: tuple[str, str]) -> Iri:
    made = graph.a(address, "dct:PeriodOfTime")
    graph.add(made, "dcat:startDate", words.moment(days[0]))
    graph.add(made, "dcat:endDate", words.moment(days[1]))
    return made


def _provenance(graph: Graph, address: str, sources: Sequence[dict[str, Any]]) -> Iri:
    """Who says so, in the sources' own words."""
    made = graph.a(address, "dct:ProvenanceStatement")
    for one in sources:
        parts = (one.get("title", ""), str(one.get("dated", "")), one.get("url", ""))
        graph.add(made, "rdfs:label", Literal(", ".join(part for part in parts if part)))
    return made


def _file(graph: Graph, base: str, dataset: Iri, of: Dataset, file: File) -> Iri:
    made = graph.a(
        f"{dataset.address}-{file.path.strip('/').replace('/', '-').replace('?', '-')}", "dcat:Distribution"
    )
    address = graph.a(f"{base}{file.path}", "rdfs:Resource")
    graph.add(made, "dct:title", words.in_all(file.title))
    graph.add(made, "dcat:accessURL", address)
    if file.is_download:
        graph.add(made, "dcat:downloadURL", address)
    media_type, kind = words.media(graph, file.ending)
    graph.add(made, "dcat:mediaType", media_type)
    graph.add(made, "dct:format", kind)
    graph.add(made, "dct:language", words.languages(graph, file.languages))
    if found := words.licence(graph, of.licence):
        graph.add(made, "dct:license", found)
    elif of.licence:
        rights = graph.a(f"{made.address}-rights", "dct:RightsStatement")
        graph.add(rights, "rdfs:label", Literal(of.licence))
        graph.add(made, "dct:rights", rights)
    if file.service:
        graph.add(made, "dcat:accessService", Iri(_service_name(base, file.service)))
    if file.size:
        graph.add(made, "dcat:byteSize", Literal(str(file.size), type="xsd:decimal"))
    if file.modified or of.modified:
        graph.add(made, "dct:modified", words.moment(file.modified or of.modified))
    return made


def _offer(region: Region, changed: str, more: Iterable[File]) -> Dataset:
    feeds = (
        ("csv", "csv", _("Sites as a table (CSV)")), ("geojson", "geojson", _("Sites on the map (GeoJSON)")),
        ("json", "json", _("Sites as JSON")), ("feed.json", "feed", _("Sites as a feed (JSON Feed)")),
        ("atom", "atom", _("Sites as a feed (Atom)")),
    )  # fmt: skip
    files = [File(f"/feeds/sites.{name}", ending, title) for name, ending, title in feeds]
    return Dataset(
        name="sites",
        titles=words.in_all(_("Sites and investment opportunities")),
        abouts=words.in_all(_("Plots, premises, brownfields, business areas, resources and investment opportunities, with the source and the day of each figure. What is not known is said to be unknown; made-up examples are marked as such.")),
        files=[*files, *more],
        keywords=words.in_all(_("plots")) + words.in_all(_("premises")) + words.in_all(_("investment")),
        themes=("ECON", "REGI"), often=words.OFTEN, page="/sites/", licence=region.licence, modified=changed,
    )  # fmt: skip


def _own(region: Region, changed: str) -> list[Dataset]:
    """What the region itself says beside its offer."""
    investment, news_word = words.in_all(_("investment")), words.in_all(_("news"))
    common: dict[str, Any] = {"licence": region.licence, "modified": changed}
    facts = [
        File(f"/{code}/facts/facts.{ending}", ending, _("The fact bank"), (code,))
        for code in LANGUAGES
        for ending in ("csv", "json")
    ]
    return [
        Dataset(
            "facts", words.in_all(_("Facts about the region")),
            words.in_all(_("What investors ask about a region, fact by fact, each with its source, its date and how sure it is.")),
            facts, words.in_all(_("region")), ("ECON", "REGI"), words.NOW_AND_THEN, "/facts/", **common,
        ),
        Dataset(
            "investments", words.in_all(_("Register of investments")),
            words.in_all(_("Investments of the region, decided and planned, with amounts where a source gives them, and whether they count for the region's goal.")),
            [File("/api/v1/investments", "json", _("The register through the REST interface"), is_download=False, service="/api/v1/")],
            investment, ("ECON",), words.NOW_AND_THEN, "/progress/", **common,
        ),
        Dataset(
            "news-and-events", words.in_all(_("News and events")),
            words.in_all(_("News about investing in the region, and its events as a calendar.")),
            [
                File("/feeds/news.atom", "atom", _("News (Atom)")), File("/feeds/news.json", "feed", _("News (JSON Feed)")),
                File("/feeds/events.ics", "ics", _("Events (iCalendar)")),
            ],
            news_word, ("REGI",), words.NOW_AND_THEN, "/news/", **common,
        ),
    ]  # fmt: skip


def _statistic(region: Region) -> Any:
    """How an indicator becomes a data set: under the licence that its own sources name, where they name one."""

    def made(one: Offered) -> Dataset:
        indicator = one.indicator
        areas = one.areas if region.code not in one.areas else []
        query = "".join(f"{'&' if number else '?'}area={area}" for number, area in enumerate(areas[:4]))
        titles = {
            "csv": _("The figures (CSV)"),
            "json": _("The figures with their sources (JSON)"),
            "svg": _("The drawing (SVG)"),
        }
        return Dataset(
            f"statistics-{indicator.code}",
            words.told(indicator.name, indicator.code),
            words.told(indicator.definition) or words.told(indicator.name, indicator.code),
            [File(f"/charts/{indicator.code}.{ending}{query}", ending, title) for ending, title in titles.items()],
            words.in_all(_("statistics")), ("ECON", "SOCI"), words.YEARLY if _is_yearly(one) else words.NOW_AND_THEN,
            "/region/", one.licences[0] if len(one.licences) == 1 else "; ".join(one.licences) or region.licence,
            modified=one.dated, period=(one.first_day, one.last_day), sources=list(one.sources.values()),
        )  # fmt: skip

    return made


def _is_yearly(one: Offered) -> bool:
    return all(len(period) == 4 and period.isdigit() for period in one.periods)
