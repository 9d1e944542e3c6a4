"""What a catalogue entry is made of, in every language: names, things of the EU's own lists, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from vetovoima.common.fields import LANGUAGES
from vetovoima.syndication.licences import CC0, CC_BY_4, licence_address

from .graph import Graph, Iri, Literal

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
LANGUAGE_NAMES = {"fi": "FIN", "en": "ENG", "sv": "SWE"}
#: the EU's own name of a licence, which harvesters compare with
EU_LICENCES = {CC_BY_4: f"{EU}/licence/CC_BY_4_0", CC0: f"{EU}/licence/CC0"}
#: the ending of a file: its media type, and its name in the EU's list of file types
FORMATS = {
    "json": ("application/json", "JSON"), "feed": ("application/feed+json", "JSON"),
    "geojson": ("application/geo+json", "GEOJSON"), "csv": ("text/csv", "CSV"), "atom": ("application/atom+xml", "ATOM"),
    "ics": ("text/calendar", "ICS"), "svg": ("image/svg+xml", "SVG"), "zip": ("application/zip", "ZIP"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
}  # fmt: skip
#: how often, by the EU's names
OFTEN, NIGHTLY, NOW_AND_THEN, YEARLY = "CONT", "DAILY", "IRREG", "ANNUAL"
THEMES: Mapping[str, str | Promise] = {
    "ECON": gettext_lazy("Economy and finance"), "REGI": gettext_lazy("Regions and cities"),
    "GOVE": gettext_lazy("Government and public sector"), "SOCI": gettext_lazy("Population and society"),
}  # fmt: skip


def in_all(text: str | Promise) -> list[Literal]:
    """This will return a text of ours in every language in which it is written; English is the one it was written in."""
    source = _in("en", text)
    found = [(language, source if language == "en" else _in(language, text)) for language in LANGUAGES]
    return [Literal(words, language) for language, words in found if language == "en" or words != source]


def _in(language: str, text: str | Promise) -> str:
    with override(language):
        return str(text) if isinstance(text, Promise) else gettext(text)


def told(value: Mapping[str, str], fallback: str = "") -> list[Literal]:
    """This will return a translated text of the data in the languages that it has."""
    found = [Literal(value[language], language) for language in LANGUAGES if value.get(language)]
    return found or ([Literal(fallback, "en")] if fallback else [])


def theme(graph: Graph, name: str) -> Iri:
    """This will name a theme of data.europa.eu."""
    made = graph.a(f"{EU}/data-theme/{name}", "skos:Concept")
    graph.add(made, "skos:prefLabel", in_all(THEMES[name]))
    return made


def languages(graph: Graph, codes: Iterable[str] = LANGUAGES) -> Iterator[Iri]:
    """This will name languages."""
    for code in codes:
        yield graph.a(f"{EU}/language/{LANGUAGE_NAMES[code]}", "dct:LinguisticSystem")


def frequency(graph: Graph, name: str) -> Iri:
    """This will name how often something is brought up to date."""
    return graph.a(f"{EU}/frequency/{name}", "dct:Frequency")


def public(graph: Graph) -> Iri:
    """This will say that anybody may have it."""
    return graph.a(f"{EU}/access-right/PUBLIC", "dct:RightsStatement")


def licence(graph: Graph, name: str) -> Iri | None:
    """This will name a licence, or return None for one of which nobody knows where it is to be read."""
    address = licence_address(name)
    if not address:
        return None
    made = graph.a(EU_LICENCES.get(address, address), "dct:LicenseDocument")
    graph.add(made, "rdfs:label", Literal(name))
    if made.address != address:
        graph.add(made, "skos:exactMatch", Iri(address))
    return made


def media(graph: Graph, ending: str) -> tuple[Iri, Iri]:
    """This will name a file's media type and its format."""
    name, kind = FORMATS[ending]
    return graph.a(f"{IANA}/{name}", "dct:MediaType"), graph.a(
        f"{EU}/file-type/{kind}", "dct:MediaTypeOrExtent"
    )


def moment(text: str) -> Literal:
    """This will write a day or a moment with its type."""
    return Literal(text, type="xsd:date" if len(text) == len("2026-01-31") else "xsd:dateTime")
