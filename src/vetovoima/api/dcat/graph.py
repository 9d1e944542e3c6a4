"""Statements of RDF: just as much as a catalogue needs. Nothing is nameless, so that the same thing has the same name in
every form and on every day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PREFIXES = {
    "adfi": "http://avoindata.fi/ns#",
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "gsp": "http://www.opengis.net/ont/geosparql#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Iri:
    """A thing, by its address."""

    address: str


@dataclass(frozen=True)
class Literal:
    """A text in a language, or a value of a type (`xsd:date`); neither: a plain text."""

    text: str
    language: str = ""
    type: str = ""


Value = Iri | Literal


class Graph:
    """What is said, thing by thing in the order in which they were named; nothing is said twice."""

    def __init__(self) -> None:
        self._said: dict[str, dict[str, list[Value]]] = {}

    def add(self, about: Iri, predicate: str, *values: Value | Iterable[Value]) -> None:
        """This will say something of a thing; `predicate` is written with its prefix (`dct:title`)."""
        found = self._said.setdefault(about.address, {}).setdefault(predicate, [])
        for given in values:
            for value in [given] if isinstance(given, (Iri, Literal)) else given:
                if value not in found:
                    found.append(value)

    def a(self, address: str, *kinds: str) -> Iri:
        """This will name a thing and say what it is (`dcat:Dataset`)."""
        made = Iri(address)
        self.add(made, "rdf:type", *(Iri(full(kind)) for kind in kinds))
        return made

    def __iter__(self) -> Iterator[tuple[str, dict[str, list[Value]]]]:
        """Every thing with what is said of it."""
        return iter(self._said.items())

    def __len__(self) -> int:
        """How many statements there are."""
        return sum(len(values) for said in self._said.values() for values in said.values())


def full(name: str) -> str:
    """This will write a name with a prefix as an address."""
    prefix, _colon, rest = name.partition(":")
    return PREFIXES[prefix] + rest


def short(address: str) -> str:
    """This will write an address of one of our vocabularies with its prefix; any other as it is."""
    for prefix, start in PREFIXES.items():
        if address.startswith(start) and address[len(start) :].isidentifier():
            return f"{prefix}:{address[len(start) :]}"
    return address
